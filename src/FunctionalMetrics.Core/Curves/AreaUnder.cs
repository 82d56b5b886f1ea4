using System.Numerics;
using System.Runtime.CompilerServices;
using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>
/// The trapezoid area under a curve of false positive rate against height (true positive rate or PRO), for rates from 0 to a limit, in exact
/// integers: the limit is the fraction that its double is, whole trapezoids are summed in 256 bits, and the one that the limit cuts is a
/// fraction of its own.
/// </summary>
internal static class AreaUnder
{
    /// <summary>The area, which is at most the limit.</summary>
    public static double Of(ThresholdSweep sweep, double limit)
    {
        var (doubled, scale) = Doubled(sweep, limit);
        return Ratio.Round(doubled, scale * 2 * sweep.Top * sweep.Negatives);
    }

    /// <summary>The area divided by the limit, which is at most 1.</summary>
    public static double Normalized(ThresholdSweep sweep, double limit)
    {
        var (numerator, denominator) = NormalizedExactly(sweep, limit);
        return Ratio.Round(numerator, denominator);
    }

    /// <summary>The same as a fraction.</summary>
    public static (BigInteger Numerator, BigInteger Denominator) NormalizedExactly(ThresholdSweep sweep, double limit)
    {
        var area = new DoubledArea(sweep.Negatives, limit);
        area.Add(sweep);
        return area.Normalized(sweep.Top);
    }

    /// <summary>Twice the area in units of (1 / N) x (1 / Top), as a fraction.</summary>
    private static (BigInteger Numerator, BigInteger Denominator) Doubled(ThresholdSweep sweep, double limit)
    {
        var area = new DoubledArea(sweep.Negatives, limit);
        area.Add(sweep);
        return area.Finish();
    }
}

/// <summary>
/// Twice the area under a curve up to a limit of the false positive rate, in units of (1 / N) x (1 / Top): of a sweep, or of the parts of one
/// from the highest scores down.
/// </summary>
internal sealed class DoubledArea
{
    private readonly (BigInteger Numerator, BigInteger Denominator) limit;
    private readonly BigInteger edge;
    private readonly long whole;
    private readonly long negatives;
    private UInt256 area;
    private long x;
    private UInt128 height;
    private (BigInteger Numerator, BigInteger Denominator)? cut;

    public DoubledArea(long negatives, double limit)
    {
        this.limit = Ratio.Exact(limit);
        this.negatives = negatives;
        edge = negatives * this.limit.Numerator;
        whole = (long)(edge / this.limit.Denominator);
    }

    /// <summary>Goes on through the thresholds of a sweep, unless the limit is passed.</summary>
    public void Add(ThresholdSweep sweep)
    {
        if (cut is not null)
            return;
        var within = sweep.UpTo(whole);
        area += sweep.Part(..within).Over(Trapezoids, (a, b) => a + b);
        (x, height) = (within == 0 ? sweep.Before.FalsePositives : sweep.FalsePositives[within - 1], sweep.HeightBefore(within));
        if (within == sweep.Count)
            return;
        var (above, at) = (sweep.FalsePositivesAbove[within], sweep.FalsePositives[within]);
        cut =
            above > whole
                ? Cut(area, x, above - x, height, height)
                : Cut(area + Along(height, above - x), above, at - above, height, sweep.HeightBefore(within + 1));
    }

    /// <summary>Twice the area under a sweep: first along the normal scores above each threshold, where the height stays; then up with those that equal it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static UInt256 Trapezoids(ThresholdSweep sweep)
    {
        ReadOnlySpan<long> above = sweep.FalsePositivesAbove;
        ReadOnlySpan<long> at = sweep.FalsePositives;
        ReadOnlySpan<UInt128> weights = sweep.Weights;
        ReadOnlySpan<long> found = sweep.TruePositives;
        var (sum, from, level) = (default(ProductSum), sweep.Before.FalsePositives, sweep.HeightBefore(0));
        for (var i = 0; i < at.Length; i++)
        {
            var next = weights.IsEmpty ? (UInt128)(ulong)found[i] : weights[i];
            sum.Add(level, 2 * (ulong)(above[i] - from));
            if (at[i] > above[i])
                sum.Add(level + next, (ulong)(at[i] - above[i]));
            (from, level) = (at[i], next);
        }
        return sum.Total;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static UInt256 Along(UInt128 height, long width) => UInt256.Product(height, 2 * (ulong)width);

    /// <summary>The area when no threshold is left: along the normal scores below all of them.</summary>
    public (BigInteger Numerator, BigInteger Denominator) Finish() =>
        cut
        ?? (negatives > whole ? Cut(area, x, negatives - x, height, height) : ((area + Along(height, negatives - x)).ToBigInteger(), 1));

    /// <summary>The share of the largest area that there can be up to the limit, where the curve ends at a height.</summary>
    public (BigInteger Numerator, BigInteger Denominator) Normalized(UInt128 top)
    {
        var (doubled, scale) = Finish();
        return (doubled * limit.Denominator, scale * 2 * top * negatives * limit.Numerator);
    }

    /// <summary>
    /// The area so far and the part d = offset / q of a trapezoid that begins at some x, of some width, from one height to another.
    /// </summary>
    private (BigInteger, BigInteger) Cut(UInt256 sum, long start, BigInteger width, BigInteger from, BigInteger to)
    {
        var q = limit.Denominator;
        var (offset, scale) = (edge - start * q, q * q * width);
        return (sum.ToBigInteger() * scale + offset * (2 * from * q * width + offset * (to - from)), scale);
    }
}
