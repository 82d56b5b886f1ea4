using FunctionalMetrics.IO;

namespace FunctionalMetrics.Cli;

/// <summary>Which unlabelled files to describe, as the user named them, and where the numbers go.</summary>
internal sealed record DescribeChoices
{
    public string? Scores { get; init; }

    public string? Maps { get; init; }

    public string ScoreColumn { get; init; } = "score";

    public string? Folder { get; init; }

    public string? Json { get; init; }

    public bool Quiet { get; init; }

    public static OptionSet<DescribeChoices> Options { get; } =
        OptionSet<DescribeChoices>
            .None.Text("--scores", "FILE", $"scores: {ScoreFile.Extensions}", (choices, path) => choices with { Scores = path })
            .Text(
                "--maps",
                "PATH",
                "anomaly maps: a folder, a file, or a .npy/.npz stack of shape (N, H, W)",
                (choices, path) => choices with { Maps = path }
            )
            .Text(
                "--score-column",
                "NAME",
                "the column of scores [default: score]",
                (choices, name) => choices with { ScoreColumn = name },
                choices => choices.Scores is null ? "without --scores" : null
            )
            .Text(
                "--out",
                "DIR",
                "write log_mean.npy and log_std.npy, one value for each pixel position, to this folder",
                (choices, path) => choices with { Folder = path }
            )
            .Text(
                "--json",
                "FILE|-",
                "write the numbers as JSON to a file, or - for standard output",
                (choices, path) => choices with { Json = path }
            )
            .Flag("--quiet", "print nothing but errors (and the JSON of --json -)", choices => choices with { Quiet = true });
}
