using FunctionalMetrics.Core;

namespace FunctionalMetrics.Tests;

public sealed class ReadingsTests
{
    [Fact]
    public void Counts_and_curves_give_plain_numbers()
    {
        var counts = new AurocMetric().Update([0.1, 0.4, 0.35, 0.8], [false, false, true, true]).State.At(0.35);
        Assert.Equal((2 / 3.0, 1, 0.5, 0.8), (counts.Precision(), counts.Recall(), counts.FalsePositiveRate(), counts.F1()));
        var aupro = new AuproMetric(1).Update([0.1, 0.9, 0.2, 0.3], [false, true, true, false], new MapShape(1, 2, 2));
        Assert.Equal(0.5, aupro.Curve().OverlapAt(0.25));
    }

    [Fact]
    public void Without_a_number_the_exception_carries_the_reason()
    {
        var none = new ConfusionMatrix(0, 0, 0, 0);
        Assert.IsType<Undefined>(Assert.Throws<UndefinedMetricException>(() => none.Precision()).Error);
        Assert.IsType<Undefined>(Assert.Throws<UndefinedMetricException>(() => none.Recall()).Error);
        Assert.IsType<Undefined>(Assert.Throws<UndefinedMetricException>(() => none.FalsePositiveRate()).Error);
        Assert.IsType<Undefined>(Assert.Throws<UndefinedMetricException>(() => none.F1()).Error);
        var aupro = new AuproMetric(0.5).Update([0.1, 0.9], [false, true], new MapShape(1, 1, 2));
        Assert.IsType<OutOfRange>(Assert.Throws<UndefinedMetricException>(() => aupro.Curve().OverlapAt(0.75)).Error);
    }
}
