using System.Runtime.InteropServices;

namespace FunctionalMetrics.Core.Tests;

/// <summary>The same numbers from every array, span, memory and shape give the same batch, and the batch keeps its own copy.</summary>
public class ScoreFormatsTests
{
    private static readonly bool[] Labels = [.. Enumerable.Range(0, 131).Select(i => i % 3 == 0)];
    private static readonly byte[] LabelBytes = Array.ConvertAll(Labels, label => label ? (byte)1 : (byte)0);
    private static readonly int[] LabelIntegers = Array.ConvertAll(Labels, label => label ? 1 : 0);

    [Fact]
    public void Whole_numbers_are_the_same_in_every_format()
    {
        byte[] bytes = [.. Enumerable.Range(0, 131).Select(i => (byte)(i * 2 % 251))];
        var ushorts = Array.ConvertAll(bytes, value => (ushort)value);
        var halves = Array.ConvertAll(bytes, value => (Half)value);
        var floats = Array.ConvertAll(bytes, value => (float)value);
        var doubles = Array.ConvertAll(bytes, value => (double)value);
        var expected = RankState.Of(Batching.Rows([.. doubles.Zip(Labels, (score, label) => new Row(score, label))]));
        ScoreBatch[] batches =
        [
            ScoreBatch.Create(bytes, Labels).Valid(),
            ScoreBatch.Create(ushorts, LabelBytes).Valid(),
            ScoreBatch.Create(halves, Labels).Valid(),
            ScoreBatch.Create(floats, LabelBytes).Valid(),
            ScoreBatch.Create(doubles, LabelBytes).Valid(),
            ScoreBatch.Create(new ReadOnlySpan<byte>(bytes), new ReadOnlySpan<bool>(Labels)).Valid(),
            ScoreBatch.Create(new ReadOnlySpan<ushort>(ushorts), new ReadOnlySpan<byte>(LabelBytes)).Valid(),
            ScoreBatch.Create(new ReadOnlySpan<Half>(halves), Labels).Valid(),
            ScoreBatch.Create(new ReadOnlySpan<float>(floats), Labels).Valid(),
            ScoreBatch.Create(new ReadOnlySpan<double>(doubles), Labels).Valid(),
            ScoreBatch.Create(new ReadOnlyMemory<byte>(bytes), new ReadOnlyMemory<bool>(Labels)).Valid(),
            ScoreBatch.Create(new ReadOnlyMemory<ushort>(ushorts), new ReadOnlyMemory<byte>(LabelBytes)).Valid(),
            ScoreBatch.Create(new ReadOnlyMemory<Half>(halves), Labels).Valid(),
            ScoreBatch.Create(new ReadOnlyMemory<float>(floats), Labels).Valid(),
            ScoreBatch.Create(new ReadOnlyMemory<double>(doubles), Labels).Valid(),
            ScoreBatch.Create(floats, LabelIntegers).Valid(),
            ScoreBatch.Create(floats.ToList(), Labels.ToList()).Valid(),
            ScoreBatch.Create(doubles.ToList(), LabelBytes.ToList()).Valid(),
            ScoreBatch.Create(doubles, LabelIntegers.ToList()).Valid(),
            ScoreBatch.Create(doubles, new ReadOnlySpan<int>(LabelIntegers)).Valid(),
            ScoreBatch.Create(doubles, new ReadOnlyMemory<int>(LabelIntegers)).Valid(),
        ];
        Assert.All(batches, batch => Assert.Equal(expected, RankState.Of(batch)));
    }

    [Fact]
    public void Collection_expressions_give_what_arrays_give()
    {
        Assert.Equal(
            RankState.Of(ScoreBatch.Create((double[])[0.1, 0.4, 2], (bool[])[false, true, true]).Valid()),
            RankState.Of(ScoreBatch.Create([0.1, 0.4, 2], [false, true, true]).Valid())
        );
        Assert.Equal(Bag([0.1f, 2]), Bag(Scores.Create([0.1f, 2]).Valid()));
    }

