using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// The smallest false positive rate of a threshold that reaches a true positive rate, of n scores and labels (or of N x H x W pixels): a number in [0, 1]. FPR95 is that at 0.95.
/// <para>Formula: fp / N at the highest of the distinct scores t and +inf with tp >= r P; r is the decimal that it is written as.</para>
/// <para>Undefined without an anomalous or without a normal row. Fails with <see cref="OutOfRange"/> for a rate outside [0, 1].</para>
/// <para>Source: OpenOOD's FPR95; scikit-learn's <c>roc_curve</c>, read at the first point that reaches the rate.</para>
/// </summary>
public static class FprAtTpr
{
    /// <summary>The metric at a true positive rate of 0.95; its result gives the rate, the threshold and the counts there.</summary>
    public static Metric<ScoreBatch, RankState, RateAtThreshold> Metric { get; } = Of();

    /// <summary>How it is asked for by name.</summary>
    public static NumberForm Form { get; } =
        NumberForm.Of(
            "fpr@tpr=R",
            "fpr@tpr=0.9",
            "smallest false positive rate with a true positive rate of at least R",
            "fp / N at the highest threshold with tp >= R P",
            values => At(values[0])
        );

    /// <summary>How it is asked for by name.</summary>
    public static NumberForm At95 { get; } =
        NumberForm.Of(
            "fpr95",
            "fpr95",
            "false positive rate where 95% of the anomalies are found",
            "fp / N at the highest threshold with tp >= 0.95 P",
            _ => At(0.95)
        );

    /// <summary>The metric at another one. All share one state.</summary>
    /// <param name="truePositiveRate">The share of anomalous rows to be found, in [0, 1]; others are refused.</param>
    public static Metric<ScoreBatch, RankState, RateAtThreshold> Of(double truePositiveRate = 0.95) => At(truePositiveRate).Metric();

    /// <summary>
    /// The same in bounded memory, an interval in [0, 1] that is certain to hold it: the normal rows of each bin come after its anomalous ones (lower), or before them (upper), and are tied with them where the bin has seen one score only; rounded outward.
    /// </summary>
    /// <param name="bits">The resolution: scores are counted in 2^bits bins, from 1 to 24; others are refused.</param>
    /// <param name="truePositiveRate">The share of anomalous rows to be found, in [0, 1]; others are refused.</param>
    public static Metric<ScoreBatch, BoundedRankState, Interval> Bounded(
        int bits = BoundedRankState.DefaultBits,
        double truePositiveRate = 0.95
    ) => At(truePositiveRate).Bounded(bits);

    private static RankNumber At(double truePositiveRate)
    {
        var rate = FprLimit.Decimal("the true positive rate", truePositiveRate);
        var number = PointsFound.FalsePositiveRate(rate.IfFail(Fraction.One));
        return new("FPR at TPR", Needs.BothClasses, number)
        {
            HigherIsBetter = false,
            Problem = rate.Match(_ => None, error => Some((MetricError)error)),
        };
    }
}
