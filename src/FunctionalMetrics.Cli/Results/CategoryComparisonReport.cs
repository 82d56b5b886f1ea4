using FunctionalMetrics.Core;
using FunctionalMetrics.Statistics;

namespace FunctionalMetrics.Cli;

/// <summary>A comparison on several categories as a page for people: the means first, then each number by category, and what was decided differently.</summary>
internal static class CategoryComparisonReport
{
    /// <param name="data">What was found.</param>
    /// <param name="title">The page's title; null for one that names the detectors.</param>
    /// <param name="run">How the tool was called.</param>
    public static string Html(ComparedData data, string? title, ToolRun run)
    {
        var (mean, categories) = (data.Mean!, data.Parts.Count == 1 ? "1 category" : $"{Readable.Count(data.Parts.Count)} categories");
        return new ComparisonPage(
            title ?? $"{string.Join(mean.Models.Length == 2 ? " and " : ", ", mean.Models)} on {categories}",
            $"{Readable.Count(mean.Units)} images of {categories}, {Readable.Count(mean.Anomalous)} of them anomalous, {mean.Models.Length} detectors on the same images",
            $"Of the means over {categories}: {ComparisonLead.Of(mean, "images")}",
            [
                new("Means over the categories")
                {
                    About = About(mean),
                    Tables =
                    [
                        Grid(
                            mean,
                            "Means over the categories",
                            "number",
                            "categories",
                            Rows("", mean)
                                .Select(row =>
                                    (
                                        First: ComparisonLead.Capital($"{row.Pair.Level} {row.Pair.Title}"),
                                        Second: Readable.Count(row.Pair.Categories),
                                        row.Cells
                                    )
                                )
                        ),
                    ],
                },
                .. mean.Pairs.GroupBy(pair => (pair.Level, pair.Metric)).Select(pairs => ByCategory(data, pairs.First())),
                .. data.Parts.Any(part => part.Result.Pairs.Any(pair => pair.Method == ComparedPair.McNemarMethod))
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

    private static string About(Comparison mean) => mean.Models is [var a, var b] ? $"a is {a}, b is {b}." : "";

    private static IEnumerable<(string Category, ComparedPair Pair, string[] Cells)> Rows(string category, Comparison result) =>
        result.Pairs.Zip(ComparisonText.Cells(result)[1..], (pair, cells) => (category, pair, cells));

    /// <summary>A number in all categories, and its mean.</summary>
    private static ComparisonPart ByCategory(ComparedData data, ComparedPair number)
    {
        var title = ComparisonLead.Capital($"{number.Level} {number.Title} by category");
        return new(title)
        {
            Tables =
            [
                Grid(
                    data.Mean!,
                    title,
                    "category",
                    "images",
                    data.All.SelectMany(part => Rows(part.Category, part.Result))
                        .Where(row => (row.Pair.Level, row.Pair.Metric) == (number.Level, number.Metric))
                        .Select(row =>
                            (row.Category, Readable.Count(data.All.First(part => part.Category == row.Category).Result.Units), row.Cells)
                        )
                ),
            ],
        };
    }

    /// <summary>A table of two columns of its own and those of comparisons; two detectors stand in the heading.</summary>
    private static ReportGrid Grid(
        Comparison mean,
        string title,
        string first,
        string second,
        IEnumerable<(string First, string Second, string[] Cells)> rows
    )
    {
        var heading = ComparisonText.Cells(mean)[0];
        return mean.Models is [var a, var b]
            ? new(
                title,
                [first, second, a, b, .. heading[5..]],
                [.. rows.Select(row => (string[])[row.First, row.Second, .. row.Cells[3..]])]
            )
            : new(title, [first, second, .. heading[1..]], [.. rows.Select(row => (string[])[row.First, row.Second, .. row.Cells[1..]])]);
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
