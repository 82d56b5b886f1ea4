using System.Collections;
using System.Runtime.CompilerServices;
using FunctionalMetrics.Core;

namespace FunctionalMetrics.Interactive;

/// <summary>Names with metrics, results or numbers, as lists of pairs and dictionaries hold them: a table with a row for each.</summary>
internal static class NamedRows
{
    private static readonly HashSet<Type> Pairs = [typeof(KeyValuePair<,>), typeof(ValueTuple<,>), typeof(Tuple<,>)];

    /// <summary>
    /// The table of a collection of pairs; null for everything else. Sequences that are not held in memory are left alone: to look at them is to
    /// run them.
    /// </summary>
    public static string? Table(IEnumerable values)
    {
        if (!values.GetType().GetInterfaces().Any(IsCollectionOfPairs))
            return null;
        var rows = values.Cast<object>().Select(Pair).Select(pair => (pair.Name, Cells: CellsOf(pair.Value))).ToList();
        if (rows.Count == 0 || rows.Any(row => row.Cells is null))
            return null;
        var columns = rows.SelectMany(row => row.Cells!.Select(cell => cell.Name)).Where(name => name.Length > 0).Distinct().ToList();
        return HtmlTable.Of(columns, rows.Select(row => (row.Name, Row(row.Cells!, columns))));
    }

    private static bool IsCollectionOfPairs(Type type) =>
        type.IsGenericType
        && type.GetGenericTypeDefinition() is var kind
        && (kind == typeof(ICollection<>) || kind == typeof(IReadOnlyCollection<>))
        && type.GetGenericArguments()[0] is { IsGenericType: true } pair
        && Pairs.Contains(pair.GetGenericTypeDefinition())
        && pair.GetGenericArguments()[0] == typeof(string);

    private static (string Name, object? Value) Pair(object pair) =>
        pair is ITuple tuple
            ? ((string)tuple[0]!, tuple[1])
            : ((string)pair.GetType().GetProperty("Key")!.GetValue(pair)!, pair.GetType().GetProperty("Value")!.GetValue(pair));

    /// <summary>The numbers by name; a reason why there is none has no name; null for what is nothing of this house's.</summary>
    private static IReadOnlyList<(string Name, Cell Value)>? CellsOf(object? value) =>
        value switch
        {
            null => null,
            double or float => [("value", Cell.Of(Convert.ToDouble(value)))],
            IMetric metric => OfMetric(metric),
            Evaluator evaluator => CellsOf(evaluator.Compute()),
            Evaluation evaluation => Numbers.OfEvaluation(evaluation),
            MetricError error => [("", Cell.Of(error.Reason))],
            Fault fault => [("", Cell.Of(fault.Message))],
            _ when Numbers.Results.Contains(value.GetType()) => Numbers.OfResult(value),
            _ when Contents.Of(value) is { Count: > 0 } inside && inside.Select(CellsOf).ToList() is var parts && !parts.Contains(null) =>
            [
                .. parts.SelectMany(part => part!),
            ],
            _ => null,
        };

    private static IReadOnlyList<(string Name, Cell Value)> OfMetric(IMetric metric)
    {
        try
        {
            return Numbers.OfMetric(metric);
        }
        catch (UndefinedMetricException undefined)
        {
            return [("", Cell.Of(undefined.Error.Reason))];
        }
    }

    private static string Row(IReadOnlyList<(string Name, Cell Value)> cells, IReadOnlyList<string> columns) =>
        cells.FirstOrDefault(cell => cell.Name.Length == 0).Value is not null
            ? Cell.Of(string.Join("; ", cells.Select(cell => cell.Value.Full))).Html(columns.Count)
            : string.Concat(columns.Select(column => (cells.FirstOrDefault(cell => cell.Name == column).Value ?? Cell.Of("")).Html()));
}
