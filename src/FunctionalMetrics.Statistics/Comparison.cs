using System.Collections.Immutable;
using FunctionalMetrics.Core;
using LanguageExt;
using static System.FormattableString;
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
    internal const string Area = "auroc";

    /// <summary>Rates at a threshold that is given, or that the largest F1 chose in each draw: decisions are compared instead.</summary>
    private static readonly string[] AtThreshold = ["at_threshold.", "at_given_threshold."];

    /// <summary>Each row is left out once, which costs their number squared.</summary>
    private const int MostRowsDrawn = 10_000;

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
                        rows.Count <= MostRowsDrawn ? Enumerable.Range(0, rows.Models).Select(model => ReplicateTable.Of(rows, model)) : [],
                        asked,
                        watch
                    ),
                    asked
                ),
                .. Decisions(names, rows, asked, ids),
            ],
            [
                .. Few(rows.Labels, "row", asked),
                .. rows.Count > MostRowsDrawn
                    ? (string[])
                        [
                            Invariant(
                                $"AUROC alone is compared: the bootstrap, which other numbers need, is for {MostRowsDrawn} rows at most."
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

    internal static IEnumerable<(int A, int B)> PairsOf(int models) =>
        from a in Enumerable.Range(0, models)
        from b in Enumerable.Range(a + 1, models - a - 1)
        select (a, b);

    private static Fin<double>[] OfEach(PairedRows rows) =>
        [
            .. Enumerable
                .Range(0, rows.Models)
                .Select(model =>
                    ScoreBatch
                        .Create(rows.Scores(model), rows.Labels)
                        .Match(batch => AreaOf(RankState.Of(batch)), faults => throw new InvalidOperationException($"{faults}"))
                ),
        ];

    private static Fin<double> AreaOf(RankState rows) => Auroc.Metric.Compute(rows).Map(found => found.Area);

    private static IEnumerable<ComparedPair> Areas(IReadOnlyList<string> names, MeasuredAreas areas, ComparisonRules rules) =>
        Corrected(
            PairsOf(names.Count)
                .Select(pair =>
                {
                    var (a, b) = (areas.Each[pair.A], areas.Each[pair.B]);
                    return Tested(
                        new ComparedPair(areas.Level, Area, names[pair.A], names[pair.B], areas.Method, rules)
                        {
                            ValueOfA = a,
                            ValueOfB = b,
                            Difference = a.Bind(x => b.Map(y => x - y)),
                            P = 1,
                        },
                        areas.Areas.Map(found => found.DifferenceOf(pair.A, pair.B))
                    );
                })
        );

    /// <summary>A number of two models with the test of its difference.</summary>
    internal static ComparedPair Tested(ComparedPair pair, Fin<ModelDifference> test) =>
        pair with
        {
            Difference = test.Map(found => found.Value).Match(Fin<double>.Succ, _ => pair.Difference),
            Interval = Some(test.Bind(found => found.Interval(pair.Rules.Level))),
            P = test.Bind(found => found.P),
            Equivalence = Optional(pair.Rules.Margin).Map(margin => test.Bind(found => found.Equivalence(margin))),
        };

    /// <summary>What has no variance of its own in the draws of each model that they share; areas that have one are left to that.</summary>
    private static ImmutableArray<ImmutableArray<Resampled>> Draws(
        IEnumerable<ReplicateTable> tables,
        ComparisonRules rules,
        Func<IEnumerable<ReplicatePart>, int, IEnumerable<ReplicatePart>>? watch
    )
    {
        var others = NotOf(Levels.Image, LevelNumbers.Of(RankState.Empty, rules.Settings))
            .Concat(NotOf(Levels.Pixel, LevelNumbers.Of(ImageState.Empty, rules.Settings)))
            .ToHashSet();
        return rules.Replicates < 2 ? [] : [.. tables.Select(Draw)];

        // Numbers that were asked for and that the level does not have.
        IEnumerable<(string, string)> NotOf(string level, LevelNumbers known) =>
            rules
                .Settings.Asked.Select(asked => asked.Name)
                .Except(known.Asked.Select(asked => asked.Name))
                .Select(name => (level, ComparedPair.AskedPlace + name));

        ImmutableArray<Resampled> Draw(ReplicateTable table, int model)
        {
            // Rates at a threshold are those at the model's own.
            var settings = rules.Thresholds is { Length: > 0 } thresholds
                ? rules.Settings with
                {
                    Threshold = thresholds[model],
                }
                : rules.Settings;
            var parts = table.Parts(settings, rules.Replicates, rules.Seed);
            return
            [
                .. table
                    .Join(settings, rules.Replicates, watch?.Invoke(parts, table.Replicates(rules.Replicates)) ?? parts)
                    .Where(number =>
                        number.Key != Area && !AtThreshold.Any(place => number.Key.StartsWith(place, StringComparison.Ordinal))
                    )
                    .Where(number => !others.Contains((number.Level, number.Key))),
            ];
        }
    }

    internal static IEnumerable<ComparedPair> Drawn(
        IReadOnlyList<string> names,
        ImmutableArray<ImmutableArray<Resampled>> models,
        ComparisonRules rules
    )
    {
        return models
            .Take(1)
            .SelectMany(numbers => numbers)
            .SelectMany((_, at) => Corrected(PairsOf(names.Count).Select(pair => Pair(models[pair.A][at], models[pair.B][at], pair))));

        ComparedPair Pair(Resampled a, Resampled b, (int A, int B) pair)
        {
            var found = Bootstrap.Difference(a, b);
            var numbers = new ComparedPair(a.Level, a.Key, names[pair.A], names[pair.B], ComparedPair.BootstrapMethod, rules)
            {
                ValueOfA = a.Value,
                ValueOfB = b.Value,
                Difference = a.Value.Bind(x => b.Value.Map(y => x - y)),
                P = 1,
                WithoutValue = found.Map(drawn => drawn.Undefined).IfFail(0),
            };
            return Tested(
                numbers,
                found.Match(
                    drawn => drawn.Difference,
                    why => why is NotResampledEnough not ? new NotResampledEnough(numbers.Title, not.Why) : Fin<ModelDifference>.Fail(why)
                )
            );
        }
    }

    private static IEnumerable<ComparedPair> PerImage(IReadOnlyList<string> names, List<Fin<AupimoResult>> models, ComparisonRules rules) =>
        Corrected(
            PairsOf(names.Count)
                .Select(pair =>
                {
                    var test = models[pair.A].Bind(a => models[pair.B].Bind(b => Wilcoxon.Test(ByName(a), ByName(b))));
                    return new ComparedPair(Levels.Pixel, "aupimo", names[pair.A], names[pair.B], ComparedPair.WilcoxonMethod, rules)
                    {
                        ValueOfA = models[pair.A].Map(a => a.Mean),
                        ValueOfB = models[pair.B].Map(b => b.Mean),
                        Difference = models[pair.A].Bind(a => models[pair.B].Map(b => a.Mean - b.Mean)),
                        P = test.Map(found => found.P),
                    };
                })
        );

    private static double[] ByName(AupimoResult found) =>
        [.. found.Images.OrderBy(image => image.Name.IfNone(""), StringComparer.Ordinal).Select(image => image.Area)];

    private static IEnumerable<ComparedPair> Decisions(
        IReadOnlyList<string> names,
        PairedRows rows,
        ComparisonRules rules,
        IReadOnlyList<string> ids
    )
    {
        if (rules.Thresholds is not { Length: > 0 } thresholds)
            return [];
        bool[][] right = [.. Enumerable.Range(0, rows.Models).Select(model => Right(rows, model, thresholds[model]))];
        return Corrected(
            PairsOf(names.Count)
                .Select(pair =>
                {
                    var (a, b) = (right[pair.A], right[pair.B]);
                    var (onlyA, onlyB) = (
                        Enumerable.Range(0, a.Length).Count(i => a[i] && !b[i]),
                        Enumerable.Range(0, a.Length).Count(i => b[i] && !a[i])
                    );
                    return new ComparedPair(Levels.Image, "decisions", names[pair.A], names[pair.B], ComparedPair.McNemarMethod, rules)
                    {
                        ValueOfA = new Proportion(a.Count(one => one), a.Length).Share,
                        ValueOfB = new Proportion(b.Count(one => one), b.Length).Share,
                        Difference = a.Length == 0 ? new Undefined("decisions", Missing.Row, 0) : (double)(onlyA - onlyB) / a.Length,
                        P = McNemar.P(onlyA, onlyB),
                        Flipped =
                        [
                            .. Enumerable
                                .Range(0, a.Length)
                                .Where(i => a[i] != b[i])
                                .Select(i => new Flip(ids[i], a[i] ? names[pair.A] : names[pair.B])),
                        ],
                    };
                })
        );
    }

    private static bool[] Right(PairedRows rows, int model, double threshold)
    {
        var scores = rows.Scores(model);
        var labels = rows.Labels;
        var right = new bool[rows.Count];
        for (var i = 0; i < right.Length; i++)
            right[i] = (scores[i] >= threshold) == labels[i];
        return right;
    }

    internal static IEnumerable<ComparedPair> Corrected(IEnumerable<ComparedPair> pairs)
    {
        var all = pairs.ToList();
        if (all.Count < 2)
            return all;
        int[] tested = [.. Enumerable.Range(0, all.Count).Where(i => all[i].P.IsSucc)];
        foreach (var (i, p) in tested.Zip(Holm.Adjust([.. tested.Select(i => all[i].P.IfFail(1))]), (i, p) => (i, p)))
            all[i] = all[i] with { PHolm = p };
        return all;
    }

    /// <summary>Numbers of which not all pairs of models have a test: Holm's correction is over those that have one.</summary>
    private static IEnumerable<string> Untested(ImmutableArray<ComparedPair> pairs) =>
        from same in pairs.GroupBy(pair => (pair.Level, pair.Metric))
        let tested = same.Count(pair => pair.P.IsSucc)
        where tested > 0 && tested < same.Count()
        select Invariant(
            $"{same.First().Level} {same.First().Title}: {tested} of {same.Count()} pairs have a test; Holm's correction is over {(tested == 1 ? "that one" : $"those {tested}")}."
        );

    private static IEnumerable<string> Few(ReadOnlySpan<bool> labels, string unit, ComparisonRules rules)
    {
        var (anomalous, normal) = (labels.Count(true), labels.Count(false));
        return Math.Min(anomalous, normal) < rules.FewOfAClass
            ?
            [
                Invariant(
                    $"There are {anomalous} anomalous and {normal} normal {unit}s; intervals and tests of fewer than {rules.FewOfAClass} of a class are rough."
                ),
            ]
            : [];
    }
}

/// <summary>What is asked of a comparison.</summary>
public sealed record ComparisonRules
{
    /// <summary>How often an interval is to hold the true difference, in (0, 1); p below 1 - level is called a difference.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>The largest difference that does not matter, above 0; equivalence is tested where it is given.</summary>
    public double? Margin { get; init; }

    /// <summary>The threshold of rows or images of each model, a score of at least which is called anomalous; none where decisions are not compared.</summary>
    public ImmutableArray<double> Thresholds { get; init; } = [];

    /// <summary>The parameters of the numbers, such as the limit of AUPRO.</summary>
    public EvaluationSettings Settings { get; init; } = new();

    /// <summary>How often images are drawn again; with fewer than two what needs it is left out.</summary>
    public int Replicates { get; init; } = ReplicateTable.UsualReplicates;

    /// <summary>What they are drawn from.</summary>
    public ulong Seed { get; init; }

    /// <summary>Below so many of a class it is said that there are few.</summary>
    internal int FewOfAClass => Bootstrap.FewImages;
}
