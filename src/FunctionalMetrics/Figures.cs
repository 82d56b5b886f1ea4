using FunctionalMetrics.Core;
using Plotly.NET;

namespace FunctionalMetrics;

/// <summary>
/// The figure of a metric, chosen by the type of its result: <c>auroc.Figure().SaveHtml("roc.html")</c>. A metric whose result has no chart
/// here has no figure.
/// </summary>
public static class Figures
{
    /// <summary>The ROC curve.</summary>
    /// <exception cref="UndefinedMetricException">There is none; the error says why.</exception>
    public static Figure Figure(this IMetricResult<RocCurve> metric) => Of(metric, "ROC curve", Charts.Roc);

    /// <summary>The precision-recall curve.</summary>
    /// <exception cref="UndefinedMetricException">There is none; the error says why.</exception>
    public static Figure Figure(this IMetricResult<PrecisionRecallCurve> metric) =>
        Of(metric, "precision-recall curve", Charts.PrecisionRecall);

    /// <summary>The precision-recall curve that average precision is read off.</summary>
    /// <exception cref="UndefinedMetricException">There is none; the error says why.</exception>
    public static Figure Figure(this IMetricResult<AveragePrecisionResult> metric) =>
        Of(metric, "precision-recall curve", result => Charts.PrecisionRecall(result.Curve));

    /// <summary>The per-region overlap curve up to its limit.</summary>
    /// <exception cref="UndefinedMetricException">There is none; the error says why.</exception>
    public static Figure Figure(this IMetricResult<ProCurve> metric) => Of(metric, "per-region overlap curve", Charts.Pro);

    /// <summary>F1 over the threshold, with the largest marked.</summary>
    /// <exception cref="UndefinedMetricException">There is none; the error says why.</exception>
    public static Figure Figure(this IMetricResult<OptimalF1Result> metric) =>
        Of(metric, "F1 over the threshold", result => Charts.F1(result));

    /// <summary>F1 over the threshold, with the adaptive threshold marked.</summary>
    /// <exception cref="UndefinedMetricException">There is none; the error says why.</exception>
    public static Figure Figure(this IMetricResult<AdaptiveThresholdResult> metric) =>
        Of(metric, "F1 over the threshold", result => Charts.F1(result));

    private static Figure Of<TResult>(IMetricResult<TResult> metric, string shown, Func<TResult, GenericChart> chart) =>
        new($"{metric.Name}: {shown}", chart(metric.Result()));
}
