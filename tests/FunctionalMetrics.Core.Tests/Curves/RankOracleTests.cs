namespace FunctionalMetrics.Core.Tests;

/// <summary>Numbers and curves of rows against exact fractions: rates to the bit, sums of ratios within one unit in the last place.</summary>
public class RankOracleTests
{
    [Fact]
    public void AUROC_is_the_correctly_rounded_share_of_pairs() =>
        OfBothClasses((oracle, state) => Same.Bits(oracle.Auroc.Rounded(), Roc(state).Area));

    [Fact]
    public void ROC_points_are_correctly_rounded_rates_at_each_distinct_score() =>
        OfBothClasses(
            (oracle, state) =>
            {
                var points = Roc(state).Points;
                Same.Bits([0, .. oracle.Thresholds.Select(t => oracle.Fpr(t).Rounded())], points.X, "fpr");
                Same.Bits([0, .. oracle.Thresholds.Select(t => oracle.Tpr(t).Rounded())], points.Y, "tpr");
                Same.Bits([double.PositiveInfinity, .. oracle.Thresholds], points.Thresholds, "threshold");
            }
        );

    [Fact]
    public void The_reduced_ROC_curve_keeps_exactly_the_corners() =>
        OfBothClasses(
            (oracle, state) =>
            {
                (Fraction X, Fraction Y)[] all = [.. oracle.Roc.Points];
                var corners = new List<int> { 0 };
                for (var k = 1; k < all.Length - 1; k++)
                    if (!Polyline.OnLine(all[corners[^1]], all[k], all[k + 1]))
                        corners.Add(k);
                corners.Add(all.Length - 1);
                var reduced = Roc(state).Reduced;
                Same.Bits(corners.Select(k => all[k].X.Rounded()), reduced.X, "fpr");
                Same.Bits(corners.Select(k => all[k].Y.Rounded()), reduced.Y, "tpr");
                Same.Bits(
                    corners.Select(k => k == 0 ? double.PositiveInfinity : oracle.Thresholds[k - 1]),
                    reduced.Thresholds,
                    "threshold"
                );
            }
        );

    [Fact]
    public void The_outline_passes_just_above_and_at_each_anomalous_score() =>
        OfBothClasses(
            (oracle, state) =>
            {
                var outline = Roc(state).Outline;
                double[] found = [.. oracle.Thresholds.Where(t => oracle.Rows.Any(row => row.Label && row.Score == t))];
                var x = found.SelectMany(t =>
                    new[] { new Fraction(oracle.Rows.Count(row => !row.Label && row.Score > t), oracle.Negatives), oracle.Fpr(t) }
                );
                var y = found.SelectMany(t =>
                    new[] { new Fraction(oracle.Rows.Count(row => row.Label && row.Score > t), oracle.Positives), oracle.Tpr(t) }
                );
                Same.Bits([0, .. x.Select(rate => rate.Rounded()), 1], outline.X, "fpr");
                Same.Bits([0, .. y.Select(rate => rate.Rounded()), 1], outline.Y, "tpr");
            }
        );

    [Fact]
    public void Partial_areas_and_interpolated_rates_are_those_of_the_exact_curve() =>
        OfBothClasses(
            (oracle, state) =>
            {
                foreach (var limit in (double[])[1e-9, 0.05, 0.25, 0.3, 0.5, 1])
                {
                    var area = oracle.Roc.AreaUpTo(Fraction.Exactly(limit)).Rounded();
                    Same.WithinUlp(area, Roc(state).PartialArea(limit).ThrowIfFail(), $"area to {limit}");
                    Same.Within(1e-12, oracle.Roc.AtRounded(limit).Rounded(), Roc(state).TruePositiveRateAt(limit).ThrowIfFail());
                }
            }
        );

