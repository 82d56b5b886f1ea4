using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalMetrics.Core;

/// <summary>The pairs of an anomalous and a normal row that are in the right order, ties counted half.</summary>
internal static class OrderedPairs
{
    /// <summary>Twice the pairs in order.</summary>
    private static readonly Reduction<UInt128> Doubled = new(0, DoubledOf, (above, below) => above + below);

    /// <summary>Their share of all pairs. With no rows in order, or all, in each bin of a histogram it is least and largest.</summary>
    public static SweepNumber Share { get; } =
        new SweepNumber<UInt128>(Doubled, (doubled, of) => new(doubled, 2 * (BigInteger)of.Positives * of.Negatives));

    /// <summary>Of 2 P N: each step's anomalous rows beat the normal rows below twice and tie with the equal ones once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static UInt128 DoubledOf(ThresholdSweep sweep)
    {
        ReadOnlySpan<long> found = sweep.TruePositives;
        ReadOnlySpan<long> above = sweep.FalsePositivesAbove;
        ReadOnlySpan<long> at = sweep.FalsePositives;
        var (doubled, before, all) = (UInt128.Zero, sweep.Before.TruePositives, 2 * (ulong)sweep.Negatives);
        for (var i = 0; i < found.Length; i++)
        {
            // Neither factor has more than 64 bits.
            doubled += Math.BigMul((ulong)(found[i] - before), all - (ulong)above[i] - (ulong)at[i]);
            before = found[i];
        }
        return doubled;
    }
}