    [Fact]
    public void Views_are_spread_into_collections()
    {
        double[] expected = [1, 0, 3];
        Assert.Equal(expected, (double[])[.. (ScoreValues)(byte[])[1, 0, 3]]);
        Assert.Equal(expected, (double[])[.. (ScoreValues)(ushort[])[1, 0, 3]]);
        Assert.Equal(expected, (double[])[.. (ScoreValues)(Half[])[(Half)1, (Half)0, (Half)3]]);
        Assert.Equal(expected, (double[])[.. (ScoreValues)(float[])[1, 0, 3]]);
        Assert.Equal(expected, (double[])[.. (ScoreValues)expected]);
        Assert.Equal([true, false], (bool[])[.. (LabelValues)(bool[])[true, false]]);
        Assert.Equal([true, false], (bool[])[.. (LabelValues)(byte[])[1, 0]]);
    }

    [Fact]
    public void Every_half_byte_and_ushort_is_widened_exactly()
    {
        Half[] halves = [.. Enumerable.Range(0, 65536).Select(bits => BitConverter.UInt16BitsToHalf((ushort)bits)).Where(Half.IsFinite)];
        ushort[] ushorts = [.. Enumerable.Range(0, 65536).Select(value => (ushort)value)];
        Assert.Equal(Bag([.. halves.Select(half => (double)half)]), Bag(Scores.Create(halves).Valid()));
        Assert.Equal(Bag([.. ushorts.Select(value => (double)value)]), Bag(Scores.Create(ushorts).Valid()));
    }

    [Fact]
    public void Rectangular_arrays_are_read_image_by_image_and_row_by_row()
    {
        double[] flat = [.. Enumerable.Range(0, 24).Select(i => i / 7.0)];
        bool[] mask = [.. Enumerable.Range(0, 24).Select(i => i % 5 < 2)];
        var (wide, narrow, bools, bytes) = (new double[2, 3, 4], new float[2, 3, 4], new bool[2, 3, 4], new byte[2, 3, 4]);
        for (var i = 0; i < 24; i++)
        {
            var (image, row, column) = (i / 12, i / 4 % 3, i % 4);
            wide[image, row, column] = flat[i];
            narrow[image, row, column] = (float)flat[i];
            bools[image, row, column] = mask[i];
            bytes[image, row, column] = mask[i] ? (byte)1 : (byte)0;
        }
        var shape = new MapShape(2, 3, 4);
        Assert.Equal(shape, MapBatch.Create(wide, bools).Valid().Shape);
        Assert.Equal(RegionState.Of(MapBatch.Create(flat, mask, shape).Valid()), RegionState.Of(MapBatch.Create(wide, bytes).Valid()));
        Assert.Equal(
            RegionState.Of(MapBatch.Create(Array.ConvertAll(flat, score => (float)score), mask, shape).Valid()),
            RegionState.Of(MapBatch.Create(narrow, bools).Valid())
        );
        Assert.Equal(LogMomentState.Of(Maps.Create(flat, shape).Valid()), LogMomentState.Of(Maps.Create(wide).Valid()));
    }

    [Fact]
    public void One_map_comes_from_two_dimensions()
    {
        var expected = RegionState.Of(
            MapBatch
                .Create(
                    new float[1, 2, 3]
                    {
                        {
                            { 1, 2, 3 },
                            { 4, 5, 6 },
                        },
                    },
                    Cube(1)
                )
                .Valid()
        );
        var (wide, narrow) = (
            new double[,]
            {
                { 1, 2, 3 },
                { 4, 5, 6 },
            },
            new float[,]
            {
                { 1, 2, 3 },
                { 4, 5, 6 },
            }
        );
        var mask = new byte[,]
        {
            { 0, 255, 0 },
            { 0, 0, 255 },
        };
        var labels = new bool[,]
        {
            { false, true, false },
            { false, false, true },
        };
        Assert.Equal(expected, RegionState.Of(MapBatch.Create(wide, mask).Valid()));
        Assert.Equal(expected, RegionState.Of(MapBatch.Create(narrow, labels).Valid()));
        Assert.Equal(new MapShape(1, 2, 3), Maps.Create(wide).Valid().Shape);
    }

