using FunctionalMetrics.Core;
using LanguageExt;
using Plotly.NET;

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
    public static GenericChart Roc(Core.RocCurve curve) => Roc(curve, false);

    /// <summary>The same, with thresholds as they were where the scores were negated.</summary>
    internal static GenericChart Roc(Core.RocCurve curve, bool negated, CurveBand? band = null) =>
        CompareRoc([("ROC", curve)], negated, band);

    /// <summary>The ROC curves of several detectors over each other.</summary>
    /// <param name="models">Each curve with the name of its detector.</param>
    public static GenericChart CompareRoc(IEnumerable<(string Name, Core.RocCurve Curve)> models) => CompareRoc(models, false);

    private static GenericChart CompareRoc(IEnumerable<(string Name, Core.RocCurve Curve)> models, bool negated, CurveBand? band = null) =>
        CurveChart.Of(
            ("false positive rate", "true positive rate"),
            1,
            models.Select(model => (model.Name, model.Curve.Area, model.Curve.Outline)),
            [ChartStyle.Chance((0, 0), (1, 1))],
            negated,
            band
        );

    /// <summary>Precision over recall; chance is the share of anomalous rows, P / (P + N).</summary>
    public static GenericChart PrecisionRecall(Core.PrecisionRecallCurve curve) => PrecisionRecall(curve, false);

    /// <summary>The same, with thresholds as they were where the scores were negated.</summary>
    internal static GenericChart PrecisionRecall(Core.PrecisionRecallCurve curve, bool negated, CurveBand? band = null) =>
        ComparePrecisionRecall([("precision-recall", curve)], negated, band);

    /// <summary>The precision-recall curves of several detectors over each other; one that was judged by other rows has a chance line of its own.</summary>
    /// <param name="models">Each curve with the name of its detector.</param>
    public static GenericChart ComparePrecisionRecall(IEnumerable<(string Name, Core.PrecisionRecallCurve Curve)> models) =>
        ComparePrecisionRecall(models, false);

    private static GenericChart ComparePrecisionRecall(
        IEnumerable<(string Name, Core.PrecisionRecallCurve Curve)> models,
        bool negated,
        CurveBand? band = null
    )
    {
        var all = models.ToList();
        var chances = all.GroupBy(model => model.Curve.ChancePrecision, model => model.Name).ToList();
        return CurveChart.Of(
            ("recall", "precision"),
            1,
            all.Select(model => (model.Name, model.Curve.Area, model.Curve.Outline)),
            chances.Select(same =>
                ChartStyle.Chance(
                    (0, same.Key),
                    (1, same.Key),
                    chances.Count == 1 ? "chance" : $"chance of {ChartStyle.Shown(string.Join(", ", same))}"
                )
            ),
            negated,
            band
        );
    }

    /// <summary>Per-region overlap over false positive rate, as far as the curve's limit; chance is y = x.</summary>
    public static GenericChart Pro(Core.ProCurve curve) => Pro(curve, false);

    /// <summary>The same, with thresholds as they were where the scores were negated.</summary>
    internal static GenericChart Pro(Core.ProCurve curve, bool negated, CurveBand? band = null) =>
        ComparePro([("PRO", curve)], negated, band);

    /// <summary>The per-region overlap curves of several detectors over each other, each as far as its limit.</summary>
    /// <param name="models">Each curve with the name of its detector.</param>
    public static GenericChart ComparePro(IEnumerable<(string Name, Core.ProCurve Curve)> models) => ComparePro(models, false);

    private static GenericChart ComparePro(IEnumerable<(string Name, Core.ProCurve Curve)> models, bool negated, CurveBand? band = null)
    {
        var all = models.ToList();
        var limit = all.Max(model => model.Curve.Limit);
        return CurveChart.Of(
            ("false positive rate", "per-region overlap"),
            limit,
            all.Select(model => (UpTo(model.Name, model.Curve.Limit), model.Curve.Area, model.Curve.Outline)),
            [ChartStyle.Chance((0, 0), (limit, limit))],
            negated,
            band
        );
    }

    /// <summary>
    /// Per-image overlap over the logarithm of the shared false positive rate: a thin line for each image with an anomalous pixel, and their mean on top. The
    /// area is that of the rates which are marked.
    /// </summary>
    public static GenericChart Pimo(Core.AupimoResult result) => PimoChart.Of(result);

    /// <summary>F1 over the threshold, with the adaptive threshold marked; where that is only the default, it says so.</summary>
    /// <param name="result">The threshold and its curve.</param>
    /// <param name="negated">Whether the scores were negated, low ones being anomalous; the chart then shows them as they were.</param>
    public static GenericChart F1(Core.AdaptiveThresholdResult result, bool negated = false) =>
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
    public static GenericChart F1(Core.OptimalF1Result result, bool negated = false) =>
        F1(result.Curve, result.Threshold, result.F1, negated, at => Largest(at, result.F1));

    /// <summary>
    /// The scores of normal and of anomalous rows, each as shares of its own class, so that one anomalous pixel in a hundred is seen; shares
    /// are on a log axis where one class would otherwise dwarf the other.
    /// </summary>
    /// <param name="state">The scores; a class that has none has no bars.</param>
    /// <param name="threshold">A threshold to mark.</param>
    /// <param name="negated">Whether the scores were negated, low ones being anomalous; the chart then shows them as they were.</param>
    public static GenericChart ScoreHistogram(RankState state, double? threshold = null, bool negated = false) =>
        HistogramChart.Of(
            negated ? Histogram.Of(state).Mirrored : Histogram.Of(state),
            state,
            threshold is { } at ? (negated ? 0 - at : at) : Option<double>.None
        );

    /// <summary>
    /// Precision, recall, F1 and false positive rate over the threshold, with their values at a chosen one: for choosing a threshold by what
    /// it costs. A line is missing where the rows do not define its rate: precision ends at the highest score.
    /// </summary>
    /// <param name="state">The scores of each class.</param>
    /// <param name="threshold">The chosen threshold, in the units in which the chart shows the scores.</param>
    /// <param name="negated">Whether the scores were negated, low ones being anomalous; the chart then shows them as they were.</param>
    /// <exception cref="UndefinedMetricException">There are too many distinct anomalous scores to be sorted.</exception>
    public static GenericChart Calibration(RankState state, double threshold, bool negated = false) =>
        CalibrationChart.Of(state, threshold, negated);

    /// <summary>The range of the scores.</summary>
    public static GenericChart Range(MinMaxResult range) => RangeChart.Of(range);

    /// <summary>Between which two numbers a metric lies.</summary>
    /// <param name="bounds">The two numbers.</param>
    /// <param name="name">The metric's name, for the axis.</param>
    public static GenericChart Bounds(Interval bounds, string name) => RangeChart.Of(bounds, name);

    /// <summary>
    /// The normal distribution that moments of ln(score) describe, and the mean and the standard deviation at each position of maps; the part
    /// that was not seen is left out.
    /// </summary>
    public static GenericChart LogMoments(Core.AnomalyScoreDistributionResult result) => LogMomentChart.Of(result);

    private static GenericChart F1(Core.F1Curve curve, double ranked, double f1, bool negated, Func<double, string> mark)
    {
        var threshold = negated ? 0 - ranked : ranked;
        var points = curve.Outline(Everywhere(curve)).Thin();
        var thresholds = negated ? [.. points.X.Select(at => 0 - at)] : points.X;
        var line = ChartStyle.Line(thresholds, points.Y, "F1", ChartStyle.Normal, ChartStyle.Bold, StyleParam.DrawingStyle.Solid);
        var point = ChartStyle.Point(threshold, f1, mark(threshold));
        const string Hover = "threshold %{x:.6~g}<br>F1 %{y:.4f}";
        return ChartStyle.Compose(ChartStyle.Axis("threshold"), ChartStyle.Rates("F1"), line.Hover(Hover), point.Hover(Hover));
    }

    /// <summary>A threshold for each pixel of the chart's width, from the lowest score to the highest.</summary>
    internal static double[] Everywhere(Core.F1Curve curve) =>
        curve.Range.Map(range => Histogram.Even(range.Min, range.Max, Thinning.DefaultColumns)).IfNone([]);

    private static string Largest(double threshold, double f1) =>
        $"largest F1 {Readable.Rate(f1)} at threshold {Readable.Score(threshold)}";

    private static string UpTo(string name, double limit) => FormattableString.Invariant($"{name} up to FPR {limit}");
}
