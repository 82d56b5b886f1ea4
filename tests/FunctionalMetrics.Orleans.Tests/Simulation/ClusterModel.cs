namespace FunctionalMetrics.Orleans.Tests;

/// <summary>
/// What a job costs where, from constants that <c>FunctionalMetrics.Orleans.Tests measure</c> prints and from what the machines are. Times are
/// seconds, sizes bytes.
/// </summary>
internal sealed record ClusterModel
{
    /// <summary>Reading a pixel, making its state and checking it, on one processor.</summary>
    public double FoldNanoseconds { get; init; } = 12.7;

    /// <summary>Counting a normal pixel at the thresholds, on one processor.</summary>
    public double CountNanoseconds { get; init; } = 6.1;

    /// <summary>An anomalous pixel, with its region, on its way up.</summary>
    public double GatherBytes { get; init; } = 2.11;

    /// <summary>A threshold on its way down.</summary>
    public double ThresholdBytes { get; init; } = 1.43;

    /// <summary>What a threshold's two counts take on their way up.</summary>
    public double CountBytes { get; init; } = 1.91;

    /// <summary>Decoding and merging what a threshold brings, on one processor.</summary>
    public double MergeNanoseconds { get; init; } = 48;

    /// <summary>A pixel in the memory of the worker that holds it.</summary>
    public double HeldBytes { get; init; } = 5.1;

    public double Pixels { get; init; } = 1e12;

    public double Anomalous { get; init; } = 1e7;

    public int Workers { get; init; } = 1000;

    public int Shards { get; init; } = 16384;

    public int Processors { get; init; } = 4;

    /// <summary>Bytes a second between two machines.</summary>
    public double Bandwidth { get; init; } = 1.25e9;

    /// <summary>From the death of a silo to the moment that others know of it.</summary>
    public double Detection { get; init; } = 8;

    /// <summary>One worker in so many is a straggler, and this many times slower.</summary>
    public (int OneIn, double Times) Stragglers { get; init; } = (20, 5);

    /// <summary>Seconds between two deaths of one worker's silo, on average.</summary>
    public double MeanLife { get; init; } = 100_000;

    public double ReadSeconds => Pixels / Shards * FoldNanoseconds / 1e9;

    /// <summary>Levels of the tree below the root.</summary>
    public int Depth => Enumerable.Range(0, 32).First(depth => Reach(depth) >= Workers);

    /// <summary>Gathering: the root's children bring nearly everything, those below them a share each.</summary>
    public double GatherSeconds =>
        Enumerable
            .Range(0, Depth)
            .Sum(level => Anomalous / Math.Pow(ReductionTree.FanOut, level) * (GatherBytes / Bandwidth + MergeNanoseconds / 1e9));

    /// <summary>Telling the thresholds, counting, and bringing the counts up, each level from all its children.</summary>
    public double CountSeconds =>
        Depth * ReductionTree.FanOut * Anomalous * ((ThresholdBytes + CountBytes) / Bandwidth + MergeNanoseconds / 1e9)
        + Pixels / Workers / Processors * CountNanoseconds / 1e9 * Stragglers.Times;

    /// <summary>All that goes from one worker to another.</summary>
    public double Traffic =>
        Enumerable.Range(0, Depth).Sum(level => Anomalous * (1 - Reach(level) / (double)Workers)) * GatherBytes
        + (Workers - 1) * Anomalous * (ThresholdBytes + CountBytes);

    public double MemoryOfWorker => Pixels / Workers * HeldBytes;

    private static long Reach(int depth) => Enumerable.Range(0, depth + 1).Sum(level => (long)Math.Pow(ReductionTree.FanOut, level));
}
