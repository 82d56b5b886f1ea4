using System.Numerics;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// The exponential of a number in fixed point, as the nearest double but for what the fixed point leaves open: integers alone, so that every machine gives
/// the same bits. e^x = 2^k e^r with r = x - k ln 2, and e^r by its series.
/// </summary>
internal static class FixedExp
{
    /// <summary>A number stands for so many times itself: 2^128.</summary>
    public const int FractionBits = 128;

    /// <summary>Beyond e^-800 and e^800 there is no double.</summary>
    private const int Most = 800;

    private static readonly BigInteger One = BigInteger.One << FractionBits;

    private static readonly BigInteger Log2 = SeriesLog2();

    /// <summary>e^(x 2^-128).</summary>
    public static double Of(BigInteger x)
    {
        if (x > Most * One)
            return double.PositiveInfinity;
        if (x < -Most * One)
            return 0;
        var power = (int)BigInteger.Divide(2 * x + x.Sign * Log2, 2 * Log2);
        var rest = x - power * Log2;
        var (sum, term) = (BigInteger.Zero, One);
        for (var n = 1; !term.IsZero; n++)
            (sum, term) = (sum + term, (term * rest >> FractionBits) / n);
        return power >= 0 ? Ratio.Round(sum << power, One) : Ratio.Round(sum, One << -power);
    }

    /// <summary>ln 2 = 2 artanh(1/3).</summary>
    private static BigInteger SeriesLog2()
    {
        const int Guard = 20;
        var (power, sum) = ((One << (Guard + 1)) / 3, BigInteger.Zero);
        for (var n = 1; !power.IsZero; n += 2)
            (sum, power) = (sum + power / n, power / 9);
        return sum >> Guard;
    }
}
