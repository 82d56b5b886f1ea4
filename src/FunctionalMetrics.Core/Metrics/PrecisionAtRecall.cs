using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// The largest precision of a threshold that finds a share of the anomalous rows, of n scores and labels (or of N x H x W pixels): a number in (0, 1].
/// <para>Formula: the maximum of tp / (tp + fp) over the distinct scores t with tp >= r P; then the largest recall, then the highest t; r is the decimal that it is written as.</para>
/// <para>Undefined without an anomalous or without a normal row. Fails with <see cref="OutOfRange"/> for a recall outside [0, 1].</para>
/// <para>Source: torchmetrics' PrecisionAtFixedRecall.</para>
/// </summary>
public static class PrecisionAtRecall
{
    /// <summary>The metric at a recall of 0.5; its result gives the rate, the threshold and the counts there.</summary>
    public static Metric<ScoreBatch, RankState, RateAtThreshold> Metric { get; } = Of();

    /// <summary>How it is asked for by name.</summary>
    public static NumberForm Form { get; } =
        NumberForm.Of(
            "precision@recall=R",
            "precision@recall=0.5",
            "largest precision with a recall of at least R",
            "max tp / (tp + fp) over thresholds with tp >= R P",
            values => At(values[0])
        );

    /// <summary>The metric at another one. All share one state.</summary>
    /// <param name="recall">The share of anomalous rows to be found, in [0, 1]; others are refused.</param>
    public static Metric<ScoreBatch, RankState, RateAtThreshold> Of(double recall = 0.5) => At(recall).Metric();

    /// <summary>
    /// The same in bounded memory, an interval in [0, 1] that is certain to hold it: the normal rows of each bin come before its anomalous ones (lower), or after them (upper), and are tied with them where the bin has seen one score only; rounded outward.
    /// </summary>
    /// <param name="bits">The resolution: scores are counted in 2^bits bins, from 1 to 24; others are refused.</param>
    /// <param name="recall">The share of anomalous rows to be found, in [0, 1]; others are refused.</param>
    public static Metric<ScoreBatch, BoundedRankState, Interval> Bounded(int bits = BoundedRankState.DefaultBits, double recall = 0.5) =>
        At(recall).Bounded(bits);

    private static RankNumber At(double recall)
    {
        var rate = FprLimit.Decimal("the recall", recall);
        var number = PointsFound.Precision(rate.IfFail(Fraction.One));
        return new("precision at recall", Needs.BothClasses, number) { Problem = rate.Match(_ => None, error => Some((MetricError)error)) };
    }
}
