using FunctionalMetrics.Core;

namespace FunctionalMetrics;

/// <summary>The numbers of a level in three tables: of the ranking, at the threshold, and of the data.</summary>
internal static class LevelTables
{
    public static IEnumerable<ReportTable> Of(LevelNumbers level)
    {
        var titled = level.Numbers.Where(number => number.Title is not null).ToLookup(Table);
        return new[] { "Ranking", "At the adaptive threshold", "Data" }
            .Where(titled.Contains)
            .Select(title => new ReportTable(title, [.. titled[title]]));
    }

    private static string Table(LevelNumber number) =>
        number.IsAtThreshold ? "At the adaptive threshold"
        : number.Kind == NumberKind.Rate ? "Ranking"
        : "Data";
}

/// <summary>A table of named numbers.</summary>
internal sealed record ReportTable(string Title, IReadOnlyList<LevelNumber> Rows)
{
    /// <summary>The name of a number as it stands at the head of a row.</summary>
    public static string Name(LevelNumber number) =>
        number.Title!.TrimStart() is [var first, .. var rest] ? char.ToUpperInvariant(first) + rest : "";
}
