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

        // scikit-learn 1.2.1, roc_curve(drop_intermediate=False): fpr 0 0 0.5 0.5 1, tpr 0 0.5 0.5 1 1, thresholds 1.8 0.8 0.4 0.35 0.1
        var roc = new AurocMetric().Update([0.1, 0.4, 0.35, 0.8], [false, false, true, true]).Curve();
        Assert.Equal((0.5, 0.25), (roc.RecallAt(0.25), roc.AreaUpTo(0.5)));
        Assert.Equal((0, 0.5, 0.8), Read(roc.PointAtFpr(0.49)));
        Assert.Equal((0.5, 1, 0.35), Read(roc.PointAtTpr(0.75)));

        static (double, double, double) Read(OperatingPoint point) => (point.FalsePositiveRate, point.TruePositiveRate, point.Threshold);
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
        var roc = new AurocMetric().Update([0.1, 0.9], [false, true]).Curve();
        foreach (
            var read in (Func<object>[])[() => roc.RecallAt(2), () => roc.PointAtFpr(-1), () => roc.PointAtTpr(2), () => roc.AreaUpTo(0)]
        )
            Assert.IsType<OutOfRange>(Assert.Throws<UndefinedMetricException>(read).Error);
    }
}
