using FunctionalMetrics.Core;

namespace FunctionalMetrics.Statistics.Tests;

public class ProportionsTests
{
    private static Interval Of(long part, long whole, double level = 0.95) =>
        new Proportion(part, whole).ClopperPearson(level).IfFail(error => throw new InvalidOperationException(error.Message));

    /// <summary>scipy 1.10.1: binomtest(18, 20).proportion_ci(method="exact").</summary>
    [Fact]
    public void Eighteen_of_twenty_as_scipy_gives_them()
    {
        Assert.Equal(0.6830172859809177, Of(18, 20).Lower, 1e-12);
        Assert.Equal(0.9876514728297052, Of(18, 20).Upper, 1e-12);
    }

    /// <summary>The ends by their definition: the chance of k or more under the lower one, and of k or less under the upper one, is (1 - level) / 2.</summary>
    [Theory]
    [InlineData(1, 9, 0.9)]
    [InlineData(5, 40, 0.95)]
    [InlineData(39, 40, 0.99)]
    [InlineData(500, 1000, 0.95)]
    public void The_ends_are_the_shares_with_equal_tails(int part, int whole, double level)
    {
        var ends = Of(part, whole, level);
        Assert.Equal((1 - level) / 2, Tail(whole, ends.Lower, from: part, to: whole), 1e-9);
        Assert.Equal((1 - level) / 2, Tail(whole, ends.Upper, from: 0, to: part), 1e-9);
    }

    [Fact]
    public void None_and_all_end_at_0_and_1_and_nothing_has_no_interval()
    {
        Assert.Equal(0, Of(0, 7).Lower);
        Assert.Equal(1, Of(7, 7).Upper);
        Assert.Equal(Math.Pow(0.025, 1 / 7.0), Of(7, 7).Lower, 1e-12);
        Assert.True(new Proportion(0, 0).ClopperPearson().IsFail);
        Assert.True(new Proportion(1, 2).ClopperPearson(1).IsFail);
        Assert.True(new Proportion(1, 2).ClopperPearson(double.NaN).IsFail);
    }

    private static double Tail(int whole, double share, int from, int to)
    {
        var (sum, log) = (0.0, 0.0);
        for (var k = 0; k <= whole; k++)
        {
            if (k > 0)
                log += Math.Log(whole - k + 1) - Math.Log(k);
            if (k >= from && k <= to)
                sum += Math.Exp(log + k * Math.Log(share) + (whole - k) * Math.Log(1 - share));
        }
        return sum;
    }
}
