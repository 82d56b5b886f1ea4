using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FunctionalMetrics.Core;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>All numbers of an evaluation, however they were found, and the state where there is one.</summary>
/// <param name="Levels">Images (or rows) first, and then pixels where there were maps.</param>
/// <param name="Settings">What the user chose.</param>
/// <param name="Notes">What was decided while the data were read.</param>
/// <param name="Seen">What they were computed from; passes leave none.</param>
internal sealed record Evaluation(ImmutableArray<LevelNumbers> Levels, EvaluationSettings Settings, NoteCounts Notes, EvaluationState? Seen)
{
    /// <summary>Stands for a number that there is none of.</summary>
    public const string Undefined = "undefined";

    public static Evaluation Of(EvaluationState seen, EvaluationSettings settings) =>
        new(seen.Numbers(settings), settings with { LowerIsAnomalous = seen.LowerIsAnomalous }, seen.Notes, seen);

    /// <summary>What is told of images one by one, where that was asked for.</summary>
    public ImageResults? Images { get; init; }

    /// <summary>How sure each number is, where that was asked for.</summary>
    public NumberIntervals? Intervals { get; init; }

    /// <summary>How many of the worst images the table ends with.</summary>
    public int Worst { get; init; }

    /// <summary>A word on each option that changed nothing.</summary>
    public Seq<string> Idle { get; init; }

    /// <summary>Where the thresholds that were given come from.</summary>
    public ImmutableArray<Note> Thresholds { get; init; } = [];

    /// <summary>All that is said of the data and of the thresholds.</summary>
    private IEnumerable<Note> AllNotes => Notes.Notes.Concat(Thresholds).Concat(Intervals?.Notes ?? []);

    /// <summary>A word on the direction of the scores, when they certainly rank worse than chance.</summary>
    public Option<string> Hint
    {
        get
        {
            var areas = toSeq(Levels)
                .Bind(level => level.Find("auroc").Bind(found => found.ToOption()).Map(area => (level.Level, area.Upper)).ToSeq());
            // Where one level ranks better than chance, the direction is right.
            return areas.Exists(area => area.Upper >= 0.5)
                ? None
                : areas
                    .HeadOrNone()
                    .Map(area =>
                        FormattableString.Invariant($"hint: {area.Level} AUROC is {area.Upper:0.####}, below 0.5: ")
                        + (
                            Settings.LowerIsAnomalous
                                ? "perhaps high scores are the anomalous ones; evaluate without --lower-is-anomalous"
                                : "perhaps low scores are the anomalous ones; evaluate with --lower-is-anomalous"
                        )
                    );
        }
    }

    /// <summary>The numbers, the notes, and how the tool was called.</summary>
    public JsonObject ToJson(ToolRun run)
    {
        var json = ToJson();
        json["tool"] = run.ToJson();
        return json;
    }

