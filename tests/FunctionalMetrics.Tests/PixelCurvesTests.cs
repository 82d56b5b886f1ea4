using FunctionalMetrics.Core;

namespace FunctionalMetrics.Tests;

/// <summary>The pixels of maps are rows: which regions they came from must not show in a curve of rows.</summary>
public sealed class PixelCurvesTests
{
    private static readonly MapBatch Batch = Samples.Maps(regions: true);

    private static readonly RankState OfRegions = RegionState.Of(Batch).Rank;

    private static readonly RankState OfRows = RankState.Of(Batch.Pixels);

    [Fact]
    public void The_ROC_curve_of_pixels_does_not_depend_on_their_regions()
    {
        var (left, right) = (Samples.Value(Auroc.Metric.Compute(OfRegions)), Samples.Value(Auroc.Metric.Compute(OfRows)));
        Assert.Equal(right.Points, left.Points);
        Assert.Equal(right.Reduced, left.Reduced);
        Assert.Equal(right.Outline, left.Outline);
        Assert.Equal(Samples.Value(right.PartialArea(0.3)), Samples.Value(left.PartialArea(0.3)));
    }

    [Fact]
    public void The_precision_recall_curve_of_pixels_does_not_depend_on_their_regions()
    {
        var (left, right) = (Samples.Value(Aupr.Metric.Compute(OfRegions)), Samples.Value(Aupr.Metric.Compute(OfRows)));
        Assert.Equal(right.Points, left.Points);
        Assert.Equal(right.Outline, left.Outline);
    }
}
