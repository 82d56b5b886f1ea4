using System.Collections.Immutable;
using FunctionalMetrics.Core;
using LanguageExt;
using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>How an evaluation is judged and where its numbers go: what <c>evaluate</c> and <c>show</c> have in common.</summary>
internal sealed record ResultChoices
{
    public EvaluationSettings Settings { get; init; } = new();

    /// <summary>How the command was called, for whoever reads its results.</summary>
    public ToolRun Run { get; init; } = new("", []);

    public string? Json { get; init; }

    public string? Report { get; init; }

    /// <summary>The title of the report; null for one that names the data.</summary>
    public string? Title { get; init; }

    /// <summary>The detector's name in the JSON, and that of the category of the data.</summary>
    public string? Detector { get; init; }

    public string? Category { get; init; }

    /// <summary>The file of the table of images, and that of regions.</summary>
    public string? Images { get; init; }

    public string? Regions { get; init; }

    /// <summary>How many of the worst images are printed.</summary>
    public int Worst { get; init; }

    /// <summary>Whether a row for each folder of defects is shown.</summary>
    public bool ByFolder { get; init; }

    /// <summary>The option that needs each image by itself; null where none does.</summary>
    public string? NeedsImages =>
        Images is not null ? "--images"
        : Regions is not null ? "--regions"
        : Worst > 0 ? "--worst"
        : ByFolder ? "--by-folder"
        : null;

    /// <summary>What needs each image by itself: such an option, or a number that is asked for; null where nothing does.</summary>
    public string? KeepsImages =>
        NeedsImages ?? Settings.Asked.Find(asked => asked.NeedsImages).MatchUnsafe(asked => $"--metrics {asked.Name}", () => null);

    public ImmutableArray<Requirement> Required { get; init; } = [];

    /// <summary>The thresholds to count at, with where they come from.</summary>
    public ImmutableArray<ThresholdChoice> Thresholds { get; init; } = [];

    /// <summary>Whether numbers come with intervals.</summary>
    public IntervalChoices Intervals { get; init; } = new();

    public bool Quiet { get; init; }

    /// <summary>Whether the names of --metrics are asked for, and nothing else.</summary>
    public bool ListsMetrics { get; init; }

    /// <summary>Why there are no pixels, as the end of a sentence; null where there may be.</summary>
    public string? NoPixels { get; init; }

    /// <summary>Whether a table of categories or a state file has the names of detector and category, beside JSON and report.</summary>
    public bool IsNamedElsewhere { get; init; }

    /// <summary>Whether nothing is computed.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>The threshold files, with the options that name them.</summary>
    public Seq<NamedFile> ThresholdFiles =>
        toSeq(
            Thresholds.Where(threshold => threshold.Chosen is not null).Select(threshold => new NamedFile(threshold.Option, threshold.Text))
        );

    /// <summary>Refuses thresholds that were chosen where the other scores are anomalous.</summary>
    public Fin<Unit> Fit(bool lowerIsAnomalous) =>
        Thresholds.Select(threshold => threshold.Fits(lowerIsAnomalous)).FirstOrDefault(fits => fits.IsFail, unit);

    /// <summary>The same for a category, whose thresholds may be its own.</summary>
    public Fin<ResultChoices> In(string category) =>
        toSeq(Thresholds)
            .Map(threshold => threshold.In(category))
            .Sequence()
            .Map(all => all.Fold(this with { Thresholds = [] }, (choices, threshold) => choices.With(threshold)));

    private ResultChoices With(ThresholdChoice threshold) =>
        this with
        {
            Settings =
                threshold.Level == Levels.Pixel
                    ? Settings with
                    {
                        PixelThreshold = threshold.Value,
                    }
                    : Settings with
                    {
                        Threshold = threshold.Value,
                    },
            Thresholds = Thresholds.Add(threshold),
        };

