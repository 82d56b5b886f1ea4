using System.Numerics;
using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>How high a curve is at one place, as it is drawn: in a straight line between its points, and at the last of those that share a place.</summary>
internal static class CurveHeight
{
    /// <summary>The true positive rate, or the per-region overlap, at a false positive rate in [0, 1]; the decimal that it is written as.</summary>
    public static SweepNumber AtFalsePositiveRate(double rate, bool ofRegions) =>
        new SweepNumber<(Fraction? Found, UInt128 Top)>(
            new((null, 0), sweep => (Found(sweep, Fraction.OfDecimal(rate)), sweep.Top), (a, b) => (a.Found ?? b.Found, b.Top), ofRegions),
            // Beyond the last threshold all are found.
            (sums, _) => sums.Found is { } height ? new(height.Numerator, height.Denominator * sums.Top) : new(1, 1)
        );

    /// <summary>The precision at a recall in [0, 1]; the decimal that it is written as.</summary>
    public static SweepNumber AtRecall(double recall) =>
        new SweepNumber<(Fraction? Found, long Called)>(
            new(
                (null, 0),
                sweep => (Precision(sweep, Fraction.OfDecimal(recall)), sweep.TruePositives[^1] + sweep.FalsePositives[^1]),
                (a, b) => (a.Found ?? b.Found, b.Called)
            ),
            (sums, of) => sums.Found ?? new(of.Positives, sums.Called)
        );

    /// <summary>The height where the line first passes the rate; none where it does not yet.</summary>
    private static Fraction? Found(ThresholdSweep sweep, Fraction rate)
    {
        var within = sweep.UpTo(rate.Floor(sweep.Negatives));
        if (within == sweep.Count)
            return null;
        var (start, width) = (sweep.FalsePositivesAbove[within], sweep.FalsePositives[within] - sweep.FalsePositivesAbove[within]);
        BigInteger before = sweep.HeightBefore(within);
        var passed = rate.Numerator * sweep.Negatives - start * rate.Denominator;
        return passed <= 0 ? new(before, 1) : Between(before, sweep.HeightBefore(within + 1), passed, width * rate.Denominator);
    }

    private static Fraction? Precision(ThresholdSweep sweep, Fraction recall)
    {
        var within = Ascending.UpTo(sweep.TruePositives, recall.Floor(sweep.Positives));
        if (within == sweep.Count)
            return null;
        var (from, to) = ((long)sweep.OfRows.HeightBefore(within), sweep.TruePositives[within]);
        var (calledFrom, calledTo) = (from + sweep.FalsePositivesAbove[within], to + sweep.FalsePositives[within]);
        var start = calledFrom == 0 ? new Fraction(1, 1) : new(from, calledFrom);
        var passed = recall.Numerator * sweep.Positives - from * recall.Denominator;
        // On one denominator, so that both are whole.
        var line = Between(start.Numerator * calledTo, (BigInteger)to * start.Denominator, passed, (to - from) * recall.Denominator);
        return new(line.Numerator, line.Denominator * start.Denominator * calledTo);
    }

    private static Fraction Between(BigInteger from, BigInteger to, BigInteger passed, BigInteger width) =>
        new(from * width + (to - from) * passed, width);
}
