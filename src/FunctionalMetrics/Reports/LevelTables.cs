using FunctionalMetrics.Core;

namespace FunctionalMetrics;

/// <summary>The numbers of a level in tables: of the ranking, at the threshold that was found, at one that was given, and of the data.</summary>
internal static class LevelTables
{
    private static readonly string[] Titles = ["Ranking", "At the adaptive threshold", "At the given threshold", "Data"];

    public static IEnumerable<ReportTable> Of(LevelNumbers level)
    {
        var titled = level.Numbers.Where(number => number.Title is not null).ToLookup(Table);
        return Titles
            .Where(titled.Contains)
            .Select(title => new ReportTable(title, [.. titled[title]]))
            .Concat(
                level.Asked.IsEmpty
                    ? []
                    : [new ReportTable("Asked for", [.. level.Asked.Select(number => Readable.Row(number, full: true))])]
            );
    }

    private static string Table(LevelNumber number) =>
        Titles[
            number.Place.Object == "at_given_threshold" ? 2
            : number.Kind == NumberKind.Threshold || number.Place.Object.Length > 0 ? 1
            : number.Kind == NumberKind.Rate ? 0
            : 3
        ];
}

/// <summary>A table of named numbers.</summary>
internal sealed record ReportTable(string Title, IReadOnlyList<LevelNumber> Rows)
{
    /// <summary>The name of a number as it stands at the head of a row; one that was asked for by name stays as it was written.</summary>
    public static string Name(LevelNumber number) =>
        number.Key.StartsWith("metrics.", StringComparison.Ordinal) ? number.Title!
        : number.Title!.TrimStart() is [var first, .. var rest] ? char.ToUpperInvariant(first) + rest
        : "";
}
