using FunctionalMetrics.Core;

namespace FunctionalMetrics;

/// <summary>Counts at a threshold, of any metric that keeps the scores of each class: <c>auroc.At(0.7).F1</c>.</summary>
public static class MetricCounts
{
    /// <summary>tp, fp, fn and tn when scores of at least the threshold are called anomalous.</summary>
    public static ConfusionMatrix At<TMetric, TBatch, TResult, TValue>(
        this Metric<TMetric, TBatch, RankState, TResult, TValue> metric,
        double threshold
    )
        where TMetric : Metric<TMetric, TBatch, RankState, TResult, TValue> => metric.State.At(threshold);

    /// <summary>The same of pixels.</summary>
    public static ConfusionMatrix At<TMetric, TBatch, TResult, TValue>(
        this Metric<TMetric, TBatch, RegionState, TResult, TValue> metric,
        double threshold
    )
        where TMetric : Metric<TMetric, TBatch, RegionState, TResult, TValue> => metric.State.Rank.At(threshold);
}
