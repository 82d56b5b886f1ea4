using System.Collections.Immutable;
using FunctionalMetrics.Core;
using LanguageExt;
using static System.FormattableString;
using static FunctionalMetrics.Statistics.ComparedPairs;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Statistics;

/// <summary>
/// Models side by side on the same rows or images: of each number and each pair of models the difference, its interval and its p, with Holm's correction over all pairs where there are more than
/// two models; and what the models decide at a threshold of each.
/// <code>
/// var comparison = Comparison.OfImages([("PaDiM", padim), ("PatchCore", patchcore)]).ThrowIfFail();
/// foreach (var pair in comparison.Pairs) Console.WriteLine($"{pair.Metric}: {pair.Difference} {pair.Verdict}");
/// </code>
/// AUROC of rows and of images: DeLong. AUROC of pixels: clustered by image. Other areas and rates: the image bootstrap, with the same draws for all models. AUPIMO: Wilcoxon's signed ranks over
/// the images. Decisions: McNemar. Immutable.
/// </summary>
public sealed record Comparison
{
    internal Comparison(
        ImmutableArray<string> models,
        long units,
        long anomalous,
        ImmutableArray<ComparedPair> pairs,
        ImmutableArray<string> notes
    ) => (Models, Units, Anomalous, Pairs, Notes) = (models, units, anomalous, pairs, [.. Untested(pairs), .. notes]);

    /// <summary>The names of the models.</summary>
    public ImmutableArray<string> Models { get; }

    /// <summary>How many rows or images they share.</summary>
    public long Units { get; }

    /// <summary>How many of them are anomalous.</summary>
    public long Anomalous { get; }

    /// <summary>Each number of each pair of models.</summary>
    public ImmutableArray<ComparedPair> Pairs { get; }

    /// <summary>What must be said beside them, in sentences.</summary>
    public ImmutableArray<string> Notes { get; init; }

    /// <summary>
    /// Models that scored the same rows. Fails with <see cref="OutOfRange"/> for fewer than two models, or names or thresholds that are not as many.
    /// </summary>
    /// <param name="names">The models' names.</param>
    /// <param name="rows">The rows with their scores.</param>
    /// <param name="rules">What is asked for.</param>
    /// <param name="ids">What each row is called where its decision flips; its number from 1 on where nothing is given.</param>
    /// <param name="watch">Is given the parts of the draws of each model and how many replicates they hold, and passes the parts on: for whoever shows how far it is.</param>
    public static Fin<Comparison> OfRows(
        IReadOnlyList<string> names,
        PairedRows rows,
        ComparisonRules? rules = null,
        IReadOnlyList<string>? ids = null,
        Func<IEnumerable<ReplicatePart>, int, IEnumerable<ReplicatePart>>? watch = null
    )
    {
        var asked = rules ?? new();
        if (Problem(names.Count, rows.Models, asked).Case is MetricError problem)
            return problem;
        ids ??= [.. Enumerable.Range(1, rows.Count).Select(i => Invariant($"row {i}"))];
        return new Comparison(
            [.. names],
            rows.Count,
            rows.Labels.Count(true),
            [
                .. Areas(names, new(Levels.Image, ComparedPair.DeLongMethod, RocAreas.OfRows(rows), OfEach(rows)), asked),
                .. Drawn(
                    names,
                    Draws(
                        rows.Count <= ReplicateTable.MostRows
                            ? Enumerable.Range(0, rows.Models).Select(model => ReplicateTable.Of(rows, model))
                            : [],
                        asked,
                        watch
                    ),
                    asked
                ),
                .. Decisions(names, rows, asked, ids),
            ],
            [
                .. Few(rows.Labels, "row", asked),
                .. rows.Count > ReplicateTable.MostRows
                    ? (string[])
                        [
                            Invariant(
                                $"AUROC alone is compared: the bootstrap, which other numbers need, is for {ReplicateTable.MostRows:#,0} rows at most."
                            ),
                        ]
                    : [],
            ]
        );
    }

    /// <summary>
    /// Models that mapped the same images, which are matched by name. Fails with <see cref="ImageNotMatched"/> where they are not the same, and as <see cref="OfRows"/> does.
    /// </summary>
    /// <param name="models">The models' names and images.</param>
    /// <param name="rules">What is asked for.</param>
    /// <param name="watch">Is given the parts of the draws of each model and how many replicates they hold, and passes the parts on: for whoever shows how far it is.</param>
    public static Fin<Comparison> OfImages(
        IReadOnlyList<(string Name, ImageState Images)> models,
        ComparisonRules? rules = null,
        Func<IEnumerable<ReplicatePart>, int, IEnumerable<ReplicatePart>>? watch = null
    )
    {
        return Measured(models, rules ?? new(), 0, watch).Map(found => found.Result);
    }

