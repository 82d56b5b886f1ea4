using System.Runtime.CompilerServices;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// F1 over the threshold. F1 without an anomalous row, or with none found, is 0 here. Immutable and safe to share between threads; equal when
/// made from equal states.
/// </summary>
public sealed record F1Curve
{
    private readonly RankState state;

    internal F1Curve(RankState state) => this.state = state;

    /// <summary>The smallest and the largest score of either class: below and above them F1 no longer changes. None before any row.</summary>
    public Option<(double Min, double Max)> Range => state.Extrema.Range;

    /// <summary>
    /// F1 as y at thresholds as x in ascending order: at and just above each distinct anomalous score, where it jumps, and at the given
    /// ascending thresholds. Between two points it moves in one direction.
    /// </summary>
    public CurvePoints Outline(ReadOnlySpan<double> thresholds)
    {
        var sweep = state.Sweep;
        var points = new List<(double Threshold, int Order, double F1)>(2 * sweep.Count + thresholds.Length);
        for (var i = 0; i < sweep.Count; i++)
        {
            var before = i == 0 ? 0 : sweep.TruePositives[i - 1];
            points.Add((sweep.Thresholds[i], 0, F1(sweep.TruePositives[i], sweep.FalsePositives[i])));
            points.Add((sweep.Thresholds[i], 1, F1(before, sweep.FalsePositivesAbove[i])));
        }
        foreach (var (threshold, counts) in thresholds.ToArray().Zip(state.At(thresholds)))
            points.Add((threshold, 0, F1(counts.TruePositives, counts.FalsePositives)));
        points.Sort((a, b) => a.Threshold != b.Threshold ? a.Threshold.CompareTo(b.Threshold) : a.Order.CompareTo(b.Order));
        return CurvePoints.Build(points.Count, k => (points[k].Threshold, points[k].F1, points[k].Threshold));
    }

    /// <inheritdoc/>
    public bool Equals(F1Curve? other) => other is not null && state.Equals(other.state);

    /// <summary>What it is of; the points would be many.</summary>
    public override string ToString() => $"F1 curve of {state}";

    /// <inheritdoc/>
    public override int GetHashCode() => state.GetHashCode();

    /// <summary>
    /// The lowest threshold of the largest F1, of a state with an anomalous row. It is always an anomalous score: a normal score between two of
    /// those only adds false positives. 2 tp / (tp + fp + P) are compared as fractions, by whole products of 128 bits.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static (double Threshold, ConfusionMatrix Counts) OptimumOf(ThresholdSweep sweep)
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
        var (tp, fp) = (sweep.TruePositives[best], sweep.FalsePositives[best]);
        return (sweep.Thresholds[best], new ConfusionMatrix(tp, fp, sweep.Positives - tp, sweep.Negatives - fp));
    }

    /// <summary>The better of two optima, the second of which is of lower thresholds; it is preferred.</summary>
    internal static (double Threshold, ConfusionMatrix Counts) Better(
        (double Threshold, ConfusionMatrix Counts) above,
        (double Threshold, ConfusionMatrix Counts) below
    ) => IsAtLeast(below.Counts, above.Counts) ? below : above;

    /// <summary>Whether the first F1 is no smaller, as fractions; both are of the same rows.</summary>
    internal static bool IsAtLeast(ConfusionMatrix first, ConfusionMatrix second) =>
        System.Math.BigMul((ulong)first.TruePositives, Sum(second)) >= System.Math.BigMul((ulong)second.TruePositives, Sum(first));

    /// <summary>tp + fp + P, half the denominator.</summary>
    private static ulong Sum(ConfusionMatrix counts) => (ulong)(2 * counts.TruePositives + counts.FalsePositives + counts.FalseNegatives);

    private double F1(long tp, long fp) => tp == 0 ? 0 : Numerics.Ratio.Round(2 * tp, tp + fp + state.Positives);
}
