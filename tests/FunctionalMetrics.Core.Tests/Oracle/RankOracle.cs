namespace FunctionalMetrics.Core.Tests;

/// <summary>The metrics of rows as METRICS.md defines them, by counting over all thresholds and all pairs in exact fractions; slow and plain.</summary>
internal sealed record RankOracle(IReadOnlyList<Row> Rows)
{
    public int Positives { get; } = Rows.Count(row => row.Label);

    public int Negatives { get; } = Rows.Count(row => !row.Label);

    /// <summary>The distinct scores, highest first.</summary>
    public IReadOnlyList<double> Thresholds { get; } = [.. Rows.Select(row => row.Score).Distinct().OrderDescending()];

    public int Tp(double threshold) => Rows.Count(row => row.Label && row.Score >= threshold);

    public int Fp(double threshold) => Rows.Count(row => !row.Label && row.Score >= threshold);

    public Fraction Tpr(double threshold) => new(Tp(threshold), Positives);

    public Fraction Fpr(double threshold) => new(Fp(threshold), Negatives);

    public Fraction Precision(double threshold) => new(Tp(threshold), Tp(threshold) + Fp(threshold));

    public Fraction F1(double threshold) => new(2 * Tp(threshold), Tp(threshold) + Fp(threshold) + Positives);

    /// <summary>(#{s+ > s-} + #{s+ = s-}/2) / (P N).</summary>
    public Fraction Auroc
    {
        get
        {
            var pairs =
                from positive in Rows
                where positive.Label
                from negative in Rows
                where !negative.Label
                select (positive.Score, negative.Score);
            var doubled = pairs.Sum(pair =>
                pair.Item1 > pair.Item2 ? 2L
                : pair.Item1 == pair.Item2 ? 1
                : 0
            );
            return new(doubled, 2L * Positives * Negatives);
        }
    }

    public Polyline Roc => new([(0, 0), .. Thresholds.Select(t => (Fpr(t), Tpr(t)))]);

    /// <summary>Recall against precision from (0, 1) on.</summary>
    public Polyline PrecisionRecall => new([(0, 1), .. Thresholds.Select(t => (Tpr(t), Precision(t)))]);

    public Fraction Aupr => PrecisionRecall.Area;

    public Fraction AveragePrecision
    {
        get
        {
            Fraction sum = 0;
            foreach (var (before, at) in PrecisionRecall.Points.Zip(PrecisionRecall.Points.Skip(1)))
                sum += (at.X - before.X) * at.Y;
            return sum;
        }
    }

    /// <summary>The lowest threshold of the largest F1.</summary>
    public double BestThreshold
    {
        get
        {
            var largest = Thresholds.Max(F1);
            return Thresholds.Where(t => F1(t) == largest).Min();
        }
    }
}
