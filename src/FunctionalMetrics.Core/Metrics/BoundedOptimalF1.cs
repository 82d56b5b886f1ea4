using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// The largest F1 and its threshold in bounded memory, of n scores and labels (or of N x H x W pixels): an interval in [0, 1] that is certain
/// to hold <see cref="OptimalF1"/>, and one in the units of the scores that is certain to hold its threshold, the
/// <see cref="AdaptiveThreshold"/>.
/// <para>
/// Formula: the maximum of 2 tp / (2 tp + fp + fn) at the ends of the buckets (lower), and with each bucket's anomalous rows before its normal
/// ones (upper), rounded outward; the thresholds span every bucket that can hold the optimum.
/// </para>
/// <para>Undefined without an anomalous row. Fails with <see cref="OutOfRange"/> for a resolution outside [1, 24].</para>
/// <para>
/// Source: the bounds of the exact values over all orders within buckets; no width for 8-bit scores from 18 bits on, for half precision from
/// 19.
/// </para>
/// </summary>
public static class BoundedOptimalF1
{
    /// <summary>The metric in 2^18 buckets.</summary>
    public static Metric<ScoreBatch, BoundedRankState, OptimalF1Bounds> Metric { get; } = InBuckets();

    /// <summary>The metric in 2^bits buckets. Bounded metrics of one resolution share one state.</summary>
    /// <param name="bits">The resolution, from 1 to 24 bits; outside it every result is an <see cref="OutOfRange"/>.</param>
    public static Metric<ScoreBatch, BoundedRankState, OptimalF1Bounds> InBuckets(int bits = BoundedRankState.DefaultBits) =>
        new(
            "bounded optimal F1",
            Some(true),
            BoundedRankState.Empty,
            BoundedRankState.Way(bits),
            BoundedRankState.Merge,
            state =>
                state
                    .Refusal("bounded optimal F1", bits, needsNormal: false)
                    .Match(
                        FinFail<OptimalF1Bounds>,
                        () =>
                        {
                            var (largest, threshold) = state.Sweeps.Optimum;
                            return new OptimalF1Bounds(largest, threshold);
                        }
                    )
        );
}

/// <summary>The largest F1 and its lowest threshold, each as an interval that holds it. Compared by value; immutable.</summary>
/// <param name="F1">The largest F1, in [0, 1].</param>
/// <param name="Threshold">The lowest score that reaches it as a threshold.</param>
public sealed record OptimalF1Bounds(Interval F1, Interval Threshold);
