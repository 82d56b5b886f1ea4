using System.Buffers.Binary;
using BitMiracle.LibTiff.Classic;
using FsCheck;
using FsCheck.Xunit;

namespace FunctionalMetrics.IO.Tests;

public sealed class TiffTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Problem(byte[] tiff) =>
        MapSource.TryOpen(folder.Write("a.tiff", tiff)).Bind(source => source.TryRead().Single()).Sentence();

    /// <summary>A file of one strip of 8-bit samples, of which some tags are replaced.</summary>
    private static byte[] Tiff(int width, int height, byte[] data, params (int Tag, int Value)[] others)
    {
        var tags = new SortedDictionary<int, int>
        {
            [256] = width,
            [257] = height,
            [258] = 8,
            [259] = 1,
            [262] = 1,
            [273] = 8,
            [277] = 1,
            [278] = height,
            [279] = data.Length,
        };
        foreach (var (tag, value) in others)
            tags[tag] = value;
        var bytes = new byte[8 + data.Length + 2 + tags.Count * 12 + 4];
        "II*\0"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), 8 + data.Length);
        data.CopyTo(bytes, 8);
        var at = 8 + data.Length;
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(at), (short)tags.Count);
        at += 2;
        foreach (var (tag, value) in tags)
        {
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(at), (short)tag);
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(at + 2), tag is 256 or 257 or 273 or 278 or 279 ? (short)4 : (short)3);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at + 4), 1);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at + 8), value);
            at += 12;
        }
        return bytes;
    }

    /// <summary>The names of LibTIFF, TIFF 6.0 and the Library of Congress.</summary>
    [Theory]
    [InlineData(2, "CCITT (modified Huffman)")]
    [InlineData(6, "JPEG (of TIFF 6.0)")]
    [InlineData(7, "JPEG")]
    [InlineData(33003, "JPEG 2000")]
    [InlineData(33005, "JPEG 2000")]
    [InlineData(34712, "JPEG 2000")]
    [InlineData(34887, "LERC")]
    [InlineData(34892, "JPEG")]
    [InlineData(34925, "LZMA")]
    [InlineData(34926, "Zstandard")]
    [InlineData(34927, "WebP")]
    [InlineData(34933, "PNG")]
    [InlineData(34934, "JPEG XR")]
    [InlineData(50000, "Zstandard")]
    [InlineData(50001, "WebP")]
    [InlineData(50002, "JPEG XL")]
    [InlineData(52546, "JPEG XL")]
    public void A_compression_that_cannot_be_read_is_named(int compression, string name) =>
        Assert.Contains(
            $"is compressed with {name}",
            Tags((256, 1), (257, 1), (258, 32), (259, compression), (339, 3)),
            StringComparison.Ordinal
        );

    [Fact]
    public void Tags_may_hold_nothing_and_a_directory_without_any_says_what_is_missing()
    {
        Assert.Contains("how many rows and columns", Tags(), StringComparison.Ordinal);
        // A tag of no values is passed over, and what follows is read.
        var bytes = Make.Tiff(2, 1, 1.5f, -2f);
        var (at, found) = (BitConverter.ToInt32(bytes, 4), false);
        for (var entry = at + 2; entry < at + 2 + 12 * BitConverter.ToUInt16(bytes, at); entry += 12)
            if (BitConverter.ToUInt16(bytes, entry) is 284 or 262 && !found)
            {
                BitConverter.GetBytes((ushort)65000).CopyTo(bytes, entry);
                BitConverter.GetBytes(0).CopyTo(bytes, entry + 4);
                found = true;
            }
        Assert.True(found);
        using var images = ImageReader.Open(folder.Write("n.tiff", bytes));
        Assert.Equal(2, images.Shape.ImagePixels);
    }

    /// <summary>What is said of a TIFF with these tags, each a number of 32 bits, and no more.</summary>
    private string Tags(params (int Tag, int Value)[] tags)
    {
        byte[] bytes =
        [
            .. "II*\0"u8,
            8,
            0,
            0,
            0,
            .. BitConverter.GetBytes((ushort)tags.Length),
            .. tags.SelectMany(tag =>
                (byte[])[.. BitConverter.GetBytes((ushort)tag.Tag), 4, 0, 1, 0, 0, 0, .. BitConverter.GetBytes(tag.Value)]
            ),
            0,
            0,
            0,
            0,
        ];
        return Assert.Throws<InputException>(() => ImageReader.Open(folder.Write("t.tiff", bytes)).Dispose()).Message;
    }

    [Fact]
    public void Floats_are_read_bit_for_bit()
    {
        float[] pixels = [0.1f, -3, float.Epsilon, float.MaxValue, -0f, 7];
        using var images = ImageReader.Open(folder.Write("a.tif", Make.Tiff(3, 2, pixels)));
        Assert.Equal(new Core.MapShape(1, 2, 3), images.Shape);
        Assert.Equal(pixels.Select(BitConverter.SingleToInt32Bits), ((float[])images.Next(1)).Select(BitConverter.SingleToInt32Bits));
    }

    [Fact]
    public void A_plain_file_of_bytes_is_read()
    {
        using var images = ImageReader.Open(folder.Write("a.tif", Tiff(2, 2, [1, 2, 3, 4])));
        Assert.Equal(new byte[] { 1, 2, 3, 4 }, images.Next(1));
    }

    /// <summary>As those of a .npy file are.</summary>
    [Fact]
    public void Whole_numbers_of_any_sign_are_scores_and_masks()
    {
        Assert.Equal([1, -1], Scores((339, 2), (258, 8)));
        Assert.Equal([257, -258], Scores((339, 2), (258, 16)));
        Assert.Equal([16843009, -16843010], Scores((339, 2), (258, 32)));
        Assert.Equal([16843009, 4278124286], Scores((339, 1), (258, 32)));

        double[] Scores(params (int, int)[] tags)
        {
            var size = tags[1].Item2 / 8;
            byte[] data = [.. Enumerable.Repeat((byte)1, size), .. Enumerable.Repeat((byte)254, size)];
            if (size == 1)
                data[1] = 255;
            var tiff = Tiff(2, 1, data, tags);
            folder.Write("k.tiff", Tiff(2, 1, [.. Enumerable.Repeat((byte)0, size), 1, .. Enumerable.Repeat((byte)0, size - 1)], tags));
            var read = MapDataset.Open(folder.Write("m.tiff", tiff), folder.File("k.tiff")).Read().Single();
            Assert.Equal([false, true], read.Batch.MaskPixels());
            return [.. MapSource.Open(folder.File("m.tiff")).Read().Single().Pixels().Values];
        }
    }

    [Fact]
    public void What_is_wrong_is_said()
    {
        Assert.Contains("begins neither with 'II*'", Problem([.. "no picture at all"u8]));
        Assert.Contains("shorter than", Problem([.. "II*"u8]));
        Assert.Contains("is truncated", Problem(Tiff(2, 2, [1, 2, 3, 4])[..^8]));
        Assert.Contains("3 channels", Problem(Tiff(2, 2, [1, 2, 3, 4], (277, 3))));
        Assert.Contains("2 channels", Problem(Tiff(2, 2, [1, 2, 3, 4], (277, 2), (262, 3))));
        Assert.Contains("min-is-white", Problem(Tiff(2, 2, [1, 2, 3, 4], (262, 0))));
        Assert.Contains("colours CIELAB", Problem(Tiff(2, 2, [1, 2, 3, 4], (262, 8))));
        Assert.Contains("orientation", Problem(Tiff(2, 2, [1, 2, 3, 4], (274, 3))));
        Assert.Contains("samples of 8 bits, COMPLEXINT", Problem(Tiff(2, 2, [1, 2, 3, 4], (339, 5))));
        Assert.Contains("compressed with JPEG", Problem(Tiff(2, 2, [1, 2, 3, 4], (259, 7))));
        Assert.Contains("compressed with 12345;", Problem(Tiff(2, 2, [1, 2, 3, 4], (259, 12345))));
        Assert.Contains(
            "predictor 2 (horizontal differencing) with samples of 1 bits",
            Problem(Tiff(2, 2, [1, 2, 3, 4], (258, 1), (259, 5), (317, 2)))
        );
        Assert.Contains("predictor 3 (floating point) with samples of 8 bits", Problem(Tiff(2, 2, [1, 2, 3, 4], (259, 5), (317, 3))));
        Assert.Contains("predictor 7 with", Problem(Tiff(2, 2, [1, 2, 3, 4], (259, 5), (317, 7))));
        Assert.Contains("claim more bytes", Problem(Tiff(2, 2, [1, 2, 3, 4], (259, 5), (279, int.MaxValue))));
        Assert.Contains("is damaged", Problem(Tiff(2, 2, [1, 2, 3, 4], (259, 8))));
        Assert.Contains("row 0 of 2: it decodes to", Problem(Tiff(2, 2, [1, 2, 3, 4], (259, 32773))));
        Assert.Contains("LZW of before TIFF 5.0", Problem(Tiff(2, 2, [0, 1, 3, 4], (259, 5))));
        Assert.Contains("row 0 of 2: it claims 4 bytes from byte 4000", Problem(Tiff(2, 2, [1, 2, 3, 4], (273, 4000))));
        Assert.Contains("row 0 of 2: it has 3 bytes where 4 are needed", Problem(Tiff(2, 2, [1, 2, 3, 4], (279, 3))));
        Assert.Contains("transparent pixel (row 0, column 1 has alpha 4 of 255)", Problem(Tiff(2, 1, [1, 255, 3, 4], (277, 2))));
        Assert.Contains("channels apart", Problem(Tiff(2, 1, [1, 255, 3, 255], (277, 2), (284, 2))));
        Assert.Contains("its palette has 0 levels, not 768", Problem(Tiff(2, 2, [1, 2, 3, 4], (262, 3))));
    }

    [Theory]
    [InlineData(322, 16, 323, 16)]
    [InlineData(278, 1, 278, 1)]
    public void Tiles_and_strips_that_are_not_there_are_said_at_once(int tag, int value, int other, int otherValue) =>
        Assert.Contains("and it says where", Problem(Tiff(40, 4, new byte[160], (tag, value), (other, otherValue))));

    [Fact]
    public void A_file_without_rows_or_with_tiles_that_it_cannot_hold_is_refused_at_once()
    {
        Assert.Contains(
            "how many rows and columns",
            Problem(Tiff(2, 2, [1, 2, 3, 4]).Select((b, i) => i == 8 + 4 + 2 + 12 ? (byte)250 : b).ToArray())
        );
        Assert.Contains("do not make up", Problem(Tiff(2, 2, [1, 2, 3, 4], (322, 0), (323, 16))));
        Assert.Contains("do not make up", Problem(Tiff(2, 2, [1, 2, 3, 4], (322, 1 << 30), (323, 1 << 30))));
        Assert.Contains("cannot hold", Problem(Tiff(2, 2, [1, 2, 3, 4], (322, 1024), (323, 1024), (324, 8), (325, 4))));
    }

    /// <summary>Against LibTiff, which writes what is read here: strings of LZW that repeat, tables that overflow, differences, strips.</summary>
    [Trait("Category", "Slow")]
    [Property(MaxTest = 100)]
    public void What_LibTiff_writes_is_read_bit_for_bit(PositiveInt width, PositiveInt height, PositiveInt rows, PositiveInt few, int seed)
    {
        var random = new Random(seed);
        var (w, h) = (width.Get * 3, height.Get * 5);
        float[] pixels = [.. Enumerable.Range(0, w * h).Select(_ => random.Next(5) == 0 ? random.NextSingle() : random.Next(few.Get))];
        foreach (var compression in (Compression[])[Compression.NONE, Compression.LZW, Compression.ADOBE_DEFLATE, Compression.PACKBITS])
        foreach (var predictor in (Predictor[])[Predictor.NONE, Predictor.HORIZONTAL, Predictor.FLOATINGPOINT])
        {
            using var images = ImageReader.Open(folder.Write("a.tif", Make.Tiff(w, h, pixels, compression, predictor, rows.Get)));
            Assert.Equal(pixels.Select(BitConverter.SingleToInt32Bits), ((float[])images.Next(1)).Select(BitConverter.SingleToInt32Bits));
        }
    }

    [Theory]
    [InlineData(100_000, 100_000)]
    [InlineData(int.MaxValue, 1)]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(-1, -1)]
    public void A_small_file_that_claims_a_huge_picture_is_refused_before_memory_is_taken(int width, int height)
    {
        var tiff = Tiff(width, height, [1, 2, 3, 4]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Matches("rows and .* columns|is damaged", Problem(tiff));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1_000_000);
    }
}
