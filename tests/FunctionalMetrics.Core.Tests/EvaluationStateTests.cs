using FunctionalMetrics.Laws;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Exact and bounded evaluations are one commutative monoid, whatever resolutions meet in it.</summary>
public class EvaluationStateTests
{
    private static readonly State<EvaluationBatch, EvaluationState> Kind = EvaluationState.State;

    [Fact]
    public void States_of_any_resolutions_are_one_commutative_monoid() =>
        ForAll.Samples(
            (sample, seed) =>
            {
                var choices = new Choices(seed);
                EvaluationState[] three = [Any(sample, choices), Any(sample, choices), Any(sample, choices)];
                foreach (var state in three)
                {
                    Assert.Equal(state, Kind.Merge(EvaluationState.Empty, state));
                    Assert.Equal(state, Kind.Merge(state, EvaluationState.Empty));
                    Assert.Equal(state, EvaluationState.Codec.Decode(EvaluationState.Codec.Encode(state)).Valid());
                }
                Assert.Equal(Kind.Merge(three[0], three[1]), Kind.Merge(three[1], three[0]));
                Assert.Equal(Kind.Merge(Kind.Merge(three[0], three[1]), three[2]), Kind.Merge(three[0], Kind.Merge(three[1], three[2])));
            },
            100
        );

    private static EvaluationState Any(Sample sample, Choices choices)
    {
        var rows = RankState.Of(Batching.Rows(sample.Rows));
        var maps = choices.Once(2) ? Batching.Cut<MapBatch>(sample, choices).Select(RegionState.Of).HeadOrNone() : None;
        var exact = new EvaluationState.Exact(rows, maps);
        return choices.Once(3)
            ? exact
            : new EvaluationState.Bounded(
                BoundedRankState.Of(rows, choices.Below(24) + 1),
                maps.Map(pixels => BoundedRegionState.Of(pixels, choices.Below(24) + 1))
            );
    }
}
