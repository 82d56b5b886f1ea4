using FunctionalMetrics.Core;
using Plotly.NET;

namespace FunctionalMetrics;

/// <summary>Figures of metrics: <c>auroc.Figure().SaveHtml("roc.html")</c>.</summary>
public static class Figures
{
    /// <summary>
    /// The figure of a metric, chosen by its result: a curve, F1 over the threshold, a range, moments; of a result that has no chart of its own a
    /// table of its numbers.
    /// </summary>
    /// <exception cref="UndefinedMetricException">There is none; the error says why.</exception>
    public static Figure Figure(this IMetric metric) =>
        metric switch
        {
            INamedMetric named => named.Metric.Figure(),
            IMetricResult<RocCurve> roc => Of(metric, "ROC curve", Charts.Roc(roc.Result())),
            IMetricResult<PrecisionRecallCurve> curve => Of(metric, PrecisionRecall, Charts.PrecisionRecall(curve.Result())),
            IMetricResult<AveragePrecisionResult> result => Of(metric, PrecisionRecall, Charts.PrecisionRecall(result.Result().Curve)),
            IMetricResult<ProCurve> pro => Of(metric, "per-region overlap curve", Charts.Pro(pro.Result())),
            IMetricResult<AupimoResult> images => Of(metric, "per-image overlap curves", Charts.Pimo(images.Result())),
            IMetricResult<OptimalF1Result> best => Of(metric, "F1 over the threshold", Charts.F1(best.Result())),
            IMetricResult<AdaptiveThresholdResult> threshold => Of(metric, "F1 over the threshold", Charts.F1(threshold.Result())),
            IMetricResult<MinMaxResult> range => Of(metric, "range of the scores", Charts.Range(range.Result())),
            IMetricResult<AnomalyScoreDistributionResult> moments => Of(
                metric,
                "moments of ln(score)",
                Charts.LogMoments(moments.Result())
            ),
            IMetricResult<Interval> bounds => Of(metric, Bounds, Charts.Bounds(bounds.Result(), metric.Name)),
            IMetricResult<OptimalF1Bounds> bounds => Of(metric, Bounds, Charts.Bounds(bounds.Result().F1, metric.Name)),
            IMetricResult<ProBounds> bounds => Of(metric, Bounds, Charts.Bounds(bounds.Result().Area, metric.Name)),
            _ => Of(metric, "numbers", NumberChart.Of(metric)),
        };

    /// <summary>
    /// The curves of several detectors over each other: <c>Figures.Compare(("PaDiM", padim), ("PatchCore", patchcore))</c>, all AUROC, all AUPR or
    /// average precision, or all AUPRO, at one level.
    /// </summary>
    /// <param name="models">A metric of each detector, under the detector's name.</param>
    /// <exception cref="ArgumentException">There are none, or they do not have curves of one kind.</exception>
    /// <exception cref="UndefinedMetricException">One has no curve; the error says why.</exception>
    public static Figure Compare(params IReadOnlyList<(string Name, IMetric Metric)> models)
    {
        var curves = models.Select(model => (model.Name, Curve: CurveOf(Inner(model.Metric)))).ToList();
        return curves.ConvertAll(model => model.Curve?.GetType()).Distinct().ToList() switch
        {
            [{ } kind] when kind == typeof(Core.RocCurve) => Compared("ROC curves", Charts.CompareRoc(All<Core.RocCurve>())),
            [{ } kind] when kind == typeof(PrecisionRecallCurve) => Compared(
                "precision-recall curves",
                Charts.ComparePrecisionRecall(All<PrecisionRecallCurve>())
            ),
            [{ } kind] when kind == typeof(Core.ProCurve) => Compared("per-region overlap curves", Charts.ComparePro(All<Core.ProCurve>())),
            _ => throw new ArgumentException("only metrics with curves of one kind can be compared, at least one of them", nameof(models)),
        };

        IEnumerable<(string, TCurve)> All<TCurve>() => curves.Select(model => (model.Name, (TCurve)model.Curve!));

        Figure Compared(string shown, GenericChart chart) => new($"{models[0].Metric.Name}: {shown}", chart);
    }

    private static object? CurveOf(IMetric metric) =>
        metric switch
        {
            IMetricResult<RocCurve> roc => roc.Result().Core,
            IMetricResult<PrecisionRecallCurve> curve => curve.Result(),
            IMetricResult<AveragePrecisionResult> average => average.Result().Curve,
            IMetricResult<ProCurve> pro => pro.Result().Core,
            _ => null,
        };

    private const string Bounds = "lies between";
    private const string PrecisionRecall = "precision-recall curve";

    private static Figure Of(IMetric metric, string shown, GenericChart chart) => new($"{metric.Name}: {shown}", chart);

    internal static IMetric Inner(IMetric metric) => metric is INamedMetric named ? Inner(named.Metric) : metric;
}
