using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// Area under the saturated per-region overlap curve up to a limit of the false positive rate, of N maps of H x W and the defects of their images: a
/// number in [0, 1].
/// <para>
/// Formula: the trapezoid area under (fpr, sPRO) for fpr in [0, limit], interpolated linearly at the limit, divided by the limit; sPRO at a threshold is
/// the mean over the defects of all images of min(n / A, 1), where n is how many of the defect's pixels have s >= t and A is its saturation area, and
/// fpr is that of all pixels outside the defects of their image. A pixel of two defects counts in both.
/// </para>
/// <para>Undefined without a defect or without a normal pixel. Fails with <see cref="OutOfRange"/> for a limit outside (0, 1].</para>
/// <para>
/// Source: Bergmann et al., "Beyond dents and scratches: logical constraints in unsupervised anomaly detection and localization", IJCV 2022. An exact
/// sweep over all thresholds; the script of MVTec LOCO AD samples them at random above 10^7 scores. With the whole of each defect as its saturation area,
/// and defects that do not touch, it is AUPRO to the bit.
/// </para>
/// </summary>
public static class AuSpro
{
    private const string Name = "AU-sPRO";

    /// <summary>The limit that the field reports first: 0.05.</summary>
    public const double DefaultLimit = 0.05;

    /// <summary>The metric at the default limit; its result gives the area and the curve, whose heights are sPRO.</summary>
    public static Metric<DefectBatch, SaturatedRegionState, ProCurve> Metric { get; } = UpTo();

    /// <summary>The metric at a limit of the false positive rate in (0, 1]. Metrics of several limits share one state.</summary>
    /// <param name="fprLimit">The limit; outside (0, 1] every result is an <see cref="OutOfRange"/>.</param>
    public static Metric<DefectBatch, SaturatedRegionState, ProCurve> UpTo(double fprLimit = DefaultLimit) =>
        new(
            Name,
            Some(true),
            SaturatedRegionState.State,
            state => FprLimit.Check(fprLimit).Bind(limit => Refusal(state).Or(() => new ProCurve(state.Counted, limit)))
        );

    private static Option<MetricError> Refusal(SaturatedRegionState state) =>
        Needs
            .Defects.Refusal(Name, state.DefectPixels, state.NormalPixels, state.Defects)
            .Else(() => state.Counted.Rank.Refusal(Name, Needs.Defects, state.Defects));
}
