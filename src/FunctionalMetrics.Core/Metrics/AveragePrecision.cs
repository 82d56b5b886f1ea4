namespace FunctionalMetrics.Core;

/// <summary>
/// Average precision, of n scores and labels (or of N x H x W pixels): a number in [0, 1]. Not the same number as <see cref="Aupr"/>.
/// <para>Formula: the sum over distinct scores, highest first, of (recall step) x (precision at the score).</para>
/// <para>Undefined without an anomalous row.</para>
/// <para>Source: the value of scikit-learn's <c>average_precision_score</c>.</para>
/// </summary>
public static class AveragePrecision
{
    private static readonly RankNumber Sum = new("average precision", Needs.AnomalousRow, PrecisionSums.Steps);

    /// <summary>The metric; its result gives the value and the curve.</summary>
    public static Metric<ScoreBatch, RankState, AveragePrecisionResult> Metric { get; } =
        Sum.Metric(state => new AveragePrecisionResult(new PrecisionRecallCurve(state)));

    /// <summary>How it is asked for by name.</summary>
    public static NumberForm Form { get; } =
        NumberForm.Of("ap", "ap", "average precision", "sum over scores of (recall step) x precision", _ => Sum);

    /// <summary>What evaluations show of it.</summary>
    public static EvaluationNumber Number { get; } = EvaluationNumber.Rate("average_precision", "average precision", 300, Sum);

    /// <summary>
    /// The same in bounded memory, an interval in [0, 1] that is certain to hold it: the normal rows of each bin come first and then its anomalous
    /// ones, one by one (lower), or these all tied and then the normal ones (upper); a tie where the bin has seen one score only; rounded outward.
    /// </summary>
    /// <param name="bits">The resolution: scores are counted in 2^bits bins, from 1 to 24; others are refused.</param>
    public static Metric<ScoreBatch, BoundedRankState, Interval> Bounded(int bits = BoundedRankState.DefaultBits) => Sum.Bounded(bits);
}

/// <summary>Average precision with the curve it is read off. Compared by value; immutable.</summary>
/// <param name="Curve">The precision-recall curve.</param>
public sealed record AveragePrecisionResult([property: Curve] PrecisionRecallCurve Curve)
{
    /// <summary>Average precision, in [0, 1].</summary>
    [Headline]
    public double Value => Curve.AveragePrecision;
}
