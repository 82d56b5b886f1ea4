namespace FunctionalMetrics.Core;

/// <summary>
/// The equal error rate, where as large a share of the normal rows is called anomalous as of the anomalous ones is missed, of n scores and labels (or
/// of N x H x W pixels): a number in [0, 1].
/// <para>
/// Formula: fpr where the ROC curve crosses fpr + tpr = 1, interpolated linearly; the threshold is the highest score of either class with
/// fpr + tpr >= 1.
/// </para>
/// <para>Undefined without an anomalous or without a normal row.</para>
/// <para>
/// Source: ISO/IEC 19795-1; torchmetrics' EER gives (fpr + fnr) / 2 at the point of the curve where they differ least.
/// </para>
/// </summary>
public static class EqualErrorRate
{
    private static readonly RankNumber Crossing = new("equal error rate", Needs.BothClasses, RocCrossing.FalsePositiveRate)
    {
        HigherIsBetter = false,
    };

    /// <summary>The metric; its result gives the rate, the threshold and the counts there.</summary>
    public static Metric<ScoreBatch, RankState, RateAtThreshold> Metric { get; } = Crossing.Metric();

    /// <summary>How it is asked for by name.</summary>
    public static NumberForm Form { get; } =
        NumberForm.Of(
            "eer",
            "eer",
            "equal error rate, where false positive and false negative rate are the same",
            "fpr where the ROC curve crosses fpr + tpr = 1",
            _ => Crossing
        );

    /// <summary>
    /// The same in bounded memory, an interval in [0, 1] that is certain to hold it: the normal rows of each bin come after its anomalous ones
    /// (lower), or before them (upper), and are tied with them where the bin has seen one score only; rounded outward.
    /// </summary>
    /// <param name="bits">The resolution: scores are counted in 2^bits bins, from 1 to 24; others are refused.</param>
    public static Metric<ScoreBatch, BoundedRankState, Interval> Bounded(int bits = BoundedRankState.DefaultBits) => Crossing.Bounded(bits);
}
