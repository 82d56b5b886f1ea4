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

    public static bool Try<T>(this Fin<T> result, [MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out MetricError? reason)
    {
        (var defined, value, reason) = result.Match(
            found => (true, found, (MetricError?)null),
            error => (false, default(T)!, (MetricError)error)
        );
        return defined;
    }

    /// <summary>Null for what is absent: Match throws when null comes out of it.</summary>
    public static TForm? OrNull<T, TForm>(this Option<T> value, Func<T, TForm> convert) => value.Case is T found ? convert(found) : default;

    public static Fin<T> OrAbsent<T>(this Option<T> value, string metric, string missing) => value.ToFin(new Absent(metric, missing));
}
