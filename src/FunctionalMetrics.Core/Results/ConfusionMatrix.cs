using FunctionalMetrics.Core.Numerics;
using LanguageExt;

namespace FunctionalMetrics.Core;

/// <summary>What a threshold calls right and wrong. Rates are correctly rounded ratios of these counts. Compared by value; immutable.</summary>
/// <param name="TruePositives">tp, anomalous rows called anomalous.</param>
/// <param name="FalsePositives">fp, normal rows called anomalous.</param>
/// <param name="FalseNegatives">fn, anomalous rows called normal.</param>
/// <param name="TrueNegatives">tn, normal rows called normal.</param>
public readonly record struct ConfusionMatrix(long TruePositives, long FalsePositives, long FalseNegatives, long TrueNegatives)
{
    /// <summary>How many rows there are.</summary>
    public long Rows => TruePositives + FalsePositives + FalseNegatives + TrueNegatives;

    /// <summary>tp / (tp + fp), in [0, 1]. Undefined when nothing is called anomalous.</summary>
    public Fin<double> Precision =>
        TruePositives + FalsePositives is > 0 and var called
            ? Ratio.Round(TruePositives, called)
            : new Undefined("precision", Missing.CalledAnomalous, Rows);

    /// <summary>tp / (tp + fn), in [0, 1]; also the true positive rate. Undefined without an anomalous row.</summary>
    public Fin<double> Recall =>
        TruePositives + FalseNegatives is > 0 and var positives
            ? Ratio.Round(TruePositives, positives)
            : new Undefined("recall", Missing.AnomalousRow, Rows);

    /// <summary>fp / (fp + tn), in [0, 1]. Undefined without a normal row.</summary>
    public Fin<double> FalsePositiveRate =>
        FalsePositives + TrueNegatives is > 0 and var negatives
            ? Ratio.Round(FalsePositives, negatives)
            : new Undefined("false positive rate", Missing.NormalRow, Rows);

    /// <summary>2 tp / (2 tp + fp + fn), in [0, 1]. Undefined when no row is anomalous and none is called so.</summary>
    public Fin<double> F1 =>
        2 * TruePositives + FalsePositives + FalseNegatives is > 0 and var sum
            ? Ratio.Round(2 * TruePositives, sum)
            : new Undefined("F1", Missing.AnomalousRow, Rows);

    /// <summary>The four counts.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"tp {TruePositives}, fp {FalsePositives}, fn {FalseNegatives}, tn {TrueNegatives}");
}
