using LanguageExt;
using static LanguageExt.Prelude;

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
    /// <summary>The metric; its result gives the area and the curve.</summary>
    public static Metric<ScoreBatch, RankState, RocCurve> Metric { get; } =
        new("AUROC", Some(true), RankState.Empty, RankState.Of, RankState.Merge, Compute);

    private static Fin<RocCurve> Compute(RankState state) =>
        state.Refusal("AUROC", needsNormal: true).Match(FinFail<RocCurve>, () => new RocCurve(state));
}
