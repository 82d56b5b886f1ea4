namespace FunctionalMetrics.IO.Tests;

/// <summary>What is read where the rows of anomalous regions are enough, and what reading takes.</summary>
public sealed partial class StackTests
{
    [Theory]
    [InlineData("<f4", 130)]
    [InlineData("<f8", 130)]
    [InlineData(">f4", 130)]
    [InlineData("<f4", 20)]
    public void What_is_read_of_anomalous_rows_holds_all_regions_as_they_are(string descr, int height)
    {
        const int Count = 9;
        const int Width = 128;
        var random = new Random(height);
        var (pixels, bytes) = (height * Width, new byte[Count * height * Width * 8]);
        random.NextBytes(bytes);
        float[] scores = [.. bytes.Take(Count * pixels).Select((value, i) => value + i % 7 * 0.125f)];
        var masks = new byte[Count * pixels];
        foreach (var (image, from, to) in new[] { (1, 5, 9), (2, 0, 1), (4, height - 2, height), (5, 0, height), (8, 3, 4), (8, 12, 14) })
            for (var i = image * pixels + from * Width; i < image * pixels + to * Width; i++)
                masks[i] = (byte)(random.Next(3) == 0 || i % Width == 0 ? 1 : 0);
        var shape = $"({Count}, {height}, {Width})";
        var numbers = descr switch
        {
            "<f8" => Make.Npy(descr, shape, [.. scores.Select(x => x + 1e-9)]),
            ">f4" => Make.Npy(
                descr,
                shape,
                [
                    .. scores.Select(x =>
                        BitConverter.UInt32BitsToSingle(
                            System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(BitConverter.SingleToUInt32Bits(x))
                        )
                    ),
                ]
            ),
            _ => Make.Npy(descr, shape, scores),
        };
        var data = MapDataset.Open(folder.Write("maps.npy", numbers), Masks(shape, masks));
        var whole = data.Read().Select(maps => maps.Batch).ToList();
        var parts = data.TryReadAnomalous().Select(part => part.Good()).ToList();
        Assert.Equal(
            whole.SelectMany(batch => batch.Pixels.PositiveScores()).Order(),
            parts.SelectMany(part => part.Batch.Pixels.PositiveScores()).Order()
        );
        var regions = Regions(whole);
        Assert.Equal(regions.Regions, Regions(parts.Select(part => part.Batch)).Regions);
        // Only large raw stacks are cut; elsewhere everything is read.
        if (descr[0] == '<' && height == 130)
        {
            Assert.Equal([(2, 4), (3, 1), (5, 2), (6, 130), (9, 11)], parts.Select(part => (part.Images, part.Batch.Shape.Height)));
            Assert.All(parts, part => Assert.Equal((1, Width), (part.Batch.Shape.Count, part.Batch.Shape.Width)));
        }
        else
            Assert.Equal(
                (Count, whole.Sum(batch => (long)batch.Shape.Pixels)),
                (parts[^1].Images, parts.Sum(part => (long)part.Batch.Shape.Pixels))
            );

        static Core.RegionState Regions(IEnumerable<Core.MapBatch> batches) =>
            batches.Select(Core.RegionState.Of).Aggregate(Core.RegionState.Empty, Core.RegionState.Merge);
    }

    [Fact]
    public void An_image_whose_first_pixel_alone_is_anomalous_is_read()
    {
        var (scores, masks) = (new float[2 * 128 * 128], new byte[2 * 128 * 128]);
        (scores[0], masks[0]) = (3.5f, 1);
        var parts = MapDataset.Open(Maps("(2, 128, 128)", scores), Masks("(2, 128, 128)", masks)).TryReadAnomalous();
        Assert.Equal([3.5], parts.SelectMany(part => part.Good().Batch.Pixels.PositiveScores()));
    }

    /// <summary>Scores of 4 bytes and a bit for each label are kept; pixels that may be left out take another byte while they are read and two bits afterwards.</summary>
    [Fact]
    public void What_reading_takes_is_told_by_the_headers()
    {
        const int Pixels = 2 * 128 * 128;
        var (maps, masks) = (Maps("(2, 128, 128)", new float[Pixels]), Masks("(2, 128, 128)", new byte[Pixels]));
        var plain = Measured(new());
        Assert.Equal((maps, 4 * Pixels + Pixels / 8), (plain.File, plain.BlockBytes));
        Assert.InRange(plain.Bytes, 5 * Pixels, 3 * 5 * Pixels);
        Assert.Equal(plain, Measured(new() { MaskThreshold = 3 }));
        var left = Measured(new() { IgnoreValue = 7 });
        Assert.Equal((Pixels + 2 * Pixels / 8, 2 * Pixels / 8), (left.Bytes - plain.Bytes, left.BlockBytes - plain.BlockBytes));

        ReadingMemory Measured(MapRules rules) => MapDataset.Open(maps, masks, rules).TryMeasure().Good();
    }

    [Fact]
    public void A_bad_score_among_anomalous_rows_is_named_by_its_place_in_the_stack()
    {
        var (scores, masks) = (new float[3 * 128 * 128], new byte[3 * 128 * 128]);
        masks[(1 * 128 + 40) * 128 + 3] = masks[(1 * 128 + 60) * 128 + 3] = 1;
        scores[(1 * 128 + 50) * 128 + 7] = float.NaN;
        scores[^1] = float.PositiveInfinity;
        var data = MapDataset.Open(Maps("(3, 128, 128)", scores), Masks("(3, 128, 128)", masks));
        Assert.EndsWith("maps.npy: map 1, row 50, column 7 is NaN; scores must be finite", data.TryReadAnomalous().Last().Sentence());
        scores[(1 * 128 + 50) * 128 + 7] = 0;
        data = MapDataset.Open(Maps("(3, 128, 128)", scores), Masks("(3, 128, 128)", masks));
        Assert.Equal([2, 3], data.TryReadAnomalous().Select(part => part.Good().Images));
        Assert.EndsWith("maps.npy: map 2, row 127, column 127 is Infinity; scores must be finite", data.TryRead().Last().Sentence());
        masks[5] = 7;
        data = MapDataset.Open(folder.File("maps.npy"), Masks("(3, 128, 128)", masks));
        Assert.Equal(data.TryRead().Last().Sentence(), data.TryReadAnomalous().Last().Sentence());
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => data.TryReadAnomalous(source.Token).Count());
    }

    /// <summary>Of two blocks one would be old and one new.</summary>
}
