using System.Numerics;
using FunctionalMetrics.Core.Numerics;
using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Parameters as decimals, and square roots of fractions.</summary>
public class DecimalTests
{
    [Theory]
    [InlineData(0.3, 3, 10)]
    [InlineData(1e-05, 1, 100_000)]
    [InlineData(1.5e-07, 15, 100_000_000)]
    [InlineData(2, 2, 1)]
    [InlineData(0, 0, 1)]
    [InlineData(2.5e+17, 250_000_000_000_000_000, 1)]
    [InlineData(0.1 + 0.2, 30000000000000004, 100_000_000_000_000_000)]
    public void A_parameter_is_the_decimal_of_its_shortest_text(double value, long numerator, long denominator)
    {
        var found = Core.Numerics.Fraction.OfDecimal(value);
        Assert.Equal(new Fraction(numerator, denominator), new Fraction(found.Numerator, found.Denominator));
    }

    [Theory]
    [InlineData(0.3, 10, 3, 3)]
    [InlineData(0.29, 100, 29, 29)]
    [InlineData(0.95, 10, 9, 10)]
    [InlineData(1, 7, 7, 7)]
    [InlineData(0, 7, 0, 0)]
    public void Shares_of_whole_numbers_are_cut_exactly(double share, long of, long floor, long ceiling)
    {
        var fraction = Core.Numerics.Fraction.OfDecimal(share);
        Assert.Equal((floor, ceiling), (fraction.Floor(of), fraction.Ceiling(of)));
    }

    [Fact]
    public void Roots_are_correctly_rounded()
    {
        var choices = new Choices(5);
        for (var i = 0; i < 3000; i++)
        {
            var (a, b) = (Number(), Number());
            var root = Ratio.Root(a, b);
            // Nearest: the midpoints on either side have squares on either side of a / b.
            var (below, above) = (Midpoint(Math.BitDecrement(root), root), Midpoint(root, Math.BitIncrement(root)));
            Assert.True(below * below <= new Fraction(a, b) && new Fraction(a, b) <= above * above, $"sqrt({a}/{b}) is not {root:R}");
        }
        Same.Bits(0, Ratio.Root(0, 3));
        Same.Bits(1.5, Ratio.Root(9, 4));
        Same.Bits(1, Ratio.Root(BigInteger.Pow(7, 200), BigInteger.Pow(7, 200)));
        // sqrt of a number just above the square of a midpoint rounds up, at it to even.
        var middle = (BigInteger.One << 53) + 1;
        Same.Bits(Math.Pow(2, 53), Ratio.Root(middle * middle, 1));
        Same.Bits(Math.Pow(2, 53) + 2, Ratio.Root(middle * middle + 1, 1));

        BigInteger Number() => (BigInteger)choices.Below(int.MaxValue) * choices.Below(1 << choices.Below(31)) + 1;

        static Fraction Midpoint(double one, double other) => (Fraction.Exactly(one) + Fraction.Exactly(other)) / 2;
    }
}
