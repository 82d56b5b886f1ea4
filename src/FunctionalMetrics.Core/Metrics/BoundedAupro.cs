using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// Area under the per-region overlap curve up to a limit of the false positive rate in bounded memory, of N maps and masks of H x W: an
/// interval in [0, 1] that is certain to hold <see cref="Aupro"/>.
/// <para>
/// Formula: the area where the normal pixels of each bucket come before its anomalous ones (lower), or after them (upper), and in a straight
/// line where the bucket has seen one score only; rounded outward.
/// </para>
/// <para>
/// Undefined without a region or without a normal pixel. Fails with <see cref="OutOfRange"/> for a limit outside (0, 1] and for a resolution
/// outside [1, 24].
/// </para>
/// <para>
/// Source: the bounds of the exact value over all orders within buckets; no width for 8-bit scores from 18 bits on, for half precision from
/// 19.
/// </para>
/// </summary>
public static class BoundedAupro
{
    /// <summary>The metric in 2^18 buckets at the limit 0.3.</summary>
    public static Metric<MapBatch, BoundedRegionState, ProBounds> Metric { get; } = InBuckets();

    /// <summary>The metric in 2^bits buckets at a limit. Bounded metrics of one resolution share one state, whatever their limits.</summary>
    /// <param name="bits">The resolution, from 1 to 24 bits; outside it every result is an <see cref="OutOfRange"/>.</param>
    /// <param name="fprLimit">The limit of the false positive rate; outside (0, 1] every result is an <see cref="OutOfRange"/>.</param>
    public static Metric<MapBatch, BoundedRegionState, ProBounds> InBuckets(
        int bits = BoundedRankState.DefaultBits,
        double fprLimit = Aupro.DefaultLimit
    ) =>
        new(
            "bounded AUPRO",
            Some(true),
            BoundedRegionState.Empty,
            BoundedRegionState.Way(bits),
            BoundedRegionState.Merge,
            state => Compute(state, bits, fprLimit)
        );

    private static Fin<ProBounds> Compute(BoundedRegionState state, int bits, double fprLimit) =>
        from limit in FprLimit.Check(fprLimit)
        from resolution in ScoreBuckets.Check(bits)
        from bounds in state.Regions == 0 ? new Undefined("bounded AUPRO", Missing.Region, state.Rank.Rows)
        : state.Rank.Negatives == 0 ? new Undefined("bounded AUPRO", Missing.NormalPixel, state.Rank.Rows)
        : FinSucc(new ProBounds(state, limit))
        select bounds;
}
