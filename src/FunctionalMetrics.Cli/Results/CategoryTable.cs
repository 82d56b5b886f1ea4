using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FunctionalMetrics.Core;
using FunctionalMetrics.Statistics;
using LanguageExt;
using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>
/// Results side by side, as papers print them: a row for each category, a column for each number and detector, and the unweighted mean over the
/// categories in which all detectors have the number.
/// </summary>
/// <param name="Columns">The numbers.</param>
/// <param name="Detectors">The detectors; one without a name where results name none.</param>
/// <param name="Rows">The categories.</param>
internal sealed record CategoryTable(
    ImmutableArray<CategoryColumn> Columns,
    ImmutableArray<string> Detectors,
    ImmutableArray<CategoryRow> Rows
)
{
    /// <summary>How sure the numbers of one detector are; null where that was not asked for.</summary>
    public MeanIntervals? Intervals { get; init; }

    /// <summary>What a row is, and what several are.</summary>
    public (string One, string Many) Row { get; init; } = ("category", "categories");

    private static readonly string[] Usual =
    [
        "image.auroc",
        "image.average_precision",
        "image.optimal_f1",
        "pixel.auroc",
        "pixel.average_precision",
        "pixel.optimal_f1",
        "pixel.aupro",
    ];

    /// <summary>What a user asked for of a level: what a threshold that was given reaches, and the numbers of --metrics.</summary>
    private static readonly string[] AskedPlaces = ["at_given_threshold.precision", "at_given_threshold.recall", "metrics"];

    /// <summary>The table of some results.</summary>
    /// <param name="results">The results, in the order of their categories.</param>
    /// <param name="columns">The numbers by their names in the JSON; the usual ones and those that were asked for where none are named.</param>
    public static Fin<CategoryTable> Of(IReadOnlyList<CategoryResult> results, ImmutableArray<string> columns)
    {
        if (
            results.GroupBy(result => (result.Detector, result.Category)).FirstOrDefault(same => same.Count() > 1)?.ToList()
            is [var one, var other, ..]
        )
            return Error.New(
                $"{one.Source} and {other.Source} are both of category '{one.Category}'{(one.Detector.Length > 0 ? $" and detector '{one.Detector}'" : "")}; evaluate --category and --detector write both into the JSON"
            );
        string[] wanted = columns.IsEmpty
            ? [.. Usual.Where(path => results.Any(result => Has(result, path))), .. AskedPaths(results)]
            : [.. columns];
        if (wanted.FirstOrDefault(path => !results.Any(result => Has(result, path))) is { } unknown)
            return Error.New($"--columns: no result has a number '{unknown}'{JsonNumbers.Nearest(results[0].Json, unknown)}");
        return Known(results)
            .Map(known =>
            {
                ImmutableArray<string> detectors = [.. results.Select(result => result.Detector).Distinct()];
                return new CategoryTable(
                    [.. wanted.Select(path => known.GetValueOrDefault(path) ?? Asked(path) ?? new(path, path, None))],
                    detectors,
                    [
                        .. results
                            .GroupBy(result => result.Category)
                            .Select(same => new CategoryRow(
                                same.Key,
                                [.. detectors.Select(name => same.FirstOrDefault(result => result.Detector == name))]
                            )),
                    ]
                );
            });
    }

    /// <summary>Each column of each detector, in the order in which they stand.</summary>
    public IEnumerable<(CategoryColumn Column, int Detector)> Cells =>
        Columns.SelectMany(column => Enumerable.Range(0, Detectors.Length).Select(detector => (column, detector)));

    /// <summary>The heading of a column.</summary>
    public string Heading(CategoryColumn column, int detector) =>
        Detectors.Length == 1 ? column.Title : $"{column.Title}, {(Detectors[detector].Length > 0 ? Detectors[detector] : "no detector")}";

    /// <summary>The number of a row; none where the detector was not evaluated on the category.</summary>
    public static Option<Fin<Interval>> Cell(CategoryRow row, CategoryColumn column, int detector) =>
        Optional(row.Results[detector]).Bind(result => result.Find(column.Path));

    /// <summary>The mean of a column over the categories in which all detectors have it; none where there is no such category.</summary>
    public (Option<Interval> Value, int Over) Mean(CategoryColumn column, int detector)
    {
        var all = Rows.Where(row =>
                Enumerable.Range(0, Detectors.Length).All(other => Cell(row, column, other).Exists(cell => cell.IsSucc))
            )
            .Select(row => Cell(row, column, detector).Bind(cell => cell.ToOption()).IfNone(default(Interval)))
            .ToList();
        return (all.Count > 0 ? Some(Interval.Mean(all)) : None, all.Count);
    }

    /// <summary>What must be said below the table.</summary>
    public IEnumerable<string> Notes
    {
        get
        {
            foreach (var row in Rows)
            foreach (var (column, detector) in Cells)
                if (Cell(row, column, detector).Case is Fin<Interval> { IsFail: true } cell)
                    yield return $"{row.Category}: {Heading(column, detector)}: {cell.Match(_ => "", why => why.Message)}.";
            foreach (var reason in Unsure)
                yield return reason;
            foreach (var row in Rows)
                for (var detector = 0; detector < Detectors.Length; detector++)
                    if (row.Results[detector] is null)
                        yield return $"{row.Category}: there is no result of {Detectors[detector]}.";
            foreach (var row in Rows)
                if (row.Results.OfType<CategoryResult>().DistinctBy(result => result.Counts).ToList() is [var one, var other, ..])
                    yield return $"{row.Category}: {one.Detector} was judged by {Judged(one)}, {other.Detector} by {Judged(other)}.";
            foreach (var same in Columns.GroupBy(column => Mean(column, 0).Over).Where(same => same.Key < Rows.Length))
                yield return $"The mean of {string.Join(", of ", same.Select(column => column.Title))} is over {same.Key} of {Rows.Length} {Row.Many}.";
        }
    }

    /// <summary>A sentence on each number, and on each mean, that has a value and no interval.</summary>
    private IEnumerable<string> Unsure
    {
        get
        {
            if (Intervals is null)
                return [];
            return Rows.SelectMany(row =>
                    Columns.SelectMany(column => Why(row.Category, column, Known(row, column), Intervals.Of(row.Category, column.Path)))
                )
                .Concat(Columns.SelectMany(column => Why("mean", column, Mean(column, 0).Value.IsSome, Intervals.OfMean(column.Path))));

            static bool Known(CategoryRow row, CategoryColumn column) => Cell(row, column, 0).Exists(cell => cell.IsSucc);

            static IEnumerable<string> Why(string of, CategoryColumn column, bool isKnown, Option<NumberWithInterval> sure) =>
                from number in sure.AsEnumerable()
                where isKnown
                from why in number.Interval.Match(_ => [], error => new[] { error.Message })
                select $"{of}: {column.Title}: {why}.";
        }
    }

    private static string Judged(CategoryResult result) =>
        $"{Readable.Count(result.Counts.Rows)} images, {Readable.Count(result.Counts.Positives)} anomalous";

    /// <summary>The paths of what was asked for, by level, in the order in which the results have them.</summary>
    private static IEnumerable<string> AskedPaths(IReadOnlyList<CategoryResult> results) =>
        from level in new[] { Levels.Image, Levels.Pixel }
        from place in AskedPlaces
        let start = $"{level}.{place}"
        from path in results.SelectMany(result => JsonNumbers.Paths(result.Json)).Distinct()
        where path == start || (path.StartsWith(start + ".", StringComparison.Ordinal) && Asked(path) is not null)
        select path;

    private static bool Has(CategoryResult result, string path) => JsonNumbers.Find(result.Json, path).IsSome;

    /// <summary>A number that was asked for by name; null where it is none.</summary>
    private static CategoryColumn? Asked(string path) =>
        path.Split('.', 3) is [var level, "metrics", var name] && AskedNumber.Parse(name).Case is AskedNumber asked
            ? new(path, $"{level} {name}", asked.HigherIsBetter)
            : null;

    /// <summary>What the numbers are called; AUPRO of different limits would not compare.</summary>
    private static Fin<Dictionary<string, CategoryColumn>> Known(IReadOnlyList<CategoryResult> results)
    {
        var limits = results.Where(result => result.Limit is not null).DistinctBy(result => result.Limit).ToList();
        if (limits is [var one, var other, ..])
            return Error.New(
                FormattableString.Invariant(
                    $"{one.Source} has AUPRO up to FPR {one.Limit}, {other.Source} up to {other.Limit}; they do not compare: evaluate both with one --fpr-limit"
                )
            );
        // With thresholds, so that the numbers there are known too.
        var settings = new EvaluationSettings(
            limits is [{ Limit: { } limit }] ? limit : EvaluationSettings.UsualFprLimit,
            Threshold: 0,
            PixelThreshold: 0
        );
        return (
            from level in new[] { LevelNumbers.Of(RankState.Empty, settings), LevelNumbers.Of(RegionState.Empty, settings) }
            from number in level.Numbers
            where number.Title is not null
            select new CategoryColumn(
                $"{level.Level}.{number.Key}",
                $"{level.Level} {Title(number)}",
                number.Kind == NumberKind.Rate ? true : Option<bool>.None
            )
            {
                Kind = number.Kind,
            }
        ).ToDictionary(column => column.Path);
    }

    /// <summary>What a number is called beside others, and at which threshold it stands. Which scores are anomalous may differ from row to row.</summary>
    public static string Title(LevelNumber number) =>
        number.Title!.Split(" (anomalous")[0].Trim()
        + number.Place switch
        {
            ("at_threshold", _) => " at the optimum",
            ("at_given_threshold", not "threshold") => " at the given threshold",
            _ => "",
        };
}