    public static OptionSet<ResultChoices> Options { get; } =
        OptionSet<ResultChoices>
            .None.Number(
                "--fpr-limit",
                "AUPRO integrates up to this false positive rate [default: 0.3]",
                x => x is > 0 and <= 1,
                "a number above 0 and at most 1",
                (choices, limit) => choices with { Settings = choices.Settings with { FprLimit = limit } },
                choices => choices.NoPixels
            )
            .Number(
                "--default-threshold",
                "the threshold when no row is anomalous [default: 0.5]",
                double.IsFinite,
                "a finite number",
                (choices, threshold) => choices with { Settings = choices.Settings with { DefaultThreshold = threshold } }
            )
            .Parsed(
                "--threshold",
                "NUMBER|FILE",
                "count at this threshold too, of images or rows: tp, fp, fn, tn, precision, recall and F1 there; a file of fmetrics threshold ({category} in its name: one of each), or a real number, and 0.7 is above float32's 0.7",
                text => ThresholdChoice.Parse(Levels.Image, text),
                (choices, threshold) => choices.With(threshold)
            )
            .Parsed(
                "--pixel-threshold",
                "NUMBER|FILE",
                "the same of pixels",
                text => ThresholdChoice.Parse(Levels.Pixel, text),
                (choices, threshold) => choices.With(threshold)
            )
            .Parsed(
                "--metrics",
                "NAMES|list",
                "show these numbers too, with commas between them, such as fpr95,tpr@fpr=0.01,pauroc@0.1; list explains each name",
                MetricNames.Parse,
                (choices, names) => choices with { Settings = choices.Settings with { Asked = names.Asked }, ListsMetrics = names.IsList }
            )
            .And(
                IntervalChoices.Options,
                choices => choices.Intervals,
                (choices, intervals) => choices with { Intervals = intervals },
                choices => choices.IsDryRun ? "with --dry-run, which computes no numbers" : null
            )
            .Text(
                "--images",
                "FILE",
                "write a table of the images, .csv, .json or .parquet: what the pixel threshold finds of each, and AUPIMO",
                (choices, path) => choices with { Images = path },
                choices => choices.NoPixels
            )
            .Text(
                "--regions",
                "FILE",
                "write a table of the regions: box, size, largest score, and whether half of it is found at the pixel threshold",
                (choices, path) => choices with { Regions = path },
                choices => choices.NoPixels
            )
            .Whole(
                "--worst",
                "N",
                "print the N images of which most is missed, and the N with most false alarms",
                x => x >= 1,
                "a whole number from 1 on",
                (choices, count) => choices with { Worst = count },
                choices => choices.NoPixels ?? (choices.Quiet ? "with --quiet, which prints no table" : null)
            )
            .Flag(
                "--by-folder",
                "show which kind of defect is missed: a row for each folder, also with --images, --regions and --worst",
                choices => choices with { ByFolder = true },
                choices => choices.NoPixels
            )
            .Text(
                "--json",
                "FILE|-",
                "write the numbers as JSON to a file, or - for standard output",
                (choices, path) => choices with { Json = path },
                choices => choices is { IsDryRun: true, Json: "-" } ? "with --dry-run, which computes no numbers" : null
            )
            .Parsed(
                "--report",
                "FILE",
                "write a self-contained HTML report with the curves; of several categories one with their table",
                Page,
                (choices, path) => choices with { Report = path }
            )
            .Text(
                "--title",
                "TEXT",
                "the report's title, such as 'PatchCore on bottle' [default: one that names the folder or file]",
                (choices, title) => choices with { Title = title },
                choices => choices.Report is null ? "without --report" : null
            )
            .Text(
                "--detector",
                "NAME",
                "the detector's name, which the JSON then has: fmetrics table sets detectors side by side",
                (choices, name) => choices with { Detector = name },
                choices => choices.Nameless
            )
            .Text(
                "--category",
                "NAME",
                "the category of the data, which the JSON then has: fmetrics table has a row for each",
                (choices, name) => choices with { Category = name },
                choices => choices.Nameless
            )
            .Many(
                "--require",
                "CONDITION",
                "exit with 3 when it does not hold: a number's path in the JSON, one of >= > <= <, and a bound, quoted for the shell: 'image.auroc>=0.98'; any number of times",
                Requirement.Parse,
                (choices, required) => choices with { Required = required }
            )
            .Flag("--quiet", "print nothing but errors (and the JSON of --json -)", choices => choices with { Quiet = true });

    /// <summary>Why there is nothing that would name the detector or the category, as the end of a sentence; null where there is.</summary>
    private string? Nameless => Json is null && Report is null && !IsNamedElsewhere ? "without --json or --report, which have it" : null;

    /// <summary>The name of a page.</summary>
    public static Fin<string> Page(string path) =>
        Path.GetExtension(path).ToLowerInvariant() is ".pdf" or ".png" or ".svg" or ".jpg" or ".docx"
            ? Error.New($"'{path}' is named as another kind of file; a report is a page: name it .html (a browser prints it as PDF)")
            : FinSucc(path);
}
