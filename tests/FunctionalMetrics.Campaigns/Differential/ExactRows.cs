using System.Numerics;
using Count = (double Threshold, long Tp, long Fp);

namespace FunctionalMetrics.Campaigns;

/// <summary>The numbers of rows by their definitions, in whole numbers of any size: counts at each distinct score, highest first, and ratios of them.</summary>
internal sealed class ExactRows
{
    /// <summary>Bits of the terms of sums of ratios: the whole sum is wrong by less than 2^-180.</summary>
    private const int Bits = 200;

    public ExactRows(RowSet rows)
        : this(
            Enumerable
                .Range(0, rows.Scores.Length)
                .GroupBy(i => rows.Scores[i] + 0.0)
                .Select(tied => (tied.Key, tied.LongCount(i => !rows.Labels[i]), tied.LongCount(i => rows.Labels[i])))
        ) { }

    /// <param name="rows">How many rows of each class have a score; each score once.</param>
    public ExactRows(IEnumerable<(double Score, long Normal, long Anomalous)> rows)
    {
        Points.Add((double.PositiveInfinity, 0, 0));
        foreach (var (score, normal, anomalous) in rows.OrderByDescending(row => row.Score))
            Points.Add((score, checked(Points[^1].Tp + anomalous), checked(Points[^1].Fp + normal)));
        (_, P, N) = Points[^1];
    }

    public long P { get; }

    public long N { get; }

    /// <summary>From (+inf, 0, 0) on.</summary>
    public List<Count> Points { get; } = [];

    /// <summary>Each point with the one before it.</summary>
    private IEnumerable<(Count First, Count Second)> Steps => Enumerable.Zip(Points, Points.Skip(1));

    public Rational Auroc =>
        new(Pairs((before, at) => (at.Tp - before.Tp) * ((BigInteger)(N - at.Fp) * 2 + at.Fp - before.Fp)), 2 * (BigInteger)P * N);

    /// <summary>Sum of the recall steps, each with its precision.</summary>
    public Rational AveragePrecision =>
        new(Pairs((before, at) => ((BigInteger)(at.Tp - before.Tp) * at.Tp << Bits) / (at.Tp + at.Fp)), (BigInteger)P << Bits);

    public Rational Aupr =>
        new(Pairs((before, at) => (at.Tp - before.Tp) * (Precision(before) + Precision(at))), (BigInteger)P << (Bits + 1));

    /// <summary>The point of the largest F1, the lowest of equal ones.</summary>
    public Count BestF1 =>
        Points
            .Skip(1)
            .Aggregate(
                (best, at) =>
                    (BigInteger)at.Tp * ((BigInteger)best.Tp + best.Fp + P) >= (BigInteger)best.Tp * ((BigInteger)at.Tp + at.Fp + P)
                        ? at
                        : best
            );

    /// <summary>The counts at any threshold.</summary>
    public Count At(double threshold) => Points.Last(point => point.Threshold >= threshold);

    /// <summary>Area under the ROC polyline for false positive rates to a limit.</summary>
    public Rational PartialAuroc(Rational limit)
    {
        var area = new Rational(0, 1);
        foreach (var (before, at) in Steps.Where(pair => pair.Second.Fp > pair.First.Fp))
        {
            // how much of the step lies below the limit, in rows
            var length = limit * N - before.Fp;
            if (length.Top.Sign <= 0)
                break;
            var whole = new Rational(at.Fp - before.Fp, 1);
            if (length > whole)
                length = whole;
            var rise = new Rational(at.Tp - before.Tp, at.Fp - before.Fp) * length;
            area += length * (rise + 2 * (BigInteger)before.Tp);
        }
        return area * new Rational(1, 2 * (BigInteger)P * N);
    }

    /// <summary>The false positive rate where the polyline crosses fpr + tpr = 1.</summary>
    public Rational EqualErrorRate
    {
        get
        {
            var (before, at) = Steps.First(pair => (Int128)pair.Second.Fp * P + (Int128)pair.Second.Tp * N >= (Int128)P * N);
            var (left, step) = (
                (BigInteger)P * N - (BigInteger)before.Fp * P - (BigInteger)before.Tp * N,
                (BigInteger)(at.Fp - before.Fp) * P + (BigInteger)(at.Tp - before.Tp) * N
            );
            return new(before.Fp * step + left * (at.Fp - before.Fp), step * N);
        }
    }

    /// <summary>Share of anomalies among the first rows, expected over the order of ties.</summary>
    public Rational PrecisionAt(long rows)
    {
        var (before, at) = Steps.First(pair => pair.Second.Tp + pair.Second.Fp >= rows);
        var tied = at.Tp + at.Fp - before.Tp - before.Fp;
        return new(
            (BigInteger)before.Tp * tied + (BigInteger)(rows - before.Tp - before.Fp) * (at.Tp - before.Tp),
            (BigInteger)rows * tied
        );
    }

    private BigInteger Precision(Count at) => at.Tp + at.Fp == 0 ? BigInteger.One << Bits : ((BigInteger)at.Tp << Bits) / (at.Tp + at.Fp);

    private BigInteger Pairs(Func<Count, Count, BigInteger> term)
    {
        var sum = BigInteger.Zero;
        for (var i = 1; i < Points.Count; i++)
            sum += term(Points[i - 1], Points[i]);
        return sum;
    }
}
