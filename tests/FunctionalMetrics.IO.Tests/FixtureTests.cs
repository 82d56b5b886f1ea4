namespace FunctionalMetrics.IO.Tests;

/// <summary>Files written by numpy, Pillow, tifffile and pandas (fixtures/make.py).</summary>
public class FixtureTests
{
    public static TheoryData<string> Pictures =>
        [
            .. Directory
                .EnumerateFiles(Places.Fixture(""))
                .Select(path => Path.GetFileName(path)!)
                .Where(name => name.Contains('-') && ImageReader.Reads(name))
                .Order(StringComparer.Ordinal),
        ];

    public static TheoryData<string, string> Refused =>
        new()
        {
            { "object.npy", "Python objects" },
            { "structured.npy", "structured dtype" },
            { "complex.npy", "dtype '<c8'" },
            { "rgb.png", "3 channels" },
            { "rgb.bmp", "3 channels that differ" },
            { "rgba.png", "3 channels that differ" },
            { "grey-alpha.png", "transparent pixel (row 0, column 0 has alpha" },
            { "trns.png", "transparent pixel (row 0, column 0 has the colour that its tRNS chunk names)" },
            { "palette.png", "--mask-threshold T takes palette indices" },
            { "palette.bmp", "--mask-threshold T takes palette indices" },
            { "palette.tiff", "--mask-threshold T takes palette indices" },
            { "rgb.tiff", "3 channels that differ" },
            { "pages.tiff", "several pages" },
            { "jpeg.tiff", "compressed with JPEG" },
            { "min-is-white.tiff", "min-is-white" },
            { "zstd.tiff", "compressed with Zstandard" },
            { "lzma.tiff", "compressed with LZMA" },
        };

    [Theory]
    [MemberData(nameof(Pictures))]
    public void A_file_of_other_software_holds_the_same_numbers_as_its_plain_array(string name)
    {
        using var plain = ImageReader.Open(Places.Fixture(name[..name.IndexOf('-')] + ".npy"));
        using var other = ImageReader.Open(Places.Fixture(name), byIndex: name.StartsWith("index", StringComparison.Ordinal));
        Assert.Equal(plain.Shape, other.Shape);
        Assert.Equal(plain.Next(1), other.Next(1));
    }

    [Fact]
    public void There_are_pictures_to_compare() => Assert.True(Pictures.Count >= 50);

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_file_that_no_map_can_be_is_refused_by_name(string name, string reason)
    {
        var path = Places.Fixture(Path.Combine("refused", name));
        var sentence = MapSource.TryOpen(path).Bind(source => source.TryRead().First()).Sentence();
        Assert.StartsWith(path + ": ", sentence);
        Assert.Contains(reason, sentence);
    }

    [Fact]
    public void Every_file_to_refuse_is_one_of_those() =>
        Assert.Equal(
            Directory.EnumerateFiles(Places.Fixture("refused")).Select(path => Path.GetFileName(path)).Order(),
            Refused.Select(row => (string)row[0]).Order()
        );

    [Theory]
    [InlineData("stored.npz")]
    [InlineData("deflated.npz")]
    public void Maps_and_masks_come_out_of_one_archive(string name)
    {
        var path = Places.Fixture(name);
        var data = MapDataset.TryOpen(path + ":maps", path + ":masks").Good();
        var images = data.TryRead().Select(part => part.Good()).Single();
        using var plain = ImageReader.Open(Places.Fixture("f32.npy"));
        using var bits = ImageReader.Open(Places.Fixture("bit.npy"));
        Assert.Equal(((float[])plain.Next(1)).Select(value => (double)value), images.Batch.Maps.Pixels().Values);
        Assert.Equal(((byte[])bits.Next(1)).Select(value => value == 255), images.Batch.MaskPixels());
    }

    [Theory]
    [InlineData("bom-crlf.csv")]
    [InlineData("tabs.tsv")]
    public void Tables_of_pandas_are_read(string name)
    {
        var batch = ScoreFile.TryReadLabelled(Places.Fixture(name)).Good();
        Assert.Equal([5e-324, 2.5e-3, 1e300], batch.PositiveScores());
        Assert.Equal([-1.0, 0.1], batch.NegativeScores());
        Assert.Equal(
            [0.0],
            ScoreFile.TryReadLabelled(Places.Fixture(name), "label", "name", ["two\nlines"], ["*"]).Good().PositiveScores()
        );
        Assert.Equal(1, ScoreFile.TryReadLabelled(Places.Fixture(name), "score", "name", ["say \"x\""], ["*"]).Good().Positives);
    }
}
