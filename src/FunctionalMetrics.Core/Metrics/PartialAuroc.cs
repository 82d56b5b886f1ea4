using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// Area under the receiver operating characteristic for small false positive rates, of n scores and labels (or of N x H x W pixels): a number in
/// [0, m], and McClish's form of it in [0, 1], which is 1/2 for constant scores.
/// <para>
/// Formula: A, the trapezoid area under (fpr, tpr) for fpr in [0, m], interpolated linearly at m; McClish's (1 + (A - m^2 / 2) / (m - m^2 / 2)) / 2.
/// </para>
/// <para>Undefined without an anomalous or without a normal row. Fails with <see cref="OutOfRange"/> for a limit outside (0, 1].</para>
/// <para>
/// Source: McClish, "Analyzing a portion of the ROC curve", 1989; scikit-learn's <c>roc_auc_score(max_fpr=m)</c> gives McClish's form, pROC's
/// <c>partial.auc</c> both.
/// </para>
/// </summary>
public static class PartialAuroc
{
    private const double DefaultLimit = 0.1;

    /// <summary>The metric up to a false positive rate of 0.1; its result gives the area, and McClish's form beside it.</summary>
    public static Metric<ScoreBatch, RankState, PartialAurocResult> Metric { get; } = UpTo();

    /// <summary>How it is asked for by name.</summary>
    public static NumberForm Form { get; } =
        NumberForm.Of(
            "pauroc@M",
            "pauroc@0.1",
            "area under the ROC curve up to the false positive rate M, not normalised",
            "A = area under (fpr, tpr) for fpr in [0, M]",
            values => Area(values[0])
        );

    /// <summary>How McClish's form is asked for by name.</summary>
    public static NumberForm McClishForm { get; } =
        NumberForm.Of(
            "mcclish@M",
            "mcclish@0.1",
            "the same area standardised to 1/2 for constant scores and 1 for a perfect detector",
            "(1 + (A - M^2/2) / (M - M^2/2)) / 2",
            values => McClish(values[0])
        );

    /// <summary>The metric up to another limit of the false positive rate. All share one state.</summary>
    /// <param name="fprLimit">The limit, in (0, 1]; others are refused.</param>
    public static Metric<ScoreBatch, RankState, PartialAurocResult> UpTo(double fprLimit = DefaultLimit)
    {
        var (area, standardised) = (Area(fprLimit), McClish(fprLimit));
        return area.Metric(state => new PartialAurocResult(area.Number.Of(state.Sweep), standardised.Number.Of(state.Sweep)));
    }

    /// <summary>
    /// The same in bounded memory, intervals that are certain to hold both: the normal rows of each bin come before its anomalous ones (lower), or
    /// after them (upper), and are tied with them where the bin has seen one score only; rounded outward.
    /// </summary>
    /// <param name="bits">The resolution: scores are counted in 2^bits bins, from 1 to 24; others are refused.</param>
    /// <param name="fprLimit">The limit, in (0, 1]; others are refused.</param>
    public static Metric<ScoreBatch, BoundedRankState, PartialAurocBounds> Bounded(
        int bits = BoundedRankState.DefaultBits,
        double fprLimit = DefaultLimit
    )
    {
        var (area, standardised) = (Area(fprLimit), McClish(fprLimit));
        return area.Bounded(bits, state => new PartialAurocBounds(area.Number.Of(state.Sweeps), standardised.Number.Of(state.Sweeps)));
    }

    private static RankNumber Area(double fprLimit) => At("partial AUROC", fprLimit, AreaUnder.UpTo);

    private static RankNumber McClish(double fprLimit) => At("McClish's AUROC", fprLimit, AreaUnder.Standardised);

    private static RankNumber At(string name, double fprLimit, Func<double, bool, SweepNumber> number)
    {
        var limit = FprLimit.Check(fprLimit);
        return new(name, Needs.BothClasses, number(limit.IfFail(DefaultLimit), false))
        {
            Problem = limit.Match(_ => None, error => Some((MetricError)error)),
        };
    }
}

/// <summary>An area under a part of the ROC curve. Compared by value; immutable.</summary>
/// <param name="Area">The area, in [0, limit].</param>
/// <param name="McClish">McClish's form of it, in [0, 1]; 1/2 for constant scores.</param>
public sealed record PartialAurocResult([property: Headline] double Area, [property: Shown] double McClish);

/// <summary>An area under a part of the ROC curve, as intervals that hold it. Compared by value; immutable.</summary>
/// <param name="Area">The area, in [0, limit].</param>
/// <param name="McClish">McClish's form of it, in [0, 1].</param>
public sealed record PartialAurocBounds([property: Shown] Interval Area, [property: Shown] Interval McClish);
