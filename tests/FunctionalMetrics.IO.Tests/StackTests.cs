using System.IO.Compression;

namespace FunctionalMetrics.IO.Tests;

public sealed partial class StackTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Maps(string shape, params float[] values) => folder.Write("maps.npy", Make.Npy("<f4", shape, values));

    private string Masks(string shape, params byte[] values) => folder.Write("masks.npy", Make.Npy("|u1", shape, values));

    [Theory]
    [InlineData("(2, 1, 3)", "(2, 1, 1, 3)")]
    [InlineData("(2, 1, 1, 3)", "(2, 1, 3)")]
    public void A_stack_is_read_with_or_without_a_channel(string maps, string masks)
    {
        var data = MapDataset.TryOpen(Maps(maps, 1, 2, 3, 4, 5, 6), Masks(masks, 0, 0, 0, 0, 0, 1)).Good();
        Assert.Equal(["0", "1"], data.Names.ToArray());
        var block = data.TryRead().Single().Good();
        Assert.Equal([1.0, 2, 3, 4, 5, 6], block.Batch.Maps.Pixels().Values);
        Assert.Equal([false, true], block.Anomalous.ToArray());
        Assert.Equal(new Core.MapShape(2, 1, 3), block.Batch.Shape);
    }

    [Fact]
    public void A_channel_may_stand_last()
    {
        var data = MapDataset.Open(Maps("(1, 2, 3, 1)", 1, 2, 3, 4, 5, 6), Masks("(1, 2, 3)", 0, 0, 0, 0, 0, 1));
        Assert.Equal(new Core.MapShape(1, 2, 3), data.Read().Single().Batch.Shape);
    }

    [Theory]
    [InlineData("<f4", true)]
    [InlineData("<f8", true)]
    [InlineData(">f4", false)]
    [InlineData("<f2", false)]
    [InlineData("|u1", false)]
    public void A_stack_is_raw_when_its_scores_lie_there_as_they_are_held(string descr, bool raw)
    {
        var npy = descr switch
        {
            "<f8" => Make.Npy(descr, "(1, 1, 2)", 1d, 2d),
            "<f2" => Make.Npy(descr, "(1, 1, 2)", (Half)1, (Half)2),
            "|u1" => Make.Npy(descr, "(1, 1, 2)", (byte)1, (byte)2),
            _ => Make.Npy(descr, "(1, 1, 2)", 1f, 2f),
        };
        Assert.Equal(raw, MapDataset.Open(folder.Write("m.npy", npy), Masks("(1, 1, 2)", 0, 1)).IsRawStack);
        var npz = folder.Write("a.npz", Make.Npz(CompressionLevel.NoCompression, ("m.npy", npy)));
        Assert.False(MapDataset.Open(npz, folder.File("masks.npy")).IsRawStack);
    }

    [Fact]
    public void With_exceptions_the_same_stacks_come_and_the_same_sentences()
    {
        var (maps, masks) = (Maps("(2, 1, 2)", 1, 2, 3, 4), Masks("(2, 1, 2)", 0, 2, 0, 1));
        Assert.Equal(1, MapDataset.Open(maps, masks, new() { MaskThreshold = 2 }).Read().Single().Batch.Pixels.Positives);
        Assert.Equal([1.0, 2, 3, 4], MapSource.Open(maps).Read().Single().Pixels().Values);
        Assert.Equal(
            MapDataset.TryOpen(maps, maps + "x").Sentence(),
            Assert.Throws<InputException>(() => MapDataset.Open(maps, maps + "x")).Message
        );
        Assert.Equal(MapSource.TryOpen(masks + "x").Sentence(), Assert.Throws<InputException>(() => MapSource.Open(masks + "x")).Message);
        var odd = Maps("(1, 1, 2)", 1, float.NaN);
        Assert.Equal(
            MapSource.Open(odd).TryRead().Single().Sentence(),
            Assert.Throws<InputException>(() => MapSource.Open(odd).Read().ToList()).Message
        );
    }

    [Theory]
    [InlineData("<f2")]
    [InlineData("<f4")]
    [InlineData("<f8")]
    public void Scores_keep_their_width(string descr)
    {
        var npy = descr switch
        {
            "<f2" => Make.Npy(descr, "(1, 2)", (Half)1, (Half)2),
            "<f4" => Make.Npy(descr, "(1, 2)", 1f, 2f),
            _ => Make.Npy(descr, "(1, 2)", 1d, 2d),
        };
        var maps = MapSource.TryOpen(folder.Write("m.npy", npy)).Good().TryRead().Single().Good();
        Assert.Equal(descr != "<f8", maps.Pixels().Narrow);
    }

    [Fact]
    public void A_large_stack_comes_in_blocks_of_whole_images_that_join_to_the_whole()
    {
        var values = Enumerable.Range(0, 5 * 350 * 300).Select(value => (float)value).ToArray();
        var masks = new byte[values.Length];
        masks[^1] = 1;
        var npz = folder.Write(
            "a.npz",
            Make.Npz(
                CompressionLevel.Fastest,
                ("maps.npy", Make.Npy("<f4", "(5, 350, 300)", values)),
                ("masks.npy", Make.Npy("|u1", "(5, 350, 300)", masks))
            )
        );
        var blocks = MapDataset.TryOpen(npz + ":maps", npz + ":masks").Good().TryRead().Select(block => block.Good()).ToList();
        Assert.Equal([2, 2, 1], blocks.Select(block => block.Batch.Shape.Count));
        Assert.Equal(["0", "1", "2", "3", "4"], blocks.SelectMany(block => block.Names));
        Assert.Equal([false, false, false, false, true], blocks.SelectMany(block => block.Anomalous));
        Assert.Equal(values.Select(value => (double)value), blocks.SelectMany(block => block.Batch.Maps.Pixels().Values));
    }

    [Fact]
    public void A_faulty_pixel_is_counted_through_the_whole_stack()
    {
        var values = new float[3 * 1000 * 1000];
        values[2 * 1000 * 1000 + 10 * 1000 + 7] = float.NaN;
        var results = MapSource.TryOpen(Maps("(3, 1000, 1000)", values)).Good().TryRead().ToList();
        Assert.Equal(3, results.Count);
        Assert.EndsWith("maps.npy: map 2, row 10, column 7 is NaN; scores must be finite", results[2].Sentence());
    }

    [Fact]
    public void A_faulty_pixel_or_mask_of_a_data_set_is_counted_through_the_whole_stack()
    {
        var (values, masks) = (new float[2 * 1000 * 1000], new byte[2 * 1000 * 1000]);
        masks[^1] = 7;
        var maps = Maps("(2, 1000, 1000)", values);
        var data = MapDataset.TryOpen(maps, Masks("(2, 1000, 1000)", masks)).Good();
        Assert.Contains("masks.npy: mask 1, row 999, column 999 is 7;", data.TryRead().Last().Sentence());
        masks[^1] = 0;
        values[^2] = float.PositiveInfinity;
        Maps("(2, 1000, 1000)", values);
        Masks("(2, 1000, 1000)", masks);
        Assert.EndsWith("maps.npy: map 1, row 999, column 998 is Infinity; scores must be finite", data.TryRead().Last().Sentence());
    }

    [Fact]
    public void Shapes_that_differ_name_both_files()
    {
        var sentence = MapDataset.TryOpen(Maps("(2, 1, 2)", 1, 2, 3, 4), Masks("(1, 2, 2)", 0, 0, 0, 0)).Sentence();
        Assert.StartsWith(folder.File("maps.npy") + ": the maps have the shape (2, 1, 2), the masks ", sentence);
        Assert.Contains(folder.File("masks.npy") + " have (1, 2, 2)", sentence);
    }

    /// <summary>In a stack it may be images of one column; a file of a folder holds one image.</summary>
    [Fact]
    public void One_image_with_a_channel_is_read_where_each_file_is_one_image()
    {
        folder.Write("m/a.npy", Make.Npy("<f4", "(2, 3, 1)", 1f, 2, 3, 4, 5, 6));
        folder.Write("k/a.npy", Make.Npy<byte>("|u1", "(2, 3, 1)", 0, 0, 1, 0, 0, 0));
        foreach (var (maps, masks) in new[] { ("m", "k"), ("m/{name}.npy", "k/{name}.npy") })
        {
            var part = MapDataset.Open(folder.File(maps), folder.File(masks)).Read().Single();
            Assert.Equal(new(1, 2, 3), part.Batch.Shape);
            Assert.Equal([false, false, true, false, false, false], part.Batch.MaskPixels());
            Assert.Equal(1, MapSource.Open(folder.File(maps)).Read().Single().Shape.Count);
        }
        Assert.Contains(
            "one image with a channel, or images of one column?",
            MapDataset.TryOpen(folder.File("m/a.npy"), folder.File("k/a.npy")).Sentence()
        );
    }

    [Theory]
    [InlineData("(4,)", "images have (H, W), (N, H, W), (N, 1, H, W) or (N, H, W, 1)")]
    [InlineData("(1, 2, 1, 2, 1)", "images have (H, W), (N, H, W), (N, 1, H, W) or (N, H, W, 1)")]
    [InlineData("()", "is truncated|after")]
    public void Other_shapes_are_refused(string shape, string reason) =>
        Assert.Matches(reason.Replace("(", "\\(").Replace(")", "\\)"), MapSource.TryOpen(Maps(shape, 1, 2, 3, 4)).Sentence());

    [Fact]
    public void Images_without_pixels_are_refused_but_no_images_are_fine()
    {
        Assert.Contains("at least one row and one column", MapSource.TryOpen(Maps("(3, 0, 5)")).Sentence());
        Assert.Equal(0, MapSource.TryOpen(Maps("(0, 4, 5)")).Good().Count);
        var none = MapDataset.TryOpen(Maps("(0, 4, 5)"), Masks("(0, 4, 5)")).Good();
        Assert.Equal(0, none.Count);
        Assert.Empty(none.Read());
    }

    [Fact]
    public void Truth_values_are_no_scores() =>
        Assert.Contains("holds bool; maps are", MapSource.TryOpen(folder.Write("a.npy", Make.Npy("|b1", "(1, 1)", (byte)1))).Sentence());

    [Fact]
    public void Only_stacks_in_Fortran_order_are_held_whole()
    {
        var npy = Make.Npy("{'descr': '|u1', 'fortran_order': True, 'shape': (1, 2, 2), }", [0, 1, 0, 0]);
        var masks = folder.Write("fortran.npy", npy);
        var maps = Maps("(1, 2, 2)", 1, 2, 3, 4);
        var data = MapDataset.Open(maps, masks);
        Assert.Equal((masks, false), (Assert.Single(data.HeldWhole), data.IsRawStack));
        Assert.Equal([false, false, true, false], data.Read().Single().Batch.MaskPixels());
        Assert.Empty(MapDataset.Open(maps, Masks("(1, 2, 2)", 0, 1, 0, 0)).HeldWhole);
    }

    [Fact]
    public void Two_pictures_are_a_data_set_of_one()
    {
        var map = folder.Write("m.tiff", Make.Tiff(2, 1, 1, 2));
        var mask = folder.Write("k.png", Make.Png(2, 1, 0, 255));
        var images = MapDataset.TryOpen(map, mask).Good().TryRead().Single().Good();
        Assert.Equal(["0"], images.Names.ToArray());
        Assert.Equal([true], images.Anomalous.ToArray());
        Assert.EndsWith("does not exist", MapDataset.TryOpen(map, folder.File("none.png")).Sentence());
        Assert.EndsWith("does not exist", MapDataset.TryOpen(map, folder.File("none/none")).Sentence());
    }

    [Fact]
    public void A_stack_that_shrinks_between_opening_and_reading_is_an_error()
    {
        var path = Maps("(1, 2, 2)", 1, 2, 3, 4);
        var source = MapSource.TryOpen(path).Good();
        File.Delete(path);
        Assert.EndsWith("does not exist", source.TryRead().Single().Sentence());
    }

    [Fact]
    public void A_data_set_may_be_read_again_and_cancelled()
    {
        var data = MapDataset.TryOpen(Maps("(1, 2, 2)", 1, 2, 3, 4), Masks("(1, 2, 2)", 0, 0, 0, 1)).Good();
        Assert.Single(data.TryRead());
        Assert.Single(data.TryRead());
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => data.TryRead(source.Token).Count());
        Assert.Throws<OperationCanceledException>(() => MapSource.TryOpen(Maps("(1, 1)", 1)).Good().Read(source.Token).Count());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Shards_of_a_stack_are_the_images_of_the_whole(bool compressed)
    {
        float[] values = [.. Enumerable.Range(0, 7 * 6).Select(i => (float)i)];
        var maps = folder.Write("many.npy", Make.Npy("<f4", "(7, 2, 3)", values));
        if (compressed)
        {
            using var archive = ZipFile.Open(folder.File("many.npz"), ZipArchiveMode.Create);
            archive.CreateEntryFromFile(maps, "maps.npy");
            maps = folder.File("many.npz");
        }
        var masks = folder.Write("masks.npy", Make.Npy("|u1", "(7, 2, 3)", [.. values.Select(value => (byte)(value % 5 == 0 ? 1 : 0))]));
        var data = MapDataset.TryOpen(maps, masks).Good();
        foreach (var cut in (int[])[0, 1, 4, 7])
        {
            var parts = data.TryRead(..cut).Concat(data.TryRead(cut..)).Select(part => part.Good()).ToList();
            Assert.Equal(data.Names.ToArray(), parts.SelectMany(part => part.Names));
            Assert.Equal(values.Select(value => (double)value), parts.SelectMany(part => part.Batch.Maps.Pixels().Values));
            Assert.Equal(data.TryRead().Single().Good().Anomalous.ToArray(), parts.SelectMany(part => part.Anomalous));
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => data.TryRead(..8));
    }

    /// <summary>Images of 130 x 128 pixels: some normal, some anomalous in a few rows, some in the first or the last.</summary>
    [Theory]
    [InlineData("maps.npy", false)]
    [InlineData("maps.npy", true)]
    [InlineData("masks.npy", false)]
    [InlineData("masks.npy", true)]
    public void A_file_that_is_written_to_while_it_is_read_is_refused(string file, bool anomalous)
    {
        const string Shape = "(3, 600, 500)";
        var (scores, masks) = (new float[900_000], new byte[900_000]);
        masks[7] = masks[300_007] = masks[600_007] = 1;
        var data = MapDataset.Open(Maps(Shape, scores), Masks(Shape, masks));
        // Whatever the clock of the file system tells apart.
        File.SetLastWriteTimeUtc(folder.File(file), DateTime.UtcNow.AddHours(-1));
        var blocks = anomalous ? data.TryReadAnomalous().Select(part => part.Map(_ => 0)) : data.TryRead().Select(part => part.Map(_ => 0));
        Assert.Equal(3, blocks.Select(part => part.Good()).Count());
        using var reading = blocks.GetEnumerator();
        Assert.True(reading.MoveNext() && reading.Current.IsSucc);
        using (var handle = File.OpenHandle(folder.File(file), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            RandomAccess.Write(handle, [0, 0, 0, 0], 200);
        var last = reading.Current;
        while (reading.MoveNext())
            last = reading.Current;
        Assert.EndsWith(file + ": was written to while it was read; it must not change", last.Sentence());
    }

    [Fact]
    public void Masks_without_an_anomaly_are_read_block_by_block()
    {
        const string Shape = "(4, 600, 500)";
        var data = MapDataset.Open(Maps(Shape, new float[1_200_000]), Masks(Shape, new byte[1_200_000]));
        Assert.Equal([1, 2, 3, 4], data.TryReadAnomalous().Select(part => part.Good().Images));
        using var source = new CancellationTokenSource();
        using var reading = data.TryReadAnomalous(source.Token).GetEnumerator();
        Assert.True(reading.MoveNext());
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => reading.MoveNext());
    }

    /// <summary>A few bytes behind its place in the file, modulo the size of a page, an array would be filled several times more slowly.</summary>
    [Fact]
    public void Arrays_do_not_lie_where_copying_is_slow()
    {
        var path = folder.Write("long.npy", Make.Npy("|u1", "(131072,)", new byte[131_072]));
        var held = new List<byte[]>();
        for (var i = 0; i < 512; i++)
        {
            using var reader = NpyReader.Open(path);
            var position = new FileInfo(path).Length - 131_072;
            var values = (byte[])reader.Next(100_000);
            var handle = System.Runtime.InteropServices.GCHandle.Alloc(values, System.Runtime.InteropServices.GCHandleType.Pinned);
            Assert.NotInRange((handle.AddrOfPinnedObject() - position) % 4096, 1, 31);
            handle.Free();
            // Moves the next array on by eight bytes more than this one's length.
            held.Add(new byte[100_000 + 8]);
        }
        GC.KeepAlive(held);
    }
}
