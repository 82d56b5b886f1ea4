using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace FunctionalMetrics.Tests;

/// <summary>A curve to thin, and how large it is drawn. x never falls; steps, jumps, plateaus and repeated points are likely.</summary>
public sealed record Drawing(double[] X, double[] Y, int Width, int Height)
{
    public override string ToString() => $"x [{string.Join(", ", X)}], y [{string.Join(", ", Y)}], {Width} x {Height} pixels";
}

public static class Drawings
{
    public static Arbitrary<Drawing> Arbitrary() => Arb.From(Generate(), Shrink);

    private static Gen<Drawing> Generate() =>
        from count in Gen.Choose(1, 300)
        from steps in Gen.Elements(0.0, 0.0, 1e-9, 0.1, 1.0, 30.0).ArrayOf(count)
        from ys in Gen.OneOf(Gen.Choose(0, 4).Select(y => (double)y), Gen.Choose(-1000, 1000).Select(y => y / 1e3)).ArrayOf(count)
        from width in Gen.Choose(1, 40)
        from height in Gen.Choose(1, 60)
        select new Drawing(Running(steps), ys, width, height);

    private static IEnumerable<Drawing> Shrink(Drawing drawing) =>
        Enumerable
            .Range(0, drawing.X.Length)
            .Where(_ => drawing.X.Length > 1)
            .Select(gone => drawing with { X = Without(drawing.X, gone), Y = Without(drawing.Y, gone) });

    private static double[] Without(double[] values, int gone) => [.. values.Where((_, i) => i != gone)];

    private static double[] Running(double[] steps)
    {
        var x = 0.0;
        return [.. steps.Select(step => x += step)];
    }
}

[Properties(Arbitrary = [typeof(Drawings)], MaxTest = 300, QuietOnSuccess = true)]
public sealed class ThinningTests
{
    private const double Slack = 1e-6;

    [Property]
    public bool Every_vertex_lies_within_one_pixel_of_the_thinned_line(Drawing drawing)
    {
        var (whole, thinned) = Draw(drawing);
        return whole.X.Zip(whole.Y).All(vertex => thinned.Distance(vertex.Item1, vertex.Item2) <= 1 + Slack);
    }

    [Property(MaxTest = 60)]
    public bool Every_point_of_the_thinned_line_lies_within_one_pixel_of_the_true_one(Drawing drawing)
    {
        var (whole, thinned) = Draw(drawing);
        return thinned.Samples(1).All(point => whole.Distance(point.X, point.Y) <= 1 + Slack);
    }

    [Property]
    public bool Kept_vertices_ascend_from_the_first_to_the_last(Drawing drawing)
    {
        var kept = Thinning.Indices(drawing.X, drawing.Y, drawing.Width);
        return kept[0] == 0 && kept[^1] == drawing.X.Length - 1 && kept.Zip(kept.Skip(1)).All(pair => pair.Item1 < pair.Item2);
    }

    [Property]
    public bool A_column_keeps_at_most_four_vertices(Drawing drawing)
    {
        var (from, to) = (drawing.X[0], drawing.X[^1]);
        return Thinning
            .Indices(drawing.X, drawing.Y, drawing.Width)
            .GroupBy(i => to == from ? 0 : Math.Min(drawing.Width - 1, (int)((drawing.X[i] - from) / (to - from) * drawing.Width)))
            .All(column => column.Count() <= 4);
    }

    [Property]
    public bool A_thinned_curve_is_thin_already(Drawing drawing)
    {
        var once = Points(drawing).Thin(drawing.Width);
        return once.Equals(once.Thin(drawing.Width));
    }

    [Fact]
    public void A_curve_of_four_vertices_in_each_column_is_unchanged()
    {
        var points = Points(
            new([.. Enumerable.Range(0, 400).Select(i => i / 399.0)], [.. Enumerable.Range(0, 400).Select(i => i % 7.0)], 1, 1)
        );
        Assert.Equal(points, points.Thin(200));
    }

    [Fact]
    public void A_curve_drawn_from_right_to_left_is_thinned_alike()
    {
        double[] xs = [.. Enumerable.Range(0, 1000).Select(i => i / 999.0)];
        double[] ys = [.. Enumerable.Range(0, 1000).Select(i => Math.Sin(i))];
        var forward = Thinning.Indices(xs, ys, 10);
        var backward = Thinning.Indices([.. xs.Reverse()], [.. ys.Reverse()], 10);
        Assert.InRange(forward.Length, 20, 40);
        Assert.InRange(backward.Length, 20, 40);
        Assert.Equal((0, 999), (backward[0], backward[^1]));
    }

    [Fact]
    public void The_empty_curve_stays_empty() => Assert.Empty(Thinning.Indices([], [], 10));

    [Fact]
    public void The_widest_range_of_doubles_has_columns()
    {
        double[] xs = [double.MinValue, -1e308, 0, 1e308, double.MaxValue];
        Assert.Equal<int>([0, 1, 2, 3, 4], Thinning.Indices(xs, xs, 4));
    }

    [Fact]
    public void Five_million_vertices_become_a_few_thousand()
    {
        var xs = Enumerable.Range(0, 5_000_000).Select(i => i * 1e-6).ToArray();
        var ys = xs.Select(x => Math.Sin(1e5 * x)).ToArray();
        Assert.InRange(Thinning.Indices(xs, ys, 1600).Length, 1600, 6400);
    }

    [Fact]
    public void Lengths_that_differ_and_no_columns_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Thinning.Indices([1, 2], [1], 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => Thinning.Indices([1], [1], 0));
    }

    private static (Polyline Whole, Polyline Thinned) Draw(Drawing drawing)
    {
        var thinned = Points(drawing).Thin(drawing.Width);
        var (xRange, low, high) = ((drawing.X[0], drawing.X[^1]), drawing.Y.Min(), drawing.Y.Max());
        Assert.Equal((low, high), (thinned.Y.Min(), thinned.Y.Max()));
        return (
            Polyline.Draw(drawing.X, drawing.Y, xRange, drawing.Width, drawing.Height),
            Polyline.Draw(thinned.X, thinned.Y, xRange, drawing.Width, drawing.Height)
        );
    }

    private static Core.CurvePoints Points(Drawing drawing) => new([.. drawing.X], [.. drawing.Y], [.. drawing.X]);
}
