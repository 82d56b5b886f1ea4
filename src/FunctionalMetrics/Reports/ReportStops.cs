using System.Collections.Immutable;
using System.Text.Json;
using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics;

/// <summary>What report.js shows as a slider moves: every number of every stop, computed here.</summary>
internal sealed class ReportStops
{
    private readonly ImmutableArray<MarkedImage> images;

    private ReportStops(ImmutableArray<LevelStops> levels, ImmutableArray<MarkedImage> images) =>
        (Levels, this.images, Folders) = (
            levels,
            images,
            [
                .. images
                    .GroupBy(image => image.Folder)
                    .Where(folder => folder.Key.IsSome && folder.Any(image => image.IsAnomalous))
                    .OrderBy(folder => folder.Key.IfNone(""), StringComparer.Ordinal)
                    .Select(folder => new ReportFolder(folder.Key.IfNone(""), [.. folder.Where(image => image.IsAnomalous)])),
            ]
        );

    /// <summary>The levels of the page; null of one whose scores were not kept.</summary>
    public ImmutableArray<LevelStops> Levels { get; }

    /// <summary>The folders of which an image is anomalous, by name: those of <see cref="FolderRow"/>.</summary>
    public ImmutableArray<ReportFolder> Folders { get; }

    public static ReportStops Of(ReportPage page) =>
        new(
            [.. page.Levels.Select((level, i) => LevelStops.Of(level, i))],
            [.. page.Levels.Select(level => level.Images).OfType<ImageState>().Take(1).SelectMany(state => MarkedImage.Of(state))]
        );

    /// <summary>The data as JSON that can stand in a page.</summary>
    public string Json =>
        JsonSerializer.Serialize(
            new
            {
                names = images.Select(image => image.Name.IfNone("")),
                anomalous = images.Select(image => image.IsAnomalous ? 1 : 0),
                levels = Levels.Select(level => level.Columns(images, Folders)),
            }
        );
}

/// <summary>A folder with its anomalous images.</summary>
internal sealed record ReportFolder(string Name, ImmutableArray<MarkedImage> Images);

/// <summary>Of the anomalous images or the regions of a folder, how many are found at each stop, and how many there are.</summary>
internal sealed record FolderFound(int All, int[] Counts)
{
    /// <summary>The share that a count is.</summary>
    public string Shown(int count) => LevelStops.Shown(new Core.ConfusionMatrix(count, 0, All - count, 0).Recall);
}

/// <summary>The stops of a level, and the one that the page is opened at.</summary>
internal sealed record LevelStops(ReportLevel Level, int Index, ImmutableArray<ThresholdStop> Stops)
{
    public bool AreThere => Stops.Length > 0;

    public int Start => Stops.Select(stop => stop.Threshold).ToList().IndexOf(Level.Start);

    private bool OfPixels => Level.Numbers.Level == LevelNumbers.Pixel;

    public static LevelStops Of(ReportLevel level, int index) =>
        new(
            level,
            index,
            level.Regions is { } regions ? ThresholdStop.Of(regions, level.Start)
                : level.State is { } state ? ThresholdStop.Of(state, level.Start)
                : []
        );

    /// <summary>The threshold of a stop as it is shown, in the user's own scores.</summary>
    public string Threshold(ThresholdStop stop) => Readable.Exact(Level.Settings.Own(stop.Threshold));

    /// <summary>The rates that are shown, each with its key and its name.</summary>
    public static IEnumerable<(string Key, string Name, Func<ThresholdStop, Fin<double>> Value)> Rates(ReportLevel level)
    {
        yield return ("recall", "Recall (true positive rate)", stop => stop.Counts.Recall);
        yield return ("fpr", "False positive rate", stop => stop.Counts.FalsePositiveRate);
        yield return ("precision", "Precision", stop => stop.Counts.Precision);
        yield return ("f1", "F1", stop => stop.Counts.F1);
        if (level.Regions is not null)
            yield return ("pro", "Per-region overlap", stop => stop.Pro.ToFin(new Undefined("PRO", Missing.Region, 0)));
    }

    /// <summary>What is shown of a rate.</summary>
    public static string Shown(Fin<double> rate) => rate.Match(Readable.Rate, _ => "undefined");

    /// <summary>A column of each number over the stops.</summary>
    public object Columns(ImmutableArray<MarkedImage> images, ImmutableArray<ReportFolder> folders) =>
        new
        {
            start = Start,
            threshold = Stops.Select(Threshold),
            at = Stops.Select(stop => double.IsFinite(stop.Threshold) ? Level.Settings.Own(stop.Threshold) : (double?)null),
            tp = Stops.Select(stop => stop.Counts.TruePositives),
            fp = Stops.Select(stop => stop.Counts.FalsePositives),
            fn = Stops.Select(stop => stop.Counts.FalseNegatives),
            tn = Stops.Select(stop => stop.Counts.TrueNegatives),
            rates = Rates(Level)
                .ToDictionary(
                    rate => rate.Key,
                    rate => new
                    {
                        shown = Stops.Select(stop => Shown(rate.Value(stop))),
                        value = Stops.Select(stop => rate.Value(stop).Match(value => (double?)value, _ => null)),
                    }
                ),
            // An image is marked at the stops before this one.
            marked = AreThere ? images.Select(image => UpTo(OfPixels ? image.MaxPixel : image.Score)) : [],
            folders = AreThere
                ? folders
                    .Select(Found)
                    .Select(found => new
                    {
                        all = found.All,
                        found = found.Counts,
                        shown = found.Counts.Select(found.Shown),
                    })
                : [],
        };

    /// <summary>What is found of a folder.</summary>
    public FolderFound Found(ReportFolder folder)
    {
        int[] ends =
        [
            .. OfPixels
                ? folder.Images.SelectMany(image => image.Regions).Select(highest => UpTo(highest))
                : folder.Images.Where(image => image.Score.IsSome).Select(image => UpTo(image.Score)),
        ];
        var counts = new int[Stops.Length];
        foreach (var end in ends)
            for (var stop = 0; stop < end; stop++)
                counts[stop]++;
        return new(ends.Length, counts);
    }

    /// <summary>How many stops lie at or below a score: at those, the first ones, it is called anomalous.</summary>
    private int UpTo(Option<double> highest) =>
        highest.Match(
            score =>
            {
                var (low, high) = (0, Stops.Length);
                while (low < high)
                {
                    var middle = (low + high) / 2;
                    (low, high) = Stops[middle].Threshold <= score ? (middle + 1, high) : (low, middle);
                }
                return low;
            },
            () => 0
        );
}
