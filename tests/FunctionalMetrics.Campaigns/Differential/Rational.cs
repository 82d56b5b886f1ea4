using System.Numerics;

namespace FunctionalMetrics.Campaigns;

/// <summary>A ratio of whole numbers, not in lowest terms, and whether a double is the nearest to it, found by comparing with the doubles beside it.</summary>
/// <param name="Top">The numerator.</param>
/// <param name="Bottom">The denominator, above 0.</param>
internal readonly record struct Rational(BigInteger Top, BigInteger Bottom)
{
    /// <summary>Doubles are multiples of 2^-1074, and what lies midway between two of them of 2^-1075.</summary>
    private const int Grain = 1075;

    public static Rational operator +(Rational a, Rational b) => new(a.Top * b.Bottom + b.Top * a.Bottom, a.Bottom * b.Bottom);

    public static Rational operator +(Rational a, BigInteger b) => new(a.Top + b * a.Bottom, a.Bottom);

    public static Rational operator -(Rational a, BigInteger b) => a + -b;

    public static Rational operator *(Rational a, Rational b) => new(a.Top * b.Top, a.Bottom * b.Bottom);

    public static Rational operator *(Rational a, BigInteger b) => new(a.Top * b, a.Bottom);

    public static Rational operator /(Rational a, Rational b) => new(a.Top * b.Bottom, a.Bottom * b.Top);

    public static bool operator >(Rational a, Rational b) => a.Top * b.Bottom > b.Top * a.Bottom;

    public static bool operator <(Rational a, Rational b) => b > a;

    /// <summary>The number that a finite double is.</summary>
    public static Rational Of(double value) => new(Grains(value), BigInteger.One << Grain);

    /// <summary>Whether a double is the nearest one, the even one of two.</summary>
    public bool IsNearest(double found) => Lies(found, BigInteger.One << Grain, Top, Bottom);

    /// <summary>Whether a double is the nearest one to the square root.</summary>
    public bool IsNearestOfRoot(double found) => found >= 0 && Lies(found, BigInteger.One << Grain, Top, Bottom, isRoot: true);

    /// <summary>Whether a double is at most so many powers of two away, beside what it is rounded by.</summary>
    public bool IsWithin(double found, int bits)
    {
        var difference = Of(found) + new Rational(-Top, Bottom);
        var most = new Rational(1, BigInteger.One << bits) + Of(Math.BitIncrement(Math.Abs(found)) - Math.Abs(found)) * new Rational(1, 2);
        return !(difference with { Top = BigInteger.Abs(difference.Top) } > most);
    }

    private static bool Lies(double found, BigInteger unit, BigInteger top, BigInteger bottom, bool isRoot = false)
    {
        if (!double.IsFinite(found))
            return false;
        var (below, at, above) = (Grains(Math.BitDecrement(found)), Grains(found), Grains(Math.BitIncrement(found)));
        var (low, high) = ((below + at) / 2, (at + above) / 2);
        var isEven = (BitConverter.DoubleToInt64Bits(found) & 1) == 0;
        // A root is compared by squares; below 0 there is none.
        var (least, most, all) = isRoot
            ? (low.Sign * low * low * bottom, high * high * bottom, top * unit * unit)
            : (low * bottom, high * bottom, top * unit);
        return isEven ? least <= all && all <= most : least < all && all < most;
    }

    private static BigInteger Grains(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var (exponent, fraction) = ((int)(bits >> 52) & 0x7FF, bits & ((1L << 52) - 1));
        var grains = (exponent == 0 ? (BigInteger)fraction : fraction | (1L << 52)) << (Math.Max(exponent, 1) - 1 + Grain - 1074);
        return bits < 0 ? -grains : grains;
    }
}
