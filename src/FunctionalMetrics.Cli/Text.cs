using System.Globalization;
using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics.Cli;

/// <summary>Numbers as people read them in a table, the same in every culture.</summary>
internal static class Text
{
    public const string Undefined = "undefined";

    public static string Whole(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string Rate(Fin<double> rate) =>
        rate.Match(value => value.ToString("0.000000", CultureInfo.InvariantCulture), _ => Undefined);

    /// <summary>Both ends in as many digits as tell them apart, rounded outward; one number where they are the same.</summary>
    public static string Rate(Fin<Interval> rate) =>
        rate.Match(
            between =>
            {
                if (between.Lower == between.Upper)
                    return Rate(between.Lower);
                var digits = Math.Clamp((int)Math.Ceiling(-Math.Log10(between.Upper - between.Lower)) + 1, 5, 15);
                var (lower, upper) = (Outward(between.Lower, digits, -1), Outward(between.Upper, digits, 1));
                return $"{lower} .. {upper}";
            },
            _ => Undefined
        );

    /// <summary>An interval of scores, with every digit.</summary>
    public static string Exact(Interval between) =>
        between.Lower == between.Upper ? Exact(between.Lower) : $"{Exact(between.Lower)} .. {Exact(between.Upper)}";

    /// <summary>The shortest text that reads back as the same double; a threshold must not lose a pixel on its way through text.</summary>
    public static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A rate in decimal digits that is not above it (direction -1), or not below it (1), and stays in [0, 1].</summary>
    private static string Outward(double rate, int digits, int direction)
    {
        // Rates of at most 1 with 15 digits fit in a decimal; the rate itself is its exact value there up to 28 digits.
        var (exact, unit) = ((decimal)rate, 1m);
        for (var digit = 0; digit < digits; digit++)
            unit /= 10;
        var rounded = Math.Round(exact, digits);
        var outward = direction * (rounded - exact) < 0 ? rounded + direction * unit : rounded;
        return Math.Clamp(outward, 0, 1).ToString("F" + digits, CultureInfo.InvariantCulture);
    }
}
