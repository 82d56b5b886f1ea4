using System.Globalization;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Tables of images and regions against counts of the pixels of a flood fill, one by one.</summary>
public class ImageTableTests
{
    [Fact]
    public void Rows_are_counts_of_the_pixels_of_each_image_and_of_each_region_of_a_flood_fill() =>
        ForAll.Samples(
            (sample, seed) =>
            {
                Image[] images = [.. sample.Images.Select(image => image.Map((score, _) => score + 0.0))];
                var state = State(images);
                var scores = images.SelectMany(image => image.Scores).Append(0.5).Order().ToArray();
                foreach (var threshold in (double[])[scores[0], scores[scores.Length / 2], scores[^1], double.PositiveInfinity])
                foreach (var share in (double[])[0.5, 1, 1e-9, 0.3])
                {
                    var table = ImageTable.Of(state, threshold, share).ThrowIfFail();
                    Assert.Equal(images.Select((_, i) => Name(i)), table.Images.Select(row => row.Name.IfNone("")));
                    var regions = table.Regions.ToLookup(row => row.Image.IfNone(""));
                    for (var i = 0; i < images.Length; i++)
                        Check(images[i], table.Images[i], [.. regions[Name(i)]], threshold, Fraction.Written(share));
                    Assert.Empty(table.SharedNames);
                }
            },
            60
        );

    [Fact]
    public void The_rows_of_the_map_of_anomalibs_test_are_those_of_the_oracle()
    {
        double[] scores = [.. Enumerable.Range(0, 50).Select(i => i / 5 / 10.0 + 0.05)];
        bool[] mask = [.. Enumerable.Range(0, 50).Select(i => i / 5 % 2 == 1 && i % 5 < (i / 5 + 1) / 2)];
        var state = ImageState.Of(MapBatch.Create(scores, mask, new(1, 10, 5)).Valid());
        var table = ImageTable.Of(state, 0.5).ThrowIfFail();
        var row = Assert.Single(table.Images);
        Assert.Equal(new ConfusionMatrix(12, 13, 3, 22), row.Counts);
        Assert.Equal((5, 3, 50, 15), (row.Regions, row.RegionsFound, row.Pixels, row.AnomalousPixels));
        Assert.True(row.IsAnomalous && row.Name.IsNone && row.Aupimo.IsNone);
        Assert.Equal((scores[^1], 0.8, 12 / 25.0), (row.Score.IfNone(0), row.Recall.IfNone(0), row.Precision.IfNone(0)));
        Assert.Equal(new RegionRow(default, 5, new(9, 0, 10, 5), 5, scores[^1], 5, true), table.Regions[^1]);
        // The mean of the shares found is PRO: 1, .8, .6, .4, .2 and 0 in anomalib's test.
        foreach (var (t, pro) in (IEnumerable<(double, double)>)[(0, 1), (0.2, 0.8), (0.4, 0.6), (0.6, 0.4), (0.8, 0.2), (1, 0)])
            Same.Within(1e-15, pro, ImageTable.Of(state, t).ThrowIfFail().Regions.Average(region => region.ShareFound), $"PRO at {t}");
    }

    /// <summary>Regions of one pixel and a limit of 1: AUPRO is AUROC of the regions' pixels against all normal pixels.</summary>
    [Fact]
    public void Rows_of_folders_compare_their_anomalous_images_and_regions_with_all_that_is_normal()
    {
        (string Name, double First, double Second, int Anomalous)[] images =
        [
            ("good/0", 0.1, 0.2, -1),
            ("good/1", 0.3, 0.1, -1),
            ("cut/0", 0.9, 0.2, 0),
            ("cut/1", 0.25, 0.1, 0),
            ("hole/0", 0.05, 0.15, 1),
        ];
        var batch = MapBatch
            .Create(
                (double[])[.. images.SelectMany(image => new[] { image.First, image.Second })],
                (bool[])[.. images.SelectMany(image => new[] { image.Anomalous == 0, image.Anomalous == 1 })],
                new(images.Length, 1, 2)
            )
            .Valid();
        var state = ImageState.Of(batch.WithImages([.. images.Select(image => new ImageFacts(image.Name))]).Valid());
        var rows = FolderRow.Of(state, threshold: 0.5, fprLimit: 1);
        Assert.Equal(["cut", "hole"], rows.Select(row => row.Folder));
        foreach (
            var (row, count, auroc, aupro, recall) in rows.Zip(
                [(2L, 3 / 4.0, 13 / 14.0, 1 / 2.0), (1L, 0.0, 4 / 7.0, 0.0)],
                (row, expected) => (row, expected.Item1, expected.Item2, expected.Item3, expected.Item4)
            )
        )
        {
            Assert.Equal(count, row.Images);
            Same.Bits(auroc, row.ImageAuroc.ThrowIfFail());
            Same.Within(1e-15, aupro, row.Aupro.ThrowIfFail(), row.Folder);
            Same.Bits(recall, row.Recall.ThrowIfFail());
        }
    }

