using System.Collections.Immutable;
using FunctionalMetrics.Core;
using FunctionalMetrics.Statistics;

namespace FunctionalMetrics.Cli;

/// <summary>Which detectors to compare, as the user named them, what is asked, and where it goes.</summary>
internal sealed record CompareChoices
{
    public string? Scores { get; init; }

    public ImmutableArray<string> ScoreColumns { get; init; } = [];

    public string LabelColumn { get; init; } = "label";

    public ImmutableArray<string> PositiveLabels { get; init; } = [];

    public ImmutableArray<string> NormalLabels { get; init; } = [];

    public string? IdColumn { get; init; }

    public bool LowerIsAnomalous { get; init; }

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
            .None.Text(
                "--scores",
                "FILE",
                "a table with a column of scores for each detector, instead of state files: .csv or .tsv (also with .gz), .parquet or .npz",
                (choices, path) => choices with { Scores = path }
            )
            .Text(
                "--score-columns",
                "NAME,NAME",
                "the columns of scores, one for each detector",
                (choices, names) =>
                    choices with
                    {
                        ScoreColumns = [.. names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
                    },
                OfScores
            )
            .Text(
                "--label-column",
                "NAME",
                "the column of labels [default: label]",
                (choices, name) => choices with { LabelColumn = name },
                OfScores
            )
            .Texts(
                "--positive-label",
                "TEXT",
                "a label that means anomalous, any number of times; '*' is every label that is not named [default: 1 or true]",
                (choices, texts) => choices with { PositiveLabels = texts },
                OfScores
            )
            .Texts(
                "--normal-label",
                "TEXT",
                "a label that means normal, any number of times; '*' is every label that is not named [default: 0 or false]",
                (choices, texts) => choices with { NormalLabels = texts },
                OfScores
            )
            .Text(
                "--id-column",
                "NAME",
                "the column that names each row where its decision flips [default: its number]",
                (choices, name) => choices with { IdColumn = name },
                OfScores
            )
            .Flag(
                "--lower-is-anomalous",
                "low scores are the anomalous ones, in all columns (a state file remembers its own)",
                choices => choices with { LowerIsAnomalous = true },
                OfScores
            )
            .Texts(
                "--name",
                "NAME",
                "the name of a detector, once for each in their order [default: the file or the column]",
                (choices, names) => choices with { Names = names }
            )
            .Many<ThresholdChoice>(
                "--threshold",
                "NUMBER|FILE",
                "the threshold of images (or rows) of a detector, once for each in their order: their decisions are compared there",
                text => ThresholdChoice.Parse(Levels.Image, text),
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
                choices => choices.Scores is not null ? "with --scores: AUPRO needs maps" : null
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

    private static string? OfScores(CompareChoices choices) => choices.Scores is null ? "without --scores" : null;
}
