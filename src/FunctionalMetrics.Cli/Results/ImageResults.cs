using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FunctionalMetrics.Core;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>What is told of images one by one: tables of images and regions, the worst of them, and a row for each folder of defects.</summary>
internal sealed class ImageResults
{
    private readonly EvaluationSettings settings;
    private readonly ImageTable table;
    private readonly double threshold;
    private readonly bool isDefault;

    private ImageResults(
        EvaluationSettings settings,
        ImageTable table,
        double threshold,
        bool isDefault,
        ImmutableArray<FolderRow> folders
    ) => (this.settings, this.table, this.threshold, this.isDefault, Folders) = (settings, table, threshold, isDefault, folders);

    /// <summary>
    /// The results of images at the thresholds that were given, or else at those of the largest F1.
    /// </summary>
    /// <param name="images">The images, as scores are ranked.</param>
    /// <param name="levels">The numbers of images and pixels.</param>
    /// <param name="settings">What the user chose.</param>
    public static Fin<ImageResults> Of(ImageState images, ImmutableArray<LevelNumbers> levels, EvaluationSettings settings)
    {
        var (image, pixel) = (Threshold(LevelNumbers.Image, settings.Threshold), Threshold(LevelNumbers.Pixel, settings.PixelThreshold));
        return ImageTable
            .Of(images, settings.Own(pixel))
            .Map(table => new ImageResults(
                settings,
                table,
                image,
                IsDefault(),
                FolderRow.Of(images, settings.Own(image), settings.FprLimit)
            ));

        double Threshold(string level, double? given) =>
            given
            ?? toSeq(levels)
                .Find(numbers => numbers.Level == level)
                .Bind(numbers => numbers.Find("adaptive_threshold"))
                .Bind(found => found.ToOption())
                .Map(found => found.Lower)
                .IfNone(settings.DefaultThreshold);

        bool IsDefault() =>
            settings.PixelThreshold is null
            && levels.Any(numbers => numbers.Level == LevelNumbers.Pixel && Count(numbers, "positives") == 0);

        static double Count(LevelNumbers numbers, string key) =>
            numbers.Find(key).Bind(found => found.ToOption()).Map(found => found.Lower).IfNone(0);
    }

    /// <summary>The folders of defects.</summary>
    public ImmutableArray<FolderRow> Folders { get; }

    /// <summary>The table of images; scores and thresholds have the user's own sign.</summary>
    public ImmutableArray<Column> Images =>
        [
            Column.Of("name", table.Images.Select(row => Text(row.Name))),
            Column.Of("class", table.Images.Select(row => row.IsAnomalous ? "anomalous" : "normal")),
            Column.Of("score", table.Images.Select(row => Value(row.Score.Map(settings.Own)))),
            Column.Of("pixels", table.Images.Select(row => row.Pixels)),
            Column.Of("anomalous_pixels", table.Images.Select(row => row.AnomalousPixels)),
            Column.Of("regions", table.Images.Select(row => (long)row.Regions)),
            Column.Of("tp", table.Images.Select(row => row.Counts.TruePositives)),
            Column.Of("fp", table.Images.Select(row => row.Counts.FalsePositives)),
            Column.Of("fn", table.Images.Select(row => row.Counts.FalseNegatives)),
            Column.Of("recall", table.Images.Select(row => Value(row.Recall))),
            Column.Of("precision", table.Images.Select(row => Value(row.Precision))),
            Column.Of("regions_found", table.Images.Select(row => (long)row.RegionsFound)),
            Column.Of("aupimo", table.Images.Select(row => Value(row.Aupimo))),
        ];

    /// <summary>The table of regions.</summary>
    public ImmutableArray<Column> Regions =>
        [
            Column.Of("image", table.Regions.Select(row => Text(row.Image))),
            Column.Of("region", table.Regions.Select(row => (long)row.Number)),
            Column.Of("top", table.Regions.Select(row => (long)row.Box.Top)),
            Column.Of("left", table.Regions.Select(row => (long)row.Box.Left)),
            Column.Of("bottom", table.Regions.Select(row => (long)row.Box.Bottom)),
            Column.Of("right", table.Regions.Select(row => (long)row.Box.Right)),
            Column.Of("pixels", table.Regions.Select(row => row.Pixels)),
            Column.Of("max_score", table.Regions.Select(row => settings.Own(row.MaxScore))),
            Column.Of("found", table.Regions.Select(row => row.IsFound)),
            Column.Of("share_found", table.Regions.Select(row => row.ShareFound)),
        ];

    /// <summary>A row for each folder of defects, by its name.</summary>
    public JsonObject ByFolder =>
        new(
            Folders.Select(row =>
                KeyValuePair.Create(
                    row.Folder,
                    (JsonNode?)
                        new JsonObject { ["images"] = row.Images }
                            .With("image_auroc", row.ImageAuroc)
                            .With("aupro", row.Aupro)
                            .With("recall", row.Recall)
                )
            )
        );

    /// <summary>What the cells of a folder are.</summary>
    public static string[] FolderHeading => ["defect", "images", "image AUROC", "AUPRO", "recall"];

    /// <summary>The cells of a folder.</summary>
    public static string[] Cells(FolderRow row) =>
        [row.Folder, Readable.Count(row.Images), Rate(row.ImageAuroc), Rate(row.Aupro), Rate(row.Recall)];

