namespace FunctionalMetrics.IO.Tests;

/// <summary>Labels of images in a table of their own, which win over masks and folders.</summary>
public sealed class ImageLabelTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public ImageLabelTests()
    {
        foreach (var name in new[] { "bad/0", "bad/1", "good/0" })
            folder.Write($"m/{name}.tiff", Make.Tiff(2, 1, 1, 2));
        folder.Write("k/bad/0_mask.png", Make.Png(2, 1, 0, 255));
        folder.Write("k/bad/1_mask.png", Make.Png(2, 1, 0, 0));
    }

    public void Dispose() => folder.Dispose();

    private ImageLabelFile Table(string rows, string header = "file,label") => new(folder.Write("labels.csv", $"{header}\n{rows}\n"));

    private LanguageExt.Fin<MapDataset> Open(ImageLabelFile labels, bool masked = true) =>
        MapDataset.TryOpen(folder.File("m"), masked ? folder.File("k") : null, new() { ImageLabels = labels });

    private static (bool, LabelReason)[] Decided(MapDataset data) =>
        [.. data.Read().SelectMany(part => part.Images).Select(image => (image.IsAnomalous, image.Reason))];

    [Fact]
    public void They_win_over_masks_and_folders_and_say_so()
    {
        var data = Open(Table("bad/1,1\ngood/0,0\nbad/0,0")).Good();
        Assert.Equal(
            [(false, LabelReason.GivenAgainstMask), (true, LabelReason.GivenAgainstMask), (false, LabelReason.Given)],
            Decided(data)
        );
        Assert.Equal([("given_label", 3L), ("given_label_against_mask", 2)], data.Notes());
        Assert.Equal(1, data.Read().Sum(part => part.Batch.Pixels.Positives));
        folder.Write("k/good/0_mask.png", Make.Png(2, 1, 255, 0));
        Assert.Contains("of normal images", MapDataset.Open(folder.File("m"), folder.File("k")).TryRead().Last().Sentence());
        Assert.Equal((true, LabelReason.Given), Decided(Open(Table("bad/1,0\ngood/0,1\nbad/0,1")).Good())[2]);
    }

    [Theory]
    [InlineData("bad/0,1\nbad/1,0", "labels.csv: has no row for the image good/0")]
    [InlineData("bad/0,1\nbad/1,0\ngood/0,0\nbad/0.png,1", "row 4 names the image bad/0 a second time; row 1 has named it")]
    [InlineData("bad/0,1\nworse/0,0", "row 2, column 'file': 'worse/0' is none of the images, which are called like bad/0")]
    [InlineData("bad/0,1\nbad/1,\ngood/0,0", "row 2, column 'label': is empty; a label is needed")]
    [InlineData("bad/0,1\nbad/1,nan\ngood/0,0", "row 2, column 'label': NaN is no label; a label is needed")]
    [InlineData("bad/0,1\nbad/1,crack\ngood/0,0", "row 2, column 'label': 'crack' is not 0 or 1, nor true or false")]
    public void Each_image_has_one_label(string rows, string problem)
    {
        Assert.Contains(problem, Open(Table(rows)).Sentence());
        Assert.Contains(problem, Open(Table(rows), masked: false).Sentence());
    }

    [Fact]
    public void An_anomalous_image_needs_a_mask_where_there_are_masks()
    {
        var labels = Table("bad/0,1\nbad/1,0\ngood/0,1");
        Assert.Equal(
            $"{folder.File("m/good/0.tiff")}: has no mask, though {labels.Path} says that it is anomalous; looked for good/0 below {folder.File("k")}, where masks are called bad/0 and bad/1 (without --masks, labels judge the image level alone)",
            Open(labels).Sentence()
        );
        Assert.Equal(3, Open(labels, masked: false).Good().Count);
    }

    [Fact]
    public void Without_masks_pixels_have_no_label()
    {
        var data = Open(Table("bad/0,1\nbad/1,0\ngood/0,1"), masked: false).Good();
        Assert.False(data.HasMasks);
        Assert.Equal([(true, LabelReason.Given), (false, LabelReason.Given), (true, LabelReason.Given)], Decided(data));
        Assert.Equal([("given_label", 3L)], data.Notes());
        Assert.Contains("has no masks, and its images have no labels", MapDataset.TryOpen(folder.File("m"), masks: null).Sentence());
    }

    [Fact]
    public void Labels_and_columns_are_named_as_those_of_rows_are()
    {
        const string Rows = "crack,test/bad/0.png\nfine,C:\\data\\bad\\1.bmp\nok,/x/m/good/0.tiff";
        var labels = Table(Rows, "kind,path") with { FileColumn = "path", LabelColumn = "kind" };
        Assert.Contains("'crack' is not 0 or 1", Open(labels).Sentence());
        Assert.Contains(
            "holds 'fine' (1 row), 'ok' (1 row) besides the positive label 'crack'",
            Open(labels with { PositiveLabels = ["crack"] }).Sentence()
        );
        foreach (
            var named in new[]
            {
                labels with
                {
                    PositiveLabels = ["crack"],
                    NormalLabels = ["*"],
                },
                labels with
                {
                    PositiveLabels = ["*"],
                    NormalLabels = ["ok", "fine"],
                },
            }
        )
            Assert.Equal([true, false, false], Open(named, masked: false).Good().Read().SelectMany(part => part.Anomalous));
        Assert.Contains("has no column 'file'", Open(labels with { FileColumn = "file" }).Sentence());
    }

    [Fact]
    public void Images_of_a_stack_are_named_by_their_place()
    {
        var maps = folder.Write("m.npy", Make.Npy("<f4", "(3, 1, 2)", 1f, 2, 3, 4, 5, 6));
        var masks = folder.Write("k.npy", Make.Npy<byte>("|u1", "(3, 1, 2)", 0, 1, 0, 0, 0, 0));
        var labels = Table("2,1\n0,1\n1,0");
        foreach (var file in new[] { masks, null })
            Assert.Equal(
                [true, false, true],
                MapDataset.Open(maps, file, new() { ImageLabels = labels }).Read().Single().Anomalous.ToArray()
            );
        Assert.Contains(
            "has no row for the image 2",
            MapDataset.TryOpen(maps, masks, new() { ImageLabels = Table("0,1\n1,0") }).Sentence()
        );
    }
}
