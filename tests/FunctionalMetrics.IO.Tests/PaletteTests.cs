using static FunctionalMetrics.IO.Tests.Judging;

namespace FunctionalMetrics.IO.Tests;

/// <summary>A palette of greys has values, whatever its indices are; one with a colour has indices alone, which a threshold may mean.</summary>
public sealed class PaletteTests : IDisposable
{
    private static readonly byte[] BlackWhite = [0, 0, 0, 255, 255, 255];
    private static readonly byte[] WhiteBlack = [255, 255, 255, 0, 0, 0];
    private static readonly byte[] Colours = [0, 0, 0, 128, 0, 0, 224, 224, 192];

    private readonly TemporaryFolder folder = new();

    public PaletteTests()
    {
        folder.Write("m/a.tiff", Make.Tiff(3, 1, 1, 2, 3));
        folder.Write("m/b.tiff", Make.Tiff(3, 1, 4, 5, 6));
    }

    public void Dispose() => folder.Dispose();

    private static byte[] Png(byte[] palette, params byte[] indices) => Make.Png(3, 1, 8, 3, [0, .. indices], before: ("PLTE", palette));

    /// <summary>A BMP of one bit a pixel; its palette has blue first, and a byte more.</summary>
    private static byte[] Bmp(byte[] palette, byte row) =>
        Make.Bmp(40, 3, 1, 1, [row, 0, 0, 0], [.. palette.Chunk(3).SelectMany(colour => (byte[])[colour[2], colour[1], colour[0], 0])]);

    private MapDataset Open(MapRules? rules = null) => MapDataset.Open(folder.File("m"), folder.File("k"), rules);

    private bool?[] Labels(string name, byte[] mask, MapRules? rules = null)
    {
        folder.Write("k/a.png", Make.Png(3, 1, new byte[3]));
        folder.Write(name, mask);
        return Open(rules).Images()[1].Labels;
    }

    public static TheoryData<string, byte[]> OfGreys =>
        new()
        {
            { "k/b.png", Png(BlackWhite, 0, 1, 0) },
            { "k/b.png", Png(WhiteBlack, 1, 0, 1) },
            { "k/b.bmp", Bmp(BlackWhite, 0b0100_0000) },
            { "k/b.bmp", Bmp(WhiteBlack, 0b1010_0000) },
        };

    [Theory]
    [MemberData(nameof(OfGreys))]
    public void A_palette_of_greys_means_what_it_shows_with_every_option(string name, byte[] mask)
    {
        bool?[] expected = [false, true, false];
        Assert.Equal(expected, Labels(name, mask));
        Assert.Equal(expected, Labels(name, mask, new() { MaskThreshold = 1 }));
        Assert.Equal(expected, Labels(name, mask, new() { MaskThreshold = 128 }));
        Assert.Equal(expected, Labels(name, mask, new() { MaskThreshold = 255 }));
        Assert.Equal([false, null, false], Labels(name, mask, new() { IgnoreValue = 255 }));
        Assert.DoesNotContain(Open(new() { MaskThreshold = 1 }).Notes(), note => note.Code == "masks_by_index");
    }

    [Fact]
    public void Greys_between_are_values_too()
    {
        byte[] palette = [.. BlackWhite, 128, 128, 128];
        Assert.Equal([false, true, null], Labels("k/b.png", Png(palette, 0, 1, 2), new() { IgnoreValue = 128, MaskThreshold = 200 }));
    }

    [Fact]
    public void A_palette_of_colours_is_read_by_its_indices_and_that_is_said()
    {
        folder.Write("k/a.png", Png(Colours, 0, 1, 2));
        folder.Write("k/b.png", Png(Colours, 0, 0, 2));
        var data = Open(new() { MaskThreshold = 1, IgnoreValue = 2 });
        data.Are(new Image("a", [1, 2, 3], [false, true, null]), new Image("b", [4, 5, 6], [false, false, null]));
        Assert.Contains(("masks_by_index", 2L), data.Notes());
        // Without a number of the user's there is no index to mean.
        Assert.Contains("has a palette of colours", Open().TryRead().Last().Sentence());
    }

    [Fact]
    public void What_is_wrong_with_an_index_is_not_said_of_a_value()
    {
        folder.Write("k/a.png", Png(Colours, 0, 1, 2));
        folder.Write("k/b.png", Png(Colours, 0, 0, 0));
        Assert.StartsWith(
            folder.File("k/a.png") + ": row 0, column 2 has the palette index 2 where row 0, column 1 has the palette index 1;",
            Open(new() { IgnoreValue = 7 }).TryRead().Last().Sentence()
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Indices_beside_values_are_an_error_that_names_one_of_each(bool turned)
    {
        folder.Write(turned ? "k/b.png" : "k/a.png", Png(Colours, 0, 1, 0));
        folder.Write(turned ? "k/a.png" : "k/b.png", Png(BlackWhite, 0, 1, 0));
        foreach (var rules in (MapRules[])[new() { MaskThreshold = 1 }, new() { IgnoreValue = 2 }])
            Assert.StartsWith(
                $"{folder.File(turned ? "k/b.png" : "k/a.png")}: has a palette of colours and so is read by its indices, where {folder.File(turned ? "k/a.png" : "k/b.png")} is read by its values;",
                Open(rules).TryRead().Last().Sentence()
            );
    }

    /// <summary>Nothing of it can be meant as an index or as a value.</summary>
    [Fact]
    public void A_mask_of_zeros_goes_with_indices()
    {
        folder.Write("k/a.png", Png(Colours, 0, 1, 0));
        folder.Write("k/b.png", Make.Png(3, 1, new byte[3]));
        Assert.Equal(
            [
                [false, true, false],
                [false, false, false],
            ],
            Open(new() { MaskThreshold = 1 }).Images().Select(image => image.Labels)
        );
    }

    [Fact]
    public void An_inverted_palette_of_what_is_left_out_means_what_it_shows()
    {
        folder.Write("k/a.png", Make.Png(3, 1, 0, 1, 0));
        folder.Write("k/b.png", Make.Png(3, 1, 0, 1, 0));
        folder.Write("i/a.png", Png(WhiteBlack, 1, 1, 0));
        Assert.Equal([false, true, null], Open(new() { Ignore = folder.File("i") }).Images()[0].Labels);
    }
}
