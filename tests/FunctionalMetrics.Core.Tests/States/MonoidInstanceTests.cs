using LanguageExt.TypeClasses;
using static LanguageExt.TypeClass;

namespace FunctionalMetrics.Core.Tests;

/// <summary>The LanguageExt instances say what the states say.</summary>
public class MonoidInstanceTests
{
    [Fact]
    public void Every_state_has_an_instance_named_after_it()
    {
        var assembly = typeof(RankState).Assembly;
        foreach (var state in MetricCatalog.All.Select(metric => metric.State).Distinct())
            Assert.Contains(
                typeof(Monoid<>).MakeGenericType(state),
                (assembly.GetType($"FunctionalMetrics.Core.M{state.Name}")?.GetInterfaces() ?? []).AsEnumerable()
            );
    }

    [Fact]
    public void Mconcat_is_Merge_from_Empty() =>
        ForAll.ThreeSamples(
            (a, b, c) =>
            {
                var batches = new[] { a, b, c }.Select(sample => Batching.Rows(sample.Rows)).ToArray();
                Assert.Equal(
                    batches.Select(RankState.Of).Aggregate(RankState.Merge),
                    mconcat<MRankState, RankState>(batches.Select(RankState.Of).ToArray())
                );
                Assert.Equal(
                    batches.Select(batch => ExtremaState.Of(batch.Scores)).Aggregate(ExtremaState.Merge),
                    mconcat<MExtremaState, ExtremaState>(batches.Select(batch => ExtremaState.Of(batch.Scores)).ToArray())
                );
                Assert.Equal(
                    batches.Select(batch => LogMomentState.Of(batch.Scores)).Aggregate(LogMomentState.Merge),
                    mconcat<MLogMomentState, LogMomentState>(batches.Select(batch => LogMomentState.Of(batch.Scores)).ToArray())
                );
                Assert.Equal(
                    batches.Select(batch => BoundedRankState.Of(batch, 8)).Aggregate(BoundedRankState.Merge),
                    mconcat<MBoundedRankState, BoundedRankState>(batches.Select(batch => BoundedRankState.Of(batch, 8)).ToArray())
                );
                RegionState[] regions = [.. new[] { a, b, c }.SelectMany(Batching.Whole<MapBatch>).Select(RegionState.Of)];
                Assert.Equal(regions.Aggregate(RegionState.Empty, RegionState.Merge), mconcat<MRegionState, RegionState>(regions));
                BoundedRegionState[] bounded = [.. regions.Select(state => BoundedRegionState.Of(state, 8))];
                Assert.Equal(
                    bounded.Aggregate(BoundedRegionState.Empty, BoundedRegionState.Merge),
                    mconcat<MBoundedRegionState, BoundedRegionState>(bounded)
                );
            },
            30
        );
}
