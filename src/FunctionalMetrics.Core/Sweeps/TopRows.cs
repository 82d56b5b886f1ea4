using System.Numerics;
using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>The share of anomalous rows among the highest n, expected over all orders of tied rows.</summary>
internal static class TopRows
{
    /// <summary>The share, and the score of the tied rows that the n-th lies in.</summary>
    /// <param name="n">How many rows, one at least; more than there are is out of range.</param>
    public static SweepNumber Share(long n) =>
        new SweepNumber<(Fraction Share, SweepPoint Point)>(
            new(default, sweep => In(sweep, n), (above, below) => above.Point.IsFound ? above : below),
            (found, of) => found.Point.IsFound ? found.Share : new(of.Positives, n)
        )
        {
            Refuses = (_, _, of) =>
                n > of.Positives + of.Negatives
                    ? new OutOfRange("n", n, FormattableString.Invariant($"[1, {of.Positives + of.Negatives}], the number of rows"))
                    : default(LanguageExt.Option<MetricError>),
            // Below every anomalous row there are normal ones alone.
            At = (found, of) => found.Point.IsFound ? found.Point : SweepPoint.AtNormal(of, n - of.Positives, of.Positives),
            MayPointAtNormal = true,
        };

    private static (Fraction Share, SweepPoint Point) In(ThresholdSweep sweep, long n)
    {
        var (low, high) = (0, sweep.Count);
        while (low < high)
            if ((low + high) >>> 1 is var middle && sweep.TruePositives[middle] + sweep.FalsePositives[middle] < n)
                low = middle + 1;
            else
                high = middle;
        if (low == sweep.Count)
            return default;
        var (found, above) = (low == 0 ? sweep.Before.TruePositives : sweep.TruePositives[low - 1], sweep.FalsePositivesAbove[low]);
        if (n <= found + above)
            return (new(found, n), SweepPoint.AtNormal(sweep, n - found, found));
        var rise = sweep.TruePositives[low] - found;
        var tied = rise + sweep.FalsePositives[low] - above;
        return (new((BigInteger)found * tied + (BigInteger)(n - found - above) * rise, (BigInteger)n * tied), SweepPoint.At(sweep, low));
    }
}