    /// <summary>Prints the folders, AUPIMO, and so many of the worst misses and false alarms.</summary>
    public void Write(Streams to, int worst)
    {
        if (!Folders.IsEmpty)
            ResultTable.Write(to, [FolderHeading, .. Folders.Select(Cells)]);
        if (isDefault)
            to.Say(
                $"No pixel is anomalous, so no threshold is best: images are counted at the default {Readable.Exact(settings.Own(table.Threshold))}; --pixel-threshold names another."
            );
        to.Say(
            table.Aupimo.Match(
                found => $"AUPIMO {Readable.Rate(found.Mean)}: the mean of {Readable.Count(found.Count)} images with an anomalous pixel",
                error => error.Message
            )
        );
        if (!table.SharedNames.IsEmpty)
            to.Say($"Several images have one name: {string.Join(", ", table.SharedNames.Take(5))}.");
        if (worst == 0)
            return;
        Print("worst misses", "largest share of anomalous pixels missed", Misses.Take(worst));
        Print("worst false alarms", "most normal pixels called anomalous", FalseAlarms.Take(worst));

        void Print(string title, string what, IEnumerable<ImageRow> rows)
        {
            var some = rows.ToList();
            to.Say(
                $"{title} ({what} at the pixel threshold {Readable.Exact(settings.Own(table.Threshold))}): {(some.Count == 0 ? "none" : "")}".TrimEnd()
            );
            if (some.Count > 0)
                ResultTable.Write(
                    to,
                    [
                        ["image", "score", "missed", "of", "regions found", "false alarms", "of"],
                        .. some.Select(row =>
                            (string[])
                                [
                                    row.Name.IfNone(""),
                                    row.Score.Map(score => Readable.Exact(settings.Own(score))).IfNone(""),
                                    Readable.Count(row.Counts.FalseNegatives),
                                    Readable.Count(row.AnomalousPixels),
                                    $"{row.RegionsFound} of {row.Regions}",
                                    Readable.Count(row.Counts.FalsePositives),
                                    Readable.Count(row.Counts.FalsePositives + row.Counts.TrueNegatives),
                                ]
                        ),
                    ]
                );
        }
    }

    /// <summary>The pixel threshold, as scores are ranked.</summary>
    public double PixelThreshold => table.Threshold;

    /// <summary>The anomalous images that pass, and then those of which an anomalous pixel is missed, the smallest recall first.</summary>
    public IEnumerable<ImageRow> WorstMisses =>
        table
            .Images.Where(row => row.IsAnomalous && (row.Counts.FalseNegatives > 0 || !IsCalled(row)))
            .OrderBy(IsCalled)
            .ThenBy(row => row.Recall.IfNone(1))
            .ThenByDescending(row => row.Counts.FalseNegatives);

    /// <summary>The normal images that are called anomalous, and then those of which a pixel is, most pixels first.</summary>
    public IEnumerable<ImageRow> WorstFalseAlarms =>
        table
            .Images.Where(row => !row.IsAnomalous && (row.Counts.FalsePositives > 0 || IsCalled(row)))
            .OrderByDescending(IsCalled)
            .ThenByDescending(row => row.Counts.FalsePositives)
            .ThenByDescending(row => row.Score.IfNone(double.NegativeInfinity));

    /// <summary>What makes an image one of the worst, in a few words.</summary>
    public string Value(ImageRow row)
    {
        var score = row.Score.Match(known => $"score {Readable.Score(settings.Own(known))}", () => "no score");
        return row.IsAnomalous
            ? $"{score}; {Readable.Count(row.Counts.FalseNegatives)} of {Readable.Count(row.AnomalousPixels)} anomalous pixels missed, {row.RegionsFound} of {row.Regions} regions found"
            : $"{score}; {Readable.Count(row.Counts.FalsePositives)} of {Readable.Count(row.Pixels)} pixels called anomalous";
    }

    /// <summary>What a picture of an image shows, for those who do not see it.</summary>
    public string Description(ImageRow row, bool hasPhotograph) =>
        $"Anomaly map{(hasPhotograph ? " over the photograph" : "")} of the {(row.IsAnomalous ? "anomalous" : "normal")} image {row.Name.IfNone("")}: {Value(row)}";

    private bool IsCalled(ImageRow row) => row.Score.Exists(score => score >= settings.Own(threshold));

    /// <summary>The images of which an anomalous pixel is missed, the smallest recall first, and of equal ones the most pixels missed.</summary>
    private IEnumerable<ImageRow> Misses =>
        table
            .Images.Where(row => row.Counts.FalseNegatives > 0)
            .OrderBy(row => row.Recall.IfNone(1))
            .ThenByDescending(row => row.Counts.FalseNegatives);

    /// <summary>The images of which a normal pixel is called anomalous, the most first.</summary>
    private IEnumerable<ImageRow> FalseAlarms =>
        table.Images.Where(row => row.Counts.FalsePositives > 0).OrderByDescending(row => row.Counts.FalsePositives);

    private static string Rate(Fin<double> value) => value.Match(Readable.Rate, _ => Evaluation.Undefined);

    private static string? Text(Option<string> text) => text.MatchUnsafe(some => some, () => null);

    private static double? Value(Option<double> value) => value.MatchUnsafe(some => (double?)some, () => null);
}
