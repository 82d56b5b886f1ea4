using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// Area under the receiver operating characteristic in bounded memory, of n scores and labels (or of N x H x W pixels): an interval in [0, 1] that is certain to hold <see cref="Auroc"/>.
/// <para>Formula: the pairs of an anomalous and a normal row of different buckets are in order or not; those of one bucket are all lost (lower) or all won (upper), and tied where the bucket has seen one score only; rounded outward.</para>
/// <para>Undefined without an anomalous or without a normal row. Fails with <see cref="OutOfRange"/> for a resolution outside [1, 24].</para>
/// <para>Source: the bounds of the exact value over all orders within buckets; no width for 8-bit scores from 18 bits on, for half precision from 19.</para>
/// </summary>
public static class BoundedAuroc
{
    /// <summary>The metric in 2^18 buckets.</summary>
    public static Metric<ScoreBatch, BoundedRankState, Interval> Metric { get; } = InBuckets();

    /// <summary>The metric in 2^bits buckets. Bounded metrics of one resolution share one state.</summary>
    /// <param name="bits">The resolution, from 1 to 24 bits; outside it every result is an <see cref="OutOfRange"/>.</param>
    public static Metric<ScoreBatch, BoundedRankState, Interval> InBuckets(int bits = BoundedRankState.DefaultBits) =>
        new(
            "bounded AUROC",
            Some(true),
            BoundedRankState.Empty,
            BoundedRankState.Way(bits),
            BoundedRankState.Merge,
            state => state.Refusal("bounded AUROC", bits, needsNormal: true).Match(FinFail<Interval>, () => state.Sweeps.Auroc)
        );
}
