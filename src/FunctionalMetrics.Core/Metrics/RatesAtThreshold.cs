using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// What a threshold calls right and wrong, with every rate of it, of n scores and labels (or of N x H x W pixels): scores of at least t are called
/// anomalous.
/// <para>
/// Formula: tp and fp count the anomalous and normal scores s >= t, fn and tn the others; each rate is a ratio of them, correctly rounded, MCC with one
/// correctly rounded square root.
/// </para>
/// <para>
/// Never undefined as a whole; each rate is by itself where a count that it is divided by is 0, and says which (<see cref="Undefined"/>). Fails with
/// <see cref="OutOfRange"/> for a threshold that is no number and for a beta of 0 or below.
/// </para>
/// <para>Source: scikit-learn's <c>confusion_matrix</c> and what it reads off it; pROC's <c>coords</c>.</para>
/// </summary>
public static class RatesAtThreshold
{
    /// <summary>The metric at 0.5, with F-beta of beta 2.</summary>
    public static Metric<ScoreBatch, RankState, RatesAtThresholdResult> Metric { get; } = At();

    /// <summary>tp / (tp + fp).</summary>
    public static NumberForm Precision { get; } = Rate("precision", "precision", "tp / (tp + fp)", counts => counts.Precision);

    /// <summary>tp / (tp + fn).</summary>
    public static NumberForm Recall { get; } = Rate("recall", "recall, true positive rate", "tp / (tp + fn)", counts => counts.Recall);

    /// <summary>tn / (tn + fp).</summary>
    public static NumberForm Specificity { get; } =
        Rate("specificity", "specificity, true negative rate", "tn / (tn + fp)", counts => counts.Specificity);

    /// <summary>fp / (tn + fp).</summary>
    public static NumberForm FalsePositiveRate { get; } =
        Rate("fpr", "false positive rate", "fp / (tn + fp)", counts => counts.FalsePositiveRate, false);

    /// <summary>fn / (tp + fn).</summary>
    public static NumberForm FalseNegativeRate { get; } =
        Rate("fnr", "false negative rate", "fn / (tp + fn)", counts => counts.FalseNegativeRate, false);

    /// <summary>tn / (tn + fn).</summary>
    public static NumberForm NegativePredictiveValue { get; } =
        Rate("npv", "negative predictive value", "tn / (tn + fn)", counts => counts.NegativePredictiveValue);

    /// <summary>2 tp / (2 tp + fp + fn).</summary>
    public static NumberForm F1 { get; } = Rate("f1", "F1", "2 tp / (2 tp + fp + fn)", counts => counts.F1);

    /// <summary>F-beta.</summary>
    public static NumberForm FBeta { get; } =
        NumberForm.Rate(
            "fbeta@B",
            "fbeta@2",
            "F-beta, in which recall weighs B times as much as precision" + Where,
            "(1 + B^2) tp / ((1 + B^2) tp + B^2 fn + fp)",
            values => counts => counts.FBeta(values[0]),
            true
        );

    /// <summary>(tp + tn) / rows.</summary>
    public static NumberForm Accuracy { get; } = Rate("accuracy", "accuracy", "(tp + tn) / rows", counts => counts.Accuracy);

    /// <summary>(recall + specificity) / 2.</summary>
    public static NumberForm BalancedAccuracy { get; } =
        Rate("balanced_accuracy", "balanced accuracy", "(recall + specificity) / 2", counts => counts.BalancedAccuracy);

    /// <summary>recall - fpr.</summary>
    public static NumberForm Youden { get; } = Rate("youden", "Youden's J", "recall - fpr", counts => counts.Youden);

    /// <summary>Matthews' correlation coefficient.</summary>
    public static NumberForm MatthewsCorrelation { get; } =
        Rate(
            "mcc",
            "Matthews' correlation coefficient",
            "(tp tn - fp fn) / sqrt((tp + fp)(tp + fn)(tn + fp)(tn + fn))",
            counts => counts.MatthewsCorrelation
        );

    /// <summary>recall / fpr.</summary>
    public static NumberForm PositiveLikelihoodRatio { get; } =
        Rate("lr_plus", "positive likelihood ratio", "recall / fpr", counts => counts.PositiveLikelihoodRatio);

    /// <summary>fnr / specificity.</summary>
    public static NumberForm NegativeLikelihoodRatio { get; } =
        Rate("lr_minus", "negative likelihood ratio", "fnr / specificity", counts => counts.NegativeLikelihoodRatio, false);

    /// <summary>(tp + fn) / rows.</summary>
    public static NumberForm Prevalence { get; } = Rate("prevalence", "prevalence", "(tp + fn) / rows", counts => counts.Prevalence, null);

