using static FunctionalMetrics.IO.Tests.Judging;

namespace FunctionalMetrics.IO.Tests;

/// <summary>Pixels that are left out: by a value of the masks, or by masks of their own.</summary>
public sealed class IgnoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static double[] Wide(IEnumerable<float> scores) => [.. scores.Select(score => (double)score)];

    private string Maps(int images, params float[] scores) =>
        folder.Write("maps.npy", Make.Npy("<f4", $"({images}, 1, {scores.Length / images})", scores));

    private string Masks(int images, params byte[] values) => Stack("masks.npy", images, values);

    private string Stack(string name, int images, params byte[] values) =>
        folder.Write(name, Make.Npy("|u1", $"({images}, 1, {values.Length / images})", values));

    [Theory]
    [InlineData("stack")]
    [InlineData("folder")]
    [InlineData("pattern")]
    public void A_value_is_neither_normal_nor_anomalous(string layout)
    {
        byte[][] masks =
        [
            [0, 1, 255, 1],
            [255, 255, 0, 0],
            [0, 0, 0, 0],
        ];
        bool?[][] labels =
        [
            [false, true, null, true],
            [null, null, false, false],
            [false, false, false, false],
        ];
        var scores = Enumerable.Range(0, 3).Select(seed => Scores(seed, 4)).ToArray();
        for (var i = 0; i < 3; i++)
        {
            folder.Write($"m/{i}.tiff", Make.Tiff(2, 2, scores[i]));
            folder.Write($"k/{i}.png", Make.Png(2, 2, masks[i]));
        }
        var (maps, all) = layout switch
        {
            "stack" => (Maps(3, [.. scores.SelectMany(map => map)]), Masks(3, [.. masks.SelectMany(mask => mask)])),
            "folder" => (folder.File("m"), folder.File("k")),
            _ => (folder.File("m/{name}.tiff"), folder.File("k/{name}.png")),
        };
        var refused = MapDataset.Open(maps, all).TryRead().Last().Sentence();
        Assert.Contains("is 255 where row 0, column 1 is 1", refused.Replace("mask 0, ", ""));
        Assert.Contains("--ignore-value V", refused);
        var data = MapDataset.Open(maps, all, new() { IgnoreValue = 255 });
        data.Are([.. Enumerable.Range(0, 3).Select(i => new Image($"{i}", Wide(scores[i]), labels[i]))]);
        Assert.Equal([("empty_mask", 2L), ("ignored_pixels", 3)], data.Notes());
        Assert.Equal(
            Enumerable.Range(0, 3).Select(i => (double?)scores[i].Where((_, at) => labels[i][at] is not null).Max()),
            data.Read().SelectMany(part => part.Batch.ImageScores)
        );
    }

    [Fact]
    public void The_rest_keeps_one_convention()
    {
        var maps = Maps(2, Scores(1, 8));
        var half = Masks(2, 0, 255, 128, 0, 255, 0, 0, 128);
        Assert.Equal([2L, 2], Counts(new() { IgnoreValue = 128 }));
        Assert.Equal([2L, 6], Counts(new() { IgnoreValue = 128, MaskThreshold = -5 }));
        Assert.Equal([2L, 2], Counts(new() { IgnoreValue = 255, MaskThreshold = 100 }));
        Masks(2, 0, 255, 128, 0, 1, 0, 0, 128);
        Assert.Contains(
            "all masks hold 0 and 1, or all hold 0 and 255",
            MapDataset.Open(maps, half, new() { IgnoreValue = 128 }).TryRead().Last().Sentence()
        );
        Assert.Contains("is 7", Refused(0, 7, 255, 0));

        // Left out, then anomalous: what is left out stays so though the threshold takes every value.
        long[] Counts(MapRules rules)
        {
            var labels = MapDataset.Open(maps, half, rules).Images().SelectMany(image => image.Labels).ToList();
            return [labels.Count(label => label is null), labels.Count(label => label == true)];
        }

        string Refused(params byte[] mask) =>
            MapDataset.Open(Maps(1, Scores(1, 4)), Masks(1, mask), new() { IgnoreValue = 255 }).TryRead().Last().Sentence();
    }

    [Fact]
    public void A_palette_is_left_out_by_its_index()
    {
        byte[] colours = [0, 0, 0, 128, 0, 0, 224, 224, 192];
        folder.Write("m/a.tiff", Make.Tiff(3, 1, 1, 2, 3));
        folder.Write("k/a.png", Make.Png(3, 1, 8, 3, [0, 0, 1, 2], before: ("PLTE", colours)));
        var data = MapDataset.Open(folder.File("m"), folder.File("k"), new() { IgnoreValue = 2 });
        data.Are(new Image("a", [1, 2, 3], [false, true, null]));
        Assert.Contains("--mask-threshold", MapDataset.Open(folder.File("m"), folder.File("k")).TryRead().Single().Sentence());
    }

    [Fact]
    public void A_value_of_one_of_several_masks_is_left_out_of_their_union()
    {
        folder.Write("m/a.tiff", Make.Tiff(4, 1, 1, 2, 3, 4));
        folder.Write("k/a/0.png", Make.Png(4, 1, 1, 255, 0, 0));
        folder.Write("k/a/1.png", Make.Png(4, 1, 0, 1, 1, 0));
        MapDataset
            .Open(folder.File("m/{name}.tiff"), folder.File("k/{name}/*.png"), new() { IgnoreValue = 255 })
            .Are(new Image("a", [1, 2, 3, 4], [true, null, true, false]));
    }

    [Fact]
    public void An_image_of_which_all_is_left_out_is_normal_and_has_no_score()
    {
        var data = MapDataset.Open(Maps(2, 1, 2, 3, 4), Masks(2, 255, 255, 0, 1), new() { IgnoreValue = 255 });
        var part = data.Read().Single();
        Assert.Equal([false, true], part.Anomalous.ToArray());
        Assert.Equal([null, 4.0], part.Batch.ImageScores.ToArray());
        Assert.Equal((1, 1), (part.Batch.Images.Count, part.Batch.Images.Positives));
        Assert.Equal([3.0], part.Batch.Pixels.NegativeScores());
    }

    /// <summary>Of another convention than the masks; an image may have none.</summary>
    [Theory]
    [InlineData("stack", 1, 255)]
    [InlineData("folder", 255, 1)]
    [InlineData("pattern", 1, 255)]
    public void Masks_of_their_own_leave_pixels_out(string layout, byte anomalous, byte left)
    {
        float[][] scores = [Scores(1, 4), Scores(2, 4)];
        byte[][] masks =
        [
            [0, anomalous, anomalous, 0],
            [0, 0, 0, 0],
        ];
        byte[] ignored = [0, left, 0, left];
        for (var i = 0; i < 2; i++)
        {
            folder.Write($"m/{i}.tiff", Make.Tiff(2, 2, scores[i]));
            folder.Write($"k/{i}.png", Make.Png(2, 2, masks[i]));
        }
        folder.Write("i/void/0.png", Make.Png(2, 2, ignored));
        folder.Write("n/0_mask.png", Make.Png(2, 2, ignored));
        var (maps, all, ignore) = layout switch
        {
            "stack" => (
                Maps(2, [.. scores.SelectMany(map => map)]),
                Masks(2, [.. masks.SelectMany(mask => mask)]),
                Stack("i.npy", 2, [.. ignored, 0, 0, 0, 0])
            ),
            "folder" => (folder.File("m"), folder.File("k"), folder.File("n")),
            _ => (folder.File("m/{name}.tiff"), folder.File("k/{name}.png"), folder.File("i/*/{name}.png")),
        };
        var data = MapDataset.Open(maps, all, new() { Ignore = ignore });
        data.Are(new Image("0", Wide(scores[0]), [false, null, true, null]), new Image("1", Wide(scores[1]), [false, false, false, false]));
        // A stack has an ignore mask of each image.
        Assert.Equal(
            layout == "stack"
                ? [("empty_mask", 1L), ("ignored_pixels", 2)]
                : [("empty_mask", 1L), ("ignored_pixels", 2), ("nothing_ignored", 1)],
            data.Notes()
        );
    }

    [Fact]
    public void Both_ways_leave_out_the_union_and_a_mask_without_a_map_is_refused()
    {
        var maps = Maps(1, 1, 2, 3, 4);
        var masks = Masks(1, 1, 1, 255, 0);
        MapDataset
            .Open(maps, masks, new() { IgnoreValue = 255, Ignore = Stack("i.npy", 1, 0, 1, 0, 0) })
            .Are(new Image("0", [1, 2, 3, 4], [true, null, null, false]));
        // Whatever is not 0 is left out.
        MapDataset
            .Open(maps, masks, new() { IgnoreValue = 255, Ignore = Stack("i.npy", 1, 0, 7, 0, 0) })
            .Are(new Image("0", [1, 2, 3, 4], [true, null, null, false]));
        Assert.Contains(
            "(N, H, W) must be the same",
            MapDataset.TryOpen(maps, masks, new() { Ignore = Stack("i.npy", 2, 0, 1, 0, 0) }).Sentence()
        );
        folder.Write("m/a.tiff", Make.Tiff(2, 1, 1, 2));
        folder.Write("k/a.png", Make.Png(2, 1, 0, 1));
        folder.Write("i/b.png", Make.Png(2, 1, 0, 1));
        Assert.StartsWith(
            folder.File("i/b.png") + ": is an ignore mask without a map; there is no map b below",
            MapDataset.TryOpen(folder.File("m"), folder.File("k"), new() { Ignore = folder.File("i") }).Sentence()
        );
    }

    /// <summary>Without a mask all is normal but what is left out.</summary>
    [Fact]
    public void A_normal_image_without_a_mask_may_have_pixels_left_out()
    {
        folder.Write("m/good/a.tiff", Make.Tiff(2, 1, 1, 2));
        folder.Write("m/bad/a.tiff", Make.Tiff(2, 1, 3, 4));
        folder.Write("k/bad/a.png", Make.Png(2, 1, 0, 1));
        folder.Write("i/good/a.png", Make.Png(2, 1, 0, 1));
        MapDataset
            .Open(folder.File("m"), folder.File("k"), new() { Ignore = folder.File("i") })
            .Are(new Image("bad/a", [3, 4], [false, true]), new Image("good/a", [1, 2], [false, null]));
    }

    /// <summary>Raw stacks of larger images: the rows from the first anomalous pixel to the last hold the same pixels and the same regions.</summary>
    [Theory]
    [InlineData("value")]
    [InlineData("masks")]
    [InlineData("both")]
    public void Anomalous_rows_leave_out_what_the_whole_leaves_out(string way)
    {
        const int Images = 6;
        const int Side = 130;
        const int Pixels = Side * Side;
        var random = new Random(5);
        byte[] masks = new byte[Images * Pixels];
        byte[] left = new byte[Images * Pixels];
        foreach (var image in new[] { 0, 2, 3, 5 })
            for (var at = 20 * Side; at < 40 * Side; at++)
                masks[image * Pixels + at] = (byte)(random.Next(3) == 0 ? 1 : 0);
        // A strip cuts the defects of image 2; all of image 3 is left out, and the only defects of image 5.
        for (var at = 0; at < Side; at++)
            left[2 * Pixels + 30 * Side + at] = 1;
        Array.Fill(left, (byte)1, 3 * Pixels, Pixels);
        Array.Fill(left, (byte)1, 5 * Pixels + 20 * Side, 20 * Side);
        left[4 * Pixels] = 1;
        // Rows above the defects, which are not read: their places must not be taken for those of others.
        Array.Fill(left, (byte)1, 0, 15 * Side);
        var shape = $"({Images}, {Side}, {Side})";
        var maps = folder.Write("maps.npy", Make.Npy("<f4", shape, Scores(1, Images * Pixels)));
        byte[] values = way == "masks" ? masks : [.. masks.Zip(left, (mask, ignored) => ignored == 1 ? (byte)255 : mask)];
        var data = MapDataset.Open(
            maps,
            folder.Write("masks.npy", Make.Npy("|u1", shape, values)),
            new()
            {
                IgnoreValue = way == "masks" ? null : 255,
                Ignore = way == "value" ? null : folder.Write("left.npy", Make.Npy("|u1", shape, left)),
            }
        );
        Assert.True(data.IsRawStack);
        var whole = data.Read().Select(part => part.Batch).ToList();
        var rows = data.TryReadAnomalous().Select(part => part.Good()).ToList();
        Assert.Equal(masks.Zip(left).Count(pixel => pixel is (1, 0)), rows.Sum(part => part.Batch.Pixels.Positives));
        Assert.True(rows.Sum(part => (long)part.Batch.Shape.Pixels) < Images * Pixels / 2, "everything was read");
        Assert.Equal(Images, rows[^1].Images);
        Assert.Equal(
            whole.SelectMany(batch => batch.Pixels.PositiveScores()).Order(),
            rows.SelectMany(part => part.Batch.Pixels.PositiveScores()).Order()
        );
        Assert.Equal(Regions(whole).Regions, Regions(rows.Select(part => part.Batch)).Regions);

        static Core.RegionState Regions(IEnumerable<Core.MapBatch> batches) =>
            batches.Select(Core.RegionState.Of).Aggregate(Core.RegionState.Empty, Core.RegionState.Merge);
    }
}
