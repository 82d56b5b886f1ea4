using LanguageExt;
using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>Who reads an evaluation's files, and how often: a value that is made of the choices and of what kind of files they name.</summary>
internal abstract record Plan
{
    private Plan() { }

    /// <summary>The plan for some choices, or why they do not go together.</summary>
    /// <param name="choices">What the user chose.</param>
    /// <param name="isRawStack">Whether these are maps that it costs less to read twice than to hold; asked only where it matters.</param>
    public static Fin<Plan> For(EvaluateChoices choices, Func<bool> isRawStack)
    {
        var keepsScores =
            choices.State is not null
            || choices.Results.Report is not null
            // Whether these are the data that a threshold was chosen on is told by every score.
            || choices.Results.Thresholds.Any(threshold => threshold.Chosen is not null)
            || choices.Results.Settings.Asked.Exists(asked => asked.NeedsNormalScores);
        var images =
            choices.Results.KeepsImages
            ?? (choices.KeepImages ? "--keep-images" : null)
            ?? (choices.Results.Intervals.Level is not null ? "--intervals" : null)
            ?? (choices.Photos is not null ? "--photos" : null);
        // A report tells of images one by one where it can.
        var tells = images is not null || choices.Results.Report is not null;
        return (choices.MaxMemory, choices.Cluster, choices.Approximate) switch
        {
            var (limit, _, bits) when images is not null && (limit is not null || bits is not null) => Error.New(
                $"{images} does not go with {(limit is not null ? "--max-memory" : "--approximate")}: it needs each image by itself, in memory"
            ),
            ({ }, _, _) when choices.State is not null => Apart("--state", "a state holds every score"),
            ({ }, { }, _) => Apart("--cluster", "the silos' memory is their own"),
            ({ }, _, { }) => Apart("--approximate", "it keeps its own limit, and its numbers are intervals"),
            ({ } bytes, _, _) => new Passes(bytes),
            (_, { } redis, var bits) => new OnCluster(redis, bits, keepsScores, bits is null && tells),
            (_, _, { } bits) => new InBins(bits),
            // Nothing needs each score afterwards.
            _ when !keepsScores && images is null && isRawStack() => new Passes(None),
            _ => new InMemory(tells),
        };

        static Fin<Plan> Apart(string option, string why) => Error.New($"--max-memory does not go with {option}: {why}");
    }

    /// <summary>Once, and every score is held.</summary>
    /// <param name="KeepsImages">Whether each image is held by itself.</param>
    internal sealed record InMemory(bool KeepsImages = false) : Plan;

    /// <summary>Once, and scores are counted in 2^bits bins.</summary>
    internal sealed record InBins(int Bits) : Plan;

    /// <summary>As often as a limit of memory asks for, or twice without one; no normal score is held.</summary>
    internal sealed record Passes(Option<long> MaxMemory) : Plan;

    /// <summary>By the silos of a cluster.</summary>
    /// <param name="Redis">Where the silos are found.</param>
    /// <param name="Bits">In how many bins they count, 2^bits; exactly without.</param>
    /// <param name="Whole">Whether each normal score is needed where it is exact.</param>
    /// <param name="KeepsImages">Whether each image is held by itself, with all its scores.</param>
    internal sealed record OnCluster(string Redis, int? Bits, bool Whole, bool KeepsImages = false) : Plan;
}