    /// <summary>The numbers and the notes.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject();
        if (Seen is EvaluationState.Bounded bounded)
            json["approximate"] = bounded.Bits;
        foreach (var level in Levels)
            json[level.Level] = JsonText.Of(level, Intervals);
        if (Images?.ByFolder is { Count: > 0 } folders)
            json["by_folder"] = folders;
        json["notes"] = JsonText.Of(AllNotes);
        return json;
    }

    /// <summary>Prints the table, and below it what must be said of it.</summary>
    public void WriteTable(Streams to)
    {
        ResultTable.Write(
            to,
            toSeq(Levels)
                .Map(level =>
                    (
                        level.Level,
                        toSeq(
                            level
                                .Numbers.Where(Titled)
                                .Select(Cell)
                                .Concat(level.Asked.Select(Cell))
                                .Select(cell => Intervals is null ? cell : Intervals.Sure(level.Level, cell))
                        )
                    )
                )
        );
        Images?.Write(to, Worst);
        foreach (var level in Levels)
        foreach (var reason in level.Numbers.SelectMany(Reason).Concat(level.Asked.SelectMany(asked => Reason(asked.Value))).Distinct())
            to.Say($"{level.Level}: {reason}");
        foreach (var reason in Levels.SelectMany(Unsure))
            to.Say(reason);
        foreach (var note in AllNotes)
            to.Say(note.Text);
        if (Intervals is { } intervals)
            to.Say(intervals.Remark);
        if (Remark is { } remark)
            to.Say(remark);
    }

    /// <summary>The page of a report.</summary>
    /// <param name="title">Its title and heading.</param>
    /// <param name="choices">How the tool was called, the detector, and the thresholds that were given.</param>
    /// <param name="pictures">Pictures of the worst images.</param>
    public string Html(string title, ResultChoices choices, WorstPictures pictures)
    {
        var levels = (Seen is { } seen ? ReportLevel.Of(seen, Settings) : ReportLevel.Of(Levels)).Select(level =>
            level with
            {
                ThresholdRule = choices.Thresholds.FirstOrDefault(threshold => threshold.Level == level.Numbers.Level)?.Rule,
                Intervals = Intervals?.Of(level.Numbers.Level) ?? level.Intervals,
                Bands = Intervals?.Bands ?? level.Bands,
            }
        );
        return Report.Html(
            new(
                title,
                FormattableString.Invariant(
                    $"{Count("rows"):N0} {(Levels.Length > 1 ? "images" : "rows")}, {Count("positives"):N0} of them anomalous"
                ),
                [.. levels]
            )
            {
                Detector = choices.Detector,
                Galleries = pictures.Galleries,
                NoPictures = pictures.Reason,
                Details = [.. choices.Run.Details],
                Notes =
                [
                    .. AllNotes.Select(note => note.Text),
                    .. Intervals is { } intervals
                        ? [intervals.Remark.Replace("In brackets", "Below numbers", StringComparison.Ordinal)]
                        : (string[])[],
                    .. Hint,
                    .. (string[])(
                        Seen switch
                        {
                            EvaluationState.Bounded => [Remark!, "Curves need every score: evaluate without --approximate for them."],
                            null => ["The numbers are exact. Curves need every score: evaluate without --max-memory for them."],
                            _ => [],
                        }
                    ),
                ],
            }
        );

        double Count(string key) => Levels[0].Find(key).Bind(found => found.ToOption()).Map(count => count.Lower).IfNone(0);
    }

    private string? Remark =>
        Seen is EvaluationState.Bounded bounded
            ? $"Each number lies between the two given, whatever the order of scores within the 2^{bounded.Bits} bins that they were counted in."
        : Levels.Any(level => level.Find("positives").Exists(count => count.Exists(rows => rows.Lower > 0)))
            ? "The threshold of the optimal F1 was chosen on the data it is judged by, so what it reaches here is optimistic."
        : null;

    private static (string, string, string) Cell(LevelNumber number) =>
        (number.Key, number.Title!, number.Value.Match(value => Readable.Number(number, value, full: true), _ => Undefined));

    private static (string, string, string) Cell(FoundNumber asked) =>
        ("metrics." + asked.Name, asked.Name, Readable.Number(asked, full: true));

    /// <summary>A sentence on each number of a level that has a value and no interval.</summary>
    private IEnumerable<string> Unsure(LevelNumbers level) =>
        from number in level
            .Numbers.Where(Titled)
            .Select(number => (number.Key, Name: number.Title!.Trim(), number.Value))
            .Concat(level.Asked.Select(asked => (Key: "metrics." + asked.Name, asked.Name, asked.Value)))
        where number.Value.IsSucc
        from interval in (Intervals?.Find(level.Level, number.Key) ?? None).ToSeq()
        from reason in interval.Interval.Match(_ => [], error => new[] { error.Message })
        select $"{level.Level} {number.Name}: {reason}";

    private static bool Titled(LevelNumber number) => number.Title is not null;

    private static IEnumerable<string> Reason(LevelNumber number) => Reason(number.Value);

    private static IEnumerable<string> Reason(Fin<Interval> value) => value.Match(_ => [], error => new[] { error.Message });
}
