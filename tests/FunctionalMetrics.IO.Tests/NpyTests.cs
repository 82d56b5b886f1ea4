using System.IO.Compression;
using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace FunctionalMetrics.IO.Tests;

public sealed class NpyTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Float32_and_float64_keep_their_width()
    {
        var narrow = ScoreFile.TryRead(folder.Write("a.npy", Make.Npy("<f4", "(3,)", 0.1f, -2f, 3f))).Good().Sorted();
        narrow.Hold(true, -2.0, 0.1f, 3.0);
        var wide = ScoreFile.TryRead(folder.Write("b.npy", Make.Npy("<f8", "(3,)", 0.1, -2, 3))).Good().Sorted();
        wide.Hold(false, -2.0, 0.1, 3.0);
    }

    [Fact]
    public void Half_bytes_and_words_are_scores()
    {
        Assert.Equal(
            [0.5, 2],
            ScoreFile.TryRead(folder.Write("h.npy", Make.Npy("<f2", "(2,)", (Half)2, (Half)0.5))).Good().Sorted().Values
        );
        Assert.Equal([1, 255], ScoreFile.TryRead(folder.Write("b.npy", Make.Npy<byte>("|u1", "(2,)", 255, 1))).Good().Sorted().Values);
        Assert.Equal(
            [1, 65535],
            ScoreFile.TryRead(folder.Write("w.npy", Make.Npy<ushort>("<u2", "(2,)", 65535, 1))).Good().Sorted().Values
        );
    }

    [Theory]
    [InlineData("<f4")]
    [InlineData("=f4")]
    [InlineData("f4")]
    public void Little_endian_and_native_order_read_alike(string descr) =>
        Assert.Equal([1.5], ScoreFile.TryRead(folder.Write("a.npy", Make.Npy(descr, "(1,)", 1.5f))).Good().Sorted().Values);

    [Fact]
    public void Big_endian_numbers_are_turned_around()
    {
        var bytes = MemoryMarshal.AsBytes<float>([1.5f, -2f]).ToArray();
        Array.Reverse(bytes);
        var file = folder.Write("a.npy", Make.Npy(">f4", "(2,)", bytes));
        Assert.Equal([-2, 1.5], ScoreFile.TryRead(file).Good().Sorted().Values);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Header_versions_1_2_and_3_are_read(byte version)
    {
        var npy = Make.Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", BitConverter.GetBytes(7f), version);
        Assert.Equal([7], ScoreFile.TryRead(folder.Write("a.npy", npy)).Good().Sorted().Values);
    }

    [Fact]
    public void An_array_of_one_dimension_has_both_orders_at_once()
    {
        var npy = Make.Npy("{'descr': '<f4', 'fortran_order': True, 'shape': (1,), }", BitConverter.GetBytes(7f));
        Assert.Equal(1, ScoreFile.TryRead(folder.Write("a.npy", npy)).Good().Count);
    }

    [Theory]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", "Python objects")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", "structured dtype")]
    [InlineData("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", "dtype '<c8'")]
    [InlineData("{'descr': '<f4', 'shape': (1,), }", "does not give descr, fortran_order and shape")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", "the shape (-1,)")]
    [InlineData(
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }",
        "is truncated: the shape (2,) of float32 takes 8 bytes, 4 are there"
    )]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (0,), }", "has 4 bytes after")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807, 9223372036854775807, 9), }", "is truncated")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }", "the shape (99999999999999999999,)")]
    [InlineData("{'descr': '|b1', 'fortran_order': False, 'shape': (4,), }", "holds bool; scores are")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1, 1), }", "scores have one dimension")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (), }", "scores have one dimension")]
    [InlineData("rubbish", "does not give")]
    public void A_header_that_cannot_be_read_says_why(string header, string reason)
    {
        var path = folder.Write("a.npy", Make.Npy(header, BitConverter.GetBytes(1f)));
        var sentence = ScoreFile.TryRead(path).Sentence();
        Assert.StartsWith(path + ": ", sentence);
        Assert.Contains(reason, sentence);
    }

    [Fact]
    public void Whole_numbers_of_every_type_are_scores()
    {
        Assert.Equal([-128, 0, 127], Whole<sbyte>("|i1", -128, 0, 127));
        Assert.Equal([-32768, 7, 32767], Whole<short>("<i2", -32768, 7, 32767));
        Assert.Equal([int.MinValue, 7, int.MaxValue], Whole("<i4", int.MinValue, 7, int.MaxValue));
        Assert.Equal([0, 7, uint.MaxValue], Whole<uint>("<u4", 0, 7, uint.MaxValue));
        Assert.Equal([long.MinValue, 7, 1L << 53], Whole("<i8", long.MinValue, 7, 1L << 53));
        Assert.Equal([0, 7, 1UL << 63], Whole<ulong>("<u8", 0, 7, 1UL << 63));

        double[] Whole<T>(string descr, params T[] values)
            where T : unmanaged => [.. ScoreFile.TryRead(folder.Write("a.npy", Make.Npy(descr, "(3,)", values))).Good().Sorted().Values];
    }

    [Theory]
    [InlineData((1L << 53) + 1)]
    [InlineData(long.MaxValue)]
    public void A_whole_number_that_no_score_equals_is_named_with_its_place(long value)
    {
        Assert.EndsWith(
            $"[1] is {value}, which no float64 equals; scores are numbers that float64 holds",
            ScoreFile.TryRead(folder.Write("a.npy", Make.Npy("<i8", "(2,)", 7L, value))).Sentence()
        );
        Assert.EndsWith(
            $"[1, 0, 1] is {value}, which no float64 equals; scores are numbers that float64 holds",
            MapSource.TryOpen(folder.Write("m.npy", Make.Npy("<i8", "(2, 1, 2)", 7L, 8, 9, value))).Good().TryRead().Last().Sentence()
        );
    }

    [Property]
    public void An_array_in_Fortran_order_holds_what_it_holds_in_the_other(PositiveInt n, PositiveInt h, PositiveInt w, int seed)
    {
        var (count, height, width) = (n.Get % 5 + 1, h.Get % 6 + 1, w.Get % 6 + 2);
        var random = new Random(seed);
        var ordered = Enumerable.Range(0, count * height * width).Select(_ => random.NextSingle()).ToArray();
        var fortran = new float[ordered.Length];
        for (var i = 0; i < ordered.Length; i++)
            fortran[i / (height * width) + count * (i / width % height + height * (i % width))] = ordered[i];
        var (shape, data) = ($"({count}, {height}, {width})", MemoryMarshal.AsBytes<float>(fortran).ToArray());
        var path = folder.Write("f.npy", Make.Npy($"{{'descr': '<f4', 'fortran_order': True, 'shape': {shape}, }}", data));
        Assert.Equal(
            ordered.Select(value => (double)value),
            MapSource.TryOpen(path).Good().TryRead().SelectMany(maps => maps.Good().Pixels().Values)
        );
    }

    [Fact]
    public void An_array_in_Fortran_order_that_is_damaged_is_refused()
    {
        var sound = Make.Npy("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 2), }", new byte[16]);
        Assert.Contains("is truncated", MapSource.TryOpen(folder.Write("a.npy", sound[..^1])).Sentence());
        Assert.Contains("has 1 bytes after", MapSource.TryOpen(folder.Write("b.npy", [.. sound, 0])).Sentence());
    }

    [Fact]
    public void Broken_beginnings_are_named()
    {
        Assert.Contains("does not begin with", ScoreFile.TryRead(folder.Write("a.npy", "score\n1\n2\n3\n")).Sentence());
        Assert.Contains("does not begin with", ScoreFile.TryRead(folder.Write("b.npy", [0x93])).Sentence());
        Assert.Contains("version 4.0", ScoreFile.TryRead(folder.Write("c.npy", Make.Npy("{}", [], 4))).Sentence());
        Assert.Contains("empty file", ScoreFile.TryRead(folder.Write("d.npy", [])).Sentence());
        Assert.Contains("does not exist", ScoreFile.TryRead(folder.File("e.npy")).Sentence());
        Assert.Contains("is a folder", ScoreFile.TryRead(folder.Path).Sentence());
        byte[] hostile = [0x93, .. "NUMPY"u8, 2, 0, 0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3];
        Assert.Contains("claims 4294967295 bytes", ScoreFile.TryRead(folder.Write("f.npy", hostile)).Sentence());
    }

    [Fact]
    public void Scores_must_be_finite() =>
        Assert.EndsWith(
            ": scores[1] is NaN; scores must be finite",
            ScoreFile.TryRead(folder.Write("a.npy", Make.Npy("<f4", "(2,)", 1, float.NaN))).Sentence()
        );

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void The_only_array_of_an_archive_needs_no_name(CompressionLevel level)
    {
        var path = folder.Write("a.npz", Make.Npz(level, ("scores.npy", Make.Npy("<f4", "(2,)", 1f, 2f))));
        Assert.Equal([1, 2], ScoreFile.TryRead(path).Good().Sorted().Values);
        Assert.Equal([1, 2], ScoreFile.TryRead(path + ":scores").Good().Sorted().Values);
    }

    [Fact]
    public void Which_of_several_arrays_must_be_said()
    {
        var arrays = new[] { ("a.npy", Make.Npy("<f4", "(1,)", 1f)), ("b.npy", Make.Npy("<f4", "(1,)", 2f)) };
        var path = folder.Write("a.npz", Make.Npz(CompressionLevel.Optimal, arrays));
        Assert.Equal([2], ScoreFile.TryRead(path + ":b").Good().Sorted().Values);
        Assert.EndsWith($"holds the arrays a, b; name one of them as {path}:a", ScoreFile.TryRead(path).Sentence());
        Assert.EndsWith("has no array 'c'; it holds the arrays a, b", ScoreFile.TryRead(path + ":c").Sentence());
        var twice = Make.Npz(CompressionLevel.Optimal, [.. arrays, arrays[0]]);
        Assert.Contains("holds more than one array '", ScoreFile.TryRead(folder.Write("t.npz", twice) + ":b").Sentence());
        Assert.Contains("holds no arrays", ScoreFile.TryRead(folder.Write("e.npz", Make.Npz(CompressionLevel.Optimal))).Sentence());
        Assert.Contains("is damaged or not a .npz file", ScoreFile.TryRead(folder.Write("f.npz", "no archive")).Sentence());
    }

    [Theory]
    [InlineData(@"C:\data\x.npz:maps", @"C:\data\x.npz", "maps")]
    [InlineData(@"C:\data\x.npz", @"C:\data\x.npz", null)]
    [InlineData("x.NPZ:a:b", "x.NPZ", "a:b")]
    [InlineData("x.npy", "x.npy", null)]
    public void The_name_of_an_array_stands_behind_the_archive(string path, string file, string? array) =>
        Assert.Equal(new NpzPath(file, array), NpzPath.Parse(path));

    [Fact]
    public void An_array_whose_bits_rotted_in_a_stored_archive_is_noticed()
    {
        var npz = Make.Npz(CompressionLevel.NoCompression, ("scores.npy", Make.Npy("<f4", "(2,)", 1f, 2f)));
        npz[npz.AsSpan().IndexOf("(2,)"u8) + 10] ^= 1;
        var refusal = ScoreFile.TryRead(folder.Write("a.npz", npz)).Sentence();
        Assert.Contains("CRC-32", refusal, StringComparison.Ordinal);
        Assert.Contains("a.npz:scores", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_is_read_and_padded_as_numpy_does()
    {
        var target = new MemoryStream();
        NpyFile.Write(target, [1, 2, 3, 4, 5, 6.5], 2, 3);
        var bytes = target.ToArray();
        Assert.Equal(0, (bytes.Length - 6 * sizeof(double)) % 64);
        using var images = ImageReader.Open(folder.Write("a.npy", bytes));
        Assert.Equal(new Core.MapShape(1, 2, 3), images.Shape);
        Assert.Equal(new double[] { 1, 2, 3, 4, 5, 6.5 }, images.Next(1));
        Assert.Throws<ArgumentException>(() => NpyFile.Write(target, [1, 2], 3));
    }

    [Theory]
    [InlineData(new int[0], 1)]
    [InlineData(new[] { 0 }, 0)]
    [InlineData(new[] { 100_000 }, 100_000)]
    [InlineData(new[] { 7, 1, 3 }, 21)]
    public void Headers_of_every_number_of_dimensions_are_written_and_read(int[] shape, int count)
    {
        var target = new MemoryStream();
        NpyFile.Write(target, [.. Enumerable.Range(0, count).Select(value => (double)value)], shape);
        using var array = NpyReader.Open(folder.Write("a.npy", target.ToArray()));
        Assert.Equal(shape.Select(length => (long)length), array.Header.Shape);
        Assert.Equal([.. Enumerable.Range(0, count).Select(value => (double)value)], (double[])array.Next(count));
    }
}
