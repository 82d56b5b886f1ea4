using System.Numerics;
using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>
/// What a table of buckets leaves open, as two sweeps between which the true one lies: in <see cref="Worst"/> the normal rows of each bucket
/// come first, in <see cref="Best"/> the anomalous ones; the one score of a bucket that has seen no other is a tie in both. Each number of the
/// true sweep lies between two that are computed here in integers and rounded outward; where those are the same it is known, and is given as
/// the exact metrics give it.
/// </summary>
internal sealed class BucketSweeps
{
    /// <summary>About how many precisions are summed one by one: half a second's work at worst.</summary>
    private const int MostTerms = 1 << 22;

    private readonly BucketTable table;

    /// <summary>The index in the table of each step: the buckets with anomalous rows, the highest first.</summary>
    private readonly int[] steps;

    public BucketSweeps(BucketTable table)
    {
        this.table = table;
        steps = [.. Enumerable.Range(0, table.Count).Where(i => table.Positives[i] > 0).Reverse()];
        var (found, weights) = (new long[steps.Length], new UInt128[table.IsWeighted ? steps.Length : 0]);
        var (first, last) = (new long[steps.Length], new long[steps.Length]);
        var (tp, fp, weight, step) = (0L, 0L, UInt128.Zero, 0);
        for (var i = table.Count - 1; i >= 0; i--)
        {
            if (table.Positives[i] > 0)
            {
                (first[step], last[step]) = (fp, fp + table.Negatives[i]);
                found[step] = tp += table.Positives[i];
                if (table.IsWeighted)
                    weights[step] = weight += table.Weights[i];
                step++;
            }
            fp += table.Negatives[i];
        }
        var thresholds = new double[steps.Length];
        long[] worstAbove = [.. steps.Select((index, at) => IsKnown(index) ? first[at] : last[at])];
        long[] bestAt = [.. steps.Select((index, at) => IsKnown(index) ? last[at] : first[at])];
        Worst = new(thresholds, found, worstAbove, last, weights, fp);
        Best = new(thresholds, found, first, bestAt, weights, fp);
    }

    /// <summary>Each bucket's normal rows before its anomalous ones.</summary>
    public ThresholdSweep Worst { get; }

    /// <summary>Each bucket's anomalous rows before its normal ones.</summary>
    public ThresholdSweep Best { get; }

    /// <summary>All pairs of a bucket lost, or won.</summary>
    public Interval Auroc =>
        Between(RocCurve.DoubledPairs(Worst), RocCurve.DoubledPairs(Best), 2 * (BigInteger)Worst.Positives * Worst.Negatives);

    /// <summary>Each bucket's normal rows first and then its anomalous ones, one by one; or these all tied, and then the normal ones.</summary>
    public Interval AveragePrecision
    {
        get
        {
            if (IsPrecisionKnown)
                return Known(PrecisionRecallCurve.AreasOf(Worst).Steps);
            var lower = UInt128.Zero;
            for (var i = 0; i < steps.Length; i++)
                lower += Precisions(i, Worst.FalsePositives[i], atMost: false);
            return Outward(lower, PrecisionRecallCurve.SumsOf(Best).Steps, 64);
        }
    }

    /// <summary>Each bucket's normal rows first and then its anomalous ones, all tied; or these one by one, and then the normal ones.</summary>
    public Interval Aupr
    {
        get
        {
            if (IsPrecisionKnown)
                return Known(PrecisionRecallCurve.AreasOf(Worst).Trapezoids);
            var upper = UInt128.Zero;
            for (var i = 0; i < steps.Length; i++)
            {
                var (before, after) = (Found(i), Best.TruePositives[i]);
                var (above, at) = (Best.FalsePositivesAbove[i], Best.FalsePositives[i]);
                var (start, end) = (before + above == 0 ? UInt128.One << 64 : Precision(before, above), Precision(after, at));
                upper += IsKnown(steps[i]) ? (ulong)(after - before) * (start + end) : start + 2 * Precisions(i, at, atMost: true) - end;
            }
            return Outward(PrecisionRecallCurve.SumsOf(Worst).Trapezoids, upper, 65);
        }
    }

