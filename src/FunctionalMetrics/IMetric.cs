using System.Diagnostics.Contracts;
using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics;

/// <summary>What all classes of metrics have.</summary>
public interface IMetric
{
    /// <summary>Its name in tables and errors.</summary>
    string Name { get; }

    /// <summary>Whether a larger value is a better detector; null where neither is.</summary>
    bool? HigherIsBetter { get; }

    /// <summary>Its numbers, each with its value or the reason why there is none; none at all where its result is no number.</summary>
    IReadOnlyList<MetricNumber> Numbers();
}

/// <summary>A metric that gives a result of some type; what is drawn depends on that type alone.</summary>
/// <typeparam name="TResult">The core's result.</typeparam>
public interface IMetricResult<out TResult> : IMetric
{
    /// <summary>The core's result.</summary>
    /// <exception cref="UndefinedMetricException">There is none; the error says why.</exception>
    TResult Result();
}

/// <summary>A metric that can be given batches of a kind.</summary>
/// <typeparam name="TBatch">The batch.</typeparam>
/// <typeparam name="TMetric">The class of the metric.</typeparam>
public interface IUpdate<in TBatch, out TMetric> : IMetric
    where TMetric : IMetric
{
    /// <summary>A new value with one more batch.</summary>
    [Pure]
    TMetric Update(TBatch batch);
}

/// <summary>A metric under another name.</summary>
internal interface INamedMetric : IMetric
{
    /// <summary>The metric.</summary>
    IMetric Metric { get; }
}

/// <summary>
/// A metric of some batch, whatever its class: what an evaluator is made of, and what a list holds that is updated in a loop.
/// <code>
/// IMetric&lt;ScoreBatch&gt;[] metrics = [new AurocMetric(), new OptimalF1Metric()];
/// foreach (var batch in batches)
///     metrics = [.. metrics.Select(metric => metric.Update(batch))];
/// </code>
/// </summary>
/// <typeparam name="TBatch">What it reads: <see cref="ScoreBatch"/> at image level, <see cref="MapBatch"/> at pixel level.</typeparam>
public interface IMetric<TBatch> : IMetric
{
    /// <summary>Its part of a key, such as AUROC in image_AUROC.</summary>
    string Label { get; }

    /// <summary>Whether it has seen no data.</summary>
    bool IsEmpty { get; }

    /// <summary>A new value with one more batch.</summary>
    [Pure]
    IMetric<TBatch> Update(TBatch batch);

    /// <summary>The metric over batches, data of its own left out, with the same parameters.</summary>
    Fold<TBatch, IMetric<TBatch>> ToFold();
}

/// <summary>A number of a result is undefined because what it needs was not seen.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Missing">What was not seen.</param>
public sealed record Absent(string Metric, string Missing) : MetricError($"{Metric} is undefined here: there is no {Missing}");

/// <summary>A number of a metric. Compared by value; immutable.</summary>
/// <param name="Name">Which of its numbers; empty where there is one.</param>
/// <param name="Value">The number; NaN where there is a reason why not.</param>
/// <param name="Reason">Why there is no number; null where there is one.</param>
public sealed record MetricNumber(string Name, double Value, MetricError? Reason)
{
    internal static MetricNumber Of(string name, Fin<double> number) =>
        number.Match(value => new MetricNumber(name, value, null), error => new MetricNumber(name, double.NaN, (MetricError)error));
}
