using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// The natural logarithm as an integer, round(2^60 ln s), with an error of ln below 2^-59. Only +, -, x and fused multiply-add are used, all
/// of which IEEE 754 fixes to the last bit, so every machine gives the same integer.
/// <para>
/// s = m 2^e with m in [1, 2); a reciprocal c of ten bits, from the leading bits of m, makes r = m c - 1 small, and
/// ln s = e ln 2 - ln c + ln(1 + r). The product m c is held exactly in two doubles, the first two terms in fixed point; of ln(1 + r) the
/// leading r is exact, and the rest is at most 2^-14, where rounding to a double costs less than 2^-66.
/// </para>
/// </summary>
internal static class FixedLog
{
    public const int FractionBits = 60;

    private const int Guard = 20;
    private const int IndexBits = 7;
    private const double Two52 = 1L << 52;
    private const double MinNormal = 2.2250738585072014E-308;

    private static readonly ImmutableArray<double> Reciprocals = [.. Enumerable.Range(0, 1 << IndexBits).Select(Reciprocal)];

    private static readonly ImmutableArray<Int128> MinusLogs = [.. Reciprocals.Select(c => -SeriesLog((int)(c * 1024)))];

    private static readonly Int128 Log2 = MinusLogs[^1];

    /// <summary>round(2^60 ln score) for a finite score above 0.</summary>
    public static Int128 Of(double score) => Rounded(Guarded(score));

    /// <summary>round(2^60 ln(score / unit)) for two of them: the same bits when both are twice as large.</summary>
    public static Int128 Of(double score, double unit) => Rounded(Guarded(score) - Guarded(unit));

    private static Int128 Rounded(Int128 log) => (log + (1 << (Guard - 1))) >> Guard;

    /// <summary>2^80 ln score, with the guard bits.</summary>
    private static Int128 Guarded(double score)
    {
        var exponent = -1023;
        if (score < MinNormal)
        {
            score *= Two52;
            exponent -= 52;
        }
        var bits = BitConverter.DoubleToInt64Bits(score);
        exponent += (int)(bits >> 52);
        var mantissa = BitConverter.Int64BitsToDouble(bits & 0x000F_FFFF_FFFF_FFFF | 0x3FF0_0000_0000_0000);
        var index = (int)(bits >> (52 - IndexBits) & ((1 << IndexBits) - 1));
        var c = Reciprocals[index];
        var product = mantissa * c;
        var tail = Math.FusedMultiplyAdd(mantissa, c, -product);
        var r = product - 1;
        var rest = Math.FusedMultiplyAdd(r * r, Series(r), Math.FusedMultiplyAdd(-r, tail, tail));
        return exponent * Log2 + MinusLogs[index] + ((Int128)(long)(r * Power(62)) << 18) + ((Int128)(long)(rest * Power(70)) << 10);
    }

    /// <summary>(ln(1 + r) - r) / r^2 for |r| below 2^-7, to 2^-52 of itself.</summary>
    private static double Series(double r)
    {
        var sum = 1.0 / 9;
        for (var k = 8; k >= 2; k--)
            sum = Math.FusedMultiplyAdd(-r, sum, 1.0 / k);
        return -sum;
    }

    /// <summary>The reciprocal for mantissas that start with these bits: near 1 / (1 + (i + 1/2) / 128), and exact at both ends.</summary>
    private static double Reciprocal(int index) =>
        index == 0 ? 1
        : index == (1 << IndexBits) - 1 ? 0.5
        : (2 * (1024 << IndexBits) / (2 * ((1 << IndexBits) + index) + 1)) / 1024.0;

    /// <summary>2^80 ln(k / 1024), rounded down: twice the series of artanh((k - 1024) / (k + 1024)), in exact integers.</summary>
    private static Int128 SeriesLog(int k)
    {
        const int Bits = 110;
        var (numerator, denominator) = ((BigInteger)(k - 1024), (BigInteger)(k + 1024));
        var (power, sum) = ((numerator << (Bits + 1)) / denominator, BigInteger.Zero);
        for (var n = 1; !power.IsZero; n += 2)
        {
            sum += power / n;
            power = power * numerator * numerator / (denominator * denominator);
        }
        return (Int128)(sum >> (Bits - FractionBits - Guard));
    }

    private static double Power(int exponent) => BitConverter.Int64BitsToDouble((long)(exponent + 1023) << 52);
}