    [Fact]
    public void Masks_of_0_and_255_are_masks_of_0_and_1()
    {
        var maps = new float[1, 2, 3]
        {
            {
                { 1, 2, 3 },
                { 4, 5, 6 },
            },
        };
        var expected = RegionState.Of(MapBatch.Create(maps, Cube(1)).Valid());
        Assert.Equal(expected, RegionState.Of(MapBatch.Create(maps, Cube(255)).Valid()));
        Assert.Equal(
            expected,
            RegionState.Of(MapBatch.Create((float[])[1, 2, 3, 4, 5, 6], (int[])[0, 255, 0, 0, 0, 255], new(1, 2, 3)).Valid())
        );
    }

    private static byte[,,] Cube(byte anomalous) =>
        new byte[1, 2, 3]
        {
            {
                { 0, anomalous, 0 },
                { 0, 0, anomalous },
            },
        };

    [Fact]
    public void Booleans_of_any_nonzero_byte_are_true() =>
        Assert.Equal(2, ScoreBatch.Create((float[])[1, 2, 3], MemoryMarshal.Cast<byte, bool>((byte[])[255, 0, 2])).Valid().Positives);

    [Fact]
    public void Changing_the_callers_arrays_after_Create_changes_nothing()
    {
        double[] wide = [0.1, 0.2, 0.3, 0.4];
        float[] narrow = [0.1f, 0.2f, 0.3f, 0.4f];
        bool[] labels = [true, false, true, false];
        var shape = new MapShape(1, 2, 2);
        var rows = ScoreBatch.Create(wide, labels).Valid();
        var scores = Scores.Create(narrow).Valid();
        var maps = MapBatch.Create(narrow, labels, shape).Valid();
        var plain = Maps.Create(wide, shape).Valid();
        var before = (RankState.Of(rows), ExtremaState.Of(scores), RegionState.Of(maps), LogMomentState.Of(plain), maps.ImageScores[0]);
        Array.Fill(wide, 7);
        Array.Fill(narrow, 7);
        Array.Fill(labels, true);
        Assert.Equal(
            before,
            (RankState.Of(rows), ExtremaState.Of(scores), RegionState.Of(maps), LogMomentState.Of(plain), maps.ImageScores[0])
        );
    }

    [Fact]
    public void Empty_batches_are_valid_and_change_nothing()
    {
        Assert.Equal(RankState.Empty, RankState.Of(ScoreBatch.Create((double[])[], (bool[])[]).Valid()));
        Assert.Equal(RankState.Empty, RankState.Of(ScoreBatch.Empty));
        Assert.Equal(ExtremaState.Empty, ExtremaState.Of(Scores.Create((float[])[]).Valid()));
        Assert.Equal(ExtremaState.Empty, ExtremaState.Of(Scores.Empty));
        foreach (var shape in (MapShape[])[new(0, 3, 2), new(0, 0, 0), new(0, 0, 5)])
        {
            Assert.Equal(RegionState.Empty, RegionState.Of(MapBatch.Create((float[])[], (byte[])[], shape).Valid()));
            Assert.Equal(LogMomentState.Empty, LogMomentState.Of(Maps.Create((float[])[], shape).Valid()));
            Assert.Empty(MapBatch.Create((float[])[], (byte[])[], shape).Valid().ImageScores);
        }
    }

    [Fact]
    public void Negative_zero_is_reported_as_positive_zero()
    {
        var scores = Scores.Create((double[])[-0.0]).Valid();
        var range = MinMax.Metric.Run([scores]).ThrowIfFail();
        Same.Bits(0.0, range.Min);
        Same.Bits(0.0, MinMax.Metric.Run([scores.Negated]).ThrowIfFail().Max);
        Same.Bits(0.0, MinMax.Metric.Run([Scores.Create((float[])[-0.0f]).Valid().Negated]).ThrowIfFail().Max);
        Same.Bits(0.0, MapBatch.Create((float[])[-0.0f], (bool[])[true], new(1, 1, 1)).Valid().ImageScores[0]!.Value);
    }

    private static RankState Bag(double[] scores) => Bag(Scores.Create(scores).Valid());

    private static RankState Bag(Scores scores) =>
        new(scores.Chunks.Aggregate(Numerics.KeyBag.Empty, (bag, chunk) => bag.Add(chunk)), Numerics.KeyBag.Empty);
}
