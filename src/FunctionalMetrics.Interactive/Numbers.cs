using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics.Interactive;

/// <summary>The numbers of a result by name, in the order in which its type declares them.</summary>
internal static partial class Numbers
{
    /// <summary>What the metrics of the shell give, plain numbers left out, and the counts that are a part of it.</summary>
    public static readonly System.Collections.Generic.HashSet<Type> Results =
    [
        .. typeof(IMetric)
            .Assembly.GetExportedTypes()
            .SelectMany(type => type.GetInterfaces())
            .Where(IsMetricResult)
            .Select(made => made.GetGenericArguments()[0])
            .Select(result => result.GetProperty("Core")?.PropertyType ?? result)
            .Where(result => result.Assembly == typeof(Core.RocCurve).Assembly),
        typeof(Core.ConfusionMatrix),
    ];

    /// <summary>Types of which a table has a number, or some; a curve's points are no numbers to be listed, and making them may cost a sort.</summary>
    private static readonly System.Collections.Generic.HashSet<Type> Listed =
    [
        typeof(double),
        typeof(long),
        typeof(int),
        typeof(bool),
        typeof(Fin<double>),
        typeof(Option<double>),
        typeof(Option<Core.LogMoments>),
        typeof(Interval),
        typeof(Core.ConfusionMatrix),
    ];

    /// <summary>The numbers of what a metric gives.</summary>
    /// <exception cref="UndefinedMetricException">It gives nothing; the error says why.</exception>
    public static IReadOnlyList<(string Name, Cell Value)> OfMetric(IMetric metric) =>
        metric.GetType().GetInterfaces().FirstOrDefault(IsMetricResult) is { } made
            ? OfResult(made.GetMethod(nameof(IMetricResult<>.Result))!.Invoke(metric, BindingFlags.DoNotWrapExceptions, null, null, null)!)
            : [];

    /// <summary>The numbers of an evaluation by key; one that is undefined is its reason.</summary>
    public static IReadOnlyList<(string Name, Cell Value)> OfEvaluation(Evaluation evaluation) =>
        [
            .. evaluation.Numbers.Select(number =>
                (number.Key, number.Reason is { } reason ? Cell.Of(reason.Reason) : Cell.Of(number.Value))
            ),
        ];

    /// <summary>The numbers of a result.</summary>
    public static IReadOnlyList<(string Name, Cell Value)> OfResult(object result) =>
        Listed.Contains(result.GetType()) && result is not (Core.ConfusionMatrix or Interval)
            ? [.. Rows("value", result)]
            : [.. Parts(Contents.CoreOf(result))];

    private static IEnumerable<(string, Cell)> Parts(object result) =>
        result
            .GetType()
            .GetProperties()
            .Where(part => Listed.Contains(part.PropertyType))
            .SelectMany(part => Rows(Spaced(part.Name), part.GetValue(result)));

    private static IEnumerable<(string, Cell)> Rows(string name, object? value) =>
        value switch
        {
            bool truth => [(name, Cell.Of(truth ? "yes" : "no"))],
            double number => [(name, Cell.Of(number))],
            long or int => [(name, Cell.Of(Convert.ToInt64(value, CultureInfo.InvariantCulture)))],
            Fin<double> rate => rate.Match(found => Rows(name, found), error => [(name, Cell.Of(error.Message))]),
            Option<double> number => number.Match(found => Rows(name, found), () => []),
            Option<Core.LogMoments> moments => moments.Match(Parts, () => []),
            Core.ConfusionMatrix counts => Parts(counts),
            Interval bounds => Rows($"{name}, lower", bounds.Lower).Concat(Rows($"{name}, upper", bounds.Upper)),
            _ => [],
        };

    private static string Spaced(string name) =>
        Words().Replace(name, word => (word.Index == 0 ? "" : " ") + word.Value.ToLowerInvariant());

    private static bool IsMetricResult(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IMetricResult<>);

    /// <summary>A word inside a name of several; F1 is a name of its own.</summary>
    [GeneratedRegex("[A-Z][a-z]+")]
    private static partial Regex Words();
}
