using FsCheck;
using FsCheck.Xunit;

namespace FunctionalMetrics.Tests;

public sealed class ReadableTests
{
    [Theory]
    [InlineData(0, "0.0000")]
    [InlineData(0.5, "0.5000")]
    [InlineData(0.8950123, "0.8950")]
    [InlineData(0.00001234567, "1.235E-05")]
    [InlineData(0.99996, "0.999960")]
    [InlineData(0.9999999, "> 0.999999")]
    [InlineData(1, "1.0000")]
    public void A_rate_has_four_decimals_and_is_never_rounded_up_to_perfect(double rate, string text) =>
        Assert.Equal(text, Readable.Rate(rate));

    [Theory]
    [InlineData(4.5, 5.999999999999999, "4.5 .. 6")]
    [InlineData(-1.00000049, -0.9999995, "-1.00001 .. -0.999999")]
    [InlineData(0, 1.2345644e-7, "0 .. 1.23457E-07")]
    public void Both_ends_of_a_score_are_rounded_outward_to_six_digits(double lower, double upper, string text) =>
        Assert.Equal(text, Readable.Score(new Core.Interval(lower, upper)));

    [Property]
    public void A_score_lies_between_the_ends_that_are_shown(NormalFloat one, NormalFloat other)
    {
        var between = new Core.Interval(Math.Min(one.Get, other.Get), Math.Max(one.Get, other.Get));
        var shown = Readable
            .Score(between)
            .Split(" .. ")
            .Select(end => double.Parse(end, System.Globalization.CultureInfo.InvariantCulture));
        Assert.True(shown.First() <= between.Lower && between.Upper <= shown.Last(), $"{between}: {Readable.Score(between)}");
    }

    [Fact]
    public void A_number_of_an_evaluation_is_short_or_full()
    {
        var numbers = Core.LevelNumbers.Of(Samples.Constant(1.23456789), new());
        var threshold = numbers.Numbers.Single(number => number.Key == "adaptive_threshold");
        var auroc = numbers.Numbers.Single(number => number.Key == "auroc");
        Assert.Equal(("1.23457", "1.23456789"), Both(threshold));
        Assert.Equal(("0.5000", "0.500000"), Both(auroc));

        static (string, string) Both(Core.LevelNumber number) =>
            (Readable.Number(number, Samples.Value(number.Value)), Readable.Number(number, Samples.Value(number.Value), full: true));
    }

    [Fact]
    public void Numbers_read_the_same_in_every_country()
    {
        var before = System.Globalization.CultureInfo.CurrentCulture;
        System.Globalization.CultureInfo.CurrentCulture = new("de-DE");
        try
        {
            Assert.Equal(
                "0.2500 12.3457 1,234,567 0.1",
                $"{Readable.Rate(0.25)} {Readable.Score(12.345678)} {Readable.Count(1234567)} {Readable.Exact(0.1)}"
            );
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }
}
