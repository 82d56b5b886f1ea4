using System.Collections.Immutable;
using FunctionalMetrics.Core;
using FunctionalMetrics.IO;
using FunctionalMetrics.Statistics;
using LanguageExt;
using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>Which detectors to compare, as the user named them, what is asked, and where it goes.</summary>
internal sealed record CompareChoices
{
    /// <summary>State files, and folders, patterns or stacks of maps: one for each detector.</summary>
    public ImmutableArray<string> Sources { get; init; } = [];

    /// <summary>How maps are read, or the table of scores; its folder is that of the first detector.</summary>
    public EvaluateInput Input { get; init; } = new();

    /// <summary>Whether each folder is a category.</summary>
    public bool Categories { get; init; }

    public ImmutableArray<string> ScoreColumns { get; init; } = [];

    public string? IdColumn { get; init; }

    public ImmutableArray<string> Names { get; init; } = [];

    public ImmutableArray<ThresholdChoice> Thresholds { get; init; } = [];

    public ComparisonRules Rules { get; init; } = new();

    public ImmutableArray<string> Files { get; init; } = [];

    public string? Report { get; init; }

    /// <summary>The title of the report; null for one that names the detectors.</summary>
    public string? Title { get; init; }

    public string? Json { get; init; }

    public bool Quiet { get; init; }

    /// <summary>How the tool was called.</summary>
    public required ToolRun Run { get; init; }

