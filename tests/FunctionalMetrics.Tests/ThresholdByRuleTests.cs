using FunctionalMetrics.Core;

namespace FunctionalMetrics.Tests;

/// <summary>Thresholds by rule, as C# sees them.</summary>
public class ThresholdByRuleTests
{
    private static readonly float[] Good = [0.1f, 0.2f, 0.25f, 0.3f, 0.4f];

    [Fact]
    public void A_threshold_decides_and_is_shown_between_0_and_1()
    {
        var metric = new ThresholdByRuleMetric("max-fpr:0.2").Update(Good, new bool[5]);
        Assert.Equal((double)0.4f, metric.Compute());
        Threshold threshold = metric.Result();
        Assert.Equal(
            ("max-fpr:0.2", "image", 5, 1),
            (threshold.Rule.Text, threshold.Level, threshold.Rows, threshold.Counts.FalsePositives)
        );
        Assert.True(threshold.Flags(0.4f));
        Assert.False(threshold.Flags(0.39f));
        Normalisation shown = threshold.Normalised(0.5);
        Assert.Equal(0.5, shown.Of(0.4f));
        Assert.True(shown.Flags(0.4f));
        Assert.False(shown.TryInverse(1, out _, out var reason));
        Assert.IsType<OutOfRange>(reason);
    }

    [Fact]
    public void Low_scores_are_given_negated_and_the_threshold_is_that_of_the_scores()
    {
        var metric = new ThresholdByRuleMetric("max-fpr:0.2", lowerIsAnomalous: true).Update([-1.0, -2, -3, -4, -5], new bool[5]);
        Assert.Equal(1, metric.Compute());
        Assert.True(metric.Result().Flags(0.5));
    }

    [Fact]
    public void A_text_that_is_no_rule_is_refused_where_it_is_given_and_conformal_pixels_where_they_are_asked_for()
    {
        Assert.Contains(
            "max-fpr:A",
            Assert.Throws<ArgumentOutOfRangeException>(() => new ThresholdByRuleMetric("best")).Message,
            StringComparison.Ordinal
        );
        var pixels = new PixelThresholdByRuleMetric("conformal:0.1").Update(
            new float[1, 1, 2]
            {
                {
                    { 1, 2 },
                },
            },
            new bool[1, 1, 2]
        );
        Assert.Contains(
            "not for pixels",
            Assert.Throws<UndefinedMetricException>(() => pixels.Compute()).Message,
            StringComparison.Ordinal
        );
    }
}
