using System.Numerics;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Counts at every distinct score, highest first, from rows sorted by the framework: plain, and fast enough for many rows.</summary>
internal sealed record PlainCounts(double[] Thresholds, long[] TruePositives, long[] FalsePositives)
{
    private long Positives => TruePositives[^1];

    private long Negatives => FalsePositives[^1];

    public static PlainCounts Of(Row[] rows)
    {
        var groups = rows.GroupBy(row => row.Score).OrderByDescending(group => group.Key).ToArray();
        var (tp, fp) = (new long[groups.Length], new long[groups.Length]);
        for (var i = 0; i < groups.Length; i++)
        {
            var anomalous = groups[i].LongCount(row => row.Label);
            tp[i] = (i > 0 ? tp[i - 1] : 0) + anomalous;
            fp[i] = (i > 0 ? fp[i - 1] : 0) + groups[i].LongCount() - anomalous;
        }
        return new([.. groups.Select(group => group.Key)], tp, fp);
    }

    public double[] TruePositiveRates => [0, .. TruePositives.Select(tp => tp / (double)Positives)];

    public double[] FalsePositiveRates => [0, .. FalsePositives.Select(fp => fp / (double)Negatives)];

    /// <summary>The share of pairs in the right order, ties counted half, in an exact fraction.</summary>
    public double Auroc
    {
        get
        {
            var doubled = 0L;
            for (var i = 0; i < Thresholds.Length; i++)
            {
                var (tp, fp) = i > 0 ? (TruePositives[i - 1], FalsePositives[i - 1]) : (0, 0);
                doubled += (TruePositives[i] - tp) * (2 * Negatives - FalsePositives[i] - fp);
            }
            return new Fraction(doubled, 2 * Positives * Negatives).Rounded();
        }
    }

    /// <summary>The lowest threshold of the largest F1, compared as fractions: 2 tp / (tp + fp + P).</summary>
    public double BestThreshold
    {
        get
        {
            var best = 0;
            for (var i = 1; i < Thresholds.Length; i++)
            {
                var (mine, theirs) = (TruePositives[i] * Called(best), TruePositives[best] * Called(i));
                best = mine >= theirs ? i : best;
            }
            return Thresholds[best];

            long Called(int i) => TruePositives[i] + FalsePositives[i] + Positives;
        }
    }

    /// <summary>Both areas under precision over recall, by trapezoids and by steps, with so many bits of each precision, the rest cut off.</summary>
    public (double Trapezoids, double Steps) PrecisionAreas(int bits)
    {
        var (trapezoids, steps, found, before) = (BigInteger.Zero, BigInteger.Zero, 0L, BigInteger.One << bits);
        for (var i = 0; i < Thresholds.Length; i++)
        {
            var precision = ((BigInteger)TruePositives[i] << bits) / (TruePositives[i] + FalsePositives[i]);
            trapezoids += (TruePositives[i] - found) * (before + precision);
            steps += (TruePositives[i] - found) * precision;
            (found, before) = (TruePositives[i], precision);
        }
        var all = (BigInteger)Positives << bits;
        return (new Fraction(trapezoids, 2 * all).Rounded(), new Fraction(steps, all).Rounded());
    }

    public (long TruePositives, long FalsePositives) At(double threshold)
    {
        var at = Array.IndexOf(Thresholds, threshold);
        return (TruePositives[at], FalsePositives[at]);
    }
}
