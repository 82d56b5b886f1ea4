using FunctionalMetrics.Core;

namespace FunctionalMetrics.Cli;

/// <summary>All that a user chooses of an evaluation.</summary>
internal sealed record EvaluateChoices
{
    public EvaluateInput Input { get; init; } = new();

    /// <summary>Bins of scores, 2^bits; exact without.</summary>
    public int? Approximate { get; init; }

    public long? MaxMemory { get; init; }

    public string? State { get; init; }

    /// <summary>Whether the state keeps each image by itself.</summary>
    public bool KeepImages { get; init; }

    public string? Cluster { get; init; }

    /// <summary>Whether silos compare all of each file with what is here.</summary>
    public bool VerifyFull { get; init; }

    public ClusterChoices Access { get; init; } = new();

    public ResultChoices Results { get; init; } = new();

    public bool DryRun { get; init; }

    /// <summary>Whether each folder is a category.</summary>
    public bool Categories { get; init; }

    /// <summary>The file of types of defects, where maps are judged by those.</summary>
    public string? DefectsConfig { get; init; }

    /// <summary>The pattern of photographs, over which the report's pictures show the maps.</summary>
    public string? Photos { get; init; }

    public TableChoices Table { get; init; } = new();

    /// <summary>Whether several categories are evaluated, each by itself.</summary>
    public bool AreCategories => Categories || CategoryInputs.AreNamed(Input);

    public static OptionSet<EvaluateChoices> Options { get; } =
        OptionSet<EvaluateChoices>
            .None.And(EvaluateInput.Options, choices => choices.Input, (choices, input) => choices with { Input = input })
            .Whole(
                "--approximate",
                "BITS",
                "count scores in 2^BITS bins, in memory that does not grow with the data, and give intervals certain to hold each number",
                x => x is >= 1 and <= BoundedRankState.MostBits,
                $"a whole number from 1 to {BoundedRankState.MostBits}",
                (choices, bits) => choices with { Approximate = bits }
            )
            .Size(
                "--max-memory",
                "read the files as often as it takes to stay within so much memory, such as 256MB or 1GiB; the numbers stay exact",
                (choices, bytes) => choices with { MaxMemory = bytes }
            )
            .Text(
                "--state",
                "FILE",
                "write a state file, to be merged with those of other shards and shown",
                (choices, path) => choices with { State = path }
            )
            .Flag(
                "--keep-images",
                "let the state file keep each image by itself, for --images, --regions, --worst and --by-folder of show",
                choices => choices with { KeepImages = true },
                choices => choices.State is null ? "without --state" : choices.Input.NoPixels
            )
            .Text(
                "--cluster",
                "redis://HOST:PORT",
                "let the silos of a cluster do it, which read the files at the same paths",
                (choices, place) => choices with { Cluster = place }
            )
            .Choice(
                "--verify",
                "full",
                "silos compare every byte of a file with what is here [default: its size and 16 blocks]",
                choices => choices with { VerifyFull = true },
                choices => choices.Cluster is null ? "without --cluster" : null
            )
            .And(
                ClusterChoices.Options,
                choices => choices.Access,
                (choices, access) => choices with { Access = access },
                choices => choices.Cluster is null ? "without --cluster" : null
            )
            .Flag(
                "--dry-run",
                "print which files go together, their sizes and labels, and why; compute and write nothing",
                choices => choices with { DryRun = true }
            )
            .Flag(
                "--categories",
                "each folder in DIR (or in --maps and --masks) is a category: a row each, and their mean; {category} in a pattern does it too",
                choices => choices with { Categories = true }
            )
            .Text(
                "--defects-config",
                "FILE",
                "judge defects as MVTec LOCO does: AU-sPRO of each kind of anomaly; FILE is its defects_config.json, and each mask is one defect",
                (choices, path) => choices with { DefectsConfig = path }
            )
            .And(
                TableChoices.Options("--table"),
                choices => choices.Table,
                (choices, table) => choices with { Table = table },
                choices =>
                    choices.AreCategories || choices.DefectsConfig is not null
                        ? null
                        : "without --categories, {category} or --defects-config; of one category, 'fmetrics table' makes it from the JSON of --json"
            )
            .And(
                ResultChoices.Options,
                choices =>
                    choices.Results with
                    {
                        NoPixels = choices.Input.NoPixels,
                        IsDryRun = choices.DryRun,
                        IsNamedElsewhere = choices.AreCategories || choices.State is not null,
                    },
                (choices, results) => choices with { Results = results }
            )
            .Parsed(
                "--photos",
                "PATTERN",
                "photographs of the images, such as 'test/{name}.png', over which the report shows the maps of the worst images",
                Photograph.Pattern,
                (choices, pattern) => choices with { Photos = pattern },
                choices => choices.Results.Report is null ? "without --report" : choices.Input.NoPixels
            );
}
