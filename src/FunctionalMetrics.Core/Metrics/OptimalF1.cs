namespace FunctionalMetrics.Core;

/// <summary>
/// The largest F1 that a threshold at one of the scores gives, of n scores and labels (or of N x H x W pixels): a number in (0, 1]. A
/// threshold chosen on the data it is judged by is optimistic.
/// <para>Formula: the maximum over distinct scores t of 2 tp / (2 tp + fp + fn); among equal maxima the lowest threshold counts.</para>
/// <para>Undefined without an anomalous row.</para>
/// <para>Source: anomalib's OptimalF1 (F1Max); the maximum over scikit-learn's <c>precision_recall_curve</c>.</para>
/// </summary>
public static class OptimalF1
{
    private static readonly RankNumber Largest = new("optimal F1", Needs.AnomalousRow, LargestF1.F1);

    /// <summary>The metric; its result gives F1, the threshold and the counts there.</summary>
    public static Metric<ScoreBatch, RankState, OptimalF1Result> Metric { get; } =
        Largest.Metric(state =>
        {
            var (threshold, counts) = state.Sweep.Of(LargestF1.Reduction);
            return new OptimalF1Result(threshold, counts, new F1Curve(state));
        });

    /// <summary>How it is asked for by name.</summary>
    public static NumberForm Form { get; } =
        NumberForm.Of("optimal_f1", "optimal_f1", "largest F1", "max 2 tp / (2 tp + fp + fn) over thresholds", _ => Largest);

    /// <summary>What evaluations show of it.</summary>
    public static EvaluationNumber Number { get; } = EvaluationNumber.Rate("optimal_f1", "optimal F1", 500, Largest);

    /// <summary>
    /// The same in bounded memory, an interval that is certain to hold it and one that is certain to hold its threshold: the maximum at the ends of
    /// the bins (lower), and with each bin's anomalous rows before its normal ones (upper), rounded outward; the thresholds span every bin that can
    /// hold the optimum.
    /// </summary>
    /// <param name="bits">The resolution: scores are counted in 2^bits bins, from 1 to 24; others are refused.</param>
    public static Metric<ScoreBatch, BoundedRankState, OptimalF1Bounds> Bounded(int bits = BoundedRankState.DefaultBits) =>
        Largest.Bounded(bits, state => new OptimalF1Bounds(LargestF1.F1.Of(state.Sweeps), LargestF1.Threshold(state.Sweeps)));
}

/// <summary>The largest F1 and where it is reached. Compared by value; immutable.</summary>
/// <param name="Threshold">The lowest score that reaches it as a threshold.</param>
/// <param name="Counts">tp, fp, fn and tn there.</param>
/// <param name="Curve">F1 over the threshold.</param>
public sealed record OptimalF1Result([property: Shown] double Threshold, ConfusionMatrix Counts, [property: Curve] F1Curve Curve)
{
    /// <summary>The largest F1, in (0, 1].</summary>
    [Shown]
    public double F1 => Counts.F1.IfFail(0);
}

/// <summary>The largest F1 and its lowest threshold, each as an interval that holds it. Compared by value; immutable.</summary>
/// <param name="F1">The largest F1, in [0, 1].</param>
/// <param name="Threshold">The lowest score that reaches it as a threshold.</param>
public sealed record OptimalF1Bounds([property: Shown] Interval F1, [property: Shown] Interval Threshold);
