namespace FunctionalMetrics.Core;

/// <summary>
/// Area under the precision-recall curve by the trapezoid rule, of n scores and labels (or of N x H x W pixels): a number in [0, 1].
/// <para>Formula: the sum over recall steps of (precision before + precision after) / 2 x (recall step), beginning at (0, 1).</para>
/// <para>Undefined without an anomalous row.</para>
/// <para>
/// Source: anomalib's AUPR; the value of scikit-learn's <c>auc(recall, precision)</c>. It is optimistic where the curve is steep; see
/// <see cref="AveragePrecision"/> (Davis and Goadrich, "The relationship between precision-recall and ROC curves", 2006).
/// </para>
/// </summary>
public static class Aupr
{
    private static readonly RankNumber Area = new("AUPR", Needs.AnomalousRow, PrecisionSums.Trapezoids);

    /// <summary>The metric; its result gives the area and the curve.</summary>
    public static Metric<ScoreBatch, RankState, PrecisionRecallCurve> Metric { get; } =
        Area.Metric(state => new PrecisionRecallCurve(state));

    /// <summary>How it is asked for by name; OpenOOD calls it AUPR-OUT.</summary>
    public static NumberForm Form { get; } =
        NumberForm.Of(
            "aupr-out",
            "aupr-out",
            "area under the precision-recall curve by the trapezoid rule, anomalous rows found (AUPR)",
            "sum over recall steps of (precision before + precision after) / 2 x (recall step)",
            _ => Area
        );

    /// <summary>What evaluations show of it.</summary>
    public static EvaluationNumber Number { get; } = EvaluationNumber.Rate("aupr", "AUPR", 200, Area);

    /// <summary>
    /// The same in bounded memory, an interval in [0, 1] that is certain to hold it: the normal rows of each bin come first and then its anomalous
    /// ones, all tied (lower), or these one by one and then the normal ones (upper); a tie where the bin has seen one score only; rounded outward.
    /// </summary>
    /// <param name="bits">The resolution: scores are counted in 2^bits bins, from 1 to 24; others are refused.</param>
    public static Metric<ScoreBatch, BoundedRankState, Interval> Bounded(int bits = BoundedRankState.DefaultBits) => Area.Bounded(bits);
}