/// <summary>A number of the table.</summary>
/// <param name="Path">Its path in the JSON of a result.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="HigherIsBetter">Whether a larger number is a better detector; none where neither is.</param>
internal sealed record CategoryColumn(string Path, string Title, Option<bool> HigherIsBetter)
{
    /// <summary>What kind of number it is.</summary>
    public NumberKind Kind { get; init; } = NumberKind.Rate;
}

/// <summary>A category, with the result of each detector, where it has one.</summary>
internal sealed record CategoryRow(string Category, ImmutableArray<CategoryResult?> Results)
{
    /// <summary>How many images there are, and how many of them are anomalous.</summary>
    public (long Rows, long Positives) Counts => Results.OfType<CategoryResult>().First().Counts;
}

/// <summary>The JSON of the evaluation of a detector on a category.</summary>
/// <param name="Source">The file, as errors name it.</param>
/// <param name="Detector">The detector; empty where it has no name.</param>
/// <param name="Category">The category.</param>
/// <param name="Json">The numbers.</param>
internal sealed record CategoryResult(string Source, string Detector, string Category, JsonObject Json)
{
    /// <summary>How many images (or rows) there are, and how many of them are anomalous.</summary>
    public (long Rows, long Positives) Counts => (Count("rows"), Count("positives"));

