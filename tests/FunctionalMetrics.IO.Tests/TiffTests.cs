using System.Buffers.Binary;

namespace FunctionalMetrics.IO.Tests;

public sealed class TiffTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Problem(byte[] tiff) => MapSource.TryOpen(folder.Write("a.tiff", tiff)).Sentence();

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

    [Fact]
    public void What_is_wrong_is_said()
    {
        Assert.Contains("begins neither with 'II*'", Problem([.. "no picture at all"u8]));
        Assert.Contains("shorter than", Problem([.. "II*"u8]));
        Assert.Contains("is truncated", Problem(Tiff(2, 2, [1, 2, 3, 4])[..^8]));
        Assert.Contains("3 channels", Problem(Tiff(2, 2, [1, 2, 3, 4], (277, 3))));
        Assert.Contains("min-is-white", Problem(Tiff(2, 2, [1, 2, 3, 4], (262, 0))));
        Assert.Contains("colours CIELAB", Problem(Tiff(2, 2, [1, 2, 3, 4], (262, 8))));
        Assert.Contains("orientation", Problem(Tiff(2, 2, [1, 2, 3, 4], (274, 3))));
        Assert.Contains("samples of 8 bits, INT", Problem(Tiff(2, 2, [1, 2, 3, 4], (339, 2))));
        Assert.Contains("compressed with JPEG", Problem(Tiff(2, 2, [1, 2, 3, 4], (259, 7))));
        Assert.Contains("claims more", Problem(Tiff(2, 2, [1, 2, 3, 4], (259, 5), (279, int.MaxValue))));
        Assert.Contains("is damaged in row 0 of 2: ", Problem(Tiff(2, 2, [1, 2, 3, 4], (259, 8))));
        Assert.Contains("is damaged", Problem(Tiff(2, 2, [1, 2, 3, 4], (273, 4000))));
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

    [Fact]
    public void Nothing_is_printed()
    {
        var (output, error) = (Console.Out, Console.Error);
        var said = new StringWriter();
        try
        {
            Console.SetOut(said);
            Console.SetError(said);
            Problem(Tiff(2, 2, [1, 2, 3, 4], (259, 8), (60000, 1)));
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
        Assert.Equal("", said.ToString());
    }
}
