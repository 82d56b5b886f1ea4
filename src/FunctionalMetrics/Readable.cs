using System.Globalization;
using FunctionalMetrics.Core;

namespace FunctionalMetrics;

/// <summary>Numbers as people read them, the same everywhere in the world; the exact ones stand beside them where there is room.</summary>
public static class Readable
{
    /// <summary>A number of an evaluation, of any kind, with its remark.</summary>
    /// <param name="number">The number.</param>
    /// <param name="value">Its value, or between what it lies.</param>
    /// <param name="full">Whether a rate has six decimals and a score all its digits, for a table that is copied from.</param>
    public static string Number(LevelNumber number, Interval value, bool full = false)
    {
        var between = value.Lower < value.Upper;
        var text = number.Kind switch
        {
            NumberKind.Count => Count((long)value.Lower) + (between ? $" .. {Count((long)value.Upper)}" : ""),
            NumberKind.Rate when between => Rate(value),
            NumberKind.Rate => full ? value.Lower.ToString("F6", CultureInfo.InvariantCulture) : Rate(value.Lower),
            _ when full => Exact(value),
            _ => between ? Score(value) : Score(value.Lower),
        };
        return $"{text} {number.Remark}".TrimEnd();
    }

    /// <summary>A number that was asked for by name, with the threshold that gives it; undefined where there is none.</summary>
    /// <param name="number">The number.</param>
    /// <param name="full">Whether a rate has six decimals and a score all its digits, for a table that is copied from.</param>
    public static string Number(FoundNumber number, bool full = false) =>
        number.Value.Match(value => Number(Row(number, full), value, full), _ => "undefined");

    /// <summary>A number that was asked for as one of a table.</summary>
    internal static LevelNumber Row(FoundNumber number, bool full = false)
    {
        // Likelihood ratios have no upper end, and Youden's J and MCC can be below 0.
        var kind = number.Value.Exists(value => value.Lower < 0 || value.Upper > 1) ? NumberKind.Score : NumberKind.Rate;
        return new(
            "metrics." + number.Name,
            number.Name,
            kind,
            number.Value,
            number.Threshold.Match(at => $"at {(full ? Exact(at) : Score(at))}", () => "")
        );
    }

    /// <summary>A number in [0, 1] with four decimals: more near 0, and never rounded up to a perfect 1.</summary>
    public static string Rate(double value) =>
        value is > 0 and < 0.001 ? value.ToString("G4", CultureInfo.InvariantCulture)
        : value is < 1 and >= 0.999999 ? "> 0.999999"
        : value is < 1 and >= 0.9999 ? (Math.Floor(value * 1e6) / 1e6).ToString("F6", CultureInfo.InvariantCulture)
        : value.ToString("F4", CultureInfo.InvariantCulture);

    /// <summary>Both ends of a rate that lies between them, in as many digits as tell them apart, rounded outward.</summary>
    public static string Rate(Interval between)
    {
        var digits = Math.Clamp((int)Math.Ceiling(-Math.Log10(between.Upper - between.Lower)) + 1, 5, 15);
        return $"{Outward(between.Lower, digits, -1)} .. {Outward(between.Upper, digits, 1)}";
    }

    /// <summary>A score or a threshold, in its own units: six digits.</summary>
    public static string Score(double value) =>
        double.IsInfinity(value) ? Exact(value) : value.ToString("G6", CultureInfo.InvariantCulture);

    /// <summary>Both ends of a score or a threshold that lies between them, in six digits, rounded outward.</summary>
    public static string Score(Interval between) => $"{Outward(between.Lower, -1)} .. {Outward(between.Upper, 1)}";

    /// <summary>How many, in groups of three digits.</summary>
    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>The text that reads back as the same double; inf or -inf of a threshold that calls nothing anomalous.</summary>
    public static string Exact(double value) =>
        double.IsPositiveInfinity(value) ? "inf"
        : double.IsNegativeInfinity(value) ? "-inf"
        : value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The same of an interval; one number where both ends are the same.</summary>
    public static string Exact(Interval between) =>
        between.Lower.Equals(between.Upper) ? Exact(between.Lower) : $"{Exact(between.Lower)} .. {Exact(between.Upper)}";

    /// <summary>A number in six digits that is not above it (direction -1), or not below it (1).</summary>
    private static string Outward(double value, int direction)
    {
        var rounded = double.Parse(Score(value), CultureInfo.InvariantCulture);
        return direction * (rounded - value) >= 0
            ? Score(value)
            : Score(rounded + direction * Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value))) - 5));
    }

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
