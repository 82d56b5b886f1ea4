using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// The largest true positive rate that a threshold reaches within a false positive rate, of n scores and labels (or of N x H x W pixels): a number in [0, 1].
/// <para>Formula: the maximum of tp / P over the distinct scores t and +inf with fp &lt;= a N, and the highest t that reaches it; a is the decimal that it is written as.</para>
/// <para>Undefined without an anomalous or without a normal row; 0 at +inf where every score calls too many. Fails with <see cref="OutOfRange"/> for a rate outside [0, 1].</para>
/// <para>Source: scikit-learn's <c>roc_curve</c>, read at the last point within the rate; torchmetrics' SensitivityAtSpecificity of 1 - a.</para>
/// </summary>
public static class TprAtFpr
{
    /// <summary>The metric at a false positive rate of 0.01; its result gives the rate, the threshold and the counts there.</summary>
    public static Metric<ScoreBatch, RankState, RateAtThreshold> Metric { get; } = Of();

    /// <summary>How it is asked for by name.</summary>
    public static NumberForm Form { get; } =
        NumberForm.Of(
            "tpr@fpr=A",
            "tpr@fpr=0.01",
            "largest true positive rate with a false positive rate of at most A",
            "max tp / P over thresholds with fp <= A N",
            values => At(values[0])
        );

    /// <summary>The metric at another one. All share one state.</summary>
    /// <param name="falsePositiveRate">The share of normal rows that may be called anomalous, in [0, 1]; others are refused.</param>
    public static Metric<ScoreBatch, RankState, RateAtThreshold> Of(double falsePositiveRate = 0.01) => At(falsePositiveRate).Metric();

    /// <summary>
    /// The same in bounded memory, an interval in [0, 1] that is certain to hold it: the normal rows of each bin come before its anomalous ones (lower), or after them (upper), and are tied with them where the bin has seen one score only; rounded outward.
    /// </summary>
    /// <param name="bits">The resolution: scores are counted in 2^bits bins, from 1 to 24; others are refused.</param>
    /// <param name="falsePositiveRate">The share of normal rows that may be called anomalous, in [0, 1]; others are refused.</param>
    public static Metric<ScoreBatch, BoundedRankState, Interval> Bounded(
        int bits = BoundedRankState.DefaultBits,
        double falsePositiveRate = 0.01
    ) => At(falsePositiveRate).Bounded(bits);

    private static RankNumber At(double falsePositiveRate)
    {
        var rate = FprLimit.Decimal("the false positive rate", falsePositiveRate);
        var number = PointsFound.TruePositiveRate(rate.IfFail(Fraction.Zero));
        return new("TPR at FPR", Needs.BothClasses, number) { Problem = rate.Match(_ => None, error => Some((MetricError)error)) };
    }
}
