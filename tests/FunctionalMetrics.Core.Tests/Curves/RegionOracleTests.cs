namespace FunctionalMetrics.Core.Tests;

/// <summary>PRO and AUPRO against exact fractions over regions found by flood fill.</summary>
public class RegionOracleTests
{
    [Fact]
    public void PRO_points_are_correctly_rounded_at_each_distinct_score() =>
        OfRegions(
            (oracle, state) =>
            {
                var points = Aupro.UpTo(1).Compute(state).ThrowIfFail().Points;
                Same.Bits([0, .. oracle.Pixels.Thresholds.Select(t => oracle.Pixels.Fpr(t).Rounded())], points.X, "fpr");
                Same.Bits([0, .. oracle.Pixels.Thresholds.Select(t => oracle.Pro(t).Rounded())], points.Y, "PRO");
                Same.Bits([double.PositiveInfinity, .. oracle.Pixels.Thresholds], points.Thresholds, "threshold");
                Assert.Equal((1, 1), (points.X[^1], points.Y[^1]));
            }
        );

    [Fact]
    public void AUPRO_is_within_an_ulp_of_the_exact_area_at_every_limit() =>
        OfRegions(
            (oracle, state) =>
            {
                foreach (var limit in (double[])[1e-9, 0.01, 0.05, 0.25, 0.3, 0.5, 1])
                    Same.WithinUlp(
                        oracle.Aupro(Fraction.Exactly(limit)).Rounded(),
                        Aupro.UpTo(limit).Compute(state).ThrowIfFail().Area,
                        $"AUPRO to {limit}"
                    );
            }
        );

    [Fact, Trait("Category", "Slow")]
    public void A_clipped_curve_is_the_whole_one_up_to_the_limit_and_the_point_interpolated_there() =>
        OfRegions(
            (oracle, state) =>
            {
                var whole = Aupro.UpTo(1).Compute(state).ThrowIfFail();
                foreach (var limit in (double[])[0.01, 0.25, 0.3, 0.5])
                {
                    var points = whole.UpTo(limit).ThrowIfFail().Points;
                    var inside = whole.Points.X.Count(x => x <= limit);
                    Same.Bits(whole.Points.X.Take(inside), points.X.Take(inside), "fpr");
                    Same.Bits(whole.Points.Y.Take(inside), points.Y.Take(inside), "PRO");
                    Same.Bits(limit, points.X[^1], "the end");
                    Same.Within(1e-12, oracle.Curve.AtRounded(limit).Rounded(), points.Y[^1], "PRO at the limit");
                    Same.Within(1e-12, points.Y[^1], whole.At(limit).ThrowIfFail(), "PRO looked up");
                    Assert.NotEqual(whole, whole.UpTo(limit).ThrowIfFail());
                    Assert.Equal(Aupro.UpTo(limit).Compute(state).ThrowIfFail(), whole.UpTo(limit).ThrowIfFail());
                }
                Assert.True(whole.UpTo(0.3).Bind(curve => curve.At(0.31)).IsFail);
            }
        );

    [Fact]
    public void Regions_are_counted_as_the_flood_fill_counts_them() =>
        ForAll.Samples((sample, _) => Assert.Equal(new RegionOracle(sample.Images).Regions.Count, State(sample).Regions));

    private static RegionState State(Sample sample) =>
        Batching.Whole<MapBatch>(sample).Aggregate(RegionState.Empty, (state, batch) => RegionState.Merge(state, RegionState.Of(batch)));

    private static void OfRegions(Action<RegionOracle, RegionState> check) =>
        ForAll.Samples(
            (sample, _) =>
            {
                // The flood fill is slow enough for three images.
                var few = sample with
                {
                    Images = [.. sample.Images.Take(3).Select(image => image.Map((score, _) => score + 0.0))],
                };
                var oracle = new RegionOracle(few.Images);
                if (oracle.Regions.Count > 0 && oracle.Pixels.Negatives > 0)
                    check(oracle, State(few));
            }
        );
}
