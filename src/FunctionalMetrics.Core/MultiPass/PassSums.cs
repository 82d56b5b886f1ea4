using System.Collections.Immutable;
using FunctionalMetrics.Core.Numerics;
using LanguageExt;

namespace FunctionalMetrics.Core;

/// <summary>What reductions find in the slices of a sweep, which come from the highest scores down and are forgotten.</summary>
internal sealed class PassSums(IEnumerable<IReduction> reductions)
{
    private readonly Dictionary<IReduction, IRunningSum> running = reductions.ToDictionary(
        reduction => reduction,
        reduction => reduction.Begin()
    );

    /// <summary>Whether nothing is asked for.</summary>
    public bool IsEmpty => running.Count == 0;

    /// <summary>Adds the next slice, which has a threshold at least.</summary>
    public void Add(ThresholdSweep slice)
    {
        foreach (var sum in running.Values)
            sum.Add(slice);
    }

    public TSum Of<TSum>(Reduction<TSum> reduction) => ((Reduction<TSum>.Running)running[reduction]).Sum;
}

/// <summary>What passes found of a level, and its counts at some thresholds.</summary>
internal sealed record PassRanking(
    long Positives,
    long Negatives,
    Option<long> Regions,
    ExtremaState Extremes,
    PassSums Sums,
    PassCounts Counts
) : ExactRanking(Positives, Negatives, Regions)
{
    /// <summary>Whether scores are float64.</summary>
    public bool IsWide { get; init; }

    /// <summary>The scores of the normal rows that were looked for, and how many normal rows have at least that score.</summary>
    public ImmutableDictionary<long, (double Score, long AtLeast)> NormalScores { get; init; } =
        ImmutableDictionary<long, (double, long)>.Empty;

    /// <summary>What passes over the swapped classes found, where that is asked for.</summary>
    public Option<PassRanking> Swapped { get; init; }

    public override Option<Ranking> Twin => Swapped.Map(Ranking (twin) => twin);

    public override ExtremaState Extrema => Extremes;

    public override Option<SweepPoint> Located(SweepPoint point)
    {
        if (!NormalScores.TryGetValue(point.NormalRow, out var normal))
            return base.Located(point);
        var (tp, fn) = (point.Counts.TruePositives, point.Counts.FalseNegatives);
        return new SweepPoint(normal.Score, new(tp, normal.AtLeast, fn, Negatives - normal.AtLeast));
    }

    public override TSum Of<TSum>(Reduction<TSum> reduction) => Sums.Of(reduction);

    public override (ConfusionMatrix Worst, ConfusionMatrix Best) At(double threshold)
    {
        var (tp, fp) = Counts.AtLeast(threshold);
        var counts = new ConfusionMatrix(tp, fp, Positives - tp, Negatives - fp);
        return (counts, counts);
    }
}

/// <summary>How many rows of each class are at least each of some thresholds. Rows are added from any thread.</summary>
internal sealed class PassCounts(ImmutableArray<double> thresholds)
{
    private readonly long[] positives = new long[thresholds.Length];
    private readonly long[] negatives = new long[thresholds.Length];

    public void Add(Chunk normal, Chunk anomalous)
    {
        Add(normal, negatives);
        Add(anomalous, positives);
    }

    public (long Positives, long Negatives) AtLeast(double threshold) =>
        thresholds.IndexOf(threshold) is var index ? (positives[index], negatives[index]) : default;

    private void Add(Chunk rows, long[] counts)
    {
        var bag = KeyBag.Empty.Add(rows);
        for (var i = 0; i < counts.Length; i++)
            Interlocked.Add(ref counts[i], KeyBag.CountAtLeast(bag, thresholds[i]));
    }
}
