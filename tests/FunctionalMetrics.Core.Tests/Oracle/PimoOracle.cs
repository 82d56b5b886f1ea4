namespace FunctionalMetrics.Core.Tests;

/// <summary>PIMO by its definition, one threshold at a time, in exact fractions; only logarithms are doubles.</summary>
internal sealed class PimoOracle
{
    private readonly Image[] images;
    private readonly Image[] normal;

    public PimoOracle(IEnumerable<Image> images)
    {
        this.images = [.. images.Select(image => image.Map((score, _) => score + 0.0))];
        normal = [.. this.images.Where(image => !image.Mask.Contains(true))];
        Thresholds = [.. this.images.SelectMany(image => image.Scores).Distinct().OrderDescending()];
    }

    public double[] Thresholds { get; }

    public bool HasBoth => normal.Length > 0 && normal.Length < images.Length;

    public Fraction SmallestRate => Thresholds.Select(X).First(x => x > 0);

    public Fraction X(double threshold) =>
        normal
            .Select(image => new Fraction(image.Scores.Count(score => score >= threshold), image.Scores.Length))
            .Aggregate((a, b) => a + b) / normal.Length;

    public static Fraction Y(Image image, double threshold)
    {
        var own = image.Scores.Where((_, pixel) => image.Mask[pixel]).ToList();
        return new(own.Count(score => score + 0.0 >= threshold), own.Count);
    }

    /// <summary>The integral of the polyline over ln x, trapezoid by trapezoid.</summary>
    public double Area(Image image, Fraction lo, Fraction hi)
    {
        var points = Thresholds.Select(t => (X: X(t), Y: Y(image, t).Rounded())).Where(point => point.X > 0).ToList();
        var area = 0.0;
        for (var i = 1; i < points.Count; i++)
        {
            var ((x1, y1), (x2, y2)) = (points[i - 1], points[i]);
            var (a, b) = (x1 > lo ? x1 : lo, x2 < hi ? x2 : hi);
            if (a < b)
                area += (At(a) + At(b)) / 2 * Log(b / a);

            double At(Fraction x) => y1 + (y2 - y1) * Log(x / x1) / Log(x2 / x1);
        }
        return area / Log(hi / lo);
    }

    private static double Log(Fraction x) => Math.Log(x.Rounded());
}
