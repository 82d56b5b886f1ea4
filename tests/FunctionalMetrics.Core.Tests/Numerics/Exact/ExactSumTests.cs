using System.Numerics;
using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core.Tests;

public class ExactSumTests
{
    [Fact]
    public void A_sum_is_exact_in_any_order_and_its_mean_is_rounded_once()
    {
        var random = new Random(4);
        for (var turn = 0; turn < 200; turn++)
        {
            var spread = 1 + random.Next(2046);
            double[] scores = [.. Enumerable.Range(0, 1 + random.Next(40)).Select(_ => Any(random, spread))];
            var expected = scores.Aggregate((Fraction)0, (all, score) => all + Exact(score));
            var (numerator, denominator) = Sum(scores).Total;
            Assert.Equal(expected, new Fraction(numerator, denominator));
            Same.Bits(
                Ratio.Round(expected.Numerator, expected.Denominator * scores.Length) + 0.0,
                Sum([.. scores.OrderBy(_ => random.Next())]).Over(scores.Length)
            );
        }
    }

    [Fact]
    public void What_cancels_is_0_and_what_is_small_is_kept()
    {
        Same.Bits(0.0, Sum([1e300, -1e300, -0.0]).Over(3));
        Same.Bits(double.Epsilon, Sum([double.MaxValue, double.Epsilon, -double.MaxValue]).Over(1));
        Same.Bits(double.MaxValue, Sum([.. Enumerable.Repeat(double.MaxValue, 1000)]).Over(1000));
        Same.Bits(0.0, Sum([-double.Epsilon]).Over(7));
        Same.Bits(0.0, new ExactSum().Over(7));
    }

    private static ExactSum Sum(double[] scores)
    {
        var sum = new ExactSum();
        foreach (var score in scores)
            sum.Add(score);
        return sum;
    }

    private static Fraction Exact(double score)
    {
        var (numerator, denominator) = Ratio.Exact(score);
        return new(numerator, denominator);
    }

    /// <summary>Any bits with an exponent below a bound, subnormals included.</summary>
    private static double Any(Random random, int exponents) =>
        BitConverter.Int64BitsToDouble(random.NextInt64(1L << 52) | (long)random.Next(exponents) << 52 | (long)random.Next(2) << 63);
}
