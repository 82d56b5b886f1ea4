using System.Globalization;
using System.Numerics;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>A number as the fraction that it is; the denominator is above 0.</summary>
internal readonly record struct Fraction(BigInteger Numerator, BigInteger Denominator)
{
    public static Fraction Zero => new(0, 1);

    public static Fraction One => new(1, 1);

    /// <summary>
    /// A parameter as the decimal that its shortest round-trip text shows: 0.3 is 3/10, which allows 3 false alarms of 10. The double 0.3 is a little
    /// less, and would allow 2.
    /// </summary>
    /// <param name="value">A finite number.</param>
    public static Fraction OfDecimal(double value)
    {
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var parts = (shortest.Contains('E', StringComparison.Ordinal) ? shortest : shortest + "E0").Split('E');
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var digits = BigInteger.Parse(parts[0].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        var power = int.Parse(parts[1], CultureInfo.InvariantCulture) - (point < 0 ? 0 : parts[0].Length - point - 1);
        return power >= 0 ? new(digits * BigInteger.Pow(10, power), 1) : new(digits, BigInteger.Pow(10, -power));
    }

    /// <summary>The nearest double, ties to even.</summary>
    public double Rounded => Ratio.Round(Numerator, Denominator);

    /// <summary>What is left of 1.</summary>
    public Fraction Rest => new(Denominator - Numerator, Denominator);

    /// <summary>The largest whole number that is not above so many times the fraction.</summary>
    public long Floor(long times) => (long)BigInteger.DivRem(Numerator * times, Denominator, out _);

    /// <summary>The smallest whole number that is not below so many times the fraction.</summary>
    public long Ceiling(long times) => (long)((Numerator * times + Denominator - 1) / Denominator);

    /// <summary>Whether it is smaller than another.</summary>
    public bool IsBelow(Fraction other) => Numerator * other.Denominator < other.Numerator * Denominator;

    /// <summary>Whether part / whole is at least this; no part of nothing is.</summary>
    public bool IsReachedBy(long part, long whole) => Numerator * whole <= Denominator * part;

    /// <summary>The doubles around two fractions, rounded outward, the smaller first; the nearest one alone where both are the same.</summary>
    public static Interval Between(Fraction one, Fraction other)
    {
        var order = (one.Numerator * other.Denominator).CompareTo(other.Numerator * one.Denominator);
        var (lower, upper) = order > 0 ? (other, one) : (one, other);
        return order == 0
            ? Interval.Known(one.Rounded)
            : new(Ratio.Down(lower.Numerator, lower.Denominator), Ratio.Up(upper.Numerator, upper.Denominator));
    }
}
