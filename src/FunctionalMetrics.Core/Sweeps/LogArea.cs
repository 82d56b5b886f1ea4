using System.Numerics;
using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>
/// The mean of the true positive rate over the logarithm of the false positive rate, between two rates. The curve is straight in the rates: a piece
/// y = a + b x from x1 to x2 gives a ln(x2 / x1) + b (x2 - x1). Terms are integers with 60 fraction bits and are added as such, so that neither order nor
/// parts count; the error is below 2^-50 / ln(hi / lo).
/// </summary>
/// <param name="Total">The integral over the thresholds, in units of 2^-60 / P.</param>
/// <param name="X">How many normal rows lie at or above the last threshold.</param>
internal readonly record struct LogArea(Int128 Total, long X)
{
    /// <summary>The integral divided by ln(hi / lo), between two rates with 0 &lt; lo &lt; hi &lt;= 1.</summary>
    public static SweepNumber Between(double lo, double hi)
    {
        var (from, to) = (Fraction.OfDecimal(lo), Fraction.OfDecimal(hi));
        Reduction<LogArea> area = new(
            default,
            sweep => In(sweep, new(sweep.Negatives, from, to)),
            (above, below) => new(above.Total + below.Total, below.X)
        );
        return new SweepNumber<LogArea>(area, (sum, of) => Share(sum, of, 0), Bounds)
        {
            Refuses = (metric, _, of) =>
                from.Floor(of.Negatives) < 1
                    ? new TooFewNormalRows(metric, lo, new Fraction(from.Denominator, from.Numerator).Ceiling(1), of.Negatives)
                    : default(LanguageExt.Option<MetricError>),
        };

        Fraction Share(LogArea sum, ISums of, int slack)
        {
            var rates = new Rates(of.Negatives, from, to);
            // Below the last threshold all anomalous rows are found.
            var total = sum.Total + of.Positives * rates.Width(sum.X, of.Negatives) + ((Int128)of.Positives * slack << 10);
            var whole = of.Positives * rates.Width(0, of.Negatives);
            return new(Int128.Clamp(total, 0, whole), whole);
        }

        Interval Bounds(HistogramSweeps sweeps)
        {
            var (worst, best) = (sweeps.Worst.Of(area), sweeps.Best.Of(area));
            return Share(worst, sweeps.Worst, 0) is var lower && Share(best, sweeps.Best, 0) is var upper && lower == upper
                ? Interval.Known(lower.Rounded)
                : Fraction.Between(Share(worst, sweeps.Worst, -1), Share(best, sweeps.Best, 1));
        }
    }

    /// <summary>Why there is no such area between two rates; the first reason.</summary>
    public static LanguageExt.Option<MetricError> Problem(double lo, double hi) =>
        !(lo is > 0 and < 1) ? new OutOfRange("the lower false positive rate", lo, "(0, 1)")
        : !(hi > lo && hi <= 1)
            ? new OutOfRange("the upper false positive rate", hi, FormattableString.Invariant($"({lo}, 1], above the lower one"))
            {
                DependsOnAnother = hi is > 0 and <= 1,
            }
        // The logarithms that are divided by have 60 fraction bits.
        : FixedLog.Of(hi) - FixedLog.Of(lo) < 1L << 40
            ? new OutOfRange(
                "the upper false positive rate",
                hi,
                FormattableString.Invariant($"({lo}, 1], a millionth above the lower one at least")
            )
            {
                DependsOnAnother = true,
            }
        : default(LanguageExt.Option<MetricError>);

    private static LogArea In(ThresholdSweep sweep, Rates rates)
    {
        var total = Int128.Zero;
        for (var i = sweep.UpTo(rates.First); i < sweep.Count; i++)
        {
            var (found, passed) =
                i == 0
                    ? (sweep.Before.TruePositives, sweep.Before.FalsePositives)
                    : (sweep.TruePositives[i - 1], sweep.FalsePositives[i - 1]);
            if (passed > rates.Last)
                break;
            var (above, at) = (sweep.FalsePositivesAbove[i], sweep.FalsePositives[i]);
            total += found * rates.Width(passed, above);
            if (at > above)
                total += rates.Under(above, at, found, sweep.TruePositives[i]);
        }
        return new(total, sweep.FalsePositives[^1]);
    }

    /// <summary>Two rates in normal rows, and logarithms between them; of rates, since twice as many rows of each kind must give the same bits.</summary>
    private readonly struct Rates
    {
        private readonly long negatives;
        private readonly (double X, Int128 Log) low;
        private readonly (double X, Int128 Log) high;

        public Rates(long negatives, Fraction from, Fraction to)
        {
            this.negatives = negatives;
            (First, Last) = (from.Floor(negatives), to.Floor(negatives));
            (low, high) = (End(from), End(to));

            (double, Int128) End(Fraction rate) =>
                new Fraction(rate.Numerator * negatives, rate.Denominator).Rounded is > 0 and var rows
                    ? (rows, FixedLog.Of(rows, negatives))
                    : (0, 0);
        }

        /// <summary>The last whole number of normal rows that is not above the lower rate.</summary>
        public long First { get; }

        /// <summary>The same of the upper rate.</summary>
        public long Last { get; }

        /// <summary>ln of the part between the rates of a stretch of normal rows, in units of 2^-60.</summary>
        public Int128 Width(long first, long last) => Clipped(last).Log - Clipped(first).Log;

        /// <summary>The integral of a line between the rates, in units of 2^-60 for each anomalous row.</summary>
        public Int128 Under(long first, long last, long height, long end)
        {
            var (start, stop) = (Clipped(first), Clipped(last));
            if (stop.X <= start.X)
                return 0;
            var slope = (double)(end - height) / (last - first);
            // y at the start as the height and what the line has risen since the piece's own start.
            var risen = first <= First && First > 0 ? slope * (start.X - first) : 0;
            var rise = slope * (stop.X - start.X);
            var width = stop.Log - start.Log;
            return height * width + Fixed(risen * Math.ScaleB((double)width, -FixedLog.FractionBits)) + Fixed(rise * Lag(start, stop));
        }

        /// <summary>1 - ln(1 + u) / u of a stretch that is u times as long as what lies before it; without the loss of digits where it is short.</summary>
        private static double Lag((double X, Int128 Log) start, (double X, Int128 Log) stop)
        {
            var u = (stop.X - start.X) / start.X;
            if (u >= 0.125)
                return 1 - Math.ScaleB((double)(stop.Log - start.Log), -FixedLog.FractionBits) / u;
            var sum = 0.0;
            for (var k = 20; k >= 1; k--)
                sum = 1.0 / (k + 1) - u * sum;
            return u * sum;
        }

        private static Int128 Fixed(double value) => (Int128)Math.ScaleB(value, FixedLog.FractionBits);

        private (double X, Int128 Log) Clipped(long rows) =>
            rows <= First ? low
            : rows > Last ? high
            : (rows, FixedLog.Of(rows, negatives));
    }
}
