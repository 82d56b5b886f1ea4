using LanguageExt;
using static FunctionalMetrics.Core.Tests.PassChecks;

namespace FunctionalMetrics.Core.Tests;

/// <summary>How many passes there are, and what counts towards the limit that they keep.</summary>
public class PassLimitTests
{
    [Fact]
    public void As_many_passes_are_made_as_the_limit_needs_and_each_is_named()
    {
        var random = new Random(1);
        double[] scores = [.. Enumerable.Range(0, 20_000).Select(_ => random.NextDouble())];
        var batch = ScoreBatch.Create(scores, scores.Select((_, i) => i % 3 == 0).ToArray()).Valid();
        var least = LeastFor([batch]);
        Assert.Equal([(1, 0), (2, 2)], Passes(long.MaxValue / 2));
        Assert.Equal([(1, 2), (2, 2)], Passes(MemoryLimit.None.Bytes));
        var few = Passes(least + 20_000);
        var many = Passes(least);
        Assert.True(few.Count > 3 && many.Count > 2 * few.Count, $"{few.Count} and {many.Count} passes");
        Assert.Equal(Enumerable.Range(1, many.Count), many.Select(pass => pass.Number));
        Assert.Equal(many.Skip(1).Select(_ => many.Count), many.Skip(1).Select(pass => pass.Of));

        List<(int Number, int Of)> Passes(long bytes)
        {
            var seen = new List<(int, int)>();
            ExactPasses
                .OfRows(
                    pass =>
                    {
                        seen.Add((pass.Number, pass.Of));
                        return [batch];
                    },
                    new(bytes)
                )
                .ThrowIfFail();
            return seen;
        }
    }

    [Fact]
    public void Data_without_an_anomalous_row_is_read_once_in_limited_memory()
    {
        var batch = ScoreBatch.Create(new[] { 0.1, 0.7 }, new[] { false, false }).Valid();
        var passes = 0;
        SameNumbers(
            RankState.Of(batch),
            ExactPasses.OfRows(_ => [.. Enumerable.Repeat(batch, 1).TakeWhile(_ => ++passes > 0)], Plenty).ThrowIfFail()
        );
        Assert.Equal(1, passes);
    }

    [Fact]
    public void Batches_that_grow_wide_in_the_middle_begin_again()
    {
        var narrow = ScoreBatch.Create(new[] { 0.1f, 0.2f, 0.3f }, new[] { false, true, true }).Valid();
        var wide = ScoreBatch.Create(new[] { 0.15, 0.25, 0.1 }, new[] { false, true, true }).Valid();
        var passes = new List<Pass>();
        var numbers = ExactPasses.OfRows(
            pass =>
            {
                passes.Add(pass);
                return [narrow, wide];
            },
            MemoryLimit.None
        );
        SameNumbers(RankState.Merge(RankState.Of(narrow), RankState.Of(wide)), numbers.ThrowIfFail());
        Assert.Equal([1, 1], passes.Take(2).Select(pass => pass.Number));
    }

    [Fact]
    public void Bins_of_one_score_need_one_pass_however_many_rows_they_hold()
    {
        byte[] scores = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i % 251))];
        var batch = ScoreBatch.Create(scores, scores.Select((_, i) => i % 2 == 0).ToArray()).Valid();
        var passes = 0;
        var read = (Pass _) =>
        {
            passes++;
            return (IEnumerable<Fin<ScoreBatch>>)[batch];
        };
        ExactPasses.OfRows(read, new(LeastFor([batch]))).ThrowIfFail();
        // The limit was asked for in a run of its own.
        Assert.Equal(1, passes);
    }

    [Fact]
    public void What_the_reader_takes_is_part_of_the_limit()
    {
        var batch = ScoreBatch.Create(new[] { 0.1, 0.2, 0.3 }, new[] { false, true, true }).Valid();
        var alone = LeastFor([batch]);
        Assert.Equal(alone + 1000 + 2 * 3 * 24, Least(ExactPasses.OfRows(_ => [batch], new(0, 1000, 24))));
    }
}
