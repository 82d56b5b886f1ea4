using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Law 9 of METRICS.md: what forgets a part of a state commutes with Of, Merge and Empty, and gives the answers of its own level.</summary>
public class ProjectionTests
{
    private static readonly MonoidOf<RegionState> Regions = new(RegionState.Empty, RegionState.Merge, (a, b) => a.Equals(b));
    private static readonly MonoidOf<RankState> Ranks = new(RankState.Empty, RankState.Merge, (a, b) => a.Equals(b));
    private static readonly MonoidOf<ExtremaState> Extrema = new(ExtremaState.Empty, ExtremaState.Merge, (a, b) => a.Equals(b));

    [Fact]
    public void Forgetting_the_regions_is_a_homomorphism()
    {
        var law = StateLaws.Homomorphism<MapBatch, RegionState, RankState>(
            "RegionState.Rank",
            state => state.Rank,
            RegionState.Of,
            batch => RankState.Of(batch.Pixels),
            Regions,
            Ranks
        );
        ForAll.ThreeSamples(
            (a, b, c) =>
            {
                foreach (var batch in Batching.Whole<MapBatch>(a))
                    law.Assert((batch, Of(b), Of(c)));
            }
        );
    }

    [Fact]
    public void Forgetting_all_but_the_extremes_is_a_homomorphism()
    {
        var law = StateLaws.Homomorphism<ScoreBatch, RankState, ExtremaState>(
            "RankState.Extrema",
            state => state.Extrema,
            RankState.Of,
            batch => ExtremaState.Of(batch.Scores),
            Ranks,
            Extrema
        );
        ForAll.ThreeSamples(
            (a, b, c) => law.Assert((Batching.Rows(a.Rows), RankState.Of(Batching.Rows(b.Rows)), RankState.Of(Batching.Rows(c.Rows))))
        );
    }

    [Fact]
    public void A_metric_of_pixels_answers_as_the_same_metric_of_the_pixels_as_rows() =>
        ForAll.Samples(
            (sample, seed) =>
            {
                var pixels = sample.Images.SelectMany(image => image.Scores.Zip(image.Mask, (score, label) => new Row(score, label)));
                foreach (
                    var ranked in MetricCatalog.All.Where(metric =>
                        metric.State == typeof(RankState) && !metric.Name.StartsWith(nameof(ThresholdByRule))
                    )
                ) // a threshold names its level
                    if (MetricCatalog.All.SingleOrDefault(metric => metric.Name == $"{ranked.Name} of pixels") is { } lifted)
                        Assert.Equal(ranked.Answer(new([.. pixels], [])), lifted.Answer(sample));
            }
        );

    [Fact]
    public void Extrema_are_idempotent() =>
        ForAll.Samples((sample, _) => MonoidLaws.Idempotent(Extrema).Assert(ExtremaState.Of(Batching.Rows(sample.Rows).Scores)));

    private static RegionState Of(Sample sample) =>
        Batching.Whole<MapBatch>(sample).Aggregate(RegionState.Empty, (state, batch) => RegionState.Merge(state, RegionState.Of(batch)));
}
