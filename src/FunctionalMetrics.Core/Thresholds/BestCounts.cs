using System.Numerics;
using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>
/// The best of the thresholds of a sweep; of several that are equal the lowest. It is always an anomalous score: a normal score between two of those only
/// adds false alarms, which cost something.
/// </summary>
internal static class BestCounts
{
    /// <summary>The largest F-beta.</summary>
    public static Reduction<(double Threshold, ConfusionMatrix Counts)> FBeta(Fraction beta)
    {
        var (recall, precision) = (beta.Numerator * beta.Numerator, beta.Denominator * beta.Denominator);
        return Best(
            sweep => (recall + precision) * (sweep.Positives + sweep.Negatives) <= ulong.MaxValue ? InWords(sweep) : -1,
            (counts, best) => counts.TruePositives * Below(best) >= best.TruePositives * Below(counts)
        );

        // F-beta is tp / (precision (tp + fp) + recall P) but for a constant.
        BigInteger Below(ConfusionMatrix counts) =>
            precision * (counts.TruePositives + counts.FalsePositives) + recall * (counts.TruePositives + counts.FalseNegatives);

        int InWords(ThresholdSweep sweep)
        {
            ReadOnlySpan<long> founds = sweep.TruePositives;
            ReadOnlySpan<long> mistaken = sweep.FalsePositives;
            var (weight, all) = ((ulong)precision, (ulong)(recall * sweep.Positives));
            var (best, bestFound, bestBelow) = (0, 0ul, 1ul);
            for (var i = 0; i < founds.Length; i++)
            {
                var (found, below) = ((ulong)founds[i], weight * (ulong)(founds[i] + mistaken[i]) + all);
                if (Math.BigMul(found, bestBelow) >= Math.BigMul(bestFound, below))
                    (best, bestFound, bestBelow) = (i, found, below);
            }
            return best;
        }
    }

    /// <summary>The least cost of missed and mistaken rows.</summary>
    /// <param name="missed">What an anomalous row costs that is called normal.</param>
    /// <param name="mistaken">What a normal row costs that is called anomalous, above 0.</param>
    public static Reduction<(double Threshold, ConfusionMatrix Counts)> LeastCost(BigInteger missed, BigInteger mistaken)
    {
        var fits = BigInteger.Max(missed, mistaken) <= long.MaxValue / 2;
        return Best(
            sweep => fits ? InWords(sweep, (Int128)(long)missed, (Int128)(long)mistaken) : -1,
            (counts, best) => Cost(counts) <= Cost(best)
        );

        BigInteger Cost(ConfusionMatrix counts) => missed * counts.FalseNegatives + mistaken * counts.FalsePositives;

        static int InWords(ThresholdSweep sweep, Int128 missed, Int128 mistaken)
        {
            ReadOnlySpan<long> founds = sweep.TruePositives;
            ReadOnlySpan<long> alarms = sweep.FalsePositives;
            var (best, least) = (0, Int128.MaxValue);
            for (var i = 0; i < founds.Length; i++)
                if (missed * (sweep.Positives - founds[i]) + mistaken * alarms[i] is var cost && cost <= least)
                    (best, least) = (i, cost);
            return best;
        }
    }

    /// <param name="inWords">The lowest of the best thresholds of a part, found in whole numbers of a machine's width; below 0 where they may not fit.</param>
    /// <param name="isAsGood">Whether counts are as good as others.</param>
    private static Reduction<(double Threshold, ConfusionMatrix Counts)> Best(
        Func<ThresholdSweep, int> inWords,
        Func<ConfusionMatrix, ConfusionMatrix, bool> isAsGood
    ) =>
        new(
            (double.PositiveInfinity, default),
            sweep =>
            {
                var best = inWords(sweep);
                if (best < 0)
                    best = Enumerable
                        .Range(1, sweep.Count - 1)
                        .Aggregate(0, (known, i) => isAsGood(sweep.CountsAt(i), sweep.CountsAt(known)) ? i : known);
                return (sweep.Thresholds[best], sweep.CountsAt(best));
            },
            (above, below) => above.Counts.Rows == 0 || isAsGood(below.Counts, above.Counts) ? below : above
        );
}
