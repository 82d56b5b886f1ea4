using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Maps of few different scores, large enough that these are counted while the batch is made.</summary>
public class QuantizedMapsTests
{
    private static readonly MapShape Shape = new(2, 251, 307);

    public static TheoryData<string, bool> Formats =>
        new()
        {
            { "byte", false },
            { "byte", true },
            { "ushort", false },
            { "ushort", true },
            { "half", false },
            { "half", true },
        };

    [Theory]
    [MemberData(nameof(Formats))]
    public void Everything_is_as_with_the_same_numbers_in_float32(string format, bool negated)
    {
        var (quantized, plain) = Batches(format, negated);
        Assert.NotNull(quantized.Quantized);
        Assert.Null(plain.Quantized);
        Assert.Equal(RegionState.Of(plain), RegionState.Of(quantized));
        Assert.Equal(RankState.Of(plain.Pixels), RankState.Of(quantized.Pixels));
        Assert.Equal((plain.Pixels.Count, plain.Pixels.Positives), (quantized.Pixels.Count, quantized.Pixels.Positives));
        Assert.Equal(plain.ImageScores.ToArray(), quantized.ImageScores.ToArray());
        Assert.Equal(plain.ImageLabels.ToArray(), quantized.ImageLabels.ToArray());
        Assert.Equal(ExtremaState.Of(plain.Maps.Pixels), ExtremaState.Of(quantized.Maps.Pixels));
        Assert.Equal(LogMomentState.Of(plain.Maps), LogMomentState.Of(quantized.Maps));
        Assert.Equal(LogMomentState.Of(plain.Pixels.Scores), LogMomentState.Of(quantized.Pixels.Scores));
        Assert.Equal(
            RegionState.Codec.Encode(RegionState.Merge(RegionState.Of(plain), RegionState.Of(plain))),
            RegionState.Codec.Encode(RegionState.Merge(RegionState.Of(quantized), RegionState.Of(plain)))
        );
    }

    [Theory]
    [InlineData(17)]
    [InlineData(40_000)]
    public void A_half_that_is_not_finite_is_named_in_either_class(int index)
    {
        var (halves, mask) = (Halves(new Random(3)), Mask());
        foreach (var (value, label) in new[] { (Half.NaN, false), (Half.PositiveInfinity, true), (Half.NegativeInfinity, false) })
        {
            halves[index] = value;
            mask[index] = label;
            var fault = Assert.IsType<Fault.NotFinite>(
                Assert.Single(MapBatch.Create(halves, mask, Shape).Match(_ => throw new InvalidOperationException(), faults => faults))
            );
            Assert.Equal((index, (double)value, 1L), (fault.Index, fault.Value, fault.Count));
        }
    }

    [Fact]
    public void Codes_of_halves_come_with_the_lowest_and_the_highest_wherever_they_stand()
    {
        var random = new Random(9);
        for (var length = 1; length <= 70; length++)
        for (var turn = 0; turn < 20; turn++)
        {
            ushort[] halves = [.. Enumerable.Range(0, length).Select(_ => (ushort)random.Next(1 << 16))];
            var codes = new ushort[length];
            Assert.Equal(QuantizedCodes.Of(halves, codes), (codes.Min(), codes.Max()));
        }
    }

    [Fact]
    public void Halves_that_are_mostly_different_are_kept_one_by_one()
    {
        var shape = new MapShape(1, 256, 256);
        Half[] halves = [.. Enumerable.Range(0, 1 << 16).Select(i => BitConverter.UInt16BitsToHalf((ushort)(i % 0x7C00)))];
        var batch = MapBatch.Create(halves, new bool[1 << 16], shape).Good();
        Assert.Null(batch.Quantized);
    }

    [Fact]
    public void Tables_of_more_rows_than_32_bits_count_keep_every_row()
    {
        var bag = Enumerable
            .Range(0, 20)
            .Aggregate(KeyBag.Empty, (bag, i) => bag.Add(new QuantizedCounts(true, 0x8000 + i, [uint.MaxValue, 0, (uint)i])));
        Assert.Equal(20L * uint.MaxValue + 190, bag.Count);
        var distinct = DistinctKeys<uint>.Of(bag);
        Assert.Equal(bag.Count, distinct.Rows);
        Assert.Equal(22, distinct.Keys.Length);
        Assert.Equal(uint.MaxValue + 17L, distinct.CountAt(19));
    }

    [Fact]
    public void The_state_of_half_precision_maps_takes_little_more_than_a_byte_for_each_anomalous_pixel()
    {
        var shape = new MapShape(1, 512, 512);
        var random = new Random(1);
        Half[] halves = [.. Enumerable.Range(0, 1 << 18).Select(_ => (Half)(random.NextSingle() + random.NextSingle()))];
        bool[] mask = [.. Enumerable.Range(0, 1 << 18).Select(i => i < 4096)];
        var packed = Assert.IsType<PackedRegions>(RegionKernels.Group(MapBatch.Create(halves, mask, shape).Good()));
        Assert.InRange(packed.Bytes, 4096, 4096 + 300);
    }

    private static (MapBatch Quantized, MapBatch Plain) Batches(string format, bool negated)
    {
        var (random, mask) = (new Random(7), Mask());
        var (quantized, plain) = format switch
        {
            "byte" => Pair(Bytes(random)),
            "ushort" => Words([.. Enumerable.Range(0, (int)Shape.Pixels).Select(_ => (ushort)(60_000 + random.Next(3000)))]),
            _ => Floats(Halves(random)),
        };
        return negated ? (quantized.Negated, plain.Negated) : (quantized, plain);

        (MapBatch, MapBatch) Pair(byte[] scores) => (Batch(scores), Batch((float[])[.. scores.Select(score => (float)score)]));
        (MapBatch, MapBatch) Words(ushort[] scores) => (Batch(scores), Batch((float[])[.. scores.Select(score => (float)score)]));
        (MapBatch, MapBatch) Floats(Half[] scores) => (Batch(scores), Batch((float[])[.. scores.Select(score => (float)score)]));
        MapBatch Batch(ScoreValues scores) => MapBatch.Create(scores, mask, Shape).Good();
    }

    private static byte[] Bytes(Random random) => [.. Enumerable.Range(0, (int)Shape.Pixels).Select(_ => (byte)random.Next(256))];

    /// <summary>Both signs, both zeros, subnormals.</summary>
    private static Half[] Halves(Random random) =>
        [
            .. Enumerable
                .Range(0, (int)Shape.Pixels)
                .Select(_ => (Half)((random.Next(4000) - 1000) * (random.Next(2) == 0 ? 1e-6f : -1e-6f))),
        ];

    private static bool[] Mask() =>
        [.. Enumerable.Range(0, (int)Shape.Pixels).Select(i => i % Shape.ImagePixels is > 5000 and < 9000 && i % 13 < 7)];
}
