using FunctionalMetrics.Core;

namespace FunctionalMetrics.Statistics.Tests;

public class ConformalRatesTests
{
    /// <summary>scipy 1.10.1: beta.ppf([(1 - level) / 2, (1 + level) / 2], n + 1 - rank, rank).</summary>
    [Theory]
    [InlineData(19, 0.1, 18, 0.9, 0.019033120121623996, 0.22637424927237804)]
    [InlineData(99, 0.01, 99, 0.9, 0.0005179798867979508, 0.029806673773350886)]
    [InlineData(1000, 0.05, 951, 0.95, 0.0373353976046618, 0.06426605314016964)]
    [InlineData(9, 0.1, 9, 0.5, 0.031459204547276916, 0.14275601714692715)]
    public void The_ends_are_quantiles_of_beta(long normal, double alpha, long rank, double level, double lower, double upper)
    {
        Assert.Equal(rank, NormalScoreRules.ConformalRank(normal, alpha).IfFail(0));
        var ends = ConformalRates.Between(normal, alpha, level).IfFail(error => throw new InvalidOperationException(error.Message));
        Assert.Equal(lower, ends.Lower, 1e-10);
        Assert.Equal(upper, ends.Upper, 1e-10);
    }

    [Fact]
    public void Too_few_rows_and_numbers_out_of_range_have_none()
    {
        Assert.Equal(
            new TooFewNormalScores("conformal:0.01", "a promise of 0.01", 99, 98),
            ConformalRates.Between(98, 0.01).Match<object>(_ => "defined", error => error)
        );
        foreach (var alpha in (double[])[0, 1, double.NaN])
            Assert.Contains("alpha", ConformalRates.Between(99, alpha).Match(_ => "", error => error.Message), StringComparison.Ordinal);
        foreach (var level in (double[])[0, 1, double.NaN])
            Assert.Contains(
                "level",
                ConformalRates.Between(99, 0.1, level).Match(_ => "", error => error.Message),
                StringComparison.Ordinal
            );
        Assert.True(ConformalRates.Between(-1, 0.1).IsFail);
    }
}