    [Fact]
    public void Two_images_of_one_name_are_both_kept_and_named_and_AUPIMO_stands_in_their_rows()
    {
        var state = new[] { (0.9f, true, "b"), (0.2f, false, "a"), (0.3f, true, "b"), (0.1f, false, "a") }
            .Select(image =>
                ImageState.Of(
                    MapBatch
                        .Create(
                            (float[])[.. Enumerable.Range(0, 400_000).Select(i => i == 0 ? image.Item1 : 0f)],
                            (bool[])[.. Enumerable.Range(0, 400_000).Select(i => image.Item2 && i == 0)],
                            new(1, 400, 1000)
                        )
                        .Valid()
                        .WithImages([new(image.Item3)])
                        .Valid()
                )
            )
            .Aggregate(ImageState.Merge);
        var table = ImageTable.Of(state, 0.5).ThrowIfFail();
        Assert.Equal("a a b b", string.Join(" ", table.Images.Select(row => row.Name.IfNone(""))));
        Assert.Equal("a b", string.Join(" ", table.SharedNames));
        Assert.Equal(table, ImageTable.Of(ImageState.Codec.Decode(ImageState.Codec.Encode(state)).Valid(), 0.5).ThrowIfFail());
        Assert.Equal("1 1", string.Join(" ", table.Images.SelectMany(row => row.Aupimo.ToSeq())));
        Assert.Equal(
            ImageTable.Of(state, 0.5).ThrowIfFail().Images.Length * 2,
            ImageTable.Of(ImageState.Merge(state, state), 0.5).ThrowIfFail().Images.Length
        );
        Assert.True(ImageTable.Of(ImageState.Empty, 0.5).ThrowIfFail().Aupimo.IsFail);
    }

    [Fact]
    public void A_threshold_that_is_no_number_and_a_share_outside_its_range_are_errors()
    {
        Assert.IsType<OutOfRange>(Error(double.NaN, 0.5));
        foreach (var share in (double[])[0, -0.1, 1.1, double.NaN])
            Assert.Equal(new OutOfRange("the share of a region that is found", share, "(0, 1]"), Error(0.5, share));

        static object Error(double threshold, double share) =>
            ImageTable.Of(ImageState.Empty, threshold, share).Match<object>(table => table, error => error);
    }

    private static void Check(Image image, ImageRow row, RegionRow[] regions, double threshold, Fraction share)
    {
        var labels = FloodFill.Label([.. image.Mask], image.Height, image.Width);
        var (own, other) = (Count(label => label > 0), Count(label => label == 0));
        Assert.Equal(new ConfusionMatrix(own.Found, other.Found, own.All - own.Found, other.All - other.Found), row.Counts);
        Assert.Equal((own.All, labels.Length), (row.AnomalousPixels, row.Pixels));
        Assert.Equal(own.All > 0 ? own.Found / (double)own.All : -1, row.Recall.IfNone(-1));
        Assert.Equal(own.Found + other.Found > 0 ? own.Found / (double)(own.Found + other.Found) : -1, row.Precision.IfNone(-1));
        Assert.Equal(labels.Max(), row.Regions);
        Assert.Equal(regions.Length, row.Regions);
        Assert.Equal(Enumerable.Range(1, regions.Length), regions.Select(region => region.Number));
        Assert.Equal(regions.Count(region => region.IsFound), row.RegionsFound);
        for (var number = 1; number <= labels.Max(); number++)
        {
            var pixels = Enumerable.Range(0, labels.Length).Where(pixel => labels[pixel] == number).ToList();
            var found = regions.Single(region => region.Box.Top == pixels[0] / image.Width && Covers(region.Box, pixels));
            var (all, hits) = Count(label => label == number);
            Assert.Equal((all, hits, hits / (double)all), (found.Pixels, found.PixelsFound, found.ShareFound));
            Assert.Equal((Fraction)hits >= share * all, found.IsFound);
            Same.Bits(pixels.Max(pixel => image.Scores[pixel]), found.MaxScore, "the largest score");
        }

        (long All, long Found) Count(Func<int, bool> counts)
        {
            var pixels = Enumerable.Range(0, labels.Length).Where(pixel => counts(labels[pixel])).ToList();
            return (pixels.Count, pixels.Count(pixel => image.Scores[pixel] >= threshold));
        }

        bool Covers(RegionBox box, List<int> pixels) =>
            box.Bottom == pixels.Max(pixel => pixel / image.Width) + 1
            && box.Left == pixels.Min(pixel => pixel % image.Width)
            && box.Right == pixels.Max(pixel => pixel % image.Width) + 1;
    }

    private static string Name(int number) => number.ToString("D3", CultureInfo.InvariantCulture);

    private static ImageState State(IReadOnlyList<Image> images) =>
        images
            .Select((image, i) => ImageState.Of(Batching.Images([image]).WithImages([new(Name(i))]).Valid()))
            .Reverse()
            .Aggregate(ImageState.Empty, ImageState.Merge);
}
