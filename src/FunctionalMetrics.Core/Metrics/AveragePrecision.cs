using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// Average precision, of n scores and labels (or of N x H x W pixels): a number in [0, 1]. Not the same number as <see cref="Aupr"/>.
/// <para>Formula: the sum over distinct scores, highest first, of (recall step) x (precision at the score).</para>
/// <para>Undefined without an anomalous row.</para>
/// <para>Source: the value of scikit-learn's <c>average_precision_score</c>.</para>
/// </summary>
public static class AveragePrecision
{
    /// <summary>The metric; its result gives the value and the curve.</summary>
    public static Metric<ScoreBatch, RankState, AveragePrecisionResult> Metric { get; } =
        new("average precision", Some(true), RankState.Empty, RankState.Of, RankState.Merge, Compute);

    private static Fin<AveragePrecisionResult> Compute(RankState state) =>
        state
            .Refusal("average precision", needsNormal: false)
            .Match(FinFail<AveragePrecisionResult>, () => new AveragePrecisionResult(new PrecisionRecallCurve(state)));
}

/// <summary>Average precision with the curve it is read off. Compared by value; immutable.</summary>
/// <param name="Curve">The precision-recall curve.</param>
public sealed record AveragePrecisionResult(PrecisionRecallCurve Curve)
{
    /// <summary>Average precision, in [0, 1].</summary>
    public double Value => Curve.AveragePrecision;
}
