using System.Numerics;
using FunctionalMetrics.Core.Numerics;
using MathNet.Numerics;

namespace FunctionalMetrics.Statistics;

/// <summary>
/// McNemar's exact test of two models that decide the same images: b images are decided rightly by the first alone, c by the second alone. p = min(1, 2 P(Bin(b + c, 1/2) &lt;= min(b, c))), 1
/// where b + c = 0; a ratio of integers rounded once, to 10,000 images, above that by the incomplete beta function. Source: McNemar, Psychometrika 12 (1947).
/// </summary>
public static class McNemar
{
    private const long MostExact = 10_000;

    /// <summary>p, in (0, 1].</summary>
    /// <param name="onlyFirst">b, 0 or more.</param>
    /// <param name="onlySecond">c, 0 or more.</param>
    public static double P(long onlyFirst, long onlySecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(onlyFirst);
        ArgumentOutOfRangeException.ThrowIfNegative(onlySecond);
        var (few, all) = (Math.Min(onlyFirst, onlySecond), onlyFirst + onlySecond);
        return onlyFirst == onlySecond ? 1
            : all <= MostExact ? Exact(few, all)
            : Approximate(few, all);
    }

    internal static double Exact(long few, long all)
    {
        var (ways, sum) = (BigInteger.One, BigInteger.One);
        for (var i = 1L; i <= few; i++)
            sum += ways = ways * (all - i + 1) / i;
        return Math.Min(1, Ratio.Round(2 * sum, BigInteger.One << (int)all));
    }

    internal static double Approximate(long few, long all) => Math.Min(1, 2 * SpecialFunctions.BetaRegularized(all - few, few + 1, 0.5));
}
