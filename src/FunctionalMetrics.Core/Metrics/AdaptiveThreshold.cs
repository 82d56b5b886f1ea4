using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// The threshold of the largest F1, of n scores and labels (or of N x H x W pixels), in the units of the scores. A threshold chosen on the
/// data it is judged by is optimistic.
/// <para>Formula: the lowest distinct score t at which 2 tp / (2 tp + fp + fn) is largest.</para>
/// <para>Without an anomalous row it is the default value, and the result says so; never undefined.</para>
/// <para>Source: anomalib's AnomalyScoreThreshold / F1AdaptiveThreshold with <c>default_value=0.5</c>, up to 2.2; since 2.3.0 it gives the largest normal score where no row is anomalous.</para>
/// </summary>
public static class AdaptiveThreshold
{
    private const string Name = "adaptive threshold";

    /// <summary>The value taken where there is no anomalous row: 0.5.</summary>
    public const double DefaultValue = EvaluationSettings.UsualThreshold;

    /// <summary>The metric with the default value 0.5.</summary>
    public static Metric<ScoreBatch, RankState, AdaptiveThresholdResult> Metric { get; } = WithDefault();

    /// <summary>What evaluations show of it: the threshold, in the user's own scores.</summary>
    public static EvaluationNumber Number { get; } =
        EvaluationNumber.Of(
            "adaptive_threshold",
            NumberKind.Threshold,
            settings => $"threshold (anomalous: score {(settings.LowerIsAnomalous ? "≤" : "≥")} it)",
            600,
            (ranking, settings) =>
                Some(
                    FinSucc(
                        settings.Own(
                            ranking.Positives == 0 ? Interval.Known(settings.RankedDefault)
                            : ranking is ExactRanking exact ? Interval.Known(exact.Of(LargestF1.Reduction).Threshold)
                            : LargestF1.Threshold(((BoundedRanking)ranking).Sweeps)
                        )
                    )
                ),
            ranking => ranking.Positives == 0 ? "(default)" : "",
            LargestF1.Reduction
        );

    /// <summary>Whether it is only the default.</summary>
    public static EvaluationNumber IsDefault { get; } =
        EvaluationNumber.Of(
            "adaptive_threshold_is_default",
            NumberKind.Flag,
            _ => null,
            610,
            (ranking, _) => Some(FinSucc(Interval.Known(ranking.Positives == 0 ? 1 : 0)))
        );

    /// <summary>tp there.</summary>
    public static EvaluationNumber TruePositives { get; } = Count("tp", "true positives", 620, counts => counts.TruePositives);

    /// <summary>fp there.</summary>
    public static EvaluationNumber FalsePositives { get; } = Count("fp", "false positives", 630, counts => counts.FalsePositives);

    /// <summary>fn there.</summary>
    public static EvaluationNumber FalseNegatives { get; } = Count("fn", "false negatives", 640, counts => counts.FalseNegatives);

    /// <summary>tn there.</summary>
    public static EvaluationNumber TrueNegatives { get; } = Count("tn", "true negatives", 650, counts => counts.TrueNegatives);

    /// <summary>tp / (tp + fp) there.</summary>
    public static EvaluationNumber Precision { get; } = There("precision", NumberKind.Rate, "precision", 660, counts => counts.Precision);

    /// <summary>tp / (tp + fn) there.</summary>
    public static EvaluationNumber Recall { get; } = There("recall", NumberKind.Rate, "recall", 670, counts => counts.Recall);

    /// <summary>The metric with another value to take where there is no anomalous row. All share one state.</summary>
    /// <param name="defaultValue">A finite threshold; others are refused.</param>
    public static Metric<ScoreBatch, RankState, AdaptiveThresholdResult> WithDefault(double defaultValue = DefaultValue) =>
        new(
            Name,
            Option<bool>.None,
            RankState.State,
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
            .Refusal(Name, Needs.AnomalousRow)
            .Or(() =>
            {
                var (threshold, counts) = state.Sweep.Of(LargestF1.Reduction);
                return new AdaptiveThresholdResult(threshold, false, counts, new F1Curve(state));
            });
    }

    private static EvaluationNumber Count(string key, string title, int order, Func<ConfusionMatrix, long> count) =>
        There(key, NumberKind.Count, title, order, counts => (double)count(counts));

    /// <summary>A number of the counts at the threshold. A histogram does not tell them.</summary>
    private static EvaluationNumber There(string key, NumberKind kind, string title, int order, Func<ConfusionMatrix, Fin<double>> read) =>
        EvaluationNumber.Of(
            "at_threshold." + key,
            kind,
            _ => "  " + title,
            order,
            (ranking, settings) =>
                ranking is ExactRanking exact
                    ? Some(
                        read(ranking.Positives == 0 ? exact.At(settings.RankedDefault).Best : exact.Of(LargestF1.Reduction).Counts)
                            .Map(Interval.Known)
                    )
                    : None,
            null,
            LargestF1.Reduction
        );
}

/// <summary>A threshold, whether it is only the default, and what it calls right and wrong. Compared by value; immutable.</summary>
/// <param name="Threshold">Scores of at least this are called anomalous.</param>
/// <param name="IsDefault">True when there was no anomalous row to choose it by.</param>
/// <param name="Counts">tp, fp, fn and tn there; precision, recall and F1 are read off them.</param>
/// <param name="Curve">F1 over the threshold.</param>
public sealed record AdaptiveThresholdResult(
    [property: Headline] double Threshold,
    bool IsDefault,
    ConfusionMatrix Counts,
    [property: Curve] F1Curve Curve
);
