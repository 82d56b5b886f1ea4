using FunctionalMetrics.Core;

namespace FunctionalMetrics.Tests;

public sealed class HistogramTests
{
    [Fact]
    public void Every_row_is_in_one_bin_and_the_highest_score_in_the_last()
    {
        var histogram = Histogram.Of(Samples.Ranks(5000, 50));
        Assert.Equal((5000, 50), (histogram.Normal.Sum(), histogram.Anomalous.Sum()));
        Assert.True(histogram.Normal[^1] + histogram.Anomalous[^1] > 0);
        Assert.Equal(35, histogram.Bins);
    }

    [Fact]
    public void A_bin_holds_its_lower_edge()
    {
        var scores = Enumerable.Range(0, 11).Select(i => (double)i).ToArray();
        var histogram = Histogram.Of(RankState.Of(Samples.Batch(scores, new bool[11])));
        Assert.Equal(scores, histogram.Edges);
        Assert.Equal<long>([1, 1, 1, 1, 1, 1, 1, 1, 1, 2], histogram.Normal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3.5)]
    [InlineData(double.Epsilon)]
    [InlineData(double.MaxValue)]
    public void Constant_scores_have_bins_around_them(double score)
    {
        var histogram = Histogram.Of(Samples.Constant(score));
        Assert.Equal((2, 1), (histogram.Normal.Sum(), histogram.Anomalous.Sum()));
        Assert.All(histogram.Edges, edge => Assert.True(double.IsFinite(edge)));
    }

    [Fact]
    public void No_range_is_too_wide()
    {
        var edges = Histogram.Even(double.MinValue, double.MaxValue, 5);
        Assert.Equal((double.MinValue, double.MaxValue), (edges[0], edges[^1]));
        Assert.Equal(edges.Order(), edges);
        Assert.Equal(5, edges.Distinct().Count(double.IsFinite));
    }
}
