using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// The threshold of the largest F1, of n scores and labels (or of N x H x W pixels), in the units of the scores. A threshold chosen on the
/// data it is judged by is optimistic.
/// <para>Formula: the lowest distinct score t at which 2 tp / (2 tp + fp + fn) is largest.</para>
/// <para>Without an anomalous row it is the default value, and the result says so; never undefined.</para>
/// <para>Source: anomalib's AnomalyScoreThreshold / F1AdaptiveThreshold with <c>default_value=0.5</c>.</para>
/// </summary>
public static class AdaptiveThreshold
{
    /// <summary>The value taken where there is no anomalous row: 0.5.</summary>
    public const double DefaultValue = 0.5;

    /// <summary>The metric with the default value 0.5.</summary>
    public static Metric<ScoreBatch, RankState, AdaptiveThresholdResult> Metric { get; } = WithDefault();

    /// <summary>The metric with another value to take where there is no anomalous row. All share one state.</summary>
    /// <param name="defaultValue">A finite threshold; otherwise every result is an <see cref="OutOfRange"/>.</param>
    public static Metric<ScoreBatch, RankState, AdaptiveThresholdResult> WithDefault(double defaultValue = DefaultValue) =>
        new(
            "adaptive threshold",
            Option<bool>.None,
            RankState.Empty,
            RankState.Of,
            RankState.Merge,
            state =>
                double.IsFinite(defaultValue)
                    ? Compute(state, defaultValue)
                    : new OutOfRange("the default threshold", defaultValue, "the finite numbers")
        );

    private static Fin<AdaptiveThresholdResult> Compute(RankState state, double defaultValue)
    {
        if (state.Positives == 0)
            return new AdaptiveThresholdResult(defaultValue + 0.0, true, state.At(defaultValue), new F1Curve(state));
        return state
            .Refusal("adaptive threshold", needsNormal: false)
            .Match(
                FinFail<AdaptiveThresholdResult>,
                () =>
                {
                    var (threshold, counts) = state.Sweep.Optimum;
                    return new AdaptiveThresholdResult(threshold, false, counts, new F1Curve(state));
                }
            );
    }
}

/// <summary>A threshold, whether it is only the default, and what it calls right and wrong. Compared by value; immutable.</summary>
/// <param name="Threshold">Scores of at least this are called anomalous.</param>
/// <param name="IsDefault">True when there was no anomalous row to choose it by.</param>
/// <param name="Counts">tp, fp, fn and tn there; precision, recall and F1 are read off them.</param>
/// <param name="Curve">F1 over the threshold.</param>
public sealed record AdaptiveThresholdResult(double Threshold, bool IsDefault, ConfusionMatrix Counts, F1Curve Curve);
