using FunctionalMetrics.Core;

namespace FunctionalMetrics.Tests;

/// <summary>Operating points as C# shows them.</summary>
public sealed class OperatingPointTests
{
    private static readonly double[] Scores = [.1, .2, .35, .35, .5, .6, .6, .6, .8, .9];
    private static readonly int[] Labels = [0, 0, 0, 1, 0, 1, 1, 0, 1, 1];
    private static readonly ScoreBatch Toy = ScoreBatch.Create(Scores, Labels).OrThrow();

    [Fact]
    public void Compute_gives_the_rate_and_Result_the_threshold_with_its_counts()
    {
        var tpr = new TprAtFprMetric(0.2).Update(Toy);
        Assert.Equal((0.8, 0.6), (tpr.Compute(), tpr.Result().Threshold));
        Assert.Equal((4, 1), (tpr.Result().Counts.TruePositives, tpr.Result().Counts.FalsePositives));
        Assert.Equal(0.4, (tpr with { FalsePositiveRate = 0 }).Compute());
        Assert.Equal((0.6, false), (new FprAtTprMetric().Update(Toy).Compute(), new FprAtTprMetric().HigherIsBetter));
        Assert.Equal(0.2, new EqualErrorRateMetric().Update(Toy).Compute());
        Assert.Equal(.7368421052631579, new PartialAurocMetric(0.1).Update(Toy).Result().McClish, 1e-15);
        // Two above, and two of the three that are tied, of which two are anomalous.
        Assert.Equal(5 / 6.0, new PrecisionAtMetric(n: 4).Update(Toy).Compute());
    }

    [Fact]
    public void Every_rate_at_a_threshold_is_a_number_of_an_evaluator_or_says_why_not()
    {
        var found = new Evaluator([new RatesAtThresholdMetric(0.5).As("at"), new TprAtFprMetric(0).As("first")])
            .UpdateImages(Toy)
            .Compute();
        Assert.Equal(
            (.408248290463863, 0.7, 2),
            (found["image_at_MatthewsCorrelation"], found["image_at_BalancedAccuracy"], found["image_at_PositiveLikelihoodRatio"])
        );
        Assert.Equal(0.8, found["image_first_Threshold"]);
        var none = new Evaluator([new RatesAtThresholdMetric(9).As("at")]).UpdateImages(Toy).Compute();
        Assert.Equal(
            "precision is undefined: there is no row called anomalous (rows seen: 10)",
            none.Undefined["image_at_Precision"].Reason
        );
        var nothing = new Evaluator([new TprAtFprMetric(0).As("first")])
            .UpdateImages(ScoreBatch.Create([1.0, 2], [true, false]).OrThrow())
            .Compute();
        Assert.Contains("| image_first_Threshold | inf |", nothing.Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void Pixels_have_the_same_metrics()
    {
        var maps = MapBatch.Create(Scores, Labels, new MapShape(1, 2, 5)).OrThrow();
        Assert.Equal(0.2, new PixelEqualErrorRateMetric().Update(maps).Compute());
        Assert.Equal(0.6, new PixelFprAtTprMetric(0.95).Update(maps).Compute());
        Assert.InRange(0.6, new PixelBoundedFprAtTprMetric(8).Update(maps).Compute().Lower, 1);
    }

    [Fact]
    public void A_parameter_outside_of_its_range_is_refused_where_it_is_given()
    {
        foreach (
            var made in (Func<object>[])
                [
                    () => new TprAtFprMetric(1.5),
                    () => new FprAtTprMetric(-0.1),
                    () => new TnrAtFnrMetric(double.NaN),
                    () => new RecallAtPrecisionMetric(2),
                    () => new PrecisionAtRecallMetric(2),
                    () => new PartialAurocMetric(0),
                    () => new LogAurocMetric(lo: 0),
                    () => new PrecisionAtMetric(0),
                    () => new RatesAtThresholdMetric(double.NaN),
                    () => new RatesAtThresholdMetric(beta: 0),
                ]
        )
            Assert.Throws<ArgumentOutOfRangeException>(made);
    }
}
