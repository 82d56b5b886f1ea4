namespace FunctionalMetrics.Core.Tests;

/// <summary>The oracle's own arithmetic, on numbers known from elsewhere.</summary>
public class FractionTests
{
    [Fact]
    public void A_fraction_rounds_to_the_nearest_double_and_a_tie_to_the_even_one()
    {
        Assert.Equal(1.0 / 3, new Fraction(1, 3).Rounded());
        Assert.Equal(0.1, new Fraction(1, 10).Rounded());
        Assert.Equal(-0.7, new Fraction(-7, 10).Rounded());
        Assert.Equal(0.0, new Fraction(0, 10).Rounded());
        Assert.Equal(9007199254740992.0, new Fraction((1L << 53) + 1, 1).Rounded());
        Assert.Equal(9007199254740996.0, new Fraction((1L << 53) + 3, 1).Rounded());
        Assert.Equal(double.Epsilon, Fraction.Exactly(double.Epsilon).Rounded());
    }

    [Fact]
    public void Arithmetic_is_exact()
    {
        Assert.Equal(new Fraction(5, 6), new Fraction(1, 2) + new Fraction(1, 3));
        Assert.Equal(new Fraction(1, 6), new Fraction(1, 2) - new Fraction(1, 3));
        Assert.Equal(new Fraction(3, 2), new Fraction(1, 2) / new Fraction(1, 3));
        Assert.Equal(new Fraction(3602879701896397, 36028797018963968), Fraction.Exactly(0.1));
        Assert.Equal(new Fraction(1, -2), new Fraction(-1, 2));
    }
}
