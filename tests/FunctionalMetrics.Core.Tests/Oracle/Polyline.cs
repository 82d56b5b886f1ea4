namespace FunctionalMetrics.Core.Tests;

/// <summary>A curve as exact points with x non-decreasing.</summary>
internal sealed record Polyline(IReadOnlyList<(Fraction X, Fraction Y)> Points)
{
    public Fraction Area => AreaUpTo(1);

    public Fraction AreaUpTo(Fraction limit)
    {
        Fraction area = 0;
        foreach (var ((x0, y0), (x1, y1)) in Points.Zip(Points.Skip(1)))
        {
            if (x1 <= limit)
                area += (x1 - x0) * (y0 + y1) / 2;
            else if (x0 < limit)
                area += (limit - x0) * (y0 + At(limit)) / 2;
        }
        return area;
    }

    /// <summary>y at x, linear between points; at a repeated x the last y.</summary>
    public Fraction At(Fraction x)
    {
        var before = Points.Last(point => point.X <= x);
        return before.X == x || Points.All(point => point.X <= x) ? before.Y : Between(before, Points.First(point => point.X > x), x);
    }

    /// <summary>y at a double: of the last point whose x rounds to it (3/10 is a point at 0.3, though not the same number), or as above.</summary>
    public Fraction AtRounded(double x) =>
        Points.Where(point => point.X.Rounded() == x).Select(point => point.Y).DefaultIfEmpty(At(Fraction.Exactly(x))).Last();

    /// <summary>Whether b lies on the segment from a to c.</summary>
    public static bool OnLine((Fraction X, Fraction Y) a, (Fraction X, Fraction Y) b, (Fraction X, Fraction Y) c) =>
        (b.X - a.X) * (c.Y - a.Y) == (c.X - a.X) * (b.Y - a.Y);

    private static Fraction Between((Fraction X, Fraction Y) a, (Fraction X, Fraction Y) b, Fraction x) =>
        a.Y + (x - a.X) / (b.X - a.X) * (b.Y - a.Y);
}
