using System.Collections.Immutable;
using FunctionalMetrics.Core;
using FunctionalMetrics.Statistics;
using LanguageExt;
using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>
/// The intervals of all rates and areas of an evaluation, and what must be said of them; <see cref="EvaluationDraws"/> says which method each has.
/// </summary>
internal sealed class NumberIntervals
{
    /// <summary>The codes of all notes that there may be.</summary>
    public static readonly ImmutableArray<string> Codes =
    [
        "few_images",
        "undefined_replicates",
        "percentile_intervals",
        "many_rows",
        "no_bands",
    ];

    private readonly ImmutableDictionary<(string Level, string Key), NumberWithInterval> found;
    private readonly IntervalChoices choices;

    private NumberIntervals(EvaluationDraws draws, IntervalChoices choices, IEnumerable<Note> few)
    {
        (Draws, this.choices) = (draws, choices);
        var all = draws.Intervals(Level);
        found = all.ToImmutableDictionary(one => (one.Level, one.Key));
        Notes = [.. few, .. Of(all, "", choices)];
    }

    /// <summary>How they were asked for.</summary>
    public IntervalChoices Choices => choices;

    /// <summary>How often an interval is to hold the true number.</summary>
    public double Level => choices.Level!.Value;

    /// <summary>How sure the curves are, where a report shows them.</summary>
    public ImmutableArray<CurveBand> Bands => Draws.Bands(Level);

    /// <summary>The numbers as they were drawn.</summary>
    public EvaluationDraws Draws { get; }

    /// <summary>What must be said of them.</summary>
    public ImmutableArray<Note> Notes { get; }

    /// <summary>How they were made, for whoever reads the table.</summary>
    public string Remark =>
        FormattableString.Invariant(
            $"In brackets: {Level * 100:0.##}% intervals. AUROC of {(HasImages ? "images by DeLong, of pixels by image" : "rows by DeLong")}"
        )
        + (
            IsDrawn
                ? FormattableString.Invariant($"; the others from {choices.Replicates:#,0} draws of the {Units}, seed {choices.Seed}.")
                : "."
        );

    /// <summary>What is independent.</summary>
    public string Units => HasImages ? "images" : "rows";

    /// <summary>Whether something was drawn.</summary>
    public bool IsDrawn => Draws.Numbers.Any(number => !number.Replicates.IsEmpty);

    private bool HasImages => found.Keys.Any(number => number.Level == Levels.Pixel);

    /// <summary>The interval of a number, or why it has none; none of a number that is no rate.</summary>
    /// <param name="level">The level of the numbers.</param>
    /// <param name="key">The number's key; metrics. and its name where it was asked for by name.</param>
    public Option<NumberWithInterval> Find(string level, string key) => found.TryGetValue((level, key), out var one) ? Some(one) : None;

    /// <summary>A row of a table with the interval of its number, where it has one.</summary>
    public (string Key, string Name, string Value) Sure(string level, (string Key, string Name, string Value) row) =>
        row with
        {
            Value = Sure(row.Value, Find(level, row.Key)),
        };

    /// <summary>A cell with the interval of its number, where it has one.</summary>
    public static string Sure(string cell, Option<NumberWithInterval> number) =>
        number
            .Bind(found => found.Interval.ToOption())
            .Match(ends => $"{cell} [{Readable.Rate(ends.Lower)}, {Readable.Rate(ends.Upper)}]", () => cell);

    /// <summary>What must be said of how intervals came about.</summary>
    /// <param name="all">The intervals.</param>
    /// <param name="of">What they are of, before the name of each.</param>
    /// <param name="choices">How often was drawn.</param>
    public static IEnumerable<Note> Of(IReadOnlyList<NumberWithInterval> all, string of, IntervalChoices choices)
    {
        foreach (var one in all.Where(one => one.Undefined > 0))
            yield return new(
                Codes[1],
                one.Undefined,
                FormattableString.Invariant(
                    $"{of}{one.Level} {one.Key} has no value in {one.Undefined} of {choices.Replicates} draws, which are left out."
                )
            );
        var some = all.Where(one => one.Remark.IsSome).ToList();
        if (some.Count > 0)
            yield return new(
                Codes[2],
                some.Count,
                $"Between plain quantiles of the draws, as a bias-corrected interval has no end there: {string.Join(", ", some.Select(one => $"{of}{one.Level} {one.Key}"))}."
            );
    }