    public static OptionSet<CompareChoices> Options { get; } =
        OptionSet<CompareChoices>
            .None.And(EvaluateInput.Options.Only("--scores"), choices => choices.Input, (choices, input) => choices with { Input = input })
            .Text(
                "--score-columns",
                "NAME,NAME",
                "the columns of scores in --scores, one for each detector",
                (choices, names) =>
                    choices with
                    {
                        ScoreColumns = [.. names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
                    },
                OfScores
            )
            .Text(
                "--id-column",
                "NAME",
                "the column of --scores that names each row where its decision flips [default: its number]",
                (choices, name) => choices with { IdColumn = name },
                OfScores
            )
            .And(
                EvaluateInput.Options.Only(
                    "--masks",
                    "--image-score",
                    "--file-column",
                    "--label-column",
                    "--positive-label",
                    "--normal-label",
                    "--mask-threshold",
                    "--normal-folder",
                    "--unmasked",
                    "--image-labels",
                    "--ignore-value",
                    "--ignore",
                    "--resize-masks",
                    "--resize-maps",
                    "--lower-is-anomalous"
                ),
                choices => choices.Input,
                (choices, input) => choices with { Input = input },
                choices => choices.AreStates ? "on state files, which are of maps that have been read" : null
            )
            .Flag(
                "--categories",
                "each folder in FILES (and in --masks) is a category: each compared by itself, and the means over them; {category} in a pattern does it too",
                choices => choices with { Categories = true },
                choices => choices.Input.Scores is not null ? "with --scores" : null
            )
            .Texts(
                "--name",
                "NAME",
                "the name of a detector, once for each in their order [default: the file, folder or column]",
                (choices, names) => choices with { Names = names }
            )
            .Many<ThresholdChoice>(
                "--threshold",
                "NUMBER|FILE",
                "the threshold of images (or rows) of a detector, once for each in their order: decisions are compared there; pixels have no such test, since those of an image are not independent",
                text => ThresholdChoice.Parse(Levels.Image, text, alone: true),
                (choices, thresholds) => choices with { Thresholds = thresholds }
            )
            .Number(
                "--level",
                "how often an interval is to hold the true difference [default: 0.95]",
                level => level is > 0 and < 1,
                "above 0 and below 1",
                (choices, level) => choices with { Rules = choices.Rules with { Level = level } }
            )
            .Number(
                "--margin",
                "test whether detectors differ by less than this",
                margin => margin > 0 && double.IsFinite(margin),
                "a finite number above 0",
                (choices, margin) => choices with { Rules = choices.Rules with { Margin = margin } }
            )
            .Number(
                "--fpr-limit",
                "the limit of the false positive rate for AUPRO [default: 0.3]",
                limit => limit is > 0 and <= 1,
                "above 0 and at most 1",
                (choices, limit) =>
                    choices with
                    {
                        Rules = choices.Rules with { Settings = choices.Rules.Settings with { FprLimit = limit } },
                    },
                choices =>
                    choices.Input.Scores is not null ? "with --scores: AUPRO needs maps"
                    : choices.Rules.Replicates == 0 ? "with --replicates 0, which leaves AUPRO out"
                    : null
            )
            .Parsed(
                "--metrics",
                "NAMES",
                "compare these numbers too, with commas between them, such as recall,tpr@fpr=0.01,aupimo; 'fmetrics evaluate --metrics list' explains each name",
                text =>
                    MetricNames
                        .Parse(text)
                        .Bind(names =>
                            names.IsList
                                ? FinFail<MetricNames>(Error.New("'list' is no name; fmetrics evaluate --metrics list explains each"))
                                : names
                        ),
                (choices, names) =>
                    choices with
                    {
                        Rules = choices.Rules with { Settings = choices.Rules.Settings with { Asked = names.Asked } },
                    },
                choices => choices.Rules.Replicates == 0 ? "with --replicates 0, which leaves them out" : null
            )
            .Whole(
                "--replicates",
                "N",
                "how often images are drawn again for AP, F1 and AUPRO; 0 leaves them out [default: 2000]",
                count => count is 0 or (>= 100 and <= 1_000_000),
                "0, or from 100 to 1000000",
                (choices, count) => choices with { Rules = choices.Rules with { Replicates = count } }
            )
            .Whole(
                "--seed",
                "N",
                "what they are drawn from [default: 0]",
                seed => seed >= 0,
                "a whole number from 0 on",
                (choices, seed) => choices with { Rules = choices.Rules with { Seed = (ulong)seed } },
                choices => choices.Rules.Replicates == 0 ? "with --replicates 0" : null
            )
            .Texts(
                "--out",
                "FILE",
                "write the table as Markdown (.md) or LaTeX (.tex); any number of times",
                (choices, files) => choices with { Files = files }
            )
            .Parsed(
                "--report",
                "FILE",
                "write a self-contained HTML report: what may be said, the table, curves over each other, and what flips",
                ResultChoices.Page,
                (choices, path) => choices with { Report = path }
            )
            .Text(
                "--title",
                "TEXT",
                "the report's title [default: the names of the detectors]",
                (choices, title) => choices with { Title = title },
                choices => choices.Report is null ? "without --report" : null
            )
            .Text(
                "--json",
                "FILE|-",
                "write the numbers as JSON to a file, or - for standard output",
                (choices, path) => choices with { Json = path }
            )
            .Flag("--quiet", "print nothing but errors (and the JSON of --json -)", choices => choices with { Quiet = true });

    /// <summary>Whether a detector is named by its maps, a folder, a pattern or a stack, rather than by a state file.</summary>
    public static bool AreMaps(string source) => AreMapsAt(CategoryInputs.Example(source));

    private static bool AreMapsAt(string source) =>
        MapDataset.IsFolder(source)
        || source.EndsWith(".npy", StringComparison.OrdinalIgnoreCase)
        || source.EndsWith(".npz", StringComparison.OrdinalIgnoreCase)
        || source.Contains(".npz:", StringComparison.OrdinalIgnoreCase);

    /// <summary>How the maps of a detector are read: with the masks that all share, or its own.</summary>
    public EvaluateInput InputOf(string source) =>
        Input.Masks is null ? Input with { Folder = source } : Input with { Folder = null, Maps = source };

    /// <summary>All that is read, with the options that name it.</summary>
    public Seq<NamedFile> Read =>
        Sources.ToSeq().Map(source => new NamedFile("FILES", source)).Concat((Input with { Folder = null }).Files);

    /// <summary>Whether several categories are compared, each by itself.</summary>
    public bool AreCategories => Categories || Sources.Any(CategoryInputs.IsNamed) || CategoryInputs.AreNamed(Input);

    private bool AreStates => Input.Scores is null && !Sources.IsEmpty && !Sources.Any(AreMaps);

    private static string? OfScores(CompareChoices choices) => choices.Input.Scores is null ? "without --scores" : null;
}
