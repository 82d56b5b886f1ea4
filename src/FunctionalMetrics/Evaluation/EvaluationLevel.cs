using System.Collections.Immutable;
using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics;

/// <summary>The metrics of one batch with their names, as one fold.</summary>
internal sealed class EvaluationLevel<TBatch>
{
    private readonly string name;
    private readonly ImmutableArray<IMetric<TBatch>> empty;
    private readonly Fold<TBatch, ImmutableArray<IMetric<TBatch>>>? fold;
    private readonly FoldState<TBatch>? state;

    public EvaluationLevel(string name, ImmutableArray<IMetric<TBatch>> metrics)
        : this(name, metrics, Together(metrics), null)
    {
        if (metrics.FirstOrDefault(metric => !metric.IsEmpty) is { } seen)
            throw new ArgumentException($"{name}_{seen.Label} has seen data; an evaluator begins with metrics that have not");
        if (metrics.GroupBy(metric => metric.Label).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"there are two metrics {name}_{twice.Key}; give one another name, metric.As(\"name\")");
    }

    private EvaluationLevel(
        string name,
        ImmutableArray<IMetric<TBatch>> empty,
        Fold<TBatch, ImmutableArray<IMetric<TBatch>>>? fold,
        FoldState<TBatch>? state
    ) => (this.name, this.empty, this.fold, this.state) = (name, empty, fold, state ?? fold?.Empty);

    /// <summary>The metrics with what they have seen.</summary>
    public ImmutableArray<IMetric<TBatch>> Metrics => fold is null ? empty : fold.Compute(state!).IfFail(empty);

    /// <summary>The metrics by name, as they were before they were given another one.</summary>
    public IEnumerable<(string Key, string Label, IMetric Metric)> Labelled =>
        Metrics.Select(metric => ($"{name}_{metric.Label}", metric.Label, Figures.Inner(metric)));

    public IEnumerable<EvaluatedNumber> Numbers =>
        from metric in Metrics
        from number in metric.Numbers()
        select new EvaluatedNumber(
            number.Name.Length == 0 ? $"{name}_{metric.Label}" : $"{name}_{metric.Label}_{number.Name}",
            number.Value,
            number.Reason
        );

    public EvaluationLevel<TBatch> Update(TBatch batch) => fold is null ? this : new(name, empty, fold, fold.Update(state!, batch));

    public EvaluationLevel<TBatch> Merge(EvaluationLevel<TBatch> other) =>
        !empty.SequenceEqual(other.empty)
            ? throw new ArgumentException(
                $"evaluators can be merged only where they have the same {name} metrics with the same parameters in the same order",
                nameof(other)
            )
        : fold is null ? this
        : new(name, empty, fold, fold.Merge(state!, other.state!));

    private static Fold<TBatch, ImmutableArray<IMetric<TBatch>>>? Together(ImmutableArray<IMetric<TBatch>> metrics) =>
        metrics.IsEmpty
            ? null
            : metrics
                .Select(metric => metric.ToFold().Map(ImmutableArray.Create))
                .Aggregate((first, second) => first.Zip(second, (some, more) => some.AddRange(more)));
}
