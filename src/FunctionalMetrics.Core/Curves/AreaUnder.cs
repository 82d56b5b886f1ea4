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
        var (doubled, scale) = Doubled(sweep, limit);
        var (numerator, denominator) = Ratio.Exact(limit);
        return (doubled * denominator, scale * 2 * sweep.Top * sweep.Negatives * numerator);
    }

    /// <summary>Twice the area in units of (1 / N) x (1 / Top), as a fraction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (BigInteger Numerator, BigInteger Denominator) Doubled(ThresholdSweep sweep, double limit)
    {
        var (p, q) = Ratio.Exact(limit);
        var edge = sweep.Negatives * p;
        var whole = (long)(edge / q);
        var area = default(UInt256);
        var (x, height) = (0L, UInt128.Zero);
        for (var i = 0; i <= sweep.Count; i++)
        {
            // First along the normal scores above threshold i, where the height stays; then up with those that equal it.
            var above = i < sweep.Count ? sweep.FalsePositivesAbove[i] : sweep.Negatives;
            if (above > whole)
                return Cut(area, edge - x * q, q, above - x, height, height);
            area += UInt256.Product(height, 2 * (ulong)(above - x));
            if (i == sweep.Count)
                break;
            var (at, next) = (sweep.FalsePositives[i], sweep.HeightBefore(i + 1));
            if (at > whole)
                return Cut(area, edge - above * q, q, at - above, height, next);
            area += UInt256.Product(height + next, (ulong)(at - above));
            (x, height) = (at, next);
        }
        return (area.ToBigInteger(), 1);
    }

    /// <summary>The area so far and the part d = offset / q of a trapezoid of some width from one height to another.</summary>
    private static (BigInteger, BigInteger) Cut(UInt256 area, BigInteger offset, BigInteger q, BigInteger width, UInt128 from, UInt128 to)
    {
        var scale = q * q * width;
        return (area.ToBigInteger() * scale + offset * (2 * (BigInteger)from * q * width + offset * ((BigInteger)to - from)), scale);
    }
}
