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
