namespace FunctionalMetrics.Core.Tests;

/// <summary>Law 3 of METRICS.md over long histories and from several threads at once.</summary>
public class PersistenceTests
{
    [Fact]
    public void Every_state_of_a_long_history_answers_as_when_it_was_made()
    {
        var (states, answers) = (new List<RegionState>(), new List<Fingerprint>());
        var state = RegionState.Empty;
        for (var i = 0; i < 200; i++)
        {
            states.Add(state);
            answers.Add(Answer(state));
            state = RegionState.Merge(state, RegionState.Of(Batch(i)));
        }
        // Forks of every old state, merged both ways, and then all old states again.
        foreach (var old in states)
            Answer(RegionState.Merge(RegionState.Merge(state, old), RegionState.Merge(old, state)));
        for (var i = 0; i < states.Count; i++)
            Assert.Equal(answers[i], Answer(Rebuilt(i)));
        Assert.Equal(answers, states.Select(Answer));
    }

    [Fact]
    public void A_state_read_and_built_on_from_several_threads_at_once_answers_as_before()
    {
        for (var round = 0; round < 20; round++)
        {
            var expected = Answer(Rebuilt(60 + round));
            var shared = Rebuilt(60 + round);
            Parallel.For(
                0,
                16,
                new ParallelOptions { MaxDegreeOfParallelism = 4 },
                i =>
                {
                    var grown = Enumerable
                        .Range(0, 20)
                        .Aggregate(shared, (state, k) => RegionState.Merge(state, RegionState.Of(Batch(i * k))));
                    Assert.Equal(expected, Answer(shared));
                    Assert.NotEqual(grown, shared);
                }
            );
        }
    }

    [Fact]
    public void A_curve_read_from_several_threads_at_once_gives_each_the_same_points()
    {
        var roc = Auroc.Metric.Compute(Rebuilt(80).Rank).ThrowIfFail();
        var expected = Auroc.Metric.Compute(Rebuilt(80).Rank).ThrowIfFail().Points;
        Parallel.For(0, 32, _ => Assert.Equal(expected, roc.Points));
    }

    private static Fingerprint Answer(RegionState state) =>
        Fingerprint.Of(
            new object[] { Aupro.Metric.Compute(state), Auroc.Metric.Compute(state.Rank), OptimalF1.Metric.Compute(state.Rank) }
        );

    private static RegionState Rebuilt(int count) =>
        Enumerable.Range(0, count).Aggregate(RegionState.Empty, (state, i) => RegionState.Merge(state, RegionState.Of(Batch(i))));

    private static MapBatch Batch(int i) =>
        Batching.Images([new(1, 4, [i % 7, i % 5 / 3.0, i % 11, i % 3], [i % 2 == 0, i % 3 == 0, i % 5 == 0, false])], i % 4 == 0);
}
