using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>A million batches of one row: at most 16 bytes kept for each row, and no recursion over them.</summary>
[Collection(nameof(MillionBatchesTests)), CollectionDefinition(nameof(MillionBatchesTests), DisableParallelization = true)]
public class MillionBatchesTests
{
    private const int Batches = 1_000_000;
    private const int BytesForEachRow = 16;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rank_states_keep_at_most_16_bytes_for_each_row(bool narrow) =>
        Keeps(
            RankState.Empty,
            (state, i) => Auroc.Metric.Update(state, Row(i, narrow)),
            state => Auroc.Metric.Compute(state).ThrowIfFail().Area
        );

    [Trait("Category", "Slow")]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Region_states_keep_at_most_16_bytes_for_each_pixel(bool narrow) =>
        Keeps(
            RegionState.Empty,
            (state, i) => Aupro.Metric.Update(state, Pixel(i, narrow)),
            state => Aupro.Metric.Compute(state).ThrowIfFail().Area
        );

    [Fact]
    public void Any_merge_tree_of_many_states_is_flat_enough_for_a_small_stack() =>
        OnASmallStack(() =>
        {
            var monoid = new MonoidOf<RankState>(RankState.Empty, RankState.Merge, (a, b) => a.Equals(b));
            RankState[] leaves = [.. Enumerable.Range(0, 20_000).Select(i => RankState.Of(Row(i, i % 2 == 0)))];
            var whole = leaves.Aggregate(RankState.Merge);
            var reversed = leaves.Aggregate((state, leaf) => RankState.Merge(leaf, state));
            Assert.Equal(whole, reversed);
            for (var seed = 0; seed < 3; seed++)
                Assert.Equal(whole, Trees.Merge(leaves, monoid, new Choices(seed)));
        });

    [Fact]
    public void Log_moments_and_extrema_of_a_million_batches_do_not_grow() =>
        OnASmallStack(() =>
        {
            var before = GC.GetTotalMemory(true);
            var (moments, extrema) = (LogMomentState.Empty, ExtremaState.Empty);
            for (var i = 1; i <= Batches; i++)
            {
                var scores = Row(i, false).Scores;
                moments = LogMomentState.Merge(moments, LogMomentState.Of(scores));
                extrema = ExtremaState.Merge(extrema, ExtremaState.Of(scores));
            }
            Assert.InRange(GC.GetTotalMemory(true) - before, long.MinValue, Batches);
            Assert.Equal(Batches, moments.Scores.Count);
            Assert.Equal((1.0 / 1024, Batches / 1024.0), extrema.Range.IfNone((0, 0)));
        });

    /// <summary>
    /// Only the upper bound is a claim: the growth is negative where pooled arrays of earlier tests go back meanwhile. To keep each batch as it came
    /// takes over 100 bytes a row, far from the bound either way.
    /// </summary>
    private static void Keeps<TState>(TState empty, Func<TState, int, TState> update, Func<TState, double> answer) =>
        OnASmallStack(() =>
        {
            GC.KeepAlive(update(update(empty, 0), 1));
            var before = GC.GetTotalMemory(true);
            var state = empty;
            for (var i = 0; i < Batches; i++)
                state = update(state, i);
            var kept = GC.GetTotalMemory(true) - before;
            Assert.InRange(kept, long.MinValue, (long)BytesForEachRow * Batches);
            Assert.InRange(answer(state), 0, 1);
            GC.KeepAlive(state);
        });

    private static ScoreBatch Row(int i, bool narrow) => Batching.Rows([new(i / 1024.0, i % 3 == 0)], narrow);

    private static MapBatch Pixel(int i, bool narrow) => Batching.Images([new(1, 1, [i / 1024.0], [i % 3 == 0])], narrow);

    private static void OnASmallStack(Action work)
    {
        Exception? thrown = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    work();
                }
                catch (Exception exception)
                {
                    thrown = exception;
                }
            },
            256 * 1024
        );
        thread.Start();
        thread.Join();
        if (thrown is not null)
            throw new InvalidOperationException(thrown.Message, thrown);
    }
}
