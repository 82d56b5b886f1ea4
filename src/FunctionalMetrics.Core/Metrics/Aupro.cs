using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// Area under the per-region overlap curve up to a limit of the false positive rate, of N maps and masks of H x W: a number in [0, 1].
/// <para>
/// Formula: the trapezoid area under (fpr, pro) for fpr in [0, limit], interpolated linearly at the limit, divided by the limit; PRO at a
/// threshold is the mean over the 8-connected regions of all masks of the share of the region's pixels with s >= t, and fpr is that of all
/// normal pixels of all images.
/// </para>
/// <para>Undefined without a region or without a normal pixel. Fails with <see cref="OutOfRange"/> for a limit outside (0, 1].</para>
/// <para>
/// Source: Bergmann et al., "The MVTec anomaly detection dataset", IJCV 2021. An exact sweep over all thresholds, as in MVTec AD's own script and, since
/// 2.3.0 (March 2026), in anomalib (open-edge-platform/anomalib): both compute in float32 and agree to about 1e-6, and anomalib gives 0 where this is
/// undefined. anomalib up to 2.2 resamples each region's curve, agrees to about 1e-3 and can exceed 1; the script of MVTec 3D-AD takes 100 thresholds (5e-3).
/// </para>
/// </summary>
public static class Aupro
{
    /// <summary>The limit that the field reports: 0.3.</summary>
    public const double DefaultLimit = EvaluationSettings.UsualFprLimit;

    /// <summary>The metric at the default limit; its result gives the area and the curve.</summary>
    public static Metric<MapBatch, RegionState, ProCurve> Metric { get; } = UpTo();

    /// <summary>How it is asked for by name.</summary>
    public static NumberForm Form { get; } =
        NumberForm.Of(
            "aupro@M",
            "aupro@0.05",
            "area under the per-region overlap curve up to the false positive rate M; of pixels",
            "area under (fpr, PRO) for fpr in [0, M] / M",
            values => Area(values[0])
        );

    /// <summary>What evaluations show of it, at the limit that the settings hold.</summary>
    public static EvaluationNumber Number { get; } =
        EvaluationNumber.Rate(
            "aupro",
            400,
            settings => (FormattableString.Invariant($"AUPRO, FPR up to {settings.FprLimit}"), Area(settings.FprLimit))
        );

    /// <summary>The limit that it was taken to.</summary>
    public static EvaluationNumber Limit { get; } =
        EvaluationNumber.Of(
            "fpr_limit",
            NumberKind.Parameter,
            _ => null,
            410,
            (ranking, settings) => ranking.Regions.Map(_ => FinSucc(Interval.Known(settings.FprLimit)))
        );

    /// <summary>The metric at a limit of the false positive rate in (0, 1]. Metrics of several limits share one state.</summary>
    /// <param name="fprLimit">The limit, in (0, 1]; others are refused.</param>
    public static Metric<MapBatch, RegionState, ProCurve> UpTo(double fprLimit = DefaultLimit) =>
        new(
            "AUPRO",
            Some(true),
            RegionState.State,
            state =>
                FprLimit
                    .Check(fprLimit)
                    .Bind(limit => state.Rank.Refusal("AUPRO", Needs.Regions, state.Regions).Or(() => new ProCurve(state, limit)))
        );

    /// <summary>
    /// The same in bounded memory, an interval in [0, 1] that is certain to hold it: the normal pixels of each bin come before its anomalous ones
    /// (lower), or after them (upper), and in a straight line where the bin has seen one score only; rounded outward.
    /// </summary>
    /// <param name="bits">The resolution: scores are counted in 2^bits bins, from 1 to 24; others are refused.</param>
    /// <param name="fprLimit">The limit, in (0, 1]; others are refused.</param>
    public static Metric<MapBatch, BoundedRegionState, ProBounds> Bounded(
        int bits = BoundedRankState.DefaultBits,
        double fprLimit = DefaultLimit
    ) =>
        new(
            "bounded AUPRO",
            Some(true),
            BoundedRegionState.StateAt(bits),
            state =>
                FprLimit
                    .Check(fprLimit)
                    .Bind(limit =>
                        state.Rank.Refusal("bounded AUPRO", bits, Needs.Regions, state.Regions).Or(() => new ProBounds(state, limit))
                    )
        );

    private static RankNumber Area(double fprLimit)
    {
        var limit = FprLimit.Check(fprLimit);
        return new("AUPRO", Needs.Regions, AreaUnder.Normalized(limit.IfFail(DefaultLimit), ofRegions: true))
        {
            Problem = limit.Match(_ => None, error => Some((MetricError)error)),
        };
    }
}
