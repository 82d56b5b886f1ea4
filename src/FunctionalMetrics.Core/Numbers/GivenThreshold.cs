using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// What a threshold that was chosen elsewhere calls right and wrong, of n scores and labels (or of N x H x W pixels): scores of at least t are called
/// anomalous. Evaluations show it where the settings give a threshold for the level; in bounded memory counts and rates are intervals.
/// <para>Formula: tp and fp count the anomalous and normal scores s >= t; precision tp / (tp + fp), recall tp / P, F1 2 tp / (2 tp + fp + fn), false positive rate fp / N.</para>
/// <para>Undefined: precision where nothing is called anomalous, recall without an anomalous row, F1 without either, the false positive rate without a normal row.</para>
/// <para>Source: scikit-learn's <c>confusion_matrix</c> and <c>precision_recall_fscore_support</c>. In code it is <see cref="RankState.At(double)"/>.</para>
/// </summary>
public static class GivenThreshold
{
    private const string Place = "at_given_threshold.";

    /// <summary>The threshold, in the user's own scores.</summary>
    public static EvaluationNumber Threshold { get; } =
        EvaluationNumber.Of(
            Place + "threshold",
            NumberKind.Parameter,
            settings => $"given threshold (anomalous: score {(settings.LowerIsAnomalous ? "≤" : "≥")} it)",
            680,
            (ranking, settings) => Optional(settings.ThresholdOf(ranking)).Map(given => FinSucc(Interval.Known(given)))
        );

    /// <summary>tp there.</summary>
    public static EvaluationNumber TruePositives { get; } = Count("tp", "true positives", 681, counts => counts.TruePositives);

    /// <summary>fp there.</summary>
    public static EvaluationNumber FalsePositives { get; } = Count("fp", "false positives", 682, counts => counts.FalsePositives);

    /// <summary>fn there.</summary>
    public static EvaluationNumber FalseNegatives { get; } = Count("fn", "false negatives", 683, counts => counts.FalseNegatives);

    /// <summary>tn there.</summary>
    public static EvaluationNumber TrueNegatives { get; } = Count("tn", "true negatives", 684, counts => counts.TrueNegatives);

    /// <summary>tp / (tp + fp) there.</summary>
    public static EvaluationNumber Precision { get; } = There("precision", NumberKind.Rate, "precision", 685, counts => counts.Precision);

    /// <summary>tp / (tp + fn) there.</summary>
    public static EvaluationNumber Recall { get; } = There("recall", NumberKind.Rate, "recall", 686, counts => counts.Recall);

    /// <summary>2 tp / (2 tp + fp + fn) there.</summary>
    public static EvaluationNumber F1 { get; } = There("f1", NumberKind.Rate, "F1", 687, counts => counts.F1);

    /// <summary>fp / (fp + tn) there.</summary>
    public static EvaluationNumber FalsePositiveRate { get; } =
        There("fpr", NumberKind.Rate, "false positive rate", 688, counts => counts.FalsePositiveRate);

    private static EvaluationNumber Count(string key, string title, int order, Func<ConfusionMatrix, long> count) =>
        There(key, NumberKind.Count, title, order, counts => (double)count(counts));

    private static EvaluationNumber There(string key, NumberKind kind, string title, int order, Func<ConfusionMatrix, Fin<double>> read) =>
        EvaluationNumber.Of(
            Place + key,
            kind,
            _ => "  " + title,
            order,
            (ranking, settings) =>
                Optional(settings.ThresholdOf(ranking))
                    .Map(given => ranking.At(settings.Own(given)) is var (worst, best) ? Between(kind, read(worst), read(best)) : default)
        );

    /// <summary>Where one of the two has no value, whatever lies between has none or that of the other: precision of normal rows alone is 0.</summary>
    private static Fin<Interval> Between(NumberKind kind, Fin<double> worst, Fin<double> best) =>
        (worst | best).Bind(lower => (best | worst).Map(upper => Between(kind, lower, upper)));

    /// <summary>Rates are rounded to the nearest double, so that what lies between two of them lies within their neighbours.</summary>
    private static Interval Between(NumberKind kind, double first, double second) =>
        first == second ? Interval.Known(first)
        : kind == NumberKind.Count ? new(Math.Min(first, second), Math.Max(first, second))
        : new(Math.Max(0, Math.BitDecrement(Math.Min(first, second))), Math.Min(1, Math.BitIncrement(Math.Max(first, second))));
}
