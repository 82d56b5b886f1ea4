using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalMetrics.Core;

/// <summary>
/// The lowest threshold of the largest F1. It is always an anomalous score: a normal score between two of those only adds false positives.
/// 2 tp / (tp + fp + P) are compared as fractions, by whole products of 128 bits.
/// </summary>
internal static class LargestF1
{
    /// <summary>The threshold and the counts there.</summary>
    public static Reduction<(double Threshold, ConfusionMatrix Counts)> Reduction { get; } =
        new(
            (double.PositiveInfinity, default),
            OptimumOf,
            // Of two that are equal the lower one counts; that nothing was found yields to everything.
            (above, below) => below.Counts.Rows > 0 && IsAtLeast(below.Counts, above.Counts) ? below : above
        );

    /// <summary>The largest F1: of a histogram at the ends of the bins, or with each bin's anomalous rows first.</summary>
    public static SweepNumber F1 { get; } =
        new SweepNumber<(double, ConfusionMatrix Counts)>(
            Reduction,
            (best, _) => new(2 * (BigInteger)best.Counts.TruePositives, Sum(best.Counts))
        );

    /// <summary>
    /// The scores between which the threshold lies. It lies in a bin that can reach more than the largest F1 at an end; or no bin can, and it is
    /// not above the lowest of those ends.
    /// </summary>
    public static Interval Threshold(HistogramSweeps sweeps)
    {
        var (worst, best) = (sweeps.Worst, sweeps.Best);
        var (lower, highest, lowest) = (new F1Fraction(0, 1), 0, 0);
        for (var i = 0; i < worst.Count; i++)
            if (At(worst, i) is var end && end.CompareTo(lower) >= 0)
                (lower, highest) = (end, i);
        for (var i = worst.Count - 1; i >= 0; i--)
        {
            highest = At(best, i).CompareTo(lower) > 0 ? Math.Min(highest, i) : highest;
            lowest = At(best, i).CompareTo(lower) >= 0 ? Math.Max(lowest, i) : lowest;
        }
        return new(sweeps.Range(lowest).Lowest, sweeps.Range(highest).Highest);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double Threshold, ConfusionMatrix Counts) OptimumOf(ThresholdSweep sweep)
    {
        ReadOnlySpan<long> founds = sweep.TruePositives;
        ReadOnlySpan<long> mistaken = sweep.FalsePositives;
        var (best, bestFound, bestSum, all) = (0, 0ul, 1ul, sweep.Positives);
        for (var i = 0; i < founds.Length; i++)
        {
            var (found, sum) = ((ulong)founds[i], (ulong)(founds[i] + mistaken[i] + all));
            if (Math.BigMul(found, bestSum) >= Math.BigMul(bestFound, sum))
                (best, bestFound, bestSum) = (i, found, sum);
        }
        return (sweep.Thresholds[best], sweep.CountsAt(best));
    }

    /// <summary>Whether the first F1 is no smaller, as fractions; both are of the same rows.</summary>
    private static bool IsAtLeast(ConfusionMatrix first, ConfusionMatrix second) =>
        Math.BigMul((ulong)first.TruePositives, Sum(second)) >= Math.BigMul((ulong)second.TruePositives, Sum(first));

    /// <summary>tp + fp + P, half the denominator.</summary>
    private static ulong Sum(ConfusionMatrix counts) => (ulong)(2 * counts.TruePositives + counts.FalsePositives + counts.FalseNegatives);

    private static F1Fraction At(ThresholdSweep sweep, int step) =>
        new(sweep.TruePositives[step], sweep.TruePositives[step] + sweep.FalsePositives[step] + sweep.Positives);

    /// <summary>2 tp / (tp + fp + P).</summary>
    private readonly record struct F1Fraction(long Found, long Sum)
    {
        public int CompareTo(F1Fraction other) =>
            Math.BigMul((ulong)Found, (ulong)other.Sum).CompareTo(Math.BigMul((ulong)other.Found, (ulong)Sum));
    }
}
