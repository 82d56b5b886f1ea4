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
/// Source: Bergmann et al., "The MVTec anomaly detection dataset", IJCV 2021. Equal to an exact sweep over all thresholds; anomalib's AUPRO
/// resamples each region's curve, agrees to about 1e-3 and can exceed 1.
/// </para>
/// </summary>
public static class Aupro
{
    /// <summary>The limit that the field reports: 0.3.</summary>
    public const double DefaultLimit = 0.3;

    /// <summary>The metric at the default limit; its result gives the area and the curve.</summary>
    public static Metric<MapBatch, RegionState, ProCurve> Metric { get; } = UpTo();

    /// <summary>The metric at a limit of the false positive rate in (0, 1]. Metrics of several limits share one state.</summary>
    /// <param name="fprLimit">The limit; outside (0, 1] every result is an <see cref="OutOfRange"/>.</param>
    public static Metric<MapBatch, RegionState, ProCurve> UpTo(double fprLimit = DefaultLimit) =>
        new("AUPRO", Some(true), RegionState.Empty, RegionState.Of, RegionState.Merge, state => Compute(state, fprLimit));

    private static Fin<ProCurve> Compute(RegionState state, double fprLimit) =>
        Check(fprLimit, state.Regions, state.Rank.Negatives, state.Rank.Rows)
            .Bind(limit => state.Rank.Refusal("AUPRO", needsNormal: true).Match(FinFail<ProCurve>, () => new ProCurve(state, limit)));

    /// <summary>The limit, where it and the data give the metric a value.</summary>
    internal static Fin<double> Check(double fprLimit, long regions, long normal, long pixels) =>
        FprLimit
            .Check(fprLimit)
            .Bind<double>(limit =>
                regions == 0 ? new Undefined("AUPRO", Missing.Region, pixels)
                : normal == 0 ? new Undefined("AUPRO", Missing.NormalPixel, pixels)
                : limit
            );
}