    [Fact]
    public void TPR_at_FPR_and_FPR_at_TPR_are_the_best_that_a_threshold_reaches() =>
        OfBothClasses(
            (oracle, state) =>
            {
                foreach (var rate in (double[])[0, 1e-9, 0.1, 0.25, 0.3, 1.0 / 3, 0.5, 0.9, 1])
                {
                    var exact = Fraction.Written(rate);
                    var tpr = oracle.Roc.Points.Where(point => point.X <= exact).Max(point => point.Y);
                    var fpr = oracle.Roc.Points.Where(point => point.Y >= exact).Min(point => point.X);
                    var (atFpr, atTpr) = (Roc(state).TprAtFpr(rate).ThrowIfFail(), Roc(state).FprAtTpr(rate).ThrowIfFail());
                    Same.Bits(tpr.Rounded(), atFpr.TruePositiveRate, $"TPR at FPR {rate}");
                    Same.Bits(fpr.Rounded(), atTpr.FalsePositiveRate, $"FPR at TPR {rate}");
                    foreach (var point in (OperatingPoint[])[atFpr, atTpr])
                    {
                        var counts = state.At(point.Threshold);
                        Same.Bits(counts.FalsePositiveRate.ThrowIfFail(), point.FalsePositiveRate, "fpr at the threshold");
                        Same.Bits(counts.Recall.ThrowIfFail(), point.TruePositiveRate, "tpr at the threshold");
                    }
                }
            }
        );

    [Fact]
    public void AUPR_and_average_precision_are_within_an_ulp_of_the_exact_sums() =>
        OfPositives(
            (oracle, state) =>
            {
                var curve = Aupr.Metric.Compute(state).ThrowIfFail();
                Same.WithinUlp(oracle.Aupr.Rounded(), curve.Area, "AUPR");
                Same.WithinUlp(
                    oracle.AveragePrecision.Rounded(),
                    AveragePrecision.Metric.Compute(state).ThrowIfFail().Value,
                    "average precision"
                );
            }
        );

    [Fact]
    public void Precision_and_recall_are_correctly_rounded_in_ascending_order_of_thresholds() =>
        OfPositives(
            (oracle, state) =>
            {
                var points = Aupr.Metric.Compute(state).ThrowIfFail().Points;
                Same.Bits([.. oracle.Thresholds.Reverse().Select(t => oracle.Tpr(t).Rounded()), 0], points.X, "recall");
                Same.Bits([.. oracle.Thresholds.Reverse().Select(t => oracle.Precision(t).Rounded()), 1], points.Y, "precision");
                Same.Bits(oracle.Thresholds.Reverse(), points.Thresholds, "threshold");
            }
        );

    [Fact]
    public void The_optimal_F1_is_the_largest_and_its_threshold_the_lowest_that_reaches_it() =>
        OfPositives(
            (oracle, state) =>
            {
                var best = OptimalF1.Metric.Compute(state).ThrowIfFail();
                Same.Bits(oracle.BestThreshold, best.Threshold, "threshold");
                Same.Bits(oracle.F1(oracle.BestThreshold).Rounded(), best.F1, "F1");
                var adaptive = AdaptiveThreshold.Metric.Compute(state).ThrowIfFail();
                Assert.Equal((best.Threshold, false, best.Counts), (adaptive.Threshold, adaptive.IsDefault, adaptive.Counts));
            }
        );

    [Fact]
    public void Every_point_of_the_F1_outline_is_the_F1_of_the_rows_it_calls_anomalous() =>
        OfPositives(
            (oracle, state) =>
            {
                var outline = OptimalF1.Metric.Compute(state).ThrowIfFail().Curve.Outline([.. oracle.Thresholds.Reverse()]);
                foreach (var threshold in oracle.Thresholds)
                    Assert.Contains(
                        Enumerable.Range(0, outline.Count),
                        k => outline.X[k] == threshold && outline.Y[k].Equals(oracle.F1(threshold).Rounded())
                    );
                Assert.Equal(outline.X.Order(), outline.X);
            }
        );

    private static RocCurve Roc(RankState state) => Auroc.Metric.Compute(state).ThrowIfFail();

    private static void OfBothClasses(Action<RankOracle, RankState> check) =>
        OfPositives((oracle, state) => (oracle.Negatives > 0 ? check : (_, _) => { })(oracle, state));

    private static void OfPositives(Action<RankOracle, RankState> check) =>
        ForAll.Samples(
            (sample, _) =>
            {
                var oracle = new RankOracle([.. sample.Rows.Take(40).Select(row => row with { Score = row.Score + 0.0 })]);
                if (oracle.Positives > 0)
                    check(oracle, RankState.Of(Batching.Rows(oracle.Rows)));
            }
        );
}
