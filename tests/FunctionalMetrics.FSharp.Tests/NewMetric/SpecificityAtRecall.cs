using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// The largest share of normal rows called normal by a threshold that finds a given share of the anomalous ones, of n scores and labels (or
/// of N x H x W pixels): a number in [0, 1].
/// <para>Formula: the maximum of tn / N over thresholds with tp / P >= recall.</para>
/// <para>Undefined without an anomalous or without a normal row. Fails with <see cref="OutOfRange"/> for a recall outside [0, 1].</para>
/// <para>Source: torchmetrics' SpecificityAtSensitivity.</para>
/// </summary>
public static class SpecificityAtRecall
{
    /// <summary>The metric at a recall of 0.95.</summary>
    public static Metric<ScoreBatch, RankState, SpecificityAtRecallResult> Metric { get; } = Of();

    /// <summary>The metric at another recall.</summary>
    /// <param name="recall">The share of anomalous rows to be found, in [0, 1].</param>
    public static Metric<ScoreBatch, RankState, SpecificityAtRecallResult> Of(double recall = 0.95) =>
        new("specificity at recall", Some(true), RankState.Empty, RankState.Of, RankState.Merge, state => Compute(state, recall));

    private static Fin<SpecificityAtRecallResult> Compute(RankState state, double recall) =>
        state
            .Refusal("specificity at recall", needsNormal: true)
            .Match(FinFail<RocCurve>, () => new RocCurve(state))
            .Bind(roc => roc.FprAtTpr(recall))
            .Map(point => new SpecificityAtRecallResult(point.Threshold, state.At(point.Threshold)));
}

/// <summary>A specificity and where it is reached. Compared by value; immutable.</summary>
/// <param name="Threshold">Scores of at least this are called anomalous.</param>
/// <param name="Counts">tp, fp, fn and tn there.</param>
public sealed record SpecificityAtRecallResult(double Threshold, ConfusionMatrix Counts)
{
    /// <summary>tn / N, in [0, 1].</summary>
    public double Value => Ratio.Round(Counts.TrueNegatives, Counts.TrueNegatives + Counts.FalsePositives);
}
