namespace FunctionalMetrics.IO.Tests;

public sealed class BmpTests : IDisposable
{
    private static readonly byte[] Greys = [5, 5, 5, 0, 9, 9, 9, 0, 200, 200, 200, 0];
    private static readonly byte[] Colours = [5, 5, 5, 0, 9, 8, 9, 0, 200, 200, 200, 0];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private Array Decode(byte[] bmp, bool byIndex = false)
    {
        using var images = ImageReader.Open(folder.Write("a.bmp", bmp), byIndex: byIndex);
        return images.Next(1);
    }

    private string Problem(byte[] bmp) =>
        MapSource.TryOpen(folder.Write("a.bmp", bmp)).Bind(source => source.TryRead().Single()).Sentence();

    [Theory]
    [InlineData(16)]
    [InlineData(40)]
    [InlineData(52)]
    [InlineData(56)]
    [InlineData(64)]
    [InlineData(108)]
    [InlineData(124)]
    public void Palettes_of_greys_are_read_as_greys_and_of_colours_as_indices_behind_every_header(int header)
    {
        byte[] rows = [2, 1, 0, 0, 0, 0, 1, 0];
        foreach (var byIndex in new[] { false, true })
            Assert.Equal(new byte[] { 5, 5, 9, 200, 9, 5 }, Decode(Make.Bmp(header, 3, 2, 8, rows, Greys), byIndex));
        Assert.Equal(new byte[] { 0, 0, 1, 2, 1, 0 }, Decode(Make.Bmp(header, 3, 2, 8, rows, Colours), true));
    }

    [Fact]
    public void The_header_of_OS2_has_palettes_of_three_bytes()
    {
        byte[] palette = [1, 1, 1, 7, 7, 7];
        Assert.Equal(new byte[] { 7, 1, 7 }, Decode(Make.Bmp(12, 3, 1, 1, [0b1010_0000, 0, 0, 0], palette)));
        Assert.Equal(new byte[] { 1, 0, 1 }, Decode(Make.Bmp(12, 3, 1, 4, [0x10, 0x10, 0, 0], [1, 1, 1, 7, 7, 8]), true));
    }

    [Fact]
    public void Rows_run_upwards_unless_their_number_is_negative() =>
        Assert.Equal(new byte[] { 2, 1 }, Decode(Make.Bmp(40, 1, -2, 8, [2, 0, 0, 0, 1, 0, 0, 0], Colours), true));

    [Fact]
    public void Equal_channels_are_one()
    {
        Assert.Equal(new byte[] { 9, 8 }, Decode(Make.Bmp(40, 2, 1, 24, [9, 9, 9, 8, 8, 8, 0, 0], [])));
        Assert.Equal(new byte[] { 9, 8 }, Decode(Make.Bmp(40, 2, 1, 32, [9, 9, 9, 1, 8, 8, 8, 255], [])));
        Assert.Equal(new byte[] { 9 }, Decode(Make.Bmp(40, 1, 1, 32, [1, 9, 9, 9], [], 3, 0xFF00, 0xFF0000, 0xFF000000)));
        Assert.Equal(new byte[] { 9 }, Decode(Make.Bmp(124, 1, 1, 32, [9, 9, 9, 255], [], 3, 0xFF0000, 0xFF00, 0xFF, 0xFF000000)));
    }

    [Fact]
    public void What_is_wrong_is_said()
    {
        Assert.Contains("does not begin with 'BM'", Problem([.. "GIF89a"u8]));
        Assert.Contains("ends inside its header", Problem([.. "BM"u8]));
        Assert.Contains("header claims 41 bytes", Problem(Make.Bmp(41, 1, 1, 8, [1, 0, 0, 0], Greys)));
        Assert.Contains("compressed with RLE8;", Problem(Make.Bmp(40, 1, 1, 8, [1, 0, 0, 0], Greys, 1)));
        Assert.Contains("compressed with RLE4;", Problem(Make.Bmp(40, 1, 1, 4, [1, 0, 0, 0], Greys, 2)));
        Assert.Contains("compressed with RLE24;", Problem(Make.Bmp(64, 1, 1, 24, [1, 0, 0, 0], Greys, 4)));
        Assert.Contains("compressed with 77;", Problem(Make.Bmp(40, 1, 1, 24, [1, 0, 0, 0], Greys, 77)));
        Assert.Contains("has 16 bits a pixel;", Problem(Make.Bmp(40, 1, 1, 16, [1, 0, 0, 0], [])));
        Assert.Contains("has 16 bits a pixel in bit fields;", Problem(Make.Bmp(40, 1, 1, 16, [1, 0, 0, 0], [], 3, 1, 2, 4)));
        Assert.Contains("bit field 000007FF", Problem(Make.Bmp(40, 1, 1, 32, [1, 0, 0, 0], [], 3, 0x7FF, 0xFF00, 0xFF0000)));
        Assert.Contains(
            "3 channels that differ (row 0, column 0 is red 3, green 2, blue 1)",
            Problem(Make.Bmp(40, 1, 1, 24, [1, 2, 3, 0], []))
        );
        Assert.Contains(
            "transparent pixel (row 0, column 0 has alpha 7 of 255)",
            Problem(Make.Bmp(108, 1, 1, 32, [9, 9, 9, 7], [], 3, 0xFF0000, 0xFF00, 0xFF, 0xFF000000))
        );
        Assert.Contains("--mask-threshold T", Problem(Make.Bmp(40, 1, 1, 8, [0, 0, 0, 0], [1, 2, 3, 0])));
        Assert.Contains("index 3, which is not in its palette of 3", Problem(Make.Bmp(40, 1, 1, 8, [3, 0, 0, 0], Greys)));
        Assert.Contains("is truncated: its rows take 4 bytes", Problem(Make.Bmp(40, 1, 1, 8, [3, 0, 0], Greys)));
        Assert.Contains("0 rows and 1 columns", Problem(Make.Bmp(40, 1, 0, 8, [3, 0, 0], Greys)));
        Assert.Contains("cannot hold", Problem(Make.Bmp(40, int.MaxValue, int.MinValue, 8, [3, 0, 0], Greys)));
    }
}
