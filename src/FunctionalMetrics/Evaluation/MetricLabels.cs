using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics;

/// <summary>Other names for metrics, so that an evaluator can have two of a kind.</summary>
public static class MetricLabels
{
    /// <summary>The metric under another name: <c>new AuproMetric(0.05).As("AUPRO_0.05")</c>.</summary>
    public static IMetric<TBatch> As<TBatch>(this IMetric<TBatch> metric, string label) => new NamedMetric<TBatch>(metric, label);

    private sealed record NamedMetric<TBatch>(IMetric<TBatch> Metric, string Label) : IMetric<TBatch>, INamedMetric
    {
        IMetric INamedMetric.Metric => Metric;

        public string Name => Metric.Name;

        public bool? HigherIsBetter => Metric.HigherIsBetter;

        public bool IsEmpty => Metric.IsEmpty;

        public IReadOnlyList<MetricNumber> Numbers() => Metric.Numbers();

        public IMetric<TBatch> Update(TBatch batch) => Metric.Update(batch).As(Label);

        public Fold<TBatch, IMetric<TBatch>> ToFold() => Metric.ToFold().Map(metric => metric.As(Label));
    }
}
