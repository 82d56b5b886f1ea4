using System.Text.Json;
using FunctionalMetrics.Core;

namespace FunctionalMetrics.IO.Tests;

/// <summary>Maps and masks of different size: refused, or one is brought to the size of the other, as OpenCV and numpy do it.</summary>
public sealed class ResizeTests : IDisposable
{
    private static readonly Case[] Cases = JsonSerializer.Deserialize<Case[]>(
        File.ReadAllText(Places.Fixture("resize.json")),
        new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower }
    )!;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>What fixtures/resize.py writes; sizes are rows and columns.</summary>
    private sealed record Case(int[] From, int[] To, double[] Map, double[] ResizedMap, int[] Mask, int[] ResizedMask);

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Cases.Length)];

    private string Stack(string name, string descr, int[] size, params double[][] images) =>
        folder.Write(
            name,
            descr == "<f8"
                ? Make.Npy(descr, Shape(images.Length, size), [.. images.SelectMany(image => image)])
                : Make.Npy(descr, Shape(images.Length, size), [.. images.SelectMany(image => image.Select(value => (byte)value))])
        );

    private static string Shape(int count, int[] size) => FormattableString.Invariant($"({count}, 1, {size[0]}, {size[1]})");

    private static double[] Wide(int[] values) => [.. values.Select(value => (double)value)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Maps_come_to_the_size_of_masks_as_with_OpenCV(int number)
    {
        var golden = Cases[number];
        double[] turned = [.. golden.Map.Select(score => 1 - score)];
        var maps = Stack("maps.npy", "<f8", golden.From, golden.Map, turned);
        var masks = Stack("masks.npy", "|u1", golden.To, Wide(golden.ResizedMask), Wide(golden.ResizedMask));
        Assert.Contains("--resize-masks", MapDataset.TryOpen(maps, masks).Sentence());
        Assert.Contains("--resize-maps", MapDataset.TryOpen(maps, masks).Sentence());
        var data = MapDataset.Open(maps, masks, new() { Resize = Resizing.Maps });
        var images = data.Images();
        // OpenCV holds its weights as float32.
        Near(golden.ResizedMap, images[0].Scores);
        Near([.. golden.ResizedMap.Select(score => 1 - score)], images[1].Scores);
        Assert.All(images, image => Assert.Equal(golden.ResizedMask.Select(label => (bool?)(label == 1)), image.Labels));
        Assert.Contains(("resized_maps", 2L), data.Notes());
        var first = data.Read().First().Images[0];
        Assert.Equal((golden.From[0], golden.From[1]), first.MapSize);
        Assert.Equal((golden.To[0], golden.To[1]), first.MaskSize);

        static void Near(double[] expected, double[] actual)
        {
            Assert.Equal(expected.Length, actual.Length);
            foreach (var (right, score) in expected.Zip(actual))
                Assert.Equal(right, score, 1e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Masks_come_to_the_size_of_maps_by_the_nearest_centre(int number)
    {
        var golden = Cases[number];
        int[] turned = [.. golden.Mask.Select(label => 1 - label)];
        var maps = Stack("maps.npy", "<f8", golden.To, golden.ResizedMap, golden.ResizedMap);
        var masks = Stack("masks.npy", "|u1", golden.From, Wide(golden.Mask), Wide(turned));
        var data = MapDataset.Open(maps, masks, new() { Resize = Resizing.Masks });
        var images = data.Images();
        Assert.All(images, image => Assert.Equal(golden.ResizedMap, image.Scores));
        Assert.Equal(golden.ResizedMask.Select(label => (bool?)(label == 1)), images[0].Labels);
        Assert.Equal(golden.ResizedMask.Select(label => (bool?)(label == 0)), images[1].Labels);
        Assert.Contains(("resized_masks", 2L), data.Notes());
    }

    [Fact]
    public void A_thin_defect_makes_its_image_anomalous_also_where_the_resized_mask_loses_it()
    {
        folder.Write("maps/a.tiff", Make.Tiff(2, 2, 1, 2, 3, 4));
        folder.Write("masks/a.png", Make.Png(6, 6, [1, .. new byte[35]]));
        var data = MapDataset.Open(folder.File("maps"), folder.File("masks"), new() { Resize = Resizing.Masks });
        Assert.True(data.Read().Single().Images[0].IsAnomalous);
        Assert.Equal([("resized_masks", 1L), ("lost_defects", 1)], data.Notes());
        Assert.DoesNotContain(true, data.Images()[0].Labels);
    }

    [Fact]
    public void Maps_without_masks_come_to_the_size_that_all_masks_have()
    {
        folder.Write("maps/a.tiff", Make.Tiff(2, 2, 1, 2, 3, 4));
        folder.Write("maps/good/b.tiff", Make.Tiff(2, 2, 1, 2, 3, 4));
        folder.Write("masks/a.png", Make.Png(4, 4, [1, .. new byte[15]]));
        var data = MapDataset.Open(folder.File("maps"), folder.File("masks"), new() { Resize = Resizing.Maps });
        Assert.All(data.Images(), image => Assert.Equal(16, image.Scores.Length));
    }

    [Fact]
    public void Equal_scores_stay_equal_whatever_the_size()
    {
        foreach (var score in new[] { 0.005123, Math.E, 1 / 3.0 })
        {
            var maps = Stack("maps.npy", "<f8", [37, 41], [.. Enumerable.Repeat(score, 37 * 41)]);
            var masks = Stack("masks.npy", "|u1", [91, 97], [1, .. new double[91 * 97 - 1]]);
            Assert.All(
                MapDataset.Open(maps, masks, new() { Resize = Resizing.Maps }).Images()[0].Scores,
                resized => Assert.Equal(score, resized)
            );
        }
    }

    [Fact]
    public void Of_a_folder_only_what_differs_is_resized_and_counted()
    {
        foreach (var (name, size) in new[] { ("a", 2), ("b", 4), ("c", 6) })
        {
            folder.Write($"maps/{name}.tiff", Make.Tiff(4, 4, Judging.Scores(size, 16)));
            folder.Write($"masks/{name}.png", Make.Png(size, size, [255, .. new byte[size * size - 1]]));
        }
        folder.Write("maps/good/d.tiff", Make.Tiff(5, 3, Judging.Scores(9, 15)));
        var (maps, masks) = (folder.File("maps"), folder.File("masks"));
        Assert.Contains("the map is 4x4 (4 rows, 4 columns), its mask ", MapDataset.Open(maps, masks).TryRead().First().Sentence());
        // What size the map without a mask has cannot be told by masks of several sizes.
        var other = MapDataset.Open(maps, masks, new() { Resize = Resizing.Maps }).TryRead().Last().Sentence();
        Assert.StartsWith(folder.File("masks/b.png") + ": is 4x4", other);
        Assert.Contains("--resize-masks can", other);
        File.Delete(folder.File("maps/good/d.tiff"));
        foreach (var (resize, sizes) in new[] { (Resizing.Masks, (int[])[16, 16, 16]), (Resizing.Maps, [4, 16, 36]) })
        {
            var data = MapDataset.Open(maps, masks, new() { Resize = resize });
            Assert.Equal(sizes, data.Images().Select(image => image.Scores.Length));
            // One pixel of two by two becomes four of four by four.
            Assert.Equal(
                resize == Resizing.Masks ? [4, 1, 1] : (int[])[1, 1, 1],
                data.Images().Select(image => image.Labels.Count(label => label == true))
            );
            Assert.Equal([(resize == Resizing.Masks ? "resized_masks" : "resized_maps", 2L)], data.Notes());
        }
    }

    [Fact]
    public void United_masks_of_one_size_are_resized_together_and_others_each_by_itself()
    {
        folder.Write("maps/a.tiff", Make.Tiff(4, 2, Judging.Scores(1, 8)));
        folder.Write("masks/a/0.png", Make.Png(2, 1, 1, 0));
        folder.Write("masks/a/1.png", Make.Png(2, 1, 0, 1));
        var (maps, masks) = (folder.File("maps/{name}.tiff"), folder.File("masks/{name}/*.png"));
        var data = MapDataset.Open(maps, masks, new() { Resize = Resizing.Masks });
        Assert.All(data.Images().Single().Labels, label => Assert.True(label));
        Assert.Equal([("resized_masks", 1L)], data.Notes());
        // The first has half of the map's columns and rows, the second twice as many.
        var fine = new byte[8 * 4];
        (fine[8 * 1 + 1], fine[8 * 3 + 3], fine[8 * 3 + 7]) = (255, 255, 254);
        folder.Write("masks/a/1.png", Make.Png(8, 4, fine));
        data = MapDataset.Open(
            maps,
            masks,
            new()
            {
                Resize = Resizing.Masks,
                MaskThreshold = 1,
                IgnoreValue = 254,
            }
        );
        Assert.Equal([true, true, false, false, true, true, false, null], data.Images().Single().Labels);
        foreach (var other in new[] { Resizing.None, Resizing.Maps })
            Assert.EndsWith(
                $"masks/a/1.png: is 8x4 (4 rows, 8 columns), and {folder.File("masks/a/0.png")}, another mask of the image, is 2x1 (1 rows, 2 columns); --resize-masks brings each to the size of the map",
                MapDataset.Open(maps, masks, new() { Resize = other }).TryRead().Single().Sentence()
            );
    }

    /// <summary>Maps of 4 x 4, masks of 2 x 2 and ignore masks of 8 x 8: each comes to the size that is asked for.</summary>
    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public void Ignore_masks_may_have_a_third_size(bool isStack, bool maps)
    {
        byte[] left = [.. Enumerable.Range(0, 64).Select(at => at % 8 >= 4 && at >= 32 ? (byte)255 : (byte)0)];
        string[] paths = isStack
            ?
            [
                folder.Write("m.npy", Make.Npy("<f4", "(1, 4, 4)", Judging.Scores(1, 16))),
                folder.Write("k.npy", Make.Npy<byte>("|u1", "(1, 2, 2)", 0, 1, 0, 1)),
                folder.Write("i.npy", Make.Npy("|u1", "(1, 8, 8)", left)),
            ]
            : [folder.File("m"), folder.File("k"), folder.File("i")];
        folder.Write("m/a.tiff", Make.Tiff(4, 4, Judging.Scores(1, 16)));
        folder.Write("k/a.png", Make.Png(2, 2, 0, 1, 0, 1));
        folder.Write("i/a.png", Make.Png(8, 8, left));
        var data = MapDataset.Open(paths[0], paths[1], new() { Ignore = paths[2], Resize = maps ? Resizing.Maps : Resizing.Masks });
        bool?[] labels = maps
            ? [false, true, false, null]
            :
            [
                .. Enumerable
                    .Range(0, 16)
                    .Select(at =>
                        at % 4 < 2 ? false
                        : at < 8 ? true
                        : (bool?)null
                    ),
            ];
        Assert.Equal(labels, data.Images().Single().Labels);
        Assert.Equal(
            maps ? [("ignored_pixels", 1L), ("resized_masks", 1), ("resized_maps", 1)] : [("ignored_pixels", 4L), ("resized_masks", 1)],
            data.Notes()
        );
    }

    [Fact]
    public void A_score_that_is_not_finite_is_named_by_its_place_in_the_file()
    {
        var scores = new double[2 * 3 * 4];
        (scores[12 + 6], scores[^1]) = (double.NaN, double.NegativeInfinity);
        var maps = folder.Write("maps.npy", Make.Npy("<f8", "(2, 3, 4)", scores));
        var masks = folder.Write("masks.npy", Make.Npy("|u1", "(2, 6, 8)", new byte[96]));
        var read = MapDataset.Open(maps, masks, new() { Resize = Resizing.Maps }).TryRead().Last();
        Assert.Equal($"{maps}: map 1, row 1, column 2 is NaN; scores must be finite", read.Sentence());
        // Masks are resized here, and the map is the one that is checked.
        read = MapDataset.Open(maps, masks, new() { Resize = Resizing.Masks }).TryRead().Last();
        Assert.Equal($"{maps}: map 1, row 1, column 2 is NaN; scores must be finite", read.Sentence());
    }

    [Fact]
    public void Stacks_of_unlike_numbers_of_images_are_refused_all_the_same()
    {
        var maps = folder.Write("maps.npy", Make.Npy("<f4", "(2, 1, 2)", 1f, 2f, 3f, 4f));
        var masks = folder.Write("masks.npy", Make.Npy("|u1", "(1, 2, 2)", new byte[4]));
        foreach (var resize in new[] { Resizing.Maps, Resizing.Masks })
            Assert.EndsWith("(N, H, W) must be the same", MapDataset.TryOpen(maps, masks, new() { Resize = resize }).Sentence());
    }

    /// <summary>Several blocks of a stack, each resized by itself.</summary>
    [Fact]
    public void A_large_stack_is_resized_block_by_block()
    {
        var scores = Judging.Scores(3, 5 * 300 * 350);
        var maps = folder.Write("maps.npy", Make.Npy("<f4", "(5, 300, 350)", scores));
        byte[] labels = [.. Enumerable.Range(0, 5 * 600 * 700).Select(at => (byte)(at % 1001 == 0 ? 1 : 0))];
        var masks = folder.Write("masks.npy", Make.Npy("|u1", "(5, 600, 700)", labels));
        var data = MapDataset.Open(maps, masks, new() { Resize = Resizing.Maps });
        Assert.False(data.IsRawStack);
        var images = data.Images();
        Assert.True(data.Read().Count() > 1);
        Assert.Equal(labels.Select(label => (bool?)(label == 1)), images.SelectMany(image => image.Labels));
        for (var image = 0; image < 5; image++)
            Assert.Equal(
                Resize.Bilinear(
                    [.. scores.Skip(image * 105_000).Take(105_000).Select(score => (double)score)],
                    new(1, 300, 350),
                    new(1, 600, 700)
                ),
                images[image].Scores
            );
    }
}
