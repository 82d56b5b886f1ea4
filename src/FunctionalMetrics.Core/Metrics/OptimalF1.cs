using LanguageExt;
using static LanguageExt.Prelude;

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
    /// <summary>The metric; its result gives F1, the threshold and the counts there.</summary>
    public static Metric<ScoreBatch, RankState, OptimalF1Result> Metric { get; } =
        new("optimal F1", Some(true), RankState.Empty, RankState.Of, RankState.Merge, Compute);

    private static Fin<OptimalF1Result> Compute(RankState state) =>
        state
            .Refusal("optimal F1", needsNormal: false)
            .Match(
                FinFail<OptimalF1Result>,
                () =>
                {
                    var (threshold, counts) = state.Sweep.Optimum;
                    return new OptimalF1Result(threshold, counts, new F1Curve(state));
                }
            );
}

/// <summary>The largest F1 and where it is reached. Compared by value; immutable.</summary>
/// <param name="Threshold">The lowest score that reaches it as a threshold.</param>
/// <param name="Counts">tp, fp, fn and tn there.</param>
/// <param name="Curve">F1 over the threshold.</param>
public sealed record OptimalF1Result(double Threshold, ConfusionMatrix Counts, F1Curve Curve)
{
    /// <summary>The largest F1, in (0, 1].</summary>
    public double F1 => Counts.F1.IfFail(0);
}
