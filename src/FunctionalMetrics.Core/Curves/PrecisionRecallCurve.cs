using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>
/// Precision over recall. Immutable and safe to share between threads; equal when made from equal states.
/// </summary>
public sealed record PrecisionRecallCurve
{
    /// <summary>Up to so many anomalous rows the sums of ratios, each rise times two that are at most 2^32, stay within 64 bits.</summary>
    private const long Few = 1 << 30;

    private readonly RankState state;
    private readonly Lazy<CurvePoints> points;

    internal PrecisionRecallCurve(RankState state)
    {
        this.state = state;
        points = new(() => AllOf(state));
        (Area, AveragePrecision) = state.Sweep.PrecisionAreas;
    }

    /// <summary>The trapezoid area, in [0, 1]: scikit-learn's <c>auc(recall, precision)</c> and anomalib's AUPR.</summary>
    public double Area { get; }

    /// <summary>The sum of recall steps times precision, in [0, 1]: scikit-learn's <c>average_precision_score</c>.</summary>
    public double AveragePrecision { get; }

    /// <summary>P / (P + N): the precision of a detector that knows nothing.</summary>
    public double ChancePrecision => Ratio.Round(state.Positives, state.Rows);

    /// <summary>
    /// Recall as x, precision as y, in the order of scikit-learn's <c>precision_recall_curve</c>: one point for each distinct score in
    /// ascending order, then (recall 0, precision 1), which has no threshold. Sorts every score when first asked for.
    /// </summary>
    public CurvePoints Points => points.Value;

    /// <summary>
    /// The same polyline from the anomalous scores alone, from recall 0 upwards: at most two vertices for each distinct one, without a sort
    /// of the normal scores. The thresholds are the anomalous scores that end each step.
    /// </summary>
    public CurvePoints Outline => OutlineOf(state.Sweep);

    /// <inheritdoc/>
    public bool Equals(PrecisionRecallCurve? other) => other is not null && state.Equals(other.state);

    /// <summary>Both areas; the points would cost a sort.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"precision-recall curve, area {Area}, average precision {AveragePrecision}");

    /// <inheritdoc/>
    public override int GetHashCode() => state.GetHashCode();

    /// <summary>Both areas of a sweep with anomalous rows.</summary>
    internal static (double Trapezoids, double Steps) AreasOf(ThresholdSweep sweep) =>
        AreasOf(sweep.Over(SumsOf, (a, b) => (a.Trapezoids + b.Trapezoids, a.Steps + b.Steps)), sweep.Positives);

    /// <summary>Both areas from their sums over the whole sweep.</summary>
    internal static (double Trapezoids, double Steps) AreasOf((UInt128 Trapezoids, UInt128 Steps) sums, long positives)
    {
        var whole = (UInt128)positives << 64;
        return (Ratio.Round(sums.Trapezoids, whole << 1), Ratio.Round(sums.Steps, whole));
    }

    /// <summary>
    /// Both areas in one walk (of a part of a sweep, what it adds to them), as multiples of 2^-65 / P and of 2^-64 / P. Ratios have 64 fraction bits, the rest cut off, and are summed as
    /// integers, so the error stays below 2^-63 whatever the number of terms.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static (UInt128 Trapezoids, UInt128 Steps) SumsOf(ThresholdSweep sweep)
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

    private static CurvePoints AllOf(RankState state)
    {
        var all = state.Points;
        var points = CurvePoints.Build(
            all.Count + 1,
            k =>
            {
                if (k == all.Count)
                    return (0, 1, 0);
                var (threshold, tp, fp) = all[all.Count - 1 - k];
                return Point(state.Sweep, tp, fp, threshold);
            }
        );
        return points with { Thresholds = points.Thresholds[..all.Count] };
    }

    private static CurvePoints OutlineOf(ThresholdSweep sweep) =>
        CurvePoints.Build(
            2 * sweep.Count + 1,
            k =>
            {
                var i = (k + 1) / 2 - 1;
                return k == 0 || (k == 1 && sweep.FalsePositivesAbove[0] == 0) ? (0, 1, double.PositiveInfinity)
                    : k % 2 == 1 ? Point(sweep, (long)sweep.HeightBefore(i), sweep.FalsePositivesAbove[i], sweep.Thresholds[i])
                    : Point(sweep, sweep.TruePositives[i], sweep.FalsePositives[i], sweep.Thresholds[i]);
            }
        );

    private static (double Recall, double Precision, double Threshold) Point(ThresholdSweep sweep, long tp, long fp, double threshold) =>
        (Ratio.Round(tp, sweep.Positives), Ratio.Round(tp, tp + fp), threshold);
}
