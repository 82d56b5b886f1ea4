using System.Collections.Immutable;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Laws 6 and 7 of METRICS.md: what PRO is when all regions are alike, and the bounds of every rate and area.</summary>
public class RegionLawTests
{
    [Fact]
    public void With_all_regions_of_one_size_PRO_is_the_true_positive_rate() =>
        ForAll.Samples(
            (sample, seed) =>
            {
                // Dominoes with a free column and row between them.
                var images = Remask(sample, seed, (r, c) => r % 2 == 0 && c % 3 < 2, (_, c, width) => c / 3 * 3 + 1 < width);
                if (Pro(images) is not { } pro || Roc(images) is not { } roc)
                    return;
                Same.Bits(roc.Points.X, pro.Points.X, "fpr");
                Same.Bits(roc.Points.Y, pro.Points.Y, "PRO");
                Same.Bits(roc.Points.Thresholds, pro.Points.Thresholds, "threshold");
            }
        );

    [Fact]
    public void With_regions_of_one_pixel_the_whole_AUPRO_is_AUROC() =>
        ForAll.Samples(
            (sample, seed) =>
            {
                var images = Remask(sample, seed, (r, c) => r % 2 == 0 && c % 2 == 0, (_, _, _) => true);
                if (Pro(images) is { } pro && Roc(images) is { } roc)
                    Same.Within(1e-15, roc.Area, pro.Area);
            }
        );

    [Fact]
    public void Every_rate_and_area_lies_between_0_and_1() =>
        ForAll.Samples(
            (sample, _) =>
            {
                foreach (
                    var metric in MetricCatalog.All.Where(MetricCatalog.IsRanking).Where(metric => metric.Result(sample) is not Threshold)
                )
                foreach (var entry in metric.Answer(sample).Entries)
                    if (entry.Text is null && !entry.IsThreshold && !entry.Path.Contains("Range") && !entry.Path.EndsWith(".Beta"))
                        Assert.True(IsWithin(entry.Path, entry.Number), $"{metric}{entry}");
            },
            100
        );

    /// <summary>Correlations lie in [-1, 1], likelihood ratios from 0, and all others in [0, 1].</summary>
    private static bool IsWithin(string path, double number) =>
        path.Contains("MatthewsCorrelation") || path.Contains("Youden") ? number is >= -1 and <= 1
        : path.Contains("LikelihoodRatio") ? number >= 0
        : number is >= 0 and <= 1;

    [Trait("Category", "Slow")]
    [Fact]
    public void Rates_rise_and_thresholds_fall_along_the_curves() =>
        ForAll.Samples(
            (sample, _) =>
            {
                foreach (var metric in MetricCatalog.All)
                    switch (metric.Result(sample))
                    {
                        case RocCurve roc:
                            Rising(roc.Points, roc.Reduced, roc.Outline);
                            break;
                        case ProCurve pro:
                            Rising(pro.Points, pro.Outline);
                            break;
                        case PrecisionRecallCurve curve:
                            Assert.Equal(curve.Points.X.OrderDescending(), curve.Points.X);
                            Assert.Equal(curve.Points.Thresholds.Distinct().Order(), curve.Points.Thresholds);
                            break;
                    }
            }
        );

    private static void Rising(params CurvePoints[] curves)
    {
        foreach (var curve in curves)
        {
            Assert.Equal(curve.X.Order(), curve.X);
            Assert.Equal(curve.Y.Order(), curve.Y);
            Assert.Equal(curve.Thresholds.OrderDescending(), curve.Thresholds);
        }
    }

    private static ProCurve? Pro(Sample sample) => MetricCatalog.Named("Aupro.UpTo(1)").Result(sample) as ProCurve;

    private static RocCurve? Roc(Sample sample) => MetricCatalog.Named("Auroc.Metric of pixels").Result(sample) as RocCurve;

    /// <summary>The same maps with an arbitrary part of a pattern as mask.</summary>
    private static Sample Remask(Sample sample, int seed, Func<int, int, bool> pattern, Func<int, int, int, bool> fits)
    {
        return sample with { Images = [.. sample.Images.Select(Mask)] };

        Image Mask(Image image, int index) =>
            image with
            {
                Mask = Enumerable
                    .Range(0, image.Mask.Length)
                    .Select(i => (Row: i / image.Width, Column: i % image.Width))
                    .Select(at => pattern(at.Row, at.Column) && fits(at.Row, at.Column, image.Width) && Kept(at.Row, at.Column / 3, index))
                    .ToImmutableArray(),
            };

        bool Kept(int row, int group, int image) => (uint)HashOf(seed, row, group, image) % 3 > 0;

        static int HashOf(int seed, int row, int group, int image) => ((seed * 31 + row) * 31 + group) * 31 + image;
    }
}
