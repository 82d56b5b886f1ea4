using System.Numerics;
using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>
/// What a histogram leaves open of the areas under the precision-recall curve. Their worst and best sweep do not bound them: rows of a bin that
/// are tied give another area than the same rows one by one.
/// </summary>
internal static class PrecisionBounds
{
    /// <summary>About how many precisions are summed one by one: half a second's work at worst.</summary>
    private const int MostTerms = 1 << 22;

    /// <summary>Each bin's normal rows first and then its anomalous ones, one by one; or these all tied, and then the normal ones.</summary>
    /// <param name="sweeps">The histogram.</param>
    /// <param name="upper">The sum of the latter.</param>
    public static Interval Steps(HistogramSweeps sweeps, UInt128 upper)
    {
        if (IsKnown(sweeps))
            return Interval.Known(PrecisionSums.Steps.Of(sweeps.Worst));
        var lower = UInt128.Zero;
        for (var i = 0; i < sweeps.Count; i++)
            lower += Precisions(sweeps, i, sweeps.Worst.FalsePositives[i], atMost: false);
        return Outward(sweeps, lower, upper, 64);
    }

    /// <summary>Each bin's normal rows first and then its anomalous ones, all tied; or these one by one, and then the normal ones.</summary>
    /// <param name="sweeps">The histogram.</param>
    /// <param name="lower">The sum of the former.</param>
    public static Interval Trapezoids(HistogramSweeps sweeps, UInt128 lower)
    {
        if (IsKnown(sweeps))
            return Interval.Known(PrecisionSums.Trapezoids.Of(sweeps.Worst));
        var (upper, best) = (UInt128.Zero, sweeps.Best);
        for (var i = 0; i < sweeps.Count; i++)
        {
            var (before, after) = (Found(best, i), best.TruePositives[i]);
            var (above, at) = (best.FalsePositivesAbove[i], best.FalsePositives[i]);
            var (start, end) = (before + above == 0 ? UInt128.One << 64 : Precision(before, above), Precision(after, at));
            upper += sweeps.IsKnown(i)
                ? (ulong)(after - before) * (start + end)
                : start + 2 * Precisions(sweeps, i, at, atMost: true) - end;
        }
        return Outward(sweeps, lower, upper, 65);
    }

    /// <summary>Whether no bin leaves a precision open: each with anomalous rows has one score, or has no normal row in it or above it.</summary>
    private static bool IsKnown(HistogramSweeps sweeps)
    {
        for (var i = 0; i < sweeps.Count; i++)
            if (!sweeps.IsKnown(i) && sweeps.Worst.FalsePositives[i] > 0)
                return false;
        return true;
    }

    /// <summary>
    /// The sum of the precisions at the anomalous rows of a bin, one after the other or all tied, below so many normal rows; 64 fraction
    /// bits. Precision is concave in the row, so of a run of rows it is at least their number times the mean of the first and the last, and
    /// at most that times the one in the middle: where there are more rows than time to sum them, runs stand for them, and the bounds hold.
    /// </summary>
    private static UInt128 Precisions(HistogramSweeps sweeps, int step, long normal, bool atMost)
    {
        var (before, after) = (Found(sweeps.Worst, step), sweeps.Worst.TruePositives[step]);
        if (sweeps.IsKnown(step) || normal == 0)
            return (ulong)(after - before) * Precision(after, normal);
        var longest = 1 + (after - before - 1) / Math.Max(64, MostTerms / sweeps.Count);
        var sum = UInt128.Zero;
        for (var first = before + 1; first <= after; first += longest)
        {
            var last = Math.Min(after, first + longest - 1);
            sum +=
                first == last ? Precision(first, normal)
                : atMost ? (ulong)(last - first + 1) * Precision(first + last, 2 * normal)
                : (ulong)(last - first + 1) * (Precision(first, normal) + Precision(last, normal)) / 2;
        }
        return sum;
    }

    private static long Found(ThresholdSweep sweep, int step) => step == 0 ? 0 : sweep.TruePositives[step - 1];

    private static UInt128 Precision(long tp, long fp) => Ratio.Fixed64(tp, tp + fp);

    /// <summary>Sums of P ratios, or of twice as many, each up to one unit too small as is every sum of the exact metrics.</summary>
    private static Interval Outward(HistogramSweeps sweeps, UInt128 lower, UInt128 upper, int fraction)
    {
        var positives = sweeps.Worst.Positives;
        var (slack, whole) = ((UInt128)positives << (fraction - 64), (BigInteger)positives << fraction);
        return new(Ratio.Down(lower > slack ? lower - slack : 0, whole), Math.Min(1, Ratio.Up(upper + slack, whole)));
    }
}
