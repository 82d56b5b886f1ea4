namespace FunctionalMetrics.Tests;

/// <summary>A line as drawn: vertices in pixels. Distances are measured here by plain geometry, without columns.</summary>
public sealed record Polyline(double[] X, double[] Y)
{
    /// <summary>The same line drawn into a box of pixels.</summary>
    public static Polyline Draw(
        IReadOnlyList<double> xs,
        IReadOnlyList<double> ys,
        (double Left, double Right) xRange,
        double width,
        double height
    )
    {
        var (low, high) = (ys.Min(), ys.Max());
        return new([.. xs.Select(x => Scale(x, xRange.Left, xRange.Right) * width)], [.. ys.Select(y => Scale(y, low, high) * height)]);
    }

    /// <summary>How far a point is from the nearest point of the line.</summary>
    public double Distance(double x, double y) =>
        X.Length == 1
            ? Math.Sqrt(Math.Pow(x - X[0], 2) + Math.Pow(y - Y[0], 2))
            : Enumerable.Range(0, X.Length - 1).Min(i => FromSegment(i, x, y));

    /// <summary>The vertices, and points in between so close together that none of the line is further than the step from one.</summary>
    public IEnumerable<(double X, double Y)> Samples(double step)
    {
        for (var i = 0; i + 1 < X.Length; i++)
        {
            var pieces = 1 + (int)(Math.Sqrt(Math.Pow(X[i + 1] - X[i], 2) + Math.Pow(Y[i + 1] - Y[i], 2)) / step);
            for (var piece = 0; piece < pieces; piece++)
                yield return (X[i] + (X[i + 1] - X[i]) * piece / pieces, Y[i] + (Y[i + 1] - Y[i]) * piece / pieces);
        }
        yield return (X[^1], Y[^1]);
    }

    private double FromSegment(int i, double x, double y)
    {
        var (dx, dy) = (X[i + 1] - X[i], Y[i + 1] - Y[i]);
        var squared = dx * dx + dy * dy;
        var along = squared == 0 ? 0 : Math.Clamp(((x - X[i]) * dx + (y - Y[i]) * dy) / squared, 0, 1);
        return Math.Sqrt(Math.Pow(x - X[i] - along * dx, 2) + Math.Pow(y - Y[i] - along * dy, 2));
    }

    private static double Scale(double value, double low, double high) => high == low ? 0 : (value - low) / (high - low);
}