    /// <summary>
    /// A number by its path, or why it has no value; none where there is no such number. What is counted at the default threshold is nothing that the data
    /// chose, and goes into no mean.
    /// </summary>
    public Option<Fin<Interval>> Find(string path) => JsonNumbers.Find(Json, path).Map(found => IsAtDefault(path) ? NoOptimum : found);

    private static Fin<Interval> NoOptimum => Error.New("there is no anomalous row to choose the threshold by");

    private bool IsAtDefault(string path) =>
        path.Split('.', 3) is [var level, "adaptive_threshold" or "at_threshold", ..]
        && (bool?)Json[level]?["adaptive_threshold_is_default"] == true;

    /// <summary>The limit of AUPRO, where there were masks.</summary>
    public double? Limit => (double?)Json["pixel"]?["fpr_limit"];

    /// <summary>The results that a file holds: one, or those of several categories.</summary>
    public static Fin<Seq<CategoryResult>> Read(string path)
    {
        try
        {
            // To open a pipe waits until somebody writes to it.
            if (new FileInfo(File.ResolveLinkTarget(path, true)?.FullName ?? path) is { Exists: true, Length: 0 })
                return Error.New($"{path}: is an empty file, or a pipe or device; a regular file with content is needed");
            return JsonNode.Parse(File.ReadAllText(path)) switch
            {
                JsonObject json when json["categories"] is JsonObject all && all.Count > 0 && all.All(pair => IsResult(pair.Value)) =>
                    toSeq(all).Map(pair => new CategoryResult(path, (string?)json["detector"] ?? "", pair.Key, (JsonObject)pair.Value!)),
                JsonObject json when IsResult(json) => Seq1(
                    new CategoryResult(
                        path,
                        (string?)json["detector"] ?? "",
                        (string?)json["category"] ?? Path.GetFileNameWithoutExtension(path),
                        json
                    )
                ),
                _ => Foreign(path),
            };
        }
        catch (System.Text.Json.JsonException broken)
        {
            return Error.New(
                $"{path}: is no JSON: line {broken.LineNumber + 1} goes wrong at byte {broken.BytePositionInLine + 1}; 'fmetrics evaluate ... --json FILE' writes one"
            );
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return Error.New($"{path}: does not exist");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Error.New($"{path}: cannot be read: {failure.Message}");
        }
        catch (Exception strange) when (strange is InvalidOperationException or FormatException)
        {
            return Foreign(path);
        }
    }

    private static Error Foreign(string path) => Error.New($"{path}: holds no result; 'fmetrics evaluate ... --json FILE' writes one");

    private static bool IsResult(JsonNode? json) =>
        json?["image"] is JsonObject level && level["rows"] is JsonValue && level["positives"] is JsonValue;

    private long Count(string name) => (long)Json["image"]![name]!;
}
