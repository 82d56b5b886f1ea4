using FunctionalMetrics.Core;

namespace FunctionalMetrics.Tests;

public sealed class ReadingsTests
{
    [Fact]
    public void Counts_and_curves_give_plain_numbers()
    {
        var counts = new AurocMetric().Update([0.1, 0.4, 0.35, 0.8], [false, false, true, true]).At(0.35);
        Assert.Equal((2 / 3.0, 1, 0.5, 0.8), (counts.Precision, counts.Recall, counts.FalsePositiveRate, counts.F1));
        var aupro = new AuproMetric(1).Update([0.1, 0.9, 0.2, 0.3], [false, true, true, false], new MapShape(1, 2, 2));
        Assert.Equal(0.5, aupro.Curve().At(0.25));

        // scikit-learn 1.2.1, roc_curve(drop_intermediate=False): fpr 0 0 0.5 0.5 1, tpr 0 0.5 0.5 1 1, thresholds 1.8 0.8 0.4 0.35 0.1
        var roc = new AurocMetric().Update([0.1, 0.4, 0.35, 0.8], [false, false, true, true]).Curve();
        Assert.Equal((0.5, 0.25), (roc.TruePositiveRateAt(0.25), roc.PartialArea(0.5)));
        Assert.Equal((0, 0.5, 0.8), Read(roc.TprAtFpr(0.49)));
        Assert.Equal((0.5, 1, 0.35), Read(roc.FprAtTpr(0.75)));

        static (double, double, double) Read(OperatingPoint point) => (point.FalsePositiveRate, point.TruePositiveRate, point.Threshold);
    }

    [Fact]
    public void Without_a_number_the_exception_carries_the_reason()
    {
        var none = new AurocMetric().At(0);
        Assert.IsType<Undefined>(Assert.Throws<UndefinedMetricException>(() => none.Precision).Error);
        Assert.IsType<Undefined>(Assert.Throws<UndefinedMetricException>(() => none.Recall).Error);
        Assert.IsType<Undefined>(Assert.Throws<UndefinedMetricException>(() => none.FalsePositiveRate).Error);
        Assert.IsType<Undefined>(Assert.Throws<UndefinedMetricException>(() => none.F1).Error);
        var aupro = new AuproMetric(0.5).Update([0.1, 0.9], [false, true], new MapShape(1, 1, 2));
        Assert.IsType<OutOfRange>(Assert.Throws<UndefinedMetricException>(() => aupro.Curve().At(0.75)).Error);
        var roc = new AurocMetric().Update([0.1, 0.9], [false, true]).Curve();
        foreach (
            var read in (Func<object>[])
                [() => roc.TruePositiveRateAt(2), () => roc.TprAtFpr(-1), () => roc.FprAtTpr(2), () => roc.PartialArea(0)]
        )
            Assert.IsType<OutOfRange>(Assert.Throws<UndefinedMetricException>(read).Error);
    }

    [Fact]
    public void Each_reading_can_be_asked_for_as_well()
    {
        var counts = new PixelAurocMetric().Update([0.1, 0.9, 0.2, 0.3], [false, true, true, false], new MapShape(1, 2, 2)).At(0.9);
        Assert.True(counts.TryF1(out var f1, out var none));
        Assert.Equal((counts.F1, null), (f1, none));

        Assert.False(new AurocMetric().At(0).TryF1(out _, out var reason));
        Assert.IsType<Undefined>(reason);

        var curve = new AuproMetric(1).Update([0.1, 0.9, 0.2, 0.3], [false, true, true, false], new MapShape(1, 2, 2)).Curve();
        Assert.True(curve.TryUpTo(0.5, out var shorter, out _));
        Assert.Equal((0.5, curve.UpTo(0.5)), (shorter.Limit, shorter));
        Assert.False(curve.TryUpTo(2, out shorter, out reason));
        Assert.Null(shorter);
        Assert.IsType<OutOfRange>(reason);
    }

    [Fact]
    public void What_may_be_absent_is_null()
    {
        var moments = new AnomalyScoreDistributionMetric().Update([1.0]).Compute();
        Assert.Equal((1, null), (moments.Scores!.Count, moments.Scores.StandardDeviation));
        Assert.Null(moments.Maps);
        Assert.Null(new OptimalF1Metric().Update([], []).State.Extrema.Range.Case);
        Assert.Equal(0, moments.Scores.Mean);
    }

    [Fact]
    public void A_value_of_the_core_and_its_form_stand_for_each_other()
    {
        Core.ConfusionMatrix core = new AurocMetric().Update([0.1, 0.9], [false, true]).At(0.5);
        ConfusionMatrix form = core;
        Assert.Equal((core, "tp 1, fp 0, fn 0, tn 1"), (form.Core, form.ToString()));
        Assert.Equal(form, new ConfusionMatrix(core));
    }
}
