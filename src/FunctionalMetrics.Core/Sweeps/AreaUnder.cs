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
    public static SweepNumber UpTo(double limit, bool ofRegions) => Number(limit, ofRegions, (a, b) => new(a, b));

    /// <summary>The area divided by the limit, which is at most 1.</summary>
    public static SweepNumber Normalized(double limit, bool ofRegions)
    {
        var (numerator, denominator) = Ratio.Exact(limit);
        return Number(limit, ofRegions, (a, b) => new(a * denominator, b * numerator));
    }

    /// <summary>McClish's form of the area, which is at most 1.</summary>
    public static SweepNumber Standardised(double limit, bool ofRegions)
    {
        var (m, one) = Ratio.Exact(limit);
        // With A = a / b and M = m / one: (1 + (A - M^2/2) / (M - M^2/2)) / 2 = (A + M - M^2) / (2 M - M^2).
        return Number(limit, ofRegions, (a, b) => new(a * one * one + b * m * (one - m), b * m * (2 * one - m)));
    }

    /// <param name="limit">The limit of the false positive rate.</param>
    /// <param name="ofRegions">Whether heights are region weights.</param>
    /// <param name="made">What is made of the area, as a numerator and a denominator.</param>
    private static SweepNumber<DoubledArea> Number(double limit, bool ofRegions, Func<BigInteger, BigInteger, Fraction> made) =>
        new(
            new(DoubledArea.None, sweep => DoubledArea.Of(sweep, limit), (above, below) => above.Then(below), ofRegions),
            (area, of) =>
            {
                var doubled = area.UpTo(of.Negatives, limit);
                return made(doubled.Numerator, doubled.Denominator * 2 * area.Height * of.Negatives);
            }
        );
}

/// <summary>
/// Twice the area under a part of a curve, in units of (1 / N) x (1 / height at the end): as far as whole trapezoids go, and what is left of the one that
/// the limit cuts.
/// </summary>
/// <param name="Whole">Twice the area of whole trapezoids.</param>
/// <param name="Cut">Twice the area of the one that is cut; absent as long as the limit is not passed.</param>
/// <param name="X">How many normal rows lie above the end.</param>
/// <param name="Height">The height at the end.</param>
internal readonly record struct DoubledArea(UInt256 Whole, Fraction? Cut, long X, UInt128 Height)
{
    public static DoubledArea None => default;

    public static DoubledArea Of(ThresholdSweep sweep, double limit)
    {
        var edge = new Edge(sweep.Negatives, limit);
        var within = sweep.UpTo(edge.Whole);
        var area = within == 0 ? default : TrapezoidsOf(sweep.Part(..within));
        if (within == sweep.Count)
            return new(area, null, sweep.FalsePositives[within - 1], sweep.Top);
        var x = within == 0 ? sweep.Before.FalsePositives : sweep.FalsePositives[within - 1];
        // The limit may have been passed before this part.
        if (x > edge.Whole)
            return new(default, null, x, sweep.Top);
        var (height, above, at) = (sweep.HeightBefore(within), sweep.FalsePositivesAbove[within], sweep.FalsePositives[within]);
        return above > edge.Whole
            ? new(area, edge.Cut(x, above - x, height, height), at, sweep.Top)
            : new(area + Along(height, above - x), edge.Cut(above, at - above, height, sweep.HeightBefore(within + 1)), at, sweep.Top);
    }

    /// <summary>With the part that follows.</summary>
    public DoubledArea Then(DoubledArea below) =>
        below.Height == 0 ? this
        : Cut is not null ? this with { X = below.X, Height = below.Height }
        : below with { Whole = Whole + below.Whole };

    /// <summary>All of it, when no threshold is left: along the normal rows below all of them.</summary>
    public Fraction UpTo(long negatives, double limit)
    {
        var edge = new Edge(negatives, limit);
        var (whole, cut) =
            Cut is { } found ? (Whole, found)
            : negatives > edge.Whole ? (Whole, edge.Cut(X, negatives - X, Height, Height))
            : (Whole + Along(Height, negatives - X), new(0, 1));
        return new(whole.ToBigInteger() * cut.Denominator + cut.Numerator, cut.Denominator);
    }

    /// <summary>Twice the area under a sweep: first along the normal scores above each threshold, where the height stays; then up with those that equal it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static UInt256 TrapezoidsOf(ThresholdSweep sweep)
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

    /// <summary>The limit in normal rows, a fraction of denominator q, and the last whole one within it.</summary>
    private readonly struct Edge
    {
        private readonly BigInteger rows;
        private readonly BigInteger q;

        public Edge(long negatives, double limit)
        {
            (var numerator, q) = Ratio.Exact(limit);
            rows = negatives * numerator;
            Whole = (long)(rows / q);
        }

        public long Whole { get; }

        /// <summary>Twice the area of the part d = offset / q of a trapezoid that begins at some x, of some width, from one height to another.</summary>
        public Fraction Cut(long start, BigInteger width, BigInteger from, BigInteger to)
        {
            var offset = rows - start * q;
            return new(offset * (2 * from * q * width + offset * (to - from)), q * q * width);
        }
    }
}
