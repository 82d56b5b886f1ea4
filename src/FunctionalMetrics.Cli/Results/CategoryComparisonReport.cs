using FunctionalMetrics.Core;
using FunctionalMetrics.Statistics;

namespace FunctionalMetrics.Cli;

/// <summary>A comparison on several categories as a page for people: the means first, then a table of each number by category, and all that was decided differently.</summary>
internal static class CategoryComparisonReport
{
    /// <param name="data">What was found.</param>
    /// <param name="title">The page's title; null for one that names the detectors.</param>
    /// <param name="run">How the tool was called.</param>
    public static string Html(ComparedData data, string? title, ToolRun run)
    {
        var mean = data.Mean!;
        return new ComparisonPage(
            title ?? $"{string.Join(mean.Models.Length == 2 ? " and " : ", ", mean.Models)} on {data.Parts.Count} categories",
            $"{Readable.Count(mean.Units)} images of {data.Parts.Count} categories, {Readable.Count(mean.Anomalous)} of them anomalous, {mean.Models.Length} detectors on the same images",
            $"Of the means over {data.Parts.Count} categories: {ComparisonLead.Of(mean, "images")}",
            [
                new("Means over the categories") { Tables = [Whole("Differences of the means", mean)] },
                new("By category")
                {
                    Tables = [.. mean.Pairs.GroupBy(pair => (pair.Level, pair.Metric)).Select(pairs => ByCategory(data, pairs.First()))],
                },
                .. data.Parts.Where(part => part.Result.Pairs.Any(pair => pair.Method == ComparedPair.McNemarMethod)).Any()
                    ? (ComparisonPart[])[new("Decisions at the thresholds") { Tables = [Decisions(data)] }]
                    : [],
            ]
        )
        {
            Summary = [.. ComparisonLead.Summary(mean, "images")],
            Notes = [.. data.All.SelectMany(part => ComparisonText.Notes(part.Result, false).Select(note => $"{part.Category}: {note}"))],
            Details = [.. run.Details],
        }.Html;
    }

    private static ReportGrid Whole(string title, Comparison result)
    {
        var cells = ComparisonText.Cells(result);
        return new(
            title,
            ["number", "categories", .. cells[0][1..]],
            [
                .. cells[1..]
                    .Zip(
                        result.Pairs,
                        (row, pair) => (string[])[ComparisonLead.Capital(row[0]), Readable.Count(pair.Categories), .. row[1..]]
                    ),
            ]
        );
    }

    /// <summary>A number in all categories, and its mean.</summary>
    private static ReportGrid ByCategory(ComparedData data, ComparedPair number)
    {
        var heading = ComparisonText.Cells(data.Mean!)[0];
        return new(
            ComparisonLead.Capital($"{number.Level} {number.Title} by category"),
            ["category", .. heading[1..]],
            [
                .. from part in data.All
                from row in ComparisonText.Cells(part.Result)[1..].Zip(part.Result.Pairs, (cells, pair) => (Cells: cells, Pair: pair))
                where (row.Pair.Level, row.Pair.Metric) == (number.Level, number.Metric)
                select (string[])[part.Category, .. row.Cells[1..]],
            ]
        );
    }

    private static ReportGrid Decisions(ComparedData data) =>
        new(
            "Decisions by category",
            ["category", "a and b", "only a right", "only b right", "p", "says", "flip"],
            [
                .. from part in data.Parts
                from pair in part.Result.Pairs
                where pair.Method == ComparedPair.McNemarMethod
                select (string[])
                    [
                        part.Category,
                        $"{pair.A} and {pair.B}",
                        Readable.Count(pair.Flipped.Count(flip => flip.Right == pair.A)),
                        Readable.Count(pair.Flipped.Count(flip => flip.Right == pair.B)),
                        pair.P.Match(ComparisonText.Chance, _ => ComparisonText.Absent),
                        pair.Verdict,
                        ComparisonText.Flips(pair),
                    ],
            ]
        );
}
