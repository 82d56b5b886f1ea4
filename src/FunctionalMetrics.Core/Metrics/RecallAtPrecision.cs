using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// The largest recall of a threshold that keeps a precision, of n scores and labels (or of N x H x W pixels): a number in (0, 1].
/// <para>Formula: the maximum of tp / P over the distinct scores t with tp >= p (tp + fp); then the largest precision, then the highest t; p is the decimal that it is written as.</para>
/// <para>Undefined without an anomalous or without a normal row (<see cref="Undefined"/>), and where no threshold has the precision, with the best that there is (<see cref="NotReached"/>). Fails with <see cref="OutOfRange"/> for a precision outside [0, 1].</para>
/// <para>Source: torchmetrics' RecallAtFixedPrecision, which gives 0 where no threshold has the precision.</para>
/// </summary>
public static class RecallAtPrecision
{
    /// <summary>The metric at a precision of 0.9; its result gives the rate, the threshold and the counts there.</summary>
    public static Metric<ScoreBatch, RankState, RateAtThreshold> Metric { get; } = Of();

    /// <summary>How it is asked for by name.</summary>
    public static NumberForm Form { get; } =
        NumberForm.Of(
            "recall@precision=P",
            "recall@precision=0.9",
            "largest recall with a precision of at least P",
            "max tp / P over thresholds with tp >= P (tp + fp)",
            values => At(values[0])
        );

    /// <summary>The metric at another one. All share one state.</summary>
    /// <param name="precision">The precision to be kept, in [0, 1]; others are refused.</param>
    public static Metric<ScoreBatch, RankState, RateAtThreshold> Of(double precision = 0.9) => At(precision).Metric();

    /// <summary>
    /// The same in bounded memory, an interval in [0, 1] that is certain to hold it: the normal rows of each bin come before its anomalous ones (lower), or after them (upper), and are tied with them where the bin has seen one score only; the lower end is 0 where the former have no such precision; rounded outward.
    /// </summary>
    /// <param name="bits">The resolution: scores are counted in 2^bits bins, from 1 to 24; others are refused.</param>
    /// <param name="precision">The precision to be kept, in [0, 1]; others are refused.</param>
    public static Metric<ScoreBatch, BoundedRankState, Interval> Bounded(int bits = BoundedRankState.DefaultBits, double precision = 0.9) =>
        At(precision).Bounded(bits);

    private static RankNumber At(double precision)
    {
        var rate = FprLimit.Decimal("the precision", precision);
        var number = PointsFound.Recall(rate.IsSucc ? precision : 0);
        return new("recall at precision", Needs.BothClasses, number) { Problem = rate.Match(_ => None, error => Some((MetricError)error)) };
    }
}
