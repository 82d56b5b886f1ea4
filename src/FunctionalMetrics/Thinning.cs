using System.Collections.Immutable;
using FunctionalMetrics.Core;

namespace FunctionalMetrics;

/// <summary>
/// Fewer points for drawing the same picture. The width of a curve is cut into columns, one for each pixel, and of a column that holds more
/// than four vertices only the first, the last, the lowest and the highest stay, in their order (the M4 aggregation of Jugel et al., VLDB
/// 2014).
/// <para>
/// The thinned line and the true one visit the same columns, enter and leave each at the same points, and there cover the same heights. So
/// neither is anywhere more than one column from the other, sideways, at whatever height it is drawn; numbers are never read off it.
/// </para>
/// </summary>
public static class Thinning
{
    /// <summary>Columns enough for a chart across a large window: 1600.</summary>
    public const int DefaultColumns = 1600;

    /// <summary>
    /// The indices of the vertices to draw, ascending, the first and the last among them; at most four for each column, in linear time.
    /// </summary>
    /// <param name="xs">x of each vertex: finite, and from one end of the curve to the other never turning back.</param>
    /// <param name="ys">y of each vertex, as many.</param>
    /// <param name="columns">How many pixels wide the curve is drawn, at least one.</param>
    public static ImmutableArray<int> Indices(ReadOnlySpan<double> xs, ReadOnlySpan<double> ys, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(ys.Length, xs.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        var kept = ImmutableArray.CreateBuilder<int>();
        for (var start = 0; start < xs.Length; )
        {
            var column = Column(xs, start, columns);
            var (end, lowest, highest) = (start + 1, start, start);
            for (; end < xs.Length && Column(xs, end, columns) == column; end++)
            {
                lowest = ys[end] < ys[lowest] ? end : lowest;
                highest = ys[end] > ys[highest] ? end : highest;
            }
            if (end - start <= 4)
                kept.AddRange(Enumerable.Range(start, end - start));
            else
                kept.AddRange(new SortedSet<int> { start, lowest, highest, end - 1 });
            start = end;
        }
        return kept.ToImmutable();
    }

    /// <summary>The same curve with fewer points, each with its threshold where it has one.</summary>
    /// <param name="points">A curve whose x never turns back, as those of all curves here.</param>
    /// <param name="columns">How many pixels wide it is drawn.</param>
    public static CurvePoints Thin(this CurvePoints points, int columns = DefaultColumns)
    {
        var kept = Indices(points.X.AsSpan(), points.Y.AsSpan(), columns);
        return new(
            [.. kept.Select(i => points.X[i])],
            [.. kept.Select(i => points.Y[i])],
            [.. kept.Where(i => i < points.Thresholds.Length).Select(i => points.Thresholds[i])]
        );
    }

    private static int Column(ReadOnlySpan<double> xs, int index, int columns)
    {
        var span = xs[^1] - xs[0];
        // Halved where the width of the curve is beyond the largest double.
        var share = double.IsFinite(span) ? (xs[index] - xs[0]) / span : (xs[index] / 2 - xs[0] / 2) / (xs[^1] / 2 - xs[0] / 2);
        return span == 0 ? 0 : Math.Min((int)(share * columns), columns - 1);
    }
}
