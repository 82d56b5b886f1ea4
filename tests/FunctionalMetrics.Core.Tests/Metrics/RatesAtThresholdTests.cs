namespace FunctionalMetrics.Core.Tests;

/// <summary>What a threshold reaches is said under the right names: all counts differ, so that none can stand for another.</summary>
public class RatesAtThresholdTests
{
    [Fact]
    public void Each_name_has_its_own_number()
    {
        // tp 2, fn 3, fp 7, tn 11.
        double[] scores = [.. Row(2, 1), .. Row(3, 0), .. Row(7, 1), .. Row(11, 0)];
        bool[] labels = [.. Enumerable.Repeat(true, 5), .. Enumerable.Repeat(false, 18)];
        var found = RatesAtThreshold.At(0.5, 3).Compute(RankState.Of(ScoreBatch.Create(scores, labels).Valid())).ThrowIfFail();
        Assert.Equal((2, 7, 3, 11), (found.TruePositives, found.FalsePositives, found.FalseNegatives, found.TrueNegatives));
        Assert.Equal((0.5, 3), (found.Threshold, found.Beta));
        Assert.Equal(2 / 9.0, found.Precision.ThrowIfFail());
        Assert.Equal(2 / 5.0, found.Recall.ThrowIfFail());
        Assert.Equal(11 / 18.0, found.Specificity.ThrowIfFail());
        Assert.Equal(7 / 18.0, found.FalsePositiveRate.ThrowIfFail());
        Assert.Equal(3 / 5.0, found.FalseNegativeRate.ThrowIfFail());
        Assert.Equal(11 / 14.0, found.NegativePredictiveValue.ThrowIfFail());
        Assert.Equal(4 / 14.0, found.F1.ThrowIfFail());
        Assert.Equal(20 / 54.0, found.FBeta.ThrowIfFail());
        Assert.Equal(13 / 23.0, found.Accuracy.ThrowIfFail());
        Assert.Equal((2 / 5.0 + 11 / 18.0) / 2, found.BalancedAccuracy.ThrowIfFail(), 1e-15);
        Assert.Equal(2 / 5.0 - 7 / 18.0, found.Youden.ThrowIfFail(), 1e-15);
        Assert.Equal((2 * 11 - 7 * 3) / Math.Sqrt(9.0 * 5 * 18 * 14), found.MatthewsCorrelation.ThrowIfFail(), 1e-15);
        Assert.Equal(2 / 5.0 / (7 / 18.0), found.PositiveLikelihoodRatio.ThrowIfFail(), 1e-15);
        Assert.Equal(3 / 5.0 / (11 / 18.0), found.NegativeLikelihoodRatio.ThrowIfFail(), 1e-15);
        Assert.Equal(5 / 23.0, found.Prevalence.ThrowIfFail());
    }

    /// <summary>Where all anomalous rows are above all normal ones the whole width counts, whichever class has more.</summary>
    [Theory]
    [InlineData(3, 2000)]
    [InlineData(2000, 100)]
    public void The_logarithmic_area_of_perfect_separation_is_one(int anomalous, int normal)
    {
        double[] scores = [.. Row(anomalous, 1), .. Row(normal, 0)];
        bool[] labels = [.. Enumerable.Range(0, scores.Length).Select(i => i < anomalous)];
        var rows = RankState.Of(ScoreBatch.Create(scores, labels).Valid());
        Assert.Equal(1, LogAuroc.Between(0.01, 0.5).Compute(rows).ThrowIfFail().Value);
    }

    private static IEnumerable<double> Row(int count, double score) => Enumerable.Repeat(score, count);
}
