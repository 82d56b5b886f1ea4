using System.Collections.Immutable;
using FunctionalMetrics.Core;
using LanguageExt;
using static System.FormattableString;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>Several categories as one page: their table with the mean, their curves over each other, and a part for each.</summary>
internal static class CategoryReport
{
    /// <summary>Of more categories curves over each other are no longer told apart.</summary>
    private const int MostCurves = 8;

    /// <param name="table">The table of the categories.</param>
    /// <param name="parts">What is told of each.</param>
    /// <param name="title">The page's title.</param>
    /// <param name="choices">How the tool was called.</param>
    /// <param name="notes">What was decided of the data of all.</param>
    public static string Html(
        CategoryTable table,
        ImmutableArray<CategoryPart> parts,
        string title,
        ResultChoices choices,
        IEnumerable<string> notes
    )
    {
        var curves = parts.Length <= MostCurves && parts.All(part => part.Seen is not null);
        var cells = TableText.Cells(table);
        return new ComparisonPage(
            title,
            $"{parts.Length} categories, {Readable.Count(table.Rows.Sum(row => row.Counts.Rows))} images, {Readable.Count(table.Rows.Sum(row => row.Counts.Positives))} of them anomalous",
            Lead(table),
            [
                new("By category")
                {
                    About = "The mean is that of the categories, each of the same weight.",
                    Tables = [new("By category", cells[0], cells[1..])],
                },
                .. curves
                    ?
                    [
                        new ComparisonPart("Image level")
                        {
                            Curves = [.. parts.Select(part => new ComparedCurves(part.Name, part.Seen!.Images))],
                        },
                        .. parts.All(part => part.Seen!.Pixels.IsSome)
                            ? (ComparisonPart[])
                                [
                                    new("Pixel level")
                                    {
                                        Curves =
                                        [
                                            .. from part in parts
                                            from pixels in part.Seen!.Pixels.AsEnumerable()
                                            select new ComparedCurves(part.Name, pixels.Rank)
                                            {
                                                Regions = pixels,
                                                FprLimit = choices.Settings.FprLimit,
                                            },
                                        ],
                                    },
                                ]
                            : [],
                    ]
                    : (ComparisonPart[])[],
                .. parts.Select(Part),
            ]
        )
        {
            Summary =
            [
                .. choices.Detector is { } detector ? [("Detector", detector)] : ((string, string)[])[],
                .. parts.Select(part => (part.Name, part.Page.Lead)),
            ],
            Notes =
            [
                .. table.Notes,
                .. notes,
                .. curves ? []
                : parts.Length > MostCurves
                    ?
                    [
                        Invariant(
                            $"Curves over each other are drawn of {MostCurves} categories at most; the report of a category alone has its own."
                        ),
                    ]
                : (string[])["Curves need every score: evaluate without --approximate, --max-memory and --cluster for them."],
                "The report of a category alone, fmetrics evaluate --report, also has thresholds to be moved, pictures of the worst images and the regions that are missed.",
            ],
            Details = [.. choices.Run.Details],
        }.Html;
    }

    /// <summary>The first number of the table: its mean, and where it is lowest.</summary>
    private static string Lead(CategoryTable table)
    {
        var column = table.Columns[0];
        var values = (
            from row in table.Rows
            from cell in CategoryTable.Cell(row, column, 0).AsEnumerable()
            from value in cell.ToOption().AsEnumerable()
            orderby value.Lower
            select (row.Category, Value: value)
        ).ToList();
        return table
            .Mean(column, 0)
            .Value.Match(
                mean =>
                    $"Mean {column.Title} is {Rate(mean)} over {(values.Count == table.Rows.Length ? "" : Invariant($"{values.Count} of "))}{table.Rows.Length} categories; lowest in {values[0].Category} ({Rate(values[0].Value)}), highest in {values[^1].Category} ({Rate(values[^1].Value)}).",
                () => $"No category has a value of {column.Title}."
            );
    }

    private static string Rate(Interval value) => value.Lower.Equals(value.Upper) ? Readable.Rate(value.Lower) : Readable.Rate(value);

    private static ComparisonPart Part(CategoryPart part) =>
        new(part.Name)
        {
            About = part.Page.Lead,
            Tables =
            [
                new(
                    $"Numbers of {part.Name}",
                    ["number", .. part.Page.Levels.Select(level => level.Numbers.Level)],
                    [.. ResultTable.Cells(toSeq(part.Page.Levels.Select(level => toSeq(Rows(level).Select(row => part.Sure(level, row))))))]
                ),
                .. part.Folders.IsEmpty
                    ? (ReportGrid[])[]
                    : [new($"Kinds of defect of {part.Name}", ImageResults.FolderHeading, [.. part.Folders.Select(ImageResults.Cells)])],
            ],
        };

    /// <summary>The numbers of a level by their keys: one title can stand for that of the optimum and that of a given threshold.</summary>
    private static IEnumerable<(string Key, string Title, string Value)> Rows(ReportLevel level) =>
        level
            .Numbers.Numbers.Where(number => number.Title is not null)
            .Select(number =>
                (
                    number.Key,
                    CategoryTable.Title(number),
                    number.Value.Match(
                        value => Readable.Number(number, value, full: number.Kind is NumberKind.Threshold or NumberKind.Parameter),
                        _ => Evaluation.Undefined
                    )
                )
            )
            .Concat(level.Numbers.Asked.Select(asked => ("metrics." + asked.Name, asked.Name, Readable.Number(asked))));
}

/// <summary>What the page tells of a category.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Page">Its numbers.</param>
/// <param name="Seen">Its scores; null where they were not kept.</param>
/// <param name="Folders">Its kinds of defect, where those were asked for.</param>
internal sealed record CategoryPart(string Name, ReportPage Page, EvaluationState.Exact? Seen, ImmutableArray<FolderRow> Folders)
{
    /// <summary>How sure its numbers are, where that was asked for.</summary>
    public NumberIntervals? Intervals { get; init; }

    /// <summary>A row with the interval of its number, where it has one.</summary>
    public (string Key, string Title, string Value) Sure(ReportLevel level, (string Key, string Title, string Value) row) =>
        Intervals is null ? row : Intervals.Sure(level.Numbers.Level, row);
}
