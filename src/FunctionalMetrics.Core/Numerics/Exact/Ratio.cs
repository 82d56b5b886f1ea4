using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>Ratios of integers as the nearest double, ties to even: the one place where floating point comes in.</summary>
internal static class Ratio
{
    private const long ExactDouble = 1L << 53;
    private const int Smallest = 1074;

    /// <summary>a / b for 0 &lt;= a and 0 &lt; b.</summary>
    public static double Round(long a, long b) => a <= ExactDouble && b <= ExactDouble ? (double)a / b : Round((BigInteger)a, b);

    /// <inheritdoc cref="Round(long, long)"/>
    public static double Round(UInt128 a, UInt128 b) =>
        a <= (UInt128)ExactDouble && b <= (UInt128)ExactDouble ? (double)a / (double)b : Round((BigInteger)a, b);

    /// <summary>a / b for any a and 0 &lt; b.</summary>
    public static double Round(BigInteger a, BigInteger b)
    {
        if (a.IsZero)
            return 0;
        var magnitude = BigInteger.Abs(a);
        // 55 bits or more of quotient, and what was cut off kept as a last odd bit: converting that rounds once, and right.
        var shift = (int)(55 + b.GetBitLength() - magnitude.GetBitLength());
        if (shift > Smallest)
            return RoundSubnormal(a.Sign, magnitude, b);
        var quotient = BigInteger.DivRem(shift >= 0 ? magnitude << shift : magnitude, shift >= 0 ? b : b << -shift, out var remainder);
        var bits = (ulong)quotient | (remainder.IsZero ? 0ul : 1ul);
        return Math.ScaleB(a.Sign * (double)bits, -shift);
    }

    /// <summary>The square root of a / b, correctly rounded, for 0 &lt;= a and 0 &lt; b.</summary>
    public static double Root(BigInteger a, BigInteger b)
    {
        if (a.IsZero)
            return 0;
        // 55 bits or more of the root, and what was cut off kept as a last odd bit: converting that rounds once, and right.
        var shift = (int)(56 + (b.GetBitLength() - a.GetBitLength()) / 2 + 1);
        var (top, bottom) = shift >= 0 ? (a << (2 * shift), b) : (a, b << (-2 * shift));
        var root = FloorOfRoot(top / bottom);
        var bits = (ulong)root | (root * root * bottom == top ? 0ul : 1ul);
        return Math.ScaleB((double)bits, -shift);
    }

    /// <summary>(a + sign sqrt(root)) / b for 0 &lt;= root and 0 &lt; b, correctly rounded: the bounds of the root close in until both round alike.</summary>
    public static double RoundWithRoot(BigInteger a, int sign, BigInteger root, BigInteger b)
    {
        for (var bits = 64; ; bits *= 2)
        {
            var square = root << (2 * bits);
            var floor = FloorOfRoot(square);
            var lower = Round((a << bits) + sign * floor, b << bits);
            // A root that is no whole number is irrational, and then no double, nor the middle of two, is met.
            if (floor * floor == square || lower.Equals(Round((a << bits) + sign * (floor + 1), b << bits)))
                return lower;
        }
    }

    /// <summary>The largest whole number whose square is not above a number, by Newton's steps from above.</summary>
    internal static BigInteger FloorOfRoot(BigInteger square)
    {
        if (square.IsZero)
            return 0;
        var root = BigInteger.One << (int)((square.GetBitLength() + 1) / 2);
        while ((root + square / root) >> 1 is var next && next < root)
            root = next;
        return root;
    }

    /// <summary>The largest double that is not above a / b, for 0 &lt;= a and 0 &lt; b.</summary>
    public static double Down(BigInteger a, BigInteger b)
    {
        var nearest = Round(a, b);
        var (numerator, denominator) = Exact(nearest);
        return numerator * b > a * denominator ? Math.BitDecrement(nearest) : nearest;
    }

    /// <summary>The smallest double that is not below a / b, for any a and 0 &lt; b.</summary>
    public static double Up(BigInteger a, BigInteger b)
    {
        var nearest = Round(a, b);
        var (numerator, denominator) = Exact(nearest);
        return numerator * b < a * denominator ? Math.BitIncrement(nearest) : nearest;
    }

    /// <summary>Where fewer than 53 bits are left above the smallest double, 2^-1074, its multiples are what is rounded to.</summary>
    private static double RoundSubnormal(int sign, BigInteger magnitude, BigInteger b)
    {
        var quotient = BigInteger.DivRem(magnitude << Smallest, b, out var remainder);
        var twice = (remainder << 1).CompareTo(b);
        return sign * Math.ScaleB((double)(ulong)(twice > 0 || (twice == 0 && !quotient.IsEven) ? quotient + 1 : quotient), -Smallest);
    }

    /// <summary>floor(a 2^64 / b) for 0 &lt;= a &lt;= b and 0 &lt; b: a ratio in [0, 1] with 64 fraction bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt128 Fixed64(long a, long b)
    {
        if (b > uint.MaxValue)
            return ((UInt128)(ulong)a << 64) / (ulong)b;
        // Two divisions of 64 by 32 bits are several times as fast as one of 128 by 64.
        var (high, rest) = Math.DivRem((ulong)a << 32, (ulong)b);
        return ((UInt128)high << 32) + (rest << 32) / (ulong)b;
    }

    /// <summary>
    /// The same for eight ratios of numbers below 2^62, in two parts: the first in multiples of 2^-32, the second in multiples of 2^-64.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<long> High, Vector512<long> Low) Fixed64(Vector512<long> a, Vector512<long> b)
    {
        var by = Vector512.ConvertToDouble(b);
        var (high, rest) = Divide32(a, b, by);
        return (high, Divide32(rest, b, by).Quotient);
    }

    /// <summary>floor(a 2^32 / b) and the rest. Doubles tell it but for one unit, so the rest lies between -b and 2 b, which fits 64 bits, and tells that one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<long> Quotient, Vector512<long> Left) Divide32(Vector512<long> a, Vector512<long> b, Vector512<double> by)
    {
        var quotient = Vector512.ConvertToInt64Native(Vector512.ConvertToDouble(a) / by * Vector512.Create(4294967296.0));
        var rest = (a << 32) - quotient * b;
        var (above, below) = (Vector512.GreaterThanOrEqual(rest, b), Vector512.LessThan(rest, Vector512<long>.Zero));
        // A comparison that holds is -1.
        return (quotient - above + below, rest - (above & b) + (below & b));
    }

    /// <summary>A finite double as an exact fraction.</summary>
    public static (BigInteger Numerator, BigInteger Denominator) Exact(double value)
    {
        if (value == 0)
            return (0, 1);
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)(bits >> 52 & 0x7FF);
        var mantissa = (BigInteger)(bits & ((1L << 52) - 1) | (exponent == 0 ? 0 : 1L << 52)) * Math.Sign(value);
        var power = Math.Max(exponent, 1) - 1075;
        return power >= 0 ? (mantissa << power, 1) : (mantissa, BigInteger.One << -power);
    }
}
