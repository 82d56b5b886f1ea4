using FunctionalMetrics.Core.Numerics;
using LanguageExt;

namespace FunctionalMetrics.Core;

/// <summary>
/// What the metrics sum over a sweep, from parts of one that come from the highest scores down and are forgotten: each number is the one
/// that the whole sweep gives, to the bit.
/// </summary>
/// <param name="positives">The anomalous rows of the whole.</param>
/// <param name="negatives">The normal rows of the whole.</param>
/// <param name="area">Sums the area under the curve of region weights, where there are regions.</param>
internal sealed class SweepSums(long positives, long negatives, DoubledArea? area)
{
    private UInt128 doubledPairs;
    private (UInt128 Trapezoids, UInt128 Steps) precisions;
    private UInt128 top;

    /// <summary>For the rows of a table; without a limit of the false positive rate no area of region weights is summed.</summary>
    public static SweepSums Of(BucketTable table, Option<double> fprLimit) =>
        new(
            table.Rows.Positives,
            table.Rows.Negatives,
            fprLimit.Map(to => new DoubledArea(table.Rows.Negatives, to)).IfNoneUnsafe((DoubledArea?)null)
        );

    /// <summary>The lowest threshold of the largest F1 so far, and the counts there.</summary>
    public (double Threshold, ConfusionMatrix Counts) Optimum { get; private set; }

    public double Auroc => Ratio.Round(doubledPairs, 2 * (UInt128)positives * (UInt128)negatives);

    public (double Trapezoids, double Steps) PrecisionAreas => PrecisionRecallCurve.AreasOf(precisions, positives);

    public double Aupro
    {
        get
        {
            var (numerator, denominator) = area!.Normalized(top);
            return Ratio.Round(numerator, denominator);
        }
    }

    /// <summary>Adds the next part, which has a threshold at least.</summary>
    public void Add(ThresholdSweep part)
    {
        doubledPairs += RocCurve.DoubledPairs(part);
        var (trapezoids, steps) = PrecisionRecallCurve.SumsOf(part);
        precisions = (precisions.Trapezoids + trapezoids, precisions.Steps + steps);
        var optimum = F1Curve.OptimumOf(part);
        Optimum = part.Before.TruePositives == 0 ? optimum : F1Curve.Better(Optimum, optimum);
        area?.Add(part);
        top = part.Top;
    }
}
