using LanguageExt;

namespace FunctionalMetrics.Core;

/// <summary>
/// Linear interpolation between points, the <c>interp1d</c> of anomalib's AUPRO: x non-decreasing, at least two points, and at a repeated x
/// the last y. Outside the points' range it is an error; anomalib's extrapolates there.
/// </summary>
public static class Interpolation
{
    /// <summary>y at x. Fails with <see cref="OutOfRange"/> outside [xs[0], xs[^1]], or with fewer than two points.</summary>
    /// <param name="xs">x of each point, non-decreasing.</param>
    /// <param name="ys">y of each point, as many.</param>
    /// <param name="x">Where to look.</param>
    public static Fin<double> At(ReadOnlySpan<double> xs, ReadOnlySpan<double> ys, double x)
    {
        if (xs.Length < 2 || xs.Length != ys.Length)
            return new OutOfRange(
                "the number of points",
                xs.Length,
                FormattableString.Invariant($"[2, inf), the same for x and y ({ys.Length})")
            );
        if (!(x >= xs[0] && x <= xs[^1]))
            return new OutOfRange("x", x, FormattableString.Invariant($"[{xs[0]}, {xs[^1]}]"));
        var after = After(xs, x);
        var before = after - 1;
        return after == xs.Length || xs[before] == x
            ? ys[before]
            : ys[before] + (x - xs[before]) / (xs[after] - xs[before]) * (ys[after] - ys[before]);
    }

    /// <summary>The first index whose x is above the one sought.</summary>
    private static int After(ReadOnlySpan<double> xs, double x)
    {
        var (low, high) = (0, xs.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (xs[middle] <= x)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
