using FsCheck;
using FsCheck.Xunit;

namespace FunctionalMetrics.IO.Tests;

public sealed class PngTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private Array Decode(byte[] png)
    {
        using var images = ImageReader.Open(folder.Write("a.png", png));
        return images.Next(1);
    }

    private string Problem(byte[] png) =>
        MapSource.TryOpen(folder.Write("a.png", png)).Bind(source => source.TryRead().Single()).Sentence();

    [Theory]
    [InlineData(1, new byte[] { 0, 0b1010_0000 }, new byte[] { 255, 0, 255 })]
    [InlineData(2, new byte[] { 0, 0b00_01_11_00 }, new byte[] { 0, 85, 255 })]
    [InlineData(4, new byte[] { 0, 0x01, 0xF0 }, new byte[] { 0, 17, 255 })]
    [InlineData(8, new byte[] { 0, 1, 2, 255 }, new byte[] { 1, 2, 255 })]
    public void Samples_of_few_bits_are_scaled_to_255(int depth, byte[] row, byte[] pixels) =>
        Assert.Equal(pixels, Decode(Make.Png(3, 1, depth, 0, row)));

    [Fact]
    public void Both_bytes_of_16_bit_samples_count() =>
        Assert.Equal(new ushort[] { 0x0102, 0xFFFE }, Decode(Make.Png(2, 1, 16, 0, [0, 1, 2, 0xFF, 0xFE])));

    [Fact]
    public void Every_filter_is_undone() =>
        Assert.Equal(
            new byte[] { 1, 3, 6, 2, 5, 9, 5, 10, 15, 10, 20, 32, 11, 19, 33 },
            Decode(Make.Png(3, 5, 8, 0, [1, 1, 2, 3, 2, 1, 2, 3, 1, 5, 5, 5, 3, 8, 10, 15, 4, 1, 255, 1]))
        );

    [Fact]
    public void Interlaced_pictures_read_like_others()
    {
        // 3 x 3, Adam7: pass 1 has (0, 0), pass 4 (0, 2), pass 5 row 2 with columns 0 and 2, pass 6 column 1 of rows 0 and 2, pass 7 row 1
        byte[] rows = [0, 1, 0, 3, 0, 7, 9, 0, 2, 0, 8, 0, 4, 5, 6];
        Assert.Equal(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 }, Decode(Make.Png(3, 3, 8, 0, rows, true)));
    }

    [Fact]
    public void Grey_may_be_written_as_a_palette_or_as_three_equal_channels()
    {
        Assert.Equal(new byte[] { 200, 7 }, Decode(Make.Png(2, 1, 8, 3, [0, 1, 0], false, ("PLTE", [7, 7, 7, 200, 200, 200]))));
        Assert.Equal(new byte[] { 9, 8 }, Decode(Make.Png(2, 1, 8, 2, [0, 9, 9, 9, 8, 8, 8])));
        Assert.Equal(new ushort[] { 258 }, Decode(Make.Png(1, 1, 16, 2, [0, 1, 2, 1, 2, 1, 2])));
    }

    [Fact]
    public void Opaque_alpha_is_dropped()
    {
        Assert.Equal(new byte[] { 9, 8 }, Decode(Make.Png(2, 1, 8, 4, [0, 9, 255, 8, 255])));
        Assert.Equal(new byte[] { 9 }, Decode(Make.Png(1, 1, 8, 6, [0, 9, 9, 9, 255])));
        Assert.Equal(new ushort[] { 258 }, Decode(Make.Png(1, 1, 16, 4, [0, 1, 2, 255, 255])));
        Assert.Equal(new byte[] { 1 }, Decode(Make.Png(1, 1, 8, 0, [0, 1], false, ("tRNS", [0, 2]))));
        Assert.Equal(new byte[] { 1 }, Decode(Make.Png(1, 1, 8, 2, [0, 1, 1, 1], false, ("tRNS", [0, 1, 0, 1, 0, 2]))));
        Assert.Equal(new byte[] { 7 }, Decode(Make.Png(1, 1, 8, 3, [0, 1], false, ("PLTE", [1, 2, 3, 7, 7, 7]), ("tRNS", [0]))));
    }

    [Fact]
    public void The_indices_of_a_palette_are_read_where_they_are_asked_for()
    {
        var png = Make.Png(4, 1, 2, 3, [0, 0b11_01_00_10], false, ("PLTE", [.. Enumerable.Range(0, 12).Select(i => (byte)i)]));
        using var images = ImageReader.Open(folder.Write("a.png", png), byIndex: true);
        Assert.Equal(new byte[] { 3, 1, 0, 2 }, images.Next(1));
    }

    [Fact]
    public void Colours_and_transparency_are_refused()
    {
        Assert.Contains(
            "3 channels that differ (row 0, column 1 is red 9, green 9, blue 8)",
            Problem(Make.Png(2, 1, 8, 2, [0, 1, 1, 1, 9, 9, 8]))
        );
        Assert.Contains(
            "palette of colours (row 0, column 0 has the index 0: red 1, green 2, blue 3); --mask-threshold T",
            Problem(Make.Png(1, 1, 8, 3, [0, 0], false, ("PLTE", [1, 2, 3])))
        );
        Assert.Contains("transparent pixel (row 0, column 0 has alpha 2 of 255)", Problem(Make.Png(1, 1, 8, 4, [0, 1, 2])));
        Assert.Contains("transparent pixel (row 1, column 0 has alpha 1", Problem(Make.Png(1, 2, 8, 6, [0, 1, 1, 1, 255, 0, 1, 1, 1, 1])));
        Assert.Contains("the colour that its tRNS chunk names", Problem(Make.Png(1, 1, 8, 0, [0, 1], false, ("tRNS", [0, 1]))));
        Assert.Contains("the colour that its tRNS", Problem(Make.Png(1, 1, 2, 0, [0, 0b1000_0000], false, ("tRNS", [0, 2]))));
        Assert.Contains("the colour that its tRNS", Problem(Make.Png(1, 1, 16, 0, [0, 1, 2], false, ("tRNS", [1, 2]))));
        Assert.Contains(
            "the index 0, with alpha 254 of 255",
            Problem(Make.Png(1, 1, 8, 3, [0, 0], false, ("PLTE", [1, 1, 1]), ("tRNS", [254])))
        );
        Assert.Contains("tRNS chunk has 3 bytes, not 2", Problem(Make.Png(1, 1, 8, 0, [0, 1], false, ("tRNS", [0, 1, 2]))));
    }

    /// <summary>Rows of pixels of so many bytes, filtered as the standard defines it, from plain ones.</summary>
    [Property(MaxTest = 300)]
    public void Filters_are_undone_whatever_the_pixels_take(byte[] filters, PositiveInt width, byte seed)
    {
        var random = new Random(seed);
        foreach (var (depth, colour, channels) in ((int, int, int)[])[(8, 0, 1), (16, 0, 1), (8, 2, 3), (8, 6, 4), (16, 6, 4)])
        {
            var (height, stride) = (filters.Length + 1, channels * depth / 8);
            var plain = new byte[height * width.Get * stride];
            for (var i = 0; i < plain.Length; i++)
                plain[i] = (i % stride * 8 / depth) switch
                {
                    3 => 255,
                    0 => (byte)random.Next(256),
                    _ => plain[i - depth / 8],
                };
            var rows = new List<byte>();
            for (var row = 0; row < height; row++)
            {
                var filter = row == 0 ? seed % 5 : filters[row - 1] % 5;
                rows.Add((byte)filter);
                for (var i = 0; i < width.Get * stride; i++)
                {
                    int At(int up, int left) => row < up || i < left ? 0 : plain[(row - up) * width.Get * stride + i - left];
                    var (left, above, corner) = (At(0, stride), At(1, 0), At(1, stride));
                    var nearest = new[] { left, above, corner }.MinBy(near => Math.Abs(left + above - corner - near));
                    rows.Add((byte)(At(0, 0) - new[] { 0, left, above, (left + above) / 2, nearest }[filter]));
                }
            }
            var numbers = Decode(Make.Png(width.Get, height, depth, colour, [.. rows]));
            var expected = Enumerable
                .Range(0, height * width.Get)
                .Select(i => depth == 8 ? plain[i * stride] : plain[i * stride] << 8 | plain[i * stride + 1]);
            Assert.Equal(
                expected,
                numbers is byte[] bytes ? bytes.Select(value => (int)value) : ((ushort[])numbers).Select(value => (int)value)
            );
        }
    }

    [Fact]
    public void What_is_damaged_is_said()
    {
        var good = Make.Png(2, 2, 1, 2, 3, 4);
        Assert.Contains("PNG signature", Problem([.. "GIF89a"u8]));
        Assert.Contains("is truncated", Problem(good[..^12]));
        Assert.Contains("is truncated", Problem(good[..50]));
        good[^20] ^= 1;
        Assert.Contains("checksum", Problem(good));
        Assert.Contains("is truncated: its data ends in row 1 of 2", Problem(Make.Png(2, 2, 8, 0, [0, 1, 2])));
        Assert.Contains("more data than", Problem(Make.Png(2, 1, 8, 0, [0, 1, 2, 3])));
        Assert.Contains("filter 5", Problem(Make.Png(1, 1, 8, 0, [5, 1])));
        Assert.Contains("not in its palette", Problem(Make.Png(1, 1, 8, 3, [0, 3], false, ("PLTE", [1, 1, 1]))));
        Assert.Contains("bit depth 3", Problem(Make.Png(1, 1, 3, 0, [0, 3])));
        Assert.Contains("0 rows and 0 columns", Problem(Make.Png(0, 0, 8, 0, [])));
        Assert.Contains("critical chunk ABCD", Problem(Make.Png(1, 1, 8, 0, [0, 1], false, ("ABCD", []))));
    }

    [Theory]
    [InlineData(100_000, 100_000, 8)]
    [InlineData(100_000, 100_000, 1)]
    [InlineData(int.MaxValue, int.MaxValue, 16)]
    public void A_small_file_that_claims_a_huge_picture_is_refused_before_memory_is_taken(int width, int height, int depth)
    {
        var png = Make.Png(width, height, depth, 0, [0, 1]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("cannot hold", Problem(png));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1_000_000);
    }
}
