using FunctionalMetrics.Core;
using LanguageExt;
using Plotly.NET;
using Plotly.NET.CSharp;

namespace FunctionalMetrics;

/// <summary>
/// The curves and scores of a detector, drawn. Each chart fills the width that it is given, has its numbers in the legend and no title of
/// its own; lines of millions of points are thinned (<see cref="Thinning"/>).
/// <code>
/// Auroc.Metric.Compute(state).Map(Charts.Roc).IfSucc(chart => chart.SaveHtml("roc.html"));
/// </code>
/// </summary>
public static class Charts
{
    /// <summary>True positive rate over false positive rate; chance is the diagonal.</summary>
    public static GenericChart Roc(RocCurve curve) =>
        ChartStyle.Compose(
            ChartStyle.Rates("false positive rate"),
            ChartStyle.Rates("true positive rate"),
            ChartStyle.Curve(curve.Outline, $"ROC, area {Readable.Rate(curve.Area)}", "false positive rate", "true positive rate"),
            ChartStyle.Chance((0, 0), (1, 1))
        );

    /// <summary>Precision over recall; chance is the share of anomalous rows, P / (P + N).</summary>
    public static GenericChart PrecisionRecall(PrecisionRecallCurve curve) =>
        ChartStyle.Compose(
            ChartStyle.Rates("recall"),
            ChartStyle.Rates("precision"),
            ChartStyle.Curve(curve.Outline, $"precision-recall, area {Readable.Rate(curve.Area)}", "recall", "precision"),
            ChartStyle.Chance((0, curve.ChancePrecision), (1, curve.ChancePrecision))
        );

    /// <summary>Per-region overlap over false positive rate, as far as the curve's limit; chance is y = x.</summary>
    public static GenericChart Pro(ProCurve curve) =>
        ChartStyle.Compose(
            ChartStyle.Rates("false positive rate", curve.Limit),
            ChartStyle.Rates("per-region overlap"),
            ChartStyle.Curve(curve.Outline, ProName(curve), "false positive rate", "per-region overlap"),
            ChartStyle.Chance((0, 0), (curve.Limit, curve.Limit))
        );

    /// <summary>F1 over the threshold, with the adaptive threshold marked; where that is only the default, it says so.</summary>
    /// <param name="result">The threshold and its curve.</param>
    /// <param name="negated">Whether the scores were negated, low ones being anomalous; the chart then shows them as they were.</param>
    public static GenericChart F1(AdaptiveThresholdResult result, bool negated = false) =>
        F1(
            result.Curve,
            result.Threshold,
            result.Counts.F1.IfFail(0),
            negated,
            at => result.IsDefault ? $"default threshold {Readable.Score(at)}" : Largest(at, result.Counts.F1.IfFail(0))
        );

    /// <summary>F1 over the threshold, with the largest marked.</summary>
    /// <param name="result">The largest F1 and its curve.</param>
    /// <param name="negated">Whether the scores were negated, low ones being anomalous; the chart then shows them as they were.</param>
    public static GenericChart F1(OptimalF1Result result, bool negated = false) =>
        F1(result.Curve, result.Threshold, result.F1, negated, at => Largest(at, result.F1));

    /// <summary>
    /// The scores of normal and of anomalous rows, each as shares of its own class, so that one anomalous pixel in a hundred is seen; shares
    /// are on a log axis where one class would otherwise dwarf the other.
    /// </summary>
    /// <param name="state">The scores; a class that has none has no bars.</param>
    /// <param name="threshold">A threshold to mark.</param>
    /// <param name="negated">Whether the scores were negated, low ones being anomalous; the chart then shows them as they were.</param>
    public static GenericChart ScoreHistogram(RankState state, Option<double> threshold = default, bool negated = false) =>
        HistogramChart.Of(negated ? Histogram.Of(state).Mirrored : Histogram.Of(state), state, threshold.Map(at => negated ? 0 - at : at));

    private static GenericChart F1(F1Curve curve, double ranked, double f1, bool negated, Func<double, string> mark)
    {
        var threshold = negated ? 0 - ranked : ranked;
        var everywhere = curve.Range.Map(range => Histogram.Even(range.Min, range.Max, Thinning.DefaultColumns)).IfNone([]);
        var points = curve.Outline(everywhere).Thin();
        var thresholds = negated ? [.. points.X.Select(at => 0 - at)] : points.X;
        var line = ChartStyle.Line(thresholds, points.Y, "F1", ChartStyle.Normal, ChartStyle.Bold, StyleParam.DrawingStyle.Solid);
        var point = ChartStyle.Point(threshold, f1, mark(threshold));
        foreach (var trace in (Trace[])[line.GetTraces()[0], point.GetTraces()[0]])
            trace.SetProperty("hovertemplate", "threshold %{x:.6~g}<br>F1 %{y:.4f}<extra></extra>");
        return ChartStyle.Compose(ChartStyle.Axis("threshold"), ChartStyle.Rates("F1"), line, point);
    }

    private static string Largest(double threshold, double f1) =>
        $"largest F1 {Readable.Rate(f1)} at threshold {Readable.Score(threshold)}";

    private static string ProName(ProCurve curve) =>
        FormattableString.Invariant($"PRO up to FPR {curve.Limit}, area {Readable.Rate(curve.Area)}");
}