    /// <summary>All intervals of a level, by the keys of their numbers.</summary>
    public IReadOnlyDictionary<string, Interval> Of(string level) =>
        found
            .Values.Where(one => one.Level == level && one.Interval.IsSucc)
            .ToDictionary(one => one.Key, one => one.Interval.IfFail(default(Interval)));

    /// <summary>The intervals of the numbers of a state that holds each image by itself, or rows.</summary>
    /// <param name="seen">The state; null where no scores are left.</param>
    /// <param name="settings">The parameters of the numbers.</param>
    /// <param name="choices">The level, the seed and the number of replicates.</param>
    /// <param name="progress">Shows how far it is.</param>
    /// <param name="cancel">Looked at between replicates.</param>
    public static Fin<NumberIntervals> Of(
        EvaluationState? seen,
        EvaluationSettings settings,
        IntervalChoices choices,
        Progress progress,
        CancellationToken cancel
    ) =>
        seen switch
        {
            EvaluationState.Exact { Kept.Case: ImageState images } exact => Of(images, exact.Images, settings, choices, progress, cancel),
            EvaluationState.Exact { HasMaps: false } rows => Of(null, rows.Images, settings, choices, progress, cancel),
            EvaluationState.Exact => Error.New(
                "--intervals needs each image by itself, and the state holds none of them: evaluate with --keep-images"
            ),
            _ => Error.New("--intervals needs every score: evaluate without --approximate and --max-memory"),
        };

    private static NumberIntervals Of(
        ImageState? images,
        RankState rows,
        EvaluationSettings settings,
        IntervalChoices choices,
        Progress progress,
        CancellationToken cancel
    )
    {
        var asked = new DrawRules
        {
            Settings = settings,
            Replicates = choices.Replicates,
            Seed = (ulong)choices.Seed,
            Category = choices.Category ?? 0,
            Bands = choices.Bands,
            Watch = (parts, count) => progress.Over(parts.Select(Awake), count, "drawing images again", part => part.Count),
        };
        return new(
            images is null ? EvaluationDraws.Of(rows, asked)
                // Scores of images that were given beside the maps are rows of their own.
                : !images.Scores.Equals(rows) ? EvaluationDraws.Of(EvaluationDraws.Of(rows, asked), EvaluationDraws.Of(images, asked))
                : EvaluationDraws.Of(images, asked),
            choices,
            [
                .. FewOf(images, rows),
                .. images is null || !images.Scores.Equals(rows) ? ManyOf(rows) : [],
                .. choices.Bands ? NoBandsOf(images, rows) : [],
            ]
        );

        ReplicatePart Awake(ReplicatePart part)
        {
            cancel.ThrowIfCancellationRequested();
            return part;
        }
    }

    private static IEnumerable<Note> FewOf(ImageState? images, RankState rows)
    {
        var (what, normal, anomalous) = images is null
            ? ("rows", rows.Negatives, rows.Positives)
            : ("images", images.CountOf(isAnomalous: false), images.CountOf(isAnomalous: true));
        foreach (var (count, kind) in new[] { (normal, "normal"), (anomalous, "anomalous") })
            if (count is > 0 and < Bootstrap.FewImages)
                yield return new(
                    Codes[0],
                    count,
                    FormattableString.Invariant(
                        $"{count} {kind} {(count == 1 ? what[..^1] : what)}, fewer than {Bootstrap.FewImages}: intervals are rough."
                    )
                );
    }

    private static IEnumerable<Note> ManyOf(RankState rows)
    {
        if (rows.Rows > ReplicateTable.MostRows)
            yield return new(
                Codes[3],
                rows.Rows,
                FormattableString.Invariant(
                    $"{rows.Rows:#,0} rows: AUROC alone has an interval, as numbers are drawn of {ReplicateTable.MostRows:#,0} rows at most."
                )
            );
    }

    private static IEnumerable<Note> NoBandsOf(ImageState? images, RankState rows)
    {
        if (Math.Max(images?.Count ?? 0, rows.Rows) is > DrawRules.MostBanded and var units)
            yield return new(
                Codes[4],
                units,
                FormattableString.Invariant(
                    $"Curves have no bands: those are drawn of {DrawRules.MostBanded:#,0} {(images is null ? "rows" : "images")} at most."
                )
            );
    }
}
