using FunctionalMetrics.Core.Numerics;
using LanguageExt;

namespace FunctionalMetrics.Core;

/// <summary>
/// Linear interpolation between points, the <c>interp1d</c> of anomalib's AUPRO: x non-decreasing, at least two points, and at a repeated x
/// the last y. Outside the points' range it is an error; anomalib's extrapolates there.
/// </summary>
public static class Interpolation
{
    /// <summary>y at x. Fails with <see cref="OutOfRange"/> outside [xs[0], xs[^1]], with fewer than two points, and where x decreases.</summary>
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
        for (var i = 1; i < xs.Length; i++)
            if (!(xs[i - 1] <= xs[i]))
                return new OutOfRange(
                    FormattableString.Invariant($"x of point {i}"),
                    xs[i],
                    FormattableString.Invariant($"[{xs[i - 1]}, inf): x must not decrease")
                );
        var after = Ascending.UpTo(xs, x);
        var before = after - 1;
        if (after == xs.Length || xs[before] == x)
            return ys[before];
        // A difference that overflows is taken in halves.
        var (part, whole) = (x - xs[before], xs[after] - xs[before]);
        var t = double.IsFinite(whole) ? part / whole : (x / 2 - xs[before] / 2) / (xs[after] / 2 - xs[before] / 2);
        var rise = ys[after] - ys[before];
        return double.IsFinite(rise) ? ys[before] + t * rise : ys[before] * (1 - t) + ys[after] * t;
    }
}
