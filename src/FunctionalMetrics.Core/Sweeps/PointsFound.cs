using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>Thresholds that keep a bound: where they stop or begin to, and the best of them. What is found is no point where none does.</summary>
internal static class PointsFound
{
    /// <summary>The lowest threshold with no more than a share of the normal rows: it finds most.</summary>
    private static Reduction<SweepPoint> LastWithin(Fraction falsePositiveRate) =>
        new(
            default,
            sweep =>
                sweep.UpTo(falsePositiveRate.Floor(sweep.Negatives)) is > 0 and var within ? SweepPoint.At(sweep, within - 1) : default,
            Below
        );

    /// <summary>The highest threshold with no less than a share of the anomalous rows: it calls fewest normal ones so.</summary>
    private static Reduction<SweepPoint> FirstReaching(Fraction truePositiveRate) =>
        new(
            default,
            sweep => First(sweep, truePositiveRate) is var first && first < sweep.Count ? SweepPoint.At(sweep, first) : default,
            (above, below) => above.IsFound ? above : below
        );

    /// <summary>tp / P at the lowest threshold with no more than a share of the normal rows, or 0 where nothing may be called anomalous.</summary>
    public static SweepNumber TruePositiveRate(Fraction falsePositiveRate) =>
        new SweepNumber<SweepPoint>(LastWithin(falsePositiveRate), (found, of) => new(found.Counts.TruePositives, of.Positives))
        {
            At = (found, of) => found.IsFound ? found : SweepPoint.Nothing(of),
        };

    /// <summary>tp / P at the lowest threshold of no less than a precision.</summary>
    /// <param name="precision">The precision, in [0, 1]; the decimal that it is written as.</param>
    public static SweepNumber Recall(double precision) =>
        new SweepNumber<(SweepPoint Last, SweepPoint Best)>(
            LastOfPrecision(Fraction.OfDecimal(precision)),
            (found, of) => new(found.Last.Counts.TruePositives, of.Positives)
        )
        {
            At = (found, _) => found.Last,
            Refuses = (metric, found, _) =>
                found.Last.IsFound ? None : Some<MetricError>(new NotReached(metric, precision, found.Best.Counts.Precision.IfFail(0))),
        };

    /// <summary>The best precision with no less than a share of the anomalous rows.</summary>
    public static SweepNumber Precision(Fraction recall) =>
        new SweepNumber<SweepPoint>(
            MostPreciseReaching(recall),
            (found, _) => new(found.Counts.TruePositives, Math.Max(1, found.Counts.TruePositives + found.Counts.FalsePositives))
        )
        {
            At = (found, _) => found,
        };

    /// <summary>fp / N at the highest threshold with no less than a share of the anomalous rows, which may be the one that calls nothing anomalous.</summary>
    public static SweepNumber FalsePositiveRate(Fraction truePositiveRate) => At(truePositiveRate, counts => counts.FalsePositives);

    /// <summary>tn / N there.</summary>
    public static SweepNumber TrueNegativeRate(Fraction truePositiveRate) => At(truePositiveRate, counts => counts.TrueNegatives);

    private static SweepNumber<SweepPoint> At(Fraction truePositiveRate, Func<ConfusionMatrix, long> count)
    {
        return new(FirstReaching(truePositiveRate), (found, of) => new(count(Point(found, of).Counts), of.Negatives)) { At = Point };

        SweepPoint Point(SweepPoint found, ISums of) => truePositiveRate.Numerator.IsZero ? SweepPoint.Nothing(of) : found;
    }

    /// <summary>The lowest threshold of no less than a precision; where there is none, that of the best precision.</summary>
    private static Reduction<(SweepPoint Last, SweepPoint Best)> LastOfPrecision(Fraction precision) =>
        new(
            default,
            sweep =>
            {
                var last = Last(sweep, precision);
                return last < 0 ? (default, MostPrecise(sweep, 0)) : (SweepPoint.At(sweep, last), default);
            },
            (above, below) => (Below(above.Last, below.Last), Better(above.Best, below.Best))
        );

    /// <summary>The best precision with no less than a share of the anomalous rows; of equal ones the lowest threshold, which finds most.</summary>
    private static Reduction<SweepPoint> MostPreciseReaching(Fraction recall) =>
        new(default, sweep => MostPrecise(sweep, First(sweep, recall)), Better);

    private static int Last(ThresholdSweep sweep, Fraction precision)
    {
        ReadOnlySpan<long> found = sweep.TruePositives;
        ReadOnlySpan<long> mistaken = sweep.FalsePositives;
        var last = found.Length - 1;
        if (precision.Denominator > long.MaxValue)
            while (last >= 0 && !precision.IsReachedBy(found[last], found[last] + mistaken[last]))
                last--;
        else
            for (var (numerator, denominator) = ((ulong)precision.Numerator, (ulong)precision.Denominator); last >= 0; last--)
                if (Math.BigMul(numerator, (ulong)(found[last] + mistaken[last])) <= Math.BigMul(denominator, (ulong)found[last]))
                    break;
        return last;
    }

    private static int First(ThresholdSweep sweep, Fraction recall) =>
        Ascending.UpTo(sweep.TruePositives, recall.Ceiling(sweep.Positives) - 1);

    private static SweepPoint MostPrecise(ThresholdSweep sweep, int first)
    {
        ReadOnlySpan<long> found = sweep.TruePositives;
        ReadOnlySpan<long> mistaken = sweep.FalsePositives;
        var (best, bestFound, bestCalled) = (-1, 0ul, 1ul);
        for (var i = first; i < found.Length; i++)
        {
            var (here, called) = ((ulong)found[i], (ulong)(found[i] + mistaken[i]));
            if (Math.BigMul(here, bestCalled) >= Math.BigMul(bestFound, called))
                (best, bestFound, bestCalled) = (i, here, called);
        }
        return best < 0 ? default : SweepPoint.At(sweep, best);
    }

    private static SweepPoint Below(SweepPoint above, SweepPoint below) => below.IsFound ? below : above;

    private static SweepPoint Better(SweepPoint above, SweepPoint below) =>
        !above.IsFound || (below.IsFound && below.IsAsPreciseAs(above)) ? below : above;
}
