using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Net;
using FunctionalMetrics.Core;

namespace FunctionalMetrics;

/// <summary>What an evaluator found. Compared by value; immutable.</summary>
/// <param name="Numbers">All numbers, in the order of the metrics, image level first.</param>
public sealed record Evaluation(ImmutableArray<EvaluatedNumber> Numbers)
{
    /// <summary>The numbers that are defined, by key and in their order, such as <c>image_AUROC</c> or <c>pixel_OptimalF1_Threshold</c>.</summary>
    public IReadOnlyDictionary<string, double> Values => InOrder(Numbers.Where(number => number.Reason is null), number => number.Value);

    /// <summary>Why the others are not, by key and in their order.</summary>
    public IReadOnlyDictionary<string, MetricError> Undefined =>
        InOrder(Numbers.Where(number => number.Reason is not null), number => number.Reason!);

    /// <summary>A number by its key.</summary>
    /// <exception cref="UndefinedMetricException">It is undefined; the error says why.</exception>
    /// <exception cref="KeyNotFoundException">There is no such key; the message lists those there are.</exception>
    public double this[string key] =>
        Numbers.FirstOrDefault(number => number.Key == key) switch
        {
            null => throw new KeyNotFoundException($"there is no {key}, only {string.Join(", ", Numbers.Select(number => number.Key))}"),
            { Reason: { } reason } => throw new UndefinedMetricException(reason),
            var number => number.Value,
        };

    /// <summary>A table for a README or an issue: every number in full, or its reason.</summary>
    public string Markdown =>
        $"| Metric | Value |\n|---|---|\n{string.Concat(Numbers.Select(number => $"| {Cell(number.Key)} | {Cell(number.Text)} |\n"))}";

    /// <summary>The same table as a piece of HTML.</summary>
    public string Html =>
        $"""
            <table>
            <thead><tr><th scope="col">Metric</th><th scope="col">Value</th></tr></thead>
            <tbody>
            {string.Join('\n', Numbers.Select(Row))}
            </tbody>
            </table>

            """;

    /// <inheritdoc/>
    public bool Equals(Evaluation? other) => other is not null && Numbers.SequenceEqual(other.Numbers);

    /// <inheritdoc/>
    public override int GetHashCode() => Numbers.Aggregate(0, HashCode.Combine);

    /// <inheritdoc cref="Markdown"/>
    public override string ToString() => Markdown;

    private static ReadOnlyDictionary<string, T> InOrder<T>(IEnumerable<EvaluatedNumber> numbers, Func<EvaluatedNumber, T> read) =>
        new(new OrderedDictionary<string, T>(numbers.Select(number => KeyValuePair.Create(number.Key, read(number)))));

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string Row(EvaluatedNumber number) =>
        $"""<tr><th scope="row">{WebUtility.HtmlEncode(number.Key)}</th><td>{WebUtility.HtmlEncode(number.Text)}</td></tr>""";
}

/// <summary>A number of an evaluation. Compared by value; immutable.</summary>
/// <param name="Key">Its level and metric, and which of the metric's numbers where there are several.</param>
/// <param name="Value">The number; NaN where there is a reason why not.</param>
/// <param name="Reason">Why there is no number; null where there is one.</param>
public sealed record EvaluatedNumber(string Key, double Value, MetricError? Reason)
{
    /// <summary>The number in full, or the reason.</summary>
    public string Text => Reason?.Reason ?? Readable.Exact(Value);
}
