using FunctionalMetrics.Core;

namespace FunctionalMetrics.Cli;

/// <summary>Whether numbers come with intervals, and how images are drawn for them.</summary>
internal sealed record IntervalChoices
{
    /// <summary>How often an interval is to hold the true number; null without intervals.</summary>
    public double? Level { get; init; }

    /// <summary>What images are drawn from.</summary>
    public int Seed { get; init; }

    /// <summary>How often they are drawn.</summary>
    public int Replicates { get; init; } = ReplicateTable.UsualReplicates;

    /// <summary>Whether points of the curves are drawn too, as a report shows them.</summary>
    public bool Bands { get; init; }

    /// <summary>The number of the category among several, counted from 0: the images of each are drawn apart. Null of one data set.</summary>
    public int? Category { get; init; }

    public static OptionSet<IntervalChoices> Options { get; } =
        OptionSet<IntervalChoices>
            .None.Number(
                "--intervals",
                "show how sure each rate and area is: an interval that is to hold the true one so often, such as 0.95; AUROC of images by DeLong, of pixels by image, others by drawing images again",
                level => level is > 0 and < 1,
                "a number between 0 and 1, such as 0.95",
                (choices, level) => choices with { Level = level }
            )
            .Whole(
                "--replicates",
                "N",
                "how often --intervals draws the images again [default: 2000]",
                count => count is >= 100 and <= 1_000_000,
                "a whole number from 100 to 1000000",
                (choices, count) => choices with { Replicates = count },
                choices => choices.Level is null ? "without --intervals" : null
            )
            .Whole(
                "--seed",
                "N",
                "the number that the draws of --intervals begin with [default: 0]; the same one gives the same intervals",
                seed => seed >= 0,
                "a whole number from 0 on",
                (choices, seed) => choices with { Seed = seed },
                choices => choices.Level is null ? "without --intervals" : null
            );
}