    /// <summary>
    /// Models that mapped the images of one of several categories, whose images are drawn apart from those of the others; <see cref="CategoryComparison"/> takes the mean over all. Fails as
    /// <see cref="OfImages"/> does.
    /// </summary>
    /// <param name="category">The name of the category.</param>
    /// <param name="number">Its number among all, counted from 0.</param>
    /// <param name="models">The models' names and images of it.</param>
    /// <param name="rules">What is asked for; the thresholds are those of the category.</param>
    /// <param name="watch">Is given the parts of the draws of each model and how many replicates they hold, and passes the parts on: for whoever shows how far it is.</param>
    public static Fin<ComparedCategory> OfCategory(
        string category,
        int number,
        IReadOnlyList<(string Name, ImageState Images)> models,
        ComparisonRules? rules = null,
        Func<IEnumerable<ReplicatePart>, int, IEnumerable<ReplicatePart>>? watch = null
    ) =>
        number < 0
            ? new OutOfRange("the number of a category", number, "[0, infinity)")
            : Measured(models, rules ?? new(), number, watch)
                .Map(found => new ComparedCategory(category, found.Result, found.Rows, found.Pixels, found.Draws));

    private static Fin<(
        Comparison Result,
        MeasuredAreas Rows,
        MeasuredAreas Pixels,
        ImmutableArray<ImmutableArray<Resampled>> Draws
    )> Measured(
        IReadOnlyList<(string Name, ImageState Images)> models,
        ComparisonRules asked,
        int category,
        Func<IEnumerable<ReplicatePart>, int, IEnumerable<ReplicatePart>>? watch
    )
    {
        var names = models.Select(model => model.Name).ToList();
        return Problem(models.Count, models.Count, asked).Case is MetricError problem
            ? problem
            : from images in PairedImages.Create(models)
            from rows in images.Rows()
            let ofRows = new MeasuredAreas(Levels.Image, ComparedPair.DeLongMethod, RocAreas.OfRows(rows), OfEach(rows))
            let ofPixels = new MeasuredAreas(
                Levels.Pixel,
                ComparedPair.ClusteredMethod,
                RocAreas.OfPixels(images),
                [.. models.Select(model => AreaOf(model.Images.Pixels.Rank))]
            )
            let draws = Draws(models.Select(model => ReplicateTable.Of(model.Images, category)), asked, watch)
            let drawn = Drawn(names, draws, asked).ToList()
            let aupimo = PerImage(names, models.Select(model => Aupimo.Metric.Compute(model.Images)).ToList(), asked).ToList()
            select (
                new Comparison(
                    [.. names],
                    rows.Count,
                    rows.Labels.Count(true),
                    [
                        .. Areas(names, ofRows, asked),
                        .. drawn.Where(pair => pair.Level == Levels.Image),
                        .. Decisions(names, rows, asked, [.. images.Names]),
                        .. Areas(names, ofPixels, asked),
                        .. drawn.Where(pair => pair.Level == Levels.Pixel),
                        .. aupimo,
                    ],
                    [
                        .. Few(rows.Labels, "image", asked),
                        .. aupimo.Exists(pair => pair.P.IsSucc)
                            ? (string[])
                                [
                                    "Wilcoxon's test of AUPIMO speaks for the normal images of these data alone: the values of all images share them.",
                                ]
                            : [],
                    ]
                ),
                ofRows,
                ofPixels,
                draws
            );
    }

    private static Option<MetricError> Problem(int names, int models, ComparisonRules rules) =>
        models < 2 ? new OutOfRange("the number of models", models, "[2, infinity)")
        : names != models ? new OutOfRange("the number of names", names, Invariant($"[{models}, {models}]"))
        : rules.Thresholds is { Length: > 0 and var given } && given != models
            ? new OutOfRange("the number of thresholds", given, Invariant($"[{models}, {models}]"))
        : !(rules.Level > 0 && rules.Level < 1) ? new OutOfRange("the level of an interval", rules.Level, "(0, 1)")
        : rules.Margin is { } margin && !(margin > 0 && double.IsFinite(margin))
            ? new OutOfRange("the margin of equivalence", margin, "(0, infinity)")
        : Option<MetricError>.None;
}
