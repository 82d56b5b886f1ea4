namespace FunctionalMetrics.Core.Tests;

/// <summary>Wilson's interval of a share.</summary>
public class ProportionTests
{
    [Fact]
    public void It_is_the_one_of_statsmodels()
    {
        // statsmodels' proportion_confint(k, n, method="wilson"), run.
        var (lower, upper) = new Proportion(18, 20).Wilson.ThrowIfFail();
        Same.Within(1e-15, .6989663547715127, lower);
        Same.Within(1e-15, .9721335187862318, upper);
    }

    [Fact]
    public void Ends_are_exact_where_none_or_all_were_seen_and_undefined_of_nothing()
    {
        Assert.Equal(0, new Proportion(0, 7).Wilson.ThrowIfFail().Lower);
        Assert.Equal(1, new Proportion(7, 7).Wilson.ThrowIfFail().Upper);
        Assert.True(new Proportion(0, 0).Wilson.IsFail);
        Assert.True(new Proportion(0, 0).Share.IsFail);
        Assert.Equal(0.9, new Proportion(18, 20).Share.ThrowIfFail());
    }
}
