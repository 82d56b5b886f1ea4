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

    private double F1(long tp, long fp) => tp == 0 ? 0 : Numerics.Ratio.Round(2 * tp, tp + fp + state.Positives);
}