    private const string Where = ", at the given threshold, else at the one of the largest F1";

    /// <summary>The metric at another threshold. All share one state.</summary>
    /// <param name="threshold">Scores of at least this are called anomalous; any number, +inf calls none so.</param>
    /// <param name="beta">How much more recall weighs in F-beta than precision, above 0; others are refused.</param>
    public static Metric<ScoreBatch, RankState, RatesAtThresholdResult> At(double threshold = 0.5, double beta = 2) =>
        new(
            "rates at threshold",
            Option<bool>.None,
            RankState.State,
            state =>
                double.IsNaN(threshold) ? new OutOfRange("the threshold", threshold, "[-inf, inf]")
                : !(beta > 0 && double.IsFinite(beta)) ? new OutOfRange("beta", beta, "(0, inf)")
                : new RatesAtThresholdResult(threshold + 0.0, state.At(threshold), beta)
        );

    private static NumberForm Rate(
        string name,
        string meaning,
        string formula,
        Func<ConfusionMatrix, Fin<double>> rate,
        bool? higherIsBetter = true
    ) => NumberForm.Rate(name, name, meaning + Where, formula, _ => rate, higherIsBetter.ToOption());
}

/// <summary>What a threshold calls right and wrong, and its rates, each with the reason where it is undefined. Compared by value; immutable.</summary>
/// <param name="Threshold">Scores of at least this are called anomalous.</param>
/// <param name="Counts">tp, fp, fn and tn there.</param>
/// <param name="Beta">How much more recall weighs in F-beta than precision.</param>
public sealed record RatesAtThresholdResult(double Threshold, ConfusionMatrix Counts, double Beta)
{
    /// <summary>tp.</summary>
    [Shown]
    public long TruePositives => Counts.TruePositives;

    /// <summary>fp.</summary>
    [Shown]
    public long FalsePositives => Counts.FalsePositives;

    /// <summary>fn.</summary>
    [Shown]
    public long FalseNegatives => Counts.FalseNegatives;

    /// <summary>tn.</summary>
    [Shown]
    public long TrueNegatives => Counts.TrueNegatives;

    /// <summary>tp / (tp + fp), in [0, 1].</summary>
    [Shown]
    public Fin<double> Precision => Counts.Precision;

    /// <summary>tp / (tp + fn), in [0, 1].</summary>
    [Shown]
    public Fin<double> Recall => Counts.Recall;

    /// <summary>tn / (tn + fp), in [0, 1].</summary>
    [Shown]
    public Fin<double> Specificity => Counts.Specificity;

    /// <summary>fp / (tn + fp), in [0, 1].</summary>
    [Shown]
    public Fin<double> FalsePositiveRate => Counts.FalsePositiveRate;

    /// <summary>fn / (tp + fn), in [0, 1].</summary>
    [Shown]
    public Fin<double> FalseNegativeRate => Counts.FalseNegativeRate;

    /// <summary>tn / (tn + fn), in [0, 1].</summary>
    [Shown]
    public Fin<double> NegativePredictiveValue => Counts.NegativePredictiveValue;

    /// <summary>2 tp / (2 tp + fp + fn), in [0, 1].</summary>
    [Shown]
    public Fin<double> F1 => Counts.F1;

    /// <summary>(1 + b^2) tp / ((1 + b^2) tp + b^2 fn + fp), in [0, 1].</summary>
    [Shown]
    public Fin<double> FBeta => Counts.FBeta(Beta);

    /// <summary>(tp + tn) / rows, in [0, 1].</summary>
    [Shown]
    public Fin<double> Accuracy => Counts.Accuracy;

    /// <summary>(recall + specificity) / 2, in [0, 1].</summary>
    [Shown]
    public Fin<double> BalancedAccuracy => Counts.BalancedAccuracy;

    /// <summary>recall - fpr, in [-1, 1].</summary>
    [Shown]
    public Fin<double> Youden => Counts.Youden;

    /// <summary>(tp tn - fp fn) / sqrt((tp + fp)(tp + fn)(tn + fp)(tn + fn)), in [-1, 1].</summary>
    [Shown]
    public Fin<double> MatthewsCorrelation => Counts.MatthewsCorrelation;

    /// <summary>recall / fpr, from 0.</summary>
    [Shown]
    public Fin<double> PositiveLikelihoodRatio => Counts.PositiveLikelihoodRatio;

    /// <summary>fnr / specificity, from 0.</summary>
    [Shown]
    public Fin<double> NegativeLikelihoodRatio => Counts.NegativeLikelihoodRatio;

    /// <summary>(tp + fn) / rows, in [0, 1].</summary>
    [Shown]
    public Fin<double> Prevalence => Counts.Prevalence;
}
