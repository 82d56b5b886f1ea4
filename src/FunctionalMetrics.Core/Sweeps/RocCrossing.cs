using System.Numerics;
using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>
/// Where a ROC curve crosses fpr + tpr = 1: that sum rises strictly along the curve, so there is one place. It lies along the normal rows above a
/// threshold, or on the line of the rows that are tied at one.
/// </summary>
internal static class RocCrossing
{
    /// <summary>fpr there, and the highest score of either class with fpr + tpr of at least 1.</summary>
    public static SweepNumber<(Fraction Rate, SweepPoint Point)> FalsePositiveRate { get; } =
        new(
            new(default, In, (above, below) => above.Point.IsFound ? above : below),
            // No rows at all: nobody asks.
            (found, _) => found.Point.IsFound ? found.Rate : new(0, 1)
        )
        {
            At = (found, _) => found.Point,
            MayPointAtNormal = true,
        };

    private static (Fraction Rate, SweepPoint Point) In(ThresholdSweep sweep)
    {
        var (positives, negatives) = (sweep.Positives, sweep.Negatives);
        var all = Sum(positives, 0);
        var (low, high) = (0, sweep.Count);
        while (low < high)
            if ((low + high) >>> 1 is var middle && Sum(sweep.TruePositives[middle], sweep.FalsePositives[middle]) < all)
                low = middle + 1;
            else
                high = middle;
        if (low == sweep.Count)
            return default;
        var found = low == 0 ? sweep.Before.TruePositives : sweep.TruePositives[low - 1];
        var (above, at) = (sweep.FalsePositivesAbove[low], sweep.FalsePositives[low]);
        var (before, after) = (Sum(found, above), Sum(sweep.TruePositives[low], at));
        if (before < all)
            return (new(above * (after - before) + (at - above) * (all - before), negatives * (after - before)), SweepPoint.At(sweep, low));
        var missed = positives - found;
        var row = (long)(((BigInteger)negatives * missed + positives - 1) / positives);
        return (new(missed, positives), SweepPoint.AtNormal(sweep, row, found));

        // fpr + tpr, of P N.
        BigInteger Sum(long truePositives, long falsePositives) =>
            (BigInteger)truePositives * negatives + (BigInteger)falsePositives * positives;
    }
}
