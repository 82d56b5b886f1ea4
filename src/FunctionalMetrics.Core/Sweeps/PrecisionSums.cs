using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>Both areas under the precision-recall curve, in one walk.</summary>
internal static class PrecisionSums
{
    /// <summary>Up to so many anomalous rows the sums of ratios, each rise times two that are at most 2^32, stay within 64 bits.</summary>
    private const long Few = 1 << 30;

    /// <summary>As multiples of 2^-65 / P and of 2^-64 / P.</summary>
    private static readonly Reduction<(UInt128 Trapezoids, UInt128 Steps)> Sums = new(
        (0, 0),
        SumsOf,
        (above, below) => (above.Trapezoids + below.Trapezoids, above.Steps + below.Steps)
    );

    /// <summary>The area by the trapezoid rule.</summary>
    public static SweepNumber Trapezoids { get; } =
        new SweepNumber<(UInt128 Trapezoids, UInt128 Steps)>(
            Sums,
            (sums, of) => new(sums.Trapezoids, (UInt128)of.Positives << 65),
            sweeps => PrecisionBounds.Trapezoids(sweeps, Sums.Over(sweeps.Worst).Trapezoids)
        );

    /// <summary>The sum of recall steps times precision.</summary>
    public static SweepNumber Steps { get; } =
        new SweepNumber<(UInt128 Trapezoids, UInt128 Steps)>(
            Sums,
            (sums, of) => new(sums.Steps, (UInt128)of.Positives << 64),
            sweeps => PrecisionBounds.Steps(sweeps, Sums.Over(sweeps.Best).Steps)
        );

    /// <summary>
    /// What a part of a sweep adds to both. Ratios have 64 fraction bits, the rest cut off, and are summed as integers, so the error stays below
    /// 2^-63 whatever the number of terms.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (UInt128 Trapezoids, UInt128 Steps) SumsOf(ThresholdSweep sweep)
    {
        var (trapezoids, steps) = (UInt128.Zero, UInt128.Zero);
        var (tp, fp, _) = sweep.Before;
        var precision = tp + fp == 0 ? UInt128.One << 64 : Ratio.Fixed64(tp, tp + fp);
        for (var i = 0; i < sweep.Count; i++)
        {
            if (i == 1 && Vector512.IsHardwareAccelerated && sweep.Positives < Few)
            {
                var all = SumsOfVectors(sweep);
                i = all.End;
                (trapezoids, steps) = (trapezoids + all.Trapezoids, steps + all.Steps);
                (tp, fp) = (sweep.TruePositives[i - 1], sweep.FalsePositives[i - 1]);
                precision = Ratio.Fixed64(tp, tp + fp);
                if (i == sweep.Count)
                    break;
            }
            var above = sweep.FalsePositivesAbove[i];
            var before = above == fp ? precision : Ratio.Fixed64(tp, tp + above);
            var rise = (ulong)(sweep.TruePositives[i] - tp);
            (tp, fp) = (sweep.TruePositives[i], sweep.FalsePositives[i]);
            precision = Ratio.Fixed64(tp, tp + fp);
            trapezoids += rise * (before + precision);
            steps += rise * precision;
        }
        return (trapezoids, steps);
    }

    /// <summary>
    /// The same from the second threshold on, eight at a time, and where it ends, as fewer may be left: ratios in two parts, 2^32 at most, whose sums fit 64
    /// bits as the anomalous rows are few.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (int End, UInt128 Trapezoids, UInt128 Steps) SumsOfVectors(ThresholdSweep sweep)
    {
        ReadOnlySpan<long> positives = sweep.TruePositives;
        ReadOnlySpan<long> above = sweep.FalsePositivesAbove;
        ReadOnlySpan<long> at = sweep.FalsePositives;
        var (high, low, highAfter, lowAfter) = (Vector512<long>.Zero, Vector512<long>.Zero, Vector512<long>.Zero, Vector512<long>.Zero);
        var i = 1;
        for (; i + Vector512<long>.Count <= sweep.Count; i += Vector512<long>.Count)
        {
            var (tpBefore, tp) = (Vector512.Create(positives[(i - 1)..]), Vector512.Create(positives[i..]));
            var before = Ratio.Fixed64(tpBefore, tpBefore + Vector512.Create(above[i..]));
            var after = Ratio.Fixed64(tp, tp + Vector512.Create(at[i..]));
            var rise = tp - tpBefore;
            (high, low) = (high + rise * (before.High + after.High), low + rise * (before.Low + after.Low));
            (highAfter, lowAfter) = (highAfter + rise * after.High, lowAfter + rise * after.Low);
        }
        return (i, Sum(high, low), Sum(highAfter, lowAfter));

        static UInt128 Sum(Vector512<long> high, Vector512<long> low) =>
            ((UInt128)Vector512.Sum(high.AsUInt64()) << 32) + Vector512.Sum(low.AsUInt64());
    }
}
