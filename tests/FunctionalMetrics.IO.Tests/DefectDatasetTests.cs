using FunctionalMetrics.Core;

namespace FunctionalMetrics.IO.Tests;

/// <summary>The layout of MVTec LOCO: folders of channels, and the file that says what their pixel values mean.</summary>
public sealed class DefectDatasetTests : IDisposable
{
    private const string Config = """
        [{"defect_name": "missing", "pixel_value": 255, "saturation_threshold": 2, "relative_saturation": false, "more": null},
         {"defect_name": "dust", "pixel_value": 254, "saturation_threshold": 0.75, "relative_saturation": true}]
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string P(string relative) => folder.File(relative);

    private void Map(string name, params float[] pixels) =>
        folder.Write($"anomaly_maps/test/{name}.tiff", Make.Tiff(2, pixels.Length / 2, pixels));

    private void Channel(string name, params byte[] pixels) =>
        folder.Write($"ground_truth/{name}.png", Make.Png(2, pixels.Length / 2, pixels));

    private DefectsConfig Types(string json = Config) => DefectsConfig.TryRead(folder.Write("defects_config.json", json)).Good();

    private string Sentence()
    {
        var data = DefectDataset.TryOpen(folder.Path, Types());
        return data.IsFail ? data.Sentence() : data.Good().TryRead().Last().Sentence();
    }

    [Fact]
    public void Each_file_in_an_images_folder_is_a_defect_and_good_images_have_none()
    {
        Map("good/000", 1, 2, 3, 4);
        Map("logical_anomalies/000", 5, 6, 7, 8);
        Map("structural_anomalies/007", 1, 1, 9, 1);
        Channel("logical_anomalies/000/000", 255, 255, 255, 0);
        Channel("logical_anomalies/000/001", 0, 0, 254, 254);
        Channel("structural_anomalies/007/000", 0, 0, 254, 254);
        var data = DefectDataset.Open(folder.Path, Types());
        Assert.Equal(["good/000", "logical_anomalies/000", "structural_anomalies/007"], data.Images.Select(image => image.Name));
        Assert.Equal(["good", "logical_anomalies", "structural_anomalies"], data.Images.Select(image => image.Folder));
        Assert.Equal(["good", null, null], data.Images.Select(image => image.NormalFolder));
        var images = data.Read().ToList();
        Assert.Equal([0, 2, 1], images.Select(image => image.Batch.Defects.Count));
        Assert.Equal(["missing", "dust"], images[1].Types.Select(type => type.Name));
        Assert.Equal([(3, 2), (2, 1)], images[1].Batch.Defects.AsEnumerable().Select(defect => (defect.Area, defect.SaturationArea)));
        Assert.Equal(8, Assert.Single(images[1].Batch.ImageScores));
        Assert.Equal(-5, Assert.Single(images[1].Batch.Negated.ImageScores));
        var state = images.Select(image => SaturatedRegionState.Of(image.Batch)).Aggregate(SaturatedRegionState.Merge);
        Assert.Equal((3, 6, 6), (state.Defects, state.DefectPixels, state.NormalPixels));
        var apart = DefectDataset.TryOpen(P("anomaly_maps/test"), P("ground_truth"), Types()).Good();
        Assert.Equal(data.Images.Select(image => image.Name), apart.Images.Select(image => image.Name));
    }

    [Fact]
    public void Folders_of_normal_images_can_be_named()
    {
        Map("clean/000", 1, 2, 3, 4);
        Map("bent/000", 1, 2, 3, 4);
        Channel("bent/000/000", 255, 0, 0, 0);
        Assert.Contains("clean/000.tiff: has no defects; looked for files in the folder clean/000", Sentence());
        Assert.Equal("clean", DefectDataset.Open(folder.Path, Types(), ["clean"]).Images[1].NormalFolder);
    }

    [Theory]
    [InlineData(
        "a/000/000",
        new byte[] { 0, 7, 0, 0 },
        "000.png: row 0, column 1 is 7, which ",
        "does not name; its pixel values are 255, 254"
    )]
    [InlineData(
        "a/000/000",
        new byte[] { 0, 254, 0, 255 },
        "row 1, column 1 is 255, and row 0, column 1 is 254",
        "a file holds one defect"
    )]
    [InlineData("a/000/000", new byte[] { 0, 0, 0, 0 }, "has no pixel that is not 0", "")]
    [InlineData(
        "a/000/000",
        new byte[] { 254, 0, 0, 0 },
        "0.75 of the area gives a defect of 1 pixels a saturation area of 0",
        "from 1 to 1"
    )]
    [InlineData("a/000/000", new byte[] { 255, 0 }, "is 1 x 2, and its map", "is 2 x 2")]
    [InlineData("a/001/000", new byte[] { 255, 0, 0, 0 }, "is a defect without a map", "no map of that name")]
    [InlineData("a/000", new byte[] { 255, 0, 0, 0 }, "is a defect without a map: its folder is called a below", "")]
    [InlineData("good/000/000", new byte[] { 255, 0, 0, 0 }, "is a defect, though the map", "in the folder good of normal images")]
    public void A_file_that_is_no_defect_is_refused_with_its_name(string channel, byte[] pixels, string said, string more)
    {
        Map("good/000", 1, 2, 3, 4);
        Map("a/000", 1, 2, 3, 4);
        if (!channel.StartsWith("a/000/", StringComparison.Ordinal))
            Channel("a/000/009", 255, 0, 0, 0);
        Channel(channel, pixels);
        var sentence = Sentence();
        Assert.Contains(said, sentence);
        Assert.Contains(more, sentence);
        Assert.Contains(".png: ", sentence);
    }

    [Fact]
    public void An_anomalous_image_needs_a_folder_that_says_its_kind()
    {
        folder.Write("maps/000.tiff", Make.Tiff(2, 2, 1, 2, 3, 4));
        Channel("000/000", 255, 0, 0, 0);
        Assert.Contains("lies in no folder", DefectDataset.TryOpen(P("maps"), P("ground_truth"), Types()).Sentence());
    }

    [Theory]
    [InlineData("", "is an empty file")]
    [InlineData("[\n{]", "is no JSON: line 2, byte 2 is wrong")]
    [InlineData("{}", "holds an object; it is a list of objects")]
    [InlineData("[]", "holds no defect")]
    [InlineData("[3]", "[0] is 3; it is a list of objects")]
    [InlineData("""[{"pixel_value": 1}]""", "[0] has no defect_name")]
    [InlineData(
        """[{"defect_name": "\ud800", "pixel_value": 2, "relative_saturation": false, "saturation_threshold": 1}]""",
        "is damaged or not a JSON file: "
    )]
    [InlineData("""[{"defect_name": 5}]""", "[0].defect_name is 5; it must be a text")]
    [InlineData("""[{"defect_name": "a", "pixel_value": 0}]""", "[0].pixel_value is 0; it must be a whole number from 1")]
    [InlineData("""[{"defect_name": "a", "pixel_value": "255"}]""", "[0].pixel_value is '255'; it must be a whole number")]
    [InlineData("""[{"defect_name": "a", "pixel_value": 2.5}]""", "[0].pixel_value is 2.5;")]
    [InlineData(
        """[{"defect_name": "a", "pixel_value": 2, "relative_saturation": 1}]""",
        "[0].relative_saturation is 1; it must be true or false"
    )]
    [InlineData(
        """[{"defect_name": "a", "pixel_value": 2, "relative_saturation": true, "saturation_threshold": 1.5}]""",
        "[0].saturation_threshold is 1.5; it must be above 0 and at most 1, since relative_saturation is true"
    )]
    [InlineData(
        """[{"defect_name": "a", "pixel_value": 2, "relative_saturation": true, "saturation_threshold": 0}]""",
        "[0].saturation_threshold is 0; it must be above 0 and at most 1, since relative_saturation is true"
    )]
    [InlineData(
        """[{"defect_name": "a", "pixel_value": 2, "relative_saturation": false, "saturation_threshold": 0.5}]""",
        "[0].saturation_threshold is 0.5; it must be a whole number of pixels from 1, since relative_saturation is false"
    )]
    [InlineData(
        """[{"defect_name": "a", "pixel_value": 2, "relative_saturation": true, "saturation_threshold": 1}, {"defect_name": "b", "pixel_value": 2, "relative_saturation": true, "saturation_threshold": 1}]""",
        "[1].pixel_value is 2, as that of an entry before"
    )]
    public void A_wrong_file_of_types_is_one_sentence_with_the_place(string json, string said)
    {
        var path = folder.Write("wrong.json", json);
        var sentence = DefectsConfig.TryRead(path).Sentence();
        Assert.StartsWith(path + ": ", sentence);
        Assert.Contains(said, sentence);
    }
}
