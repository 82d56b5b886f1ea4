using System.Numerics;
using FunctionalMetrics.Core.Numerics;
using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>The integer arithmetic that all areas and moments rest on, against BigInteger and the oracle's own rounding.</summary>
public class ExactIntegersTests
{
    [Fact]
    public void Ratios_of_longs_are_correctly_rounded() =>
        Each(choices =>
        {
            var (a, b) = (Bits(choices, 62), Bits(choices, 62) + 1);
            Same.Bits(new Fraction(a, b).Rounded(), Ratio.Round((long)a, (long)b), $"{a}/{b}");
        });

    [Fact]
    public void Ratios_of_128_bits_are_correctly_rounded() =>
        Each(choices =>
        {
            var (a, b) = (Bits(choices, 127), Bits(choices, 127) + 1);
            Same.Bits(new Fraction(a, b).Rounded(), Ratio.Round((UInt128)a, (UInt128)b), $"{a}/{b}");
        });

    [Fact]
    public void Ratios_of_any_integers_and_halfway_cases_are_correctly_rounded() =>
        Each(choices =>
        {
            var (a, b) = (Bits(choices, 400), Bits(choices, 300) + 1);
            Same.Bits(new Fraction(-a, b).Rounded() + 0.0, Ratio.Round(-a, b), $"-{a}/{b}");
            // Halfway between two doubles, and just beside it.
            var half = 2 * ((BigInteger.One << 52) + Bits(choices, 52)) + 1;
            foreach (var beside in (int[])[-1, 0, 1])
                Same.Bits(
                    new Fraction(half * b + beside, b).Rounded(),
                    Ratio.Round(half * b + beside, b),
                    $"halfway {half} * {b} + {beside}"
                );
        });

    [Fact]
    public void A_ratio_in_fixed_point_is_rounded_down() =>
        Each(choices =>
        {
            var (a, b) = (Bits(choices, 62), Bits(choices, 62) + 1);
            (a, b) = (BigInteger.Min(a, b), BigInteger.Max(a, b));
            Assert.Equal((a << 64) / b, (BigInteger)Ratio.Fixed64((long)a, (long)b));
        });

    [Fact]
    public void A_double_as_a_fraction_is_itself()
    {
        foreach (
            var value in (double[])
                [0, -0.0, 1, 0.1, -0.1, double.Epsilon, -double.Epsilon, 2.2250738585072014e-308, double.MaxValue, 0.3, 1e300]
        )
        {
            var (numerator, denominator) = Ratio.Exact(value);
            Assert.Equal(Fraction.Exactly(value), new Fraction(numerator, denominator));
        }
    }

    [Fact]
    public void Sums_products_and_squares_of_256_bits_are_exact() =>
        Each(choices =>
        {
            var (a, b) = ((UInt128)Bits(choices, 128), (ulong)Bits(choices, 64));
            Assert.Equal((BigInteger)a * b, UInt256.Product(a, b).ToBigInteger());
            var value = (Int128)Bits(choices, 126) * (choices.Once(2) ? -1 : 1);
            Assert.Equal((BigInteger)value * value, UInt256.Square(value).ToBigInteger());
            var (x, y) = (
                new UInt256((UInt128)Bits(choices, 127), (UInt128)Bits(choices, 128)),
                new UInt256((UInt128)Bits(choices, 127), a)
            );
            Assert.Equal(x.ToBigInteger() + y.ToBigInteger(), (x + y).ToBigInteger());
        });

    [Fact]
    public void Sums_of_products_are_exact() =>
        Each(choices =>
        {
            var (expected, sum) = (BigInteger.Zero, new ProductSum());
            for (var terms = choices.Below(8); terms >= 0; terms--)
            {
                // Eight factors below 2^61 sum to less than 2^64.
                var (a, b) = ((UInt128)Bits(choices, 128), (ulong)Bits(choices, 61));
                sum.Add(a, b);
                expected += (BigInteger)a * b;
            }
            Assert.Equal(expected, sum.Total.ToBigInteger());
        });

    private static void Each(Action<Choices> check)
    {
        for (var seed = 0; seed < 500; seed++)
            check(new Choices(seed));
    }

    /// <summary>A number of up to so many bits, with all lengths about as likely; some all ones.</summary>
    private static BigInteger Bits(Choices choices, int bits)
    {
        var (value, length) = (BigInteger.Zero, choices.Below(bits + 1));
        var ones = choices.Once(8);
        for (var i = 0; i < length; i++)
            value = 2 * value + (ones || i == 0 || choices.Once(2) ? 1 : 0);
        return value;
    }
}