    /// <summary>
    /// The largest F1 at the ends of the buckets, or with each bucket's anomalous rows first; and the scores between which the lowest
    /// threshold of the largest F1 lies. It lies in a bucket that can reach more than the largest F1 at an end; or no bucket can, and it is
    /// not above the lowest of those ends.
    /// </summary>
    public (Interval F1, Interval Threshold) Optimum
    {
        get
        {
            var (lower, upper) = (new F1Fraction(0, 1), new F1Fraction(0, 1));
            var (highest, lowest) = (0, 0);
            for (var i = 0; i < steps.Length; i++)
            {
                if (At(Worst, i) is var end && end.CompareTo(lower) >= 0)
                    (lower, highest) = (end, i);
                upper = At(Best, i) is var best && best.CompareTo(upper) > 0 ? best : upper;
            }
            for (var i = steps.Length - 1; i >= 0; i--)
            {
                highest = At(Best, i).CompareTo(lower) > 0 ? Math.Min(highest, i) : highest;
                lowest = At(Best, i).CompareTo(lower) >= 0 ? Math.Max(lowest, i) : lowest;
            }
            return (
                Between(lower.Numerator, lower.Denominator, upper.Numerator, upper.Denominator),
                new(table.Range(steps[lowest]).Lowest, table.Range(steps[highest]).Highest)
            );
        }
    }

    /// <summary>The area under the curve of region weights up to a limit of the false positive rate, divided by the limit.</summary>
    public Interval Aupro(double limit)
    {
        var (lower, upper) = (AreaUnder.NormalizedExactly(Worst, limit), AreaUnder.NormalizedExactly(Best, limit));
        return Between(lower.Numerator, lower.Denominator, upper.Numerator, upper.Denominator);
    }

    private bool IsKnown(int index) => table.Single[index] != BucketTable.Many;

    /// <summary>Whether no bucket leaves a precision open: each with anomalous rows has one score, or has no normal row in it or above it.</summary>
    private bool IsPrecisionKnown
    {
        get
        {
            for (var i = 0; i < steps.Length; i++)
                if (!IsKnown(steps[i]) && Worst.FalsePositives[i] > 0)
                    return false;
            return true;
        }
    }

    private long Found(int step) => step == 0 ? 0 : Worst.TruePositives[step - 1];

    /// <summary>
    /// The sum of the precisions at the anomalous rows of a bucket, one after the other or all tied, below so many normal rows; 64 fraction
    /// bits. Precision is concave in the row, so of a run of rows it is at least their number times the mean of the first and the last, and
    /// at most that times the one in the middle: where there are more rows than time to sum them, runs stand for them, and the bounds hold.
    /// </summary>
    private UInt128 Precisions(int step, long normal, bool atMost)
    {
        var (before, after) = (Found(step), Worst.TruePositives[step]);
        if (IsKnown(steps[step]) || normal == 0)
            return (ulong)(after - before) * Precision(after, normal);
        var longest = 1 + (after - before - 1) / Math.Max(64, MostTerms / steps.Length);
        var sum = UInt128.Zero;
        for (var first = before + 1; first <= after; first += longest)
        {
            var last = Math.Min(after, first + longest - 1);
            sum +=
                first == last ? Precision(first, normal)
                : atMost ? (ulong)(last - first + 1) * Precision(first + last, 2 * normal)
                : (ulong)(last - first + 1) * (Precision(first, normal) + Precision(last, normal)) / 2;
        }
        return sum;
    }

    private static UInt128 Precision(long tp, long fp) => Ratio.Fixed64(tp, tp + fp);

    private F1Fraction At(ThresholdSweep sweep, int step) =>
        new(sweep.TruePositives[step], sweep.TruePositives[step] + sweep.FalsePositives[step] + sweep.Positives);

    /// <summary>Sums of P ratios, or of twice as many, each up to one unit too small as is every sum of the exact metrics.</summary>
    private Interval Outward(UInt128 lower, UInt128 upper, int fraction)
    {
        var (slack, whole) = ((UInt128)Worst.Positives << (fraction - 64), (BigInteger)Worst.Positives << fraction);
        return new(Ratio.Down(lower > slack ? lower - slack : 0, whole), Math.Min(1, Ratio.Up(upper + slack, whole)));
    }

    private static Interval Between(BigInteger lower, BigInteger upper, BigInteger whole) => Between(lower, whole, upper, whole);

    private static Interval Between(BigInteger lower, BigInteger lowerWhole, BigInteger upper, BigInteger upperWhole) =>
        lower * upperWhole == upper * lowerWhole
            ? Known(Ratio.Round(lower, lowerWhole))
            : new(Ratio.Down(lower, lowerWhole), Ratio.Up(upper, upperWhole));

    private static Interval Known(double value) => new(value, value);

    /// <summary>2 tp / (tp + fp + P), compared as fractions by whole products of 128 bits.</summary>
    private readonly record struct F1Fraction(long Found, long Sum)
    {
        public BigInteger Numerator => 2 * (BigInteger)Found;

        public BigInteger Denominator => Sum;

        public int CompareTo(F1Fraction other) =>
            Math.BigMul((ulong)Found, (ulong)other.Sum).CompareTo(Math.BigMul((ulong)other.Found, (ulong)Sum));
    }
}
