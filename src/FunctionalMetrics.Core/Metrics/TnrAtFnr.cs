using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// The largest true negative rate of a threshold that misses no more than a share of the anomalous rows, of n scores and labels (or of N x H x W pixels): a number in [0, 1].
/// <para>Formula: tn / N at the highest of the distinct scores t and +inf with fn &lt;= n P: 1 - FprAtTpr(1 - n), at the same t; n is the decimal that it is written as.</para>
/// <para>Undefined without an anomalous or without a normal row. Fails with <see cref="OutOfRange"/> for a rate outside [0, 1].</para>
/// <para>Source: torchmetrics' SpecificityAtSensitivity of 1 - n.</para>
/// </summary>
public static class TnrAtFnr
{
    /// <summary>The metric at a false negative rate of 0.05; its result gives the rate, the threshold and the counts there.</summary>
    public static Metric<ScoreBatch, RankState, RateAtThreshold> Metric { get; } = Of();

    /// <summary>How it is asked for by name.</summary>
    public static NumberForm Form { get; } =
        NumberForm.Of(
            "tnr@fnr=M",
            "tnr@fnr=0.05",
            "largest true negative rate with a false negative rate of at most M",
            "tn / N at the highest threshold with fn <= M P",
            values => At(values[0])
        );

    /// <summary>The metric at another one. All share one state.</summary>
    /// <param name="falseNegativeRate">The share of anomalous rows that may be missed, in [0, 1]; others are refused.</param>
    public static Metric<ScoreBatch, RankState, RateAtThreshold> Of(double falseNegativeRate = 0.05) => At(falseNegativeRate).Metric();

    /// <summary>
    /// The same in bounded memory, an interval in [0, 1] that is certain to hold it: the normal rows of each bin come before its anomalous ones (lower), or after them (upper), and are tied with them where the bin has seen one score only; rounded outward.
    /// </summary>
    /// <param name="bits">The resolution: scores are counted in 2^bits bins, from 1 to 24; others are refused.</param>
    /// <param name="falseNegativeRate">The share of anomalous rows that may be missed, in [0, 1]; others are refused.</param>
    public static Metric<ScoreBatch, BoundedRankState, Interval> Bounded(
        int bits = BoundedRankState.DefaultBits,
        double falseNegativeRate = 0.05
    ) => At(falseNegativeRate).Bounded(bits);

    private static RankNumber At(double falseNegativeRate)
    {
        var rate = FprLimit.Decimal("the false negative rate", falseNegativeRate);
        var number = PointsFound.TrueNegativeRate(rate.IfFail(Fraction.Zero).Rest);
        return new("TNR at FNR", Needs.BothClasses, number) { Problem = rate.Match(_ => None, error => Some((MetricError)error)) };
    }
}
