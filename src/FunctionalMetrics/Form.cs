using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics;

/// <summary>A metric of the core in the form in which its class shows it.</summary>
internal sealed record Form<TBatch, TState, TResult, TValue>(
    string Label,
    string Metric,
    bool? HigherIsBetter,
    Core.State<TBatch, TState> State,
    Func<TState, Fin<TResult>> Result,
    Func<TResult, TValue> Value,
    Func<TState, IReadOnlyList<MetricNumber>> Numbers
)
    where TState : notnull
{
    /// <summary>A fold whose result is the shell's value; folds of one core state share it.</summary>
    public Fold<TBatch, TMetric> ToFold<TMetric>(Func<TState, TMetric> withState) =>
        new Metric<TBatch, TState, TMetric>(Metric, Option<bool>.None, State, state => Fin<TMetric>.Succ(withState(state))).ToFold();
}

/// <summary>From the core's metrics to their forms.</summary>
internal static class Forms
{
    /// <param name="label">The metric in one word.</param>
    /// <param name="metric">The core's.</param>
    /// <param name="form">Its result in the form for C#.</param>
    /// <param name="value">Reads off that what Compute gives.</param>
    /// <param name="numbers">What a table shows, by name, and how it is read off a result of a metric of some name.</param>
    public static Form<TBatch, TState, TResult, TValue> Of<TBatch, TState, TCore, TResult, TValue>(
        string label,
        Metric<TBatch, TState, TCore> metric,
        Func<TCore, TResult> form,
        Func<TResult, TValue> value,
        params (string Name, Func<TCore, string, Fin<double>> Read)[] numbers
    )
        where TState : notnull =>
        new(
            label,
            metric.Name,
            metric.HigherIsBetter.OrNull(known => (bool?)known),
            metric.State,
            state => metric.Compute(state).Map(form),
            value,
            state =>
            {
                var result = metric.Compute(state);
                return [.. numbers.Select(number => MetricNumber.Of(number.Name, result.Bind(found => number.Read(found, metric.Name))))];
            }
        );

    /// <summary>A parameter's value, where the core's metric that has it does not say that it lies outside of its range.</summary>
    public static T InRange<T, TBatch, TState, TResult>(T value, string name, Metric<TBatch, TState, TResult> metric)
        where TState : notnull =>
        metric.Compute(metric.Empty).Case is OutOfRange error ? throw new ArgumentOutOfRangeException(name, value, error.Reason) : value;
}

/// <summary>A number of a result is undefined because what it needs was not seen.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Missing">What was not seen.</param>
public sealed record Absent(string Metric, string Missing) : MetricError($"{Metric} is undefined here: there is no {Missing}");
