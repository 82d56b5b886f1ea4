using LanguageExt;

namespace FunctionalMetrics.IO.Tests;

public sealed class MaskTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private Fin<LabelledMaps> Read(byte[] masks, string shape, int images = 1, double? threshold = null)
    {
        var maps = folder.Write("maps.npy", Make.Npy("<f4", $"({images}, 2, 2)", new float[images * 4]));
        return MapDataset.TryOpen(maps, folder.Write("masks.npy", masks), new() { MaskThreshold = threshold }).Good().TryRead().First();
    }

    private bool[] Mask(byte[] masks, double? threshold = null) => Read(masks, "(1, 2, 2)", threshold: threshold).Good().Batch.MaskPixels();

    private string Problem(byte[] masks, int images = 1, double? threshold = null) => Read(masks, "", images, threshold).Sentence();

    [Fact]
    public void A_threshold_is_the_float_that_is_written_so_and_else_the_number_itself()
    {
        bool[] both = [true, true, false, false];
        var narrow = Make.Npy("<f4", "(2, 2)", 0.7f, 0.70000005f, 0f, 0f);
        Assert.Equal(both, Mask(narrow, 0.7));
        Assert.Equal(both, Mask(narrow, 0.6999999880790710));
        Assert.Equal([false, true, false, false], Mask(narrow, 0.700000011));
        Assert.Equal([false, false, false, false], Mask(narrow, 0.7000001));
        Assert.Equal(both, Mask(Make.Npy("<f2", "(2, 2)", (Half)0.7, (Half)0.7, Half.Zero, Half.Zero), 0.7));
        Assert.Equal([false, false, false, false], Mask(Make.Npy("<f2", "(2, 2)", (Half)0.7, (Half)0.7, Half.Zero, Half.Zero), 0.701));
        Assert.Equal([true, false, false, false], Mask(Make.Npy("<f8", "(2, 2)", 0.7, 0.69, 0.0, 0.0), 0.7));
    }

    [Fact]
    public void Every_number_type_that_holds_0_and_1_is_a_mask()
    {
        bool[] expected = [true, false, false, true];
        Assert.Equal(expected, Mask(Make.Npy("|b1", "(2, 2)", true, false, false, true)));
        Assert.Equal(expected, Mask(Make.Npy<byte>("|u1", "(2, 2)", 1, 0, 0, 1)));
        Assert.Equal(expected, Mask(Make.Npy<sbyte>("|i1", "(2, 2)", 1, 0, 0, 1)));
        Assert.Equal(expected, Mask(Make.Npy<short>("<i2", "(1, 2, 2)", 1, 0, 0, 1)));
        Assert.Equal(expected, Mask(Make.Npy<ushort>("<u2", "(1, 1, 2, 2)", 1, 0, 0, 1)));
        Assert.Equal(expected, Mask(Make.Npy("<i4", "(2, 2)", 1, 0, 0, 1)));
        Assert.Equal(expected, Mask(Make.Npy("<u4", "(2, 2)", 1u, 0u, 0u, 1u)));
        Assert.Equal(expected, Mask(Make.Npy("<i8", "(2, 2)", 1L, 0L, 0L, 1L)));
        Assert.Equal(expected, Mask(Make.Npy("<u8", "(2, 2)", 1ul, 0ul, 0ul, 1ul)));
        Assert.Equal(expected, Mask(Make.Npy("<f2", "(2, 2)", (Half)1, (Half)0, (Half)0, (Half)1)));
        Assert.Equal(expected, Mask(Make.Npy("<f4", "(2, 2)", 1f, 0f, -0f, 1f)));
        Assert.Equal(expected, Mask(Make.Npy("<f8", "(2, 2)", 1d, 0d, 0d, 1d)));
    }

    [Theory]
    [InlineData(new byte[] { 255, 0, 0, 255 }, new[] { true, false, false, true })]
    [InlineData(new byte[] { 255, 255, 255, 255 }, new[] { true, true, true, true })]
    [InlineData(new byte[] { 1, 1, 1, 1 }, new[] { true, true, true, true })]
    [InlineData(new byte[] { 0, 0, 0, 0 }, new[] { false, false, false, false })]
    public void A_mask_holds_0_and_1_or_0_and_255(byte[] values, bool[] expected) =>
        Assert.Equal(expected, Mask(Make.Npy("|u1", "(2, 2)", values)));

    [Theory]
    [InlineData(new byte[] { 0, 1, 7, 1 }, "row 1, column 0 is 7 where row 0, column 1 is 1")]
    [InlineData(new byte[] { 0, 0, 0, 128 }, "row 1, column 1 is 128;")]
    [InlineData(new byte[] { 1, 255, 0, 0 }, "row 0, column 1 is 255 where row 0, column 0 is 1")]
    [InlineData(new byte[] { 255, 0, 0, 1 }, "row 1, column 1 is 1 where row 0, column 0 is 255")]
    public void Anything_else_names_the_first_such_pixel_and_the_option(byte[] values, string place)
    {
        var sentence = Problem(Make.Npy("|u1", "(2, 2)", values));
        Assert.StartsWith(folder.File("masks.npy") + ": " + place, sentence);
        Assert.Contains("--mask-threshold", sentence);
    }

    [Fact]
    public void A_mask_in_a_stack_is_named_by_its_number() =>
        Assert.Contains("mask 1, row 0, column 1 is 2", Problem(Make.Npy<byte>("|u1", "(2, 2, 2)", 1, 0, 0, 0, 1, 2, 0, 0), 2));

    [Fact]
    public void Masks_of_two_conventions_are_refused_naming_one_of_each()
    {
        byte[] mixed = Make.Npy<byte>("|u1", "(2, 2, 2)", 255, 0, 0, 0, 1, 0, 0, 0);
        Assert.EndsWith(
            $"mask 1, row 0, column 0 is 1 where {folder.File("masks.npy")} holds 255; all masks hold 0 and 1, or all hold 0 and 255 (--ignore-value V leaves out pixels of the value V, such as void ones; --mask-threshold T takes values of T or more as anomalous)",
            Read(mixed, "", 2).Sentence()
        );
        Assert.Equal(2, Read(mixed, "", 2, 1).Good().Batch.Pixels.Positives);
    }

    [Fact]
    public void Soft_masks_are_cut_at_any_real_number() =>
        Assert.Equal(2, Read(Make.Npy("<f4", "(1, 2, 2)", 0.49f, 0.5f, 0.51f, 0f), "", threshold: 0.5).Good().Batch.Pixels.Positives);

    [Fact]
    public void Negative_numbers_are_below_every_threshold_and_no_mask_without_one()
    {
        byte[][] masks =
        [
            Make.Npy<sbyte>("|i1", "(2, 2)", 0, -1, 1, 0),
            Make.Npy<short>("<i2", "(2, 2)", 0, -1, 1, 0),
            Make.Npy("<i4", "(2, 2)", 0, -1, 1, 0),
            Make.Npy("<i8", "(2, 2)", 0L, -1L, 1L, 0L),
        ];
        foreach (var mask in masks)
        {
            Assert.Equal([false, false, true, false], Mask(mask, 1));
            Assert.Contains("row 0, column 1 is -1", Problem(mask));
        }
    }

    [Fact]
    public void The_largest_int8_is_not_255() => Assert.Contains("is 127", Problem(Make.Npy<sbyte>("|i1", "(2, 2)", 0, 127, 0, 0)));

    [Fact]
    public void A_threshold_takes_what_reaches_it()
    {
        Assert.Equal([false, false, true, true], Mask(Make.Npy<byte>("|u1", "(2, 2)", 0, 127, 128, 255), 128));
        Assert.Equal([false, true, false, true], Mask(Make.Npy("<f4", "(2, 2)", 0.99f, 1f, -7f, float.PositiveInfinity), 1));
        Assert.Contains("row 0, column 1 is NaN", Problem(Make.Npy("<f4", "(2, 2)", 1f, float.NaN, 0f, 0f), threshold: 1));
        Assert.Contains("is NaN", Problem(Make.Npy("<f4", "(2, 2)", 1f, float.NaN, 0f, 0f)));
    }
}
