namespace FunctionalMetrics.Core;

/// <summary>
/// Area under the receiver operating characteristic, of n scores and labels (or of N x H x W pixels): a number in [0, 1], 1/2 for constant
/// scores.
/// <para>Formula: (#{s+ > s-} + #{s+ = s-} / 2) / (P N), over all pairs of an anomalous score s+ and a normal score s-; correctly rounded.</para>
/// <para>Undefined without an anomalous or without a normal row.</para>
/// <para>Source: Fawcett, "An introduction to ROC analysis", 2006; the value of scikit-learn's <c>roc_auc_score</c>.</para>
/// </summary>
public static class Auroc
{
    private static readonly RankNumber Area = new("AUROC", Needs.BothClasses, OrderedPairs.Share);

    /// <summary>The metric; its result gives the area and the curve.</summary>
    public static Metric<ScoreBatch, RankState, RocCurve> Metric { get; } = Area.Metric(state => new RocCurve(state));

    /// <summary>How it is asked for by name.</summary>
    public static NumberForm Form { get; } =
        NumberForm.Of(
            "auroc",
            "auroc",
            "area under the ROC curve",
            "(#{s+ > s-} + #{s+ = s-} / 2) / (P N) over all pairs of an anomalous and a normal score",
            _ => Area
        );

    /// <summary>What evaluations show of it.</summary>
    public static EvaluationNumber Number { get; } = EvaluationNumber.Rate("auroc", "AUROC", 100, Area);

    /// <summary>
    /// The same in bounded memory, an interval in [0, 1] that is certain to hold it: all pairs of a bin are in order or none, and tied where the
    /// bin has seen one score only; rounded outward. No width for 8-bit scores from 18 bits on, for half precision from 19.
    /// </summary>
    /// <param name="bits">The resolution: scores are counted in 2^bits bins, from 1 to 24; others are refused.</param>
    public static Metric<ScoreBatch, BoundedRankState, Interval> Bounded(int bits = BoundedRankState.DefaultBits) => Area.Bounded(bits);
}
