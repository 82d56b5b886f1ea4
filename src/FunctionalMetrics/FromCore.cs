using System.Diagnostics.CodeAnalysis;
using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics;

/// <summary>From the core's values for success and failure to exceptions, nullable values and out parameters.</summary>
internal static class FromCore
{
    public static T OrThrow<T>(this Validation<Fault, T> batch) =>
        batch.Match(made => made, faults => throw new InvalidBatchException([.. faults]));

    public static T OrThrow<T>(this Fin<T> result) =>
        result.Match(value => value, error => throw new UndefinedMetricException((MetricError)error));

    public static bool Try<TResult, TValue>(
        Fin<TResult> result,
        Func<TResult, TValue> read,
        [MaybeNullWhen(false)] out TValue value,
        [NotNullWhen(false)] out MetricError? reason
    )
    {
        (var defined, value, reason) = result.Match(
            found => (true, read(found), (MetricError?)null),
            error => (false, default(TValue)!, (MetricError)error)
        );
        return defined;
    }

    public static bool? Nullable(Option<bool> value) => value.Match(known => (bool?)known, () => null);

    public static ArgumentException OtherParameters(string argument, string metric) =>
        new(
            $"a {metric} can be merged only with one of the same parameters; give both the same first, with an object initializer",
            argument
        );

    /// <summary>The name of a metric in a table's key, where there is no room for spaces.</summary>
    public static string Label(string name, string identifier) => name.Contains(' ', StringComparison.Ordinal) ? identifier : name;

    public static IReadOnlyList<MetricNumber> Numbers<TResult>(
        Fin<TResult> result,
        params ReadOnlySpan<(string Name, Func<TResult, double> Read)> numbers
    )
    {
        var read = new List<MetricNumber>();
        foreach (var number in numbers)
            read.Add(
                result.Match(
                    found => new MetricNumber(number.Name, number.Read(found), null),
                    error => new MetricNumber(number.Name, double.NaN, (MetricError)error)
                )
            );
        return read;
    }

    /// <summary>A metric whose result is the shell's value; folds of one core metric share its state.</summary>
    public static Fold<TBatch, IMetric<TBatch>> ToFold<TBatch, TState, TResult>(
        Metric<TBatch, TState, TResult> metric,
        Func<TState, IMetric<TBatch>> withState
    )
        where TState : notnull =>
        new Metric<TBatch, TState, IMetric<TBatch>>(
            metric.Name,
            metric.HigherIsBetter,
            metric.State,
            state => Fin<IMetric<TBatch>>.Succ(withState(state))
        ).ToFold();
}
