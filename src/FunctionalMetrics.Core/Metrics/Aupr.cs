using LanguageExt;
using static LanguageExt.Prelude;

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
    /// <summary>The metric; its result gives the area and the curve.</summary>
    public static Metric<ScoreBatch, RankState, PrecisionRecallCurve> Metric { get; } =
        new("AUPR", Some(true), RankState.Empty, RankState.Of, RankState.Merge, Compute);

    private static Fin<PrecisionRecallCurve> Compute(RankState state) =>
        state.Refusal("AUPR", needsNormal: false).Match(FinFail<PrecisionRecallCurve>, () => new PrecisionRecallCurve(state));
}
