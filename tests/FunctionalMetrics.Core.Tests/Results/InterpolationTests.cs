using LanguageExt.Common;

namespace FunctionalMetrics.Core.Tests;

/// <summary>The seeds' interp1d, but for outside the points, where it is an error.</summary>
public class InterpolationTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.5, 2)]
    [InlineData(1, 5)]
    [InlineData(1.5, 6)]
    [InlineData(2, 7)]
    public void Between_points_it_is_linear_and_at_a_repeated_x_the_last_y(double x, double y) =>
        Assert.Equal(y, Interpolation.At([0, 1, 1, 1, 2], [1, 3, 4, 5, 7], x).ThrowIfFail());

    [Theory]
    [InlineData(-1e-9)]
    [InlineData(2.000001)]
    [InlineData(double.NaN)]
    public void Outside_the_points_it_is_an_error_that_names_the_range(double x) =>
        Assert.Equal<Error>(
            new OutOfRange("x", x, "[0, 2]"),
            Interpolation.At([0, 1, 2], [1, 3, 7], x).Match(_ => Error.New("defined"), error => error)
        );

    [Fact]
    public void Fewer_than_two_points_or_unequal_lengths_are_an_error()
    {
        Assert.True(Interpolation.At([1], [1], 1).IsFail);
        Assert.True(Interpolation.At([], [], 1).IsFail);
        Assert.True(Interpolation.At([0, 1], [0, 1, 2], 1).IsFail);
    }

    [Fact]
    public void Ends_that_are_further_apart_than_a_double_reaches_are_halved()
    {
        Assert.Equal(0.5, Interpolation.At([-1.5e308, 1.5e308], [0, 1], 0).ThrowIfFail(), 1e-15);
        Assert.Equal(0.75, Interpolation.At([-1.5e308, 1.5e308], [0, 1], 0.75e308).ThrowIfFail(), 1e-15);
        Assert.Equal(0.75e308, Interpolation.At([0, 4], [-1.5e308, 1.5e308], 3).ThrowIfFail(), 1e293);
    }
}
