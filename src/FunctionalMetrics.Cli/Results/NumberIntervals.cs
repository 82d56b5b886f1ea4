using System.Collections.Immutable;
using FunctionalMetrics.Core;
using FunctionalMetrics.Statistics;
using LanguageExt;
using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>How sure a number is.</summary>
/// <param name="Lower">The lower end.</param>
/// <param name="Upper">The upper end.</param>
/// <param name="Level">How often the interval is to hold the true number.</param>
/// <param name="Method">How it was made.</param>
internal sealed record NumberInterval(double Lower, double Upper, double Level, string Method);

/// <summary>
/// The intervals of all rates and areas of an evaluation: AUROC of images and rows by DeLong, that of pixels by image, and all others by drawing images
/// again.
/// </summary>
internal sealed class NumberIntervals
{
    /// <summary>AUROC of rows.</summary>
    public const string OfDeLong = "delong";

    /// <summary>AUROC of pixels.</summary>
    public const string OfClusters = "clustered";

    /// <summary>The codes of all notes that there may be.</summary>
    public static readonly ImmutableArray<string> Codes = ["few_images", "undefined_replicates", "percentile_intervals"];

    private readonly ImmutableDictionary<(string Level, string Key), Fin<NumberInterval>> found;

    private NumberIntervals(ImmutableDictionary<(string, string), Fin<NumberInterval>> found, ImmutableArray<Note> notes, string remark) =>
        (this.found, Notes, Remark) = (found, notes, remark);

    /// <summary>What must be said of them.</summary>
    public ImmutableArray<Note> Notes { get; }

    /// <summary>How they were made, for whoever reads the table.</summary>
    public string Remark { get; }

    /// <summary>The interval of a number, or why it has none; none of a number that is no rate.</summary>
    /// <param name="level">The level of the numbers.</param>
    /// <param name="key">The number's key; metrics. and its name where it was asked for by name.</param>
    public Option<Fin<NumberInterval>> Find(string level, string key) => found.TryGetValue((level, key), out var one) ? Some(one) : None;

    /// <summary>All intervals of a level, by the keys of their numbers.</summary>
    public IReadOnlyDictionary<string, Interval> Of(string level) =>
        found
            .Where(one => one.Key.Level == level && one.Value.IsSucc)
            .ToDictionary(one => one.Key.Key, one => one.Value.Map(sure => new Interval(sure.Lower, sure.Upper)).IfFail(default(Interval)));

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
        var level = choices.Level!.Value;
        var all = new List<Resampled>();
        if (images is not null)
            all.AddRange(Drawn(ReplicateTable.Of(images)));
        // Scores of images that were given beside the maps are rows of their own.
        if (images is null || !images.Scores.Equals(rows))
        {
            all.RemoveAll(number => number.Level == Levels.Image);
            all.AddRange(Drawn(ReplicateTable.Of(rows)));
        }
        var intervals = all.Select(number => (Number: number, Interval: number.Bca(level))).ToList();
        var found = intervals.ToDictionary(one => (one.Number.Level, one.Number.Key), one => one.Interval.Map(Told));
        foreach (var (place, key) in found.Keys.Where(number => number.Key is "auroc" or "metrics.auroc").ToList())
            found[(place, key)] =
                place == Levels.Pixel
                    ? ClusteredAuroc.Interval(images!, level).Map(ends => new NumberInterval(ends.Lower, ends.Upper, level, OfClusters))
                    : DeLong.Interval(rows, level).Map(ends => new NumberInterval(ends.Lower, ends.Upper, level, OfDeLong));
        return new(
            found.ToImmutableDictionary(),
            [.. FewOf(images, rows), .. Left(intervals), .. OfPercentiles(intervals)],
            FormattableString.Invariant(
                $"In brackets: {level * 100:0.##}% intervals. AUROC of {(images is null ? "rows by DeLong" : "images by DeLong, of pixels by image")}; the others from {choices.Replicates:#,0} draws of {(images is null ? "the rows" : "the images")}, seed {choices.Seed}."
            )
        );

        IEnumerable<Resampled> Drawn(ReplicateTable table) =>
            table.Join(
                settings,
                choices.Replicates,
                progress.Over(
                    table.Parts(settings, choices.Replicates, (ulong)choices.Seed).Select(Awake),
                    table.Replicates(choices.Replicates),
                    "drawing images again",
                    part => part.Count
                )
            );

        ReplicatePart Awake(ReplicatePart part)
        {
            cancel.ThrowIfCancellationRequested();
            return part;
        }

        static NumberInterval Told(BootstrapInterval interval) => new(interval.Lower, interval.Upper, interval.Level, interval.Method);
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

    private static IEnumerable<Note> Left(IEnumerable<(Resampled Number, Fin<BootstrapInterval> Interval)> all) =>
        from one in all
        from interval in one.Interval.ToSeq()
        where interval.Undefined > 0
        select new Note(
            Codes[1],
            interval.Undefined,
            FormattableString.Invariant(
                $"{one.Number.Level} {one.Number.Key} has no value in {interval.Undefined} of {one.Number.Replicates.Length} draws, which are left out."
            )
        );

    private static IEnumerable<Note> OfPercentiles(IEnumerable<(Resampled Number, Fin<BootstrapInterval> Interval)> all)
    {
        var some = all.Where(one => one.Interval.Exists(interval => interval.Remark.IsSome)).ToList();
        if (some.Count > 0)
            yield return new(
                Codes[2],
                some.Count,
                $"Between plain quantiles of the draws, as a bias-corrected interval has no end there: {string.Join(", ", some.Select(one => $"{one.Number.Level} {one.Number.Key}"))}."
            );
    }
}
