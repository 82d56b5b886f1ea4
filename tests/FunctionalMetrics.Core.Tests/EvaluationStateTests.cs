using FunctionalMetrics.Laws;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Exact and bounded evaluations are one commutative monoid, whatever resolutions meet in it.</summary>
public class EvaluationStateTests
{
    private static readonly State<EvaluationBatch, EvaluationState> Kind = EvaluationState.State;

    [Fact]
    public void Images_are_kept_where_those_of_all_maps_are_and_change_no_number() =>
        ForAll.ThreeSamples(
            (a, b, c) =>
            {
                EvaluationState[] states = [Of(a, true), Of(b, false), Of(c, true), EvaluationState.Of(new(Batching.Rows(a.Rows)))];
                var monoid = new MonoidOf<EvaluationState>(Kind.Empty, Kind.Merge, (one, other) => one.Equals(other));
                foreach (var (one, two, three) in (IEnumerable<(int, int, int)>)[(0, 1, 2), (0, 2, 3), (3, 0, 1), (2, 0, 0)])
                    MonoidLaws.CommutativeMonoid(monoid).Assert((states[one], states[two], states[three]));
                var (all, bare) = (Kind.Merge(states[0], states[2]), Kind.Merge(Of(a, false), Of(c, false)));
                Assert.Equal(bare, (EvaluationState.Exact)all with { Kept = None });
                Assert.Equal(bare.InBins(9), all.InBins(9));
                Assert.Equal(a.Images.Length + c.Images.Length, Images(all));
                Assert.Equal(a.Images.Length + c.Images.Length, Images(Kind.Merge(all, states[3])));
                Assert.Equal(-1, Images(Kind.Merge(all, states[1])));
                var bytes = EvaluationState.Codec.Encode(all);
                Assert.Equal(all, EvaluationState.Codec.Decode(bytes).Valid());
                Assert.Equal(bytes, EvaluationState.Codec.Encode(EvaluationState.Codec.Decode(bytes).Valid()));
            },
            20
        );

    private static EvaluationState Of(Sample sample, bool keeps) =>
        Batching
            .Whole<MapBatch>(sample)
            .Select(maps => EvaluationState.Of(new(maps.Images, maps) { KeepsImages = keeps }))
            .Aggregate(Kind.Empty, Kind.Merge);

    private static int Images(EvaluationState state) => ((EvaluationState.Exact)state).Kept.Match(kept => kept.Count, () => -1);

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
