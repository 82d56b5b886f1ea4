using System.Numerics;
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
    public Fin<double> Precision => Share("precision", TruePositives, Called, Missing.CalledAnomalous);

    /// <summary>tp / (tp + fn), in [0, 1]; also the true positive rate. Undefined without an anomalous row.</summary>
    public Fin<double> Recall => Share("recall", TruePositives, Positives, Missing.AnomalousRow);

    /// <summary>tn / (fp + tn), in [0, 1]; also the true negative rate. Undefined without a normal row.</summary>
    public Fin<double> Specificity => Share("specificity", TrueNegatives, Negatives, Missing.NormalRow);

    /// <summary>fp / (fp + tn), in [0, 1]. Undefined without a normal row.</summary>
    public Fin<double> FalsePositiveRate => Share("false positive rate", FalsePositives, Negatives, Missing.NormalRow);

    /// <summary>fn / (tp + fn), in [0, 1]. Undefined without an anomalous row.</summary>
    public Fin<double> FalseNegativeRate => Share("false negative rate", FalseNegatives, Positives, Missing.AnomalousRow);

    /// <summary>tn / (tn + fn), in [0, 1]. Undefined when nothing is called normal.</summary>
    public Fin<double> NegativePredictiveValue => Share("negative predictive value", TrueNegatives, Passed, Missing.CalledNormal);

    /// <summary>2 tp / (2 tp + fp + fn), in [0, 1]. Undefined when no row is anomalous and none is called so.</summary>
    public Fin<double> F1 =>
        2 * (BigInteger)TruePositives is var found && found + FalsePositives + FalseNegatives is { IsZero: false } all
            ? Ratio.Round(found, all)
            : new Undefined("F1", Missing.AnomalousRow, Rows);

    /// <summary>(tp + tn) / rows, in [0, 1]. Undefined without a row.</summary>
    public Fin<double> Accuracy => Share("accuracy", TruePositives + TrueNegatives, Rows, Missing.Row);

    /// <summary>(tp + fn) / rows, in [0, 1]: the share of anomalous rows, at every threshold the same. Undefined without a row.</summary>
    public Fin<double> Prevalence => Share("prevalence", Positives, Rows, Missing.Row);

    /// <summary>(recall + specificity) / 2, in [0, 1]. Undefined without an anomalous or without a normal row.</summary>
    public Fin<double> BalancedAccuracy =>
        Of("balanced accuracy", BothClasses, Product(TruePositives, Negatives) + Product(TrueNegatives, Positives), 2 * Pairs);

    /// <summary>Youden's J, recall - false positive rate, in [-1, 1]. Undefined without an anomalous or without a normal row.</summary>
    public Fin<double> Youden =>
        Of("Youden's J", BothClasses, Product(TruePositives, Negatives) - Product(FalsePositives, Positives), Pairs);

    /// <summary>
    /// Matthews' correlation coefficient, (tp tn - fp fn) / sqrt((tp + fp)(tp + fn)(tn + fp)(tn + fn)), in [-1, 1]; correctly rounded. Undefined where
    /// one of the four margins is 0.
    /// </summary>
    public Fin<double> MatthewsCorrelation
    {
        get
        {
            Missing? missing =
                BothClasses is { } one ? one
                : Called == 0 ? Missing.CalledAnomalous
                : Passed == 0 ? Missing.CalledNormal
                : null;
            if (missing is { } margin)
                return new Undefined("MCC", margin, Rows);
            var top = Product(TruePositives, TrueNegatives) - Product(FalsePositives, FalseNegatives);
            return top.Sign * Ratio.Root(top * top, Product(Called, Positives) * Product(Negatives, Passed));
        }
    }

    /// <summary>LR+, recall / false positive rate, from 0. Undefined without an anomalous row, without a normal one, and where fp is 0.</summary>
    public Fin<double> PositiveLikelihoodRatio =>
        Of(
            "LR+",
            BothClasses ?? (FalsePositives == 0 ? Missing.FalsePositive : null),
            Product(TruePositives, Negatives),
            Product(FalsePositives, Positives)
        );

    /// <summary>LR-, false negative rate / specificity, from 0. Undefined without an anomalous row, without a normal one, and where tn is 0.</summary>
    public Fin<double> NegativeLikelihoodRatio =>
        Of(
            "LR-",
            BothClasses ?? (TrueNegatives == 0 ? Missing.TrueNegative : null),
            Product(FalseNegatives, Negatives),
            Product(TrueNegatives, Positives)
        );

    /// <summary>
    /// F-beta, (1 + b^2) tp / ((1 + b^2) tp + b^2 fn + fp), in [0, 1]: recall weighs b times as much as precision. Undefined when no row is
    /// anomalous and none is called so. Fails with <see cref="OutOfRange"/> for a beta of 0 or below.
    /// </summary>
    /// <param name="beta">b, a finite number above 0; the decimal that it is written as counts.</param>
    public Fin<double> FBeta(double beta)
    {
        if (!(beta > 0 && double.IsFinite(beta)))
            return new OutOfRange("beta", beta, "(0, inf)");
        var (top, bottom) = Fraction.OfDecimal(beta);
        var (recall, precision) = (top * top, bottom * bottom);
        var found = (recall + precision) * TruePositives;
        var all = found + recall * FalseNegatives + precision * FalsePositives;
        return Of("F-beta", all.IsZero ? Missing.AnomalousRow : null, found, all);
    }

    private long Positives => TruePositives + FalseNegatives;

    private long Negatives => FalsePositives + TrueNegatives;

    /// <summary>How many rows are called anomalous.</summary>
    private long Called => TruePositives + FalsePositives;

    /// <summary>How many rows are called normal.</summary>
    private long Passed => TrueNegatives + FalseNegatives;

    private BigInteger Pairs => Product(Positives, Negatives);

    private Missing? BothClasses =>
        Positives == 0 ? Missing.AnomalousRow
        : Negatives == 0 ? Missing.NormalRow
        : null;

    private Fin<double> Share(string name, long part, long whole, Missing missing) =>
        whole > 0 ? Ratio.Round(part, whole) : new Undefined(name, missing, Rows);

    private Fin<double> Of(string name, Missing? missing, BigInteger numerator, BigInteger denominator) =>
        missing is { } unseen ? new Undefined(name, unseen, Rows) : Ratio.Round(numerator, denominator);

    private static BigInteger Product(long one, long other) => (BigInteger)one * other;

    /// <summary>The four counts.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"tp {TruePositives}, fp {FalsePositives}, fn {FalseNegatives}, tn {TrueNegatives}");
}
