using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>What is found in parts of a sweep, on as many threads as there are processors, is what is found in the whole.</summary>
public class SweepPartsTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Sums_and_optimum_are_those_of_one_walk(int seed, bool tied)
    {
        var choices = new Choices(seed);
        Row[] rows =
        [
            .. Enumerable.Range(0, 120_000).Select(i => new Row(choices.Below(tied ? 50_000 : int.MaxValue) / 1024.0, choices.Once(2))),
        ];
        var sweep = RankState.Of(Batching.Rows(rows, false)).Sweep;
        Assert.InRange(sweep.Count, 1 << 15, int.MaxValue);
        Assert.Equal(RocCurve.DoubledPairs(sweep), sweep.Over(RocCurve.DoubledPairs, (a, b) => a + b));
        Assert.Equal(
            PrecisionRecallCurve.SumsOf(sweep),
            sweep.Over(PrecisionRecallCurve.SumsOf, (a, b) => (a.Trapezoids + b.Trapezoids, a.Steps + b.Steps))
        );
        Assert.Equal(F1Curve.OptimumOf(sweep), sweep.Over(F1Curve.OptimumOf, F1Curve.Better));
    }

    [Fact]
    public void Of_equal_optima_the_one_of_the_lower_threshold_is_preferred()
    {
        var counts = new ConfusionMatrix(1, 1, 1, 1);
        Assert.Equal((1.0, counts), F1Curve.Better((2, counts), (1, counts)));
        Assert.Equal((2.0, counts), F1Curve.Better((2, counts), (1, new ConfusionMatrix(1, 2, 1, 0))));
    }
}
