using static FunctionalMetrics.IO.Tests.Judging;

namespace FunctionalMetrics.IO.Tests;

/// <summary>Layouts of public data sets and of one's own, told by patterns: <c>{name}</c> is the image's name, <c>*</c> is no part of it.</summary>
public sealed class PatternTests : IDisposable
{
    private const int Size = 3;

    private readonly TemporaryFolder folder = new();
    private int seed;

    public void Dispose() => folder.Dispose();

    private string P(string relative) => folder.File(relative);

    private double[] Map(string file)
    {
        var scores = Scores(seed++, Size * Size);
        folder.Write(file, Make.Tiff(Size, Size, scores));
        return [.. scores.Select(score => (double)score)];
    }

    /// <summary>Writes a mask that is anomalous at some pixels.</summary>
    private void Mask(string file, byte anomalous, params int[] pixels)
    {
        byte[] values = [.. Enumerable.Range(0, Size * Size).Select(at => pixels.Contains(at) ? anomalous : (byte)0)];
        // Rows of a BMP are whole words, the last row first.
        byte[] rows = [.. Enumerable.Range(0, Size).Reverse().SelectMany(row => (byte[])[.. values.AsSpan(row * Size, Size), 0])];
        byte[] greys = [.. Enumerable.Range(0, 256).SelectMany(grey => (byte[])[(byte)grey, (byte)grey, (byte)grey, 0])];
        folder.Write(
            file,
            file.EndsWith("bmp", StringComparison.OrdinalIgnoreCase)
                ? Make.Bmp(40, Size, Size, 8, rows, greys)
                : Make.Png(Size, Size, values)
        );
    }

    /// <summary>An image of the test's own telling.</summary>
    private static Image Of(string name, double[] scores, params int[] anomalous) =>
        new(name, scores, [.. scores.Select((_, at) => (bool?)anomalous.Contains(at))]);

    private MapDataset Open(string maps, string masks, MapRules? rules = null) => MapDataset.Open(P(maps), P(masks), rules);

    private string Refused(string maps, string masks, MapRules? rules = null) => MapDataset.TryOpen(P(maps), P(masks), rules).Sentence();

    [Fact]
    public void MVTec_LOCO_unites_the_masks_of_an_image()
    {
        var good = Map("maps/box/test/good/000.tiff");
        var logical = Map("maps/box/test/logical_anomalies/000.tiff");
        var structural = Map("maps/box/test/structural_anomalies/000.tiff");
        Map("maps/box/validation/good/000.tiff");
        Mask("box/ground_truth/logical_anomalies/000/000.png", 240, 0, 1);
        Mask("box/ground_truth/logical_anomalies/000/001.png", 245, 1, 5);
        Mask("box/ground_truth/structural_anomalies/000/000.png", 255, 8);
        folder.Write("box/test/good/000.png", "not looked at");
        Open("maps/box/test/{name}.tiff", "box/ground_truth/{name}/*.png", new() { MaskThreshold = 1 })
            .Are(Of("good/000", good), Of("logical_anomalies/000", logical, 0, 1, 5), Of("structural_anomalies/000", structural, 8));
    }

    [Theory]
    [InlineData("candle")]
    [InlineData("a+b (1) [x] $^.|")]
    public void VisA_lies_below_Images_and_Masks_whatever_its_folder_is_called(string category)
    {
        var bad = Map($"maps/{category}/Data/Images/Anomaly/000.tiff");
        var good = Map($"maps/{category}/Data/Images/Normal/0000.tiff");
        Mask($"{category}/Data/Masks/Anomaly/000.png", 1, 4);
        folder.Write($"{category}/Data/Images/Anomaly/000.JPG", "not looked at");
        folder.Write($"{category}/image_anno.csv", "not looked at");
        Open($"maps/{category}/Data/Images/{{name}}.tiff", $"{category}/Data/Masks/{{name}}.png")
            .Are(Of("Anomaly/000", bad, 4), Of("Normal/0000", good));
        // The same behind a level that varies.
        Open($"*/{category}/Data/Images/{{name}}.tiff", $"*/Data/Masks/{{name}}.png")
            .Are(Of("Anomaly/000", bad, 4), Of("Normal/0000", good));
    }

    [Fact]
    public void BTAD_is_read_with_a_pattern_and_by_its_folders()
    {
        var bad = Map("maps/01/ko/0000.tiff");
        var good = Map("maps/01/ok/0000.tiff");
        Mask("01/ground_truth/ko/0000.bmp", 255, 2, 3);
        Image[] images = [Of("ko/0000", bad, 2, 3), Of("ok/0000", good)];
        Open("maps/01/{name}.tiff", "01/ground_truth/{name}.bmp").Are(images);
        Open("maps/01", "01").Are(images);
    }

    [Fact]
    public void KolektorSDD_has_masks_beside_the_images_and_an_empty_one_is_normal()
    {
        Image[] images =
        [
            Of("kos01/Part0", Map("maps/kos01/Part0.tiff"), 6),
            Of("kos01/Part1", Map("maps/kos01/Part1.tiff")),
            Of("kos02/Part0", Map("maps/kos02/Part0.tiff")),
        ];
        Mask("sdd/kos01/Part0_label.bmp", 255, 6);
        Mask("sdd/kos01/Part1_label.bmp", 255);
        Mask("sdd/kos02/Part0_label.bmp", 255);
        folder.Write("sdd/kos01/Part0.jpg", "not looked at");
        var data = Open("maps/{name}.tiff", "sdd/{name}_label.bmp");
        data.Are(images);
        Assert.Equal([("empty_mask", 2L)], data.Notes());
    }

    [Fact]
    public void KolektorSDD2_has_maps_and_masks_in_one_folder()
    {
        Image[] images = [Of("10301", Map("test/10301.tiff"), 0), Of("10302", Map("test/10302.tiff"))];
        Mask("test/10301_GT.png", 255, 0);
        Mask("test/10302_GT.png", 255);
        Mask("test/10301.png", 77, 1);
        Open("test/{name}.tiff", "test/{name}_GT.png").Are(images);
    }

    [Fact]
    public void A_mask_of_another_map_is_no_map_though_the_pattern_of_maps_matches_it()
    {
        foreach (var (name, pixel) in new[] { ("1", 0), ("2", 5) })
        {
            Mask($"all/{name}.png", 200, pixel);
            Mask($"all/{name}_GT.png", 255, pixel);
            Mask($"all/{name}_GT_edge.png", 255, 8);
        }
        double[] scores = [200, .. new double[8]];
        var data = Open("all/{name}.png", "all/../all/{name}_GT.png", new() { Ignore = P("all/{name}_GT_edge.png") });
        Assert.Equal(["1", "2"], data.Names.ToArray());
        Assert.Equal([1, 1], data.Read().Select(part => part.Batch.Pixels.Positives));
        // What only looks like a mask is a map, and needs one.
        Mask("all/3_GT.png", 255, 1);
        Assert.StartsWith(
            $"{P("all/3_GT.png")}: is a mask without a map; there is no map 3 below",
            Refused("all/{name}.png", "all/{name}_GT.png")
        );
    }

    [Fact]
    public void Real_IAD_is_deep_and_its_normal_images_lie_in_OK()
    {
        const string Bad = "NG/AK/S0025/toy_0025_NG_AK_C1_2023";
        const string Good = "OK/S0001/toy_0001_OK_C1_2023";
        Image[] images = [Of(Bad, Map($"maps/toy/{Bad}.tiff"), 1, 2), Of(Good, Map($"maps/toy/{Good}.tiff"))];
        Mask($"iad/toy/{Bad}.png", 255, 1, 2);
        folder.Write($"iad/toy/{Bad}.jpg", "not looked at");
        var data = Open("maps/toy/{name}.tiff", "iad/toy/{name}.png");
        data.Are(images);
        Assert.Equal([("normal_folder", 1L)], data.Notes());
    }

    [Fact]
    public void DAGM_has_labels_of_the_defects_alone()
    {
        Image[] images = [Of("0576", Map("maps/Class1/Test/0576.tiff"), 7), Of("0577", Map("maps/Class1/Test/0577.tiff"))];
        Mask("Class1/Test/Label/0576_label.PNG", 255, 7);
        folder.Write("Class1/Test/Label/Labels.txt", "not looked at");
        Assert.Contains("--unmasked normal", Refused("maps/Class1/Test/{name}.tiff", "Class1/Test/Label/{name}_label.PNG"));
        var data = Open("maps/Class1/Test/{name}.tiff", "Class1/Test/Label/{name}_label.PNG", new() { UnmaskedAreNormal = true });
        data.Are(images);
        Assert.Equal([("unmasked_normal", 1L)], data.Notes());
    }

    [Fact]
    public void A_star_stays_within_a_level_and_is_no_part_of_the_name()
    {
        Image[] images = [Of("a/0", Map("m/run1/a/0-x.tiff"), 3), Of("b/c/0", Map("m/run2/b/c/0-y.tiff"), 4)];
        Mask("k/a/0/one.png", 1, 3);
        Mask("k/b/c/0/two.png", 1, 4);
        Open("m/*/{name}-*.tiff", "k/{name}/*.png").Are(images);
        Mask("k/a/0/deeper/one.png", 1, 5);
        Assert.Contains("there is no map a/0/deeper below", Refused("m/*/{name}-*.tiff", "k/{name}/*.png"));
        Assert.Contains("there is no map deeper/one below", Refused("m/*/{name}-*.tiff", "k/a/*/{name}.png"));
    }

    [Fact]
    public void Files_that_do_not_match_are_not_looked_at()
    {
        var scores = Map("m/0.tiff");
        folder.Write("m/notes.txt", "");
        folder.Write("m/0.jpg", "");
        folder.Write("m/broken.png", "");
        File.CreateSymbolicLink(P("m/gone.png"), P("nowhere.png"));
        Mask("m/0_mask.png", 1, 0);
        Open("m/{name}.tiff", "m/{name}_mask.png").Are(Of("0", scores, 0));
        Assert.EndsWith(".jpg", Refused("m/{name}.jpg", "m/{name}_mask.png").Split(": has an extension")[0]);
    }

    [Fact]
    public void Two_maps_of_one_name_are_both_named()
    {
        Map("m/a/0.tiff");
        Map("m/b/0.tiff");
        Mask("k/0.png", 1, 0);
        var sentence = Refused("m/*/{name}.tiff", "k/{name}.png");
        Assert.Equal($"{P("m/b/0.tiff")}: has the same name, 0, as {P("m/a/0.tiff")}; an image has one map", sentence);
        Assert.Equal(sentence, MapSource.TryOpen(P("m/*/{name}.tiff")).Sentence());
    }

    [Fact]
    public void A_pattern_that_says_nothing_says_why()
    {
        Map("m/a/0.tiff");
        Mask("m/a/0.png", 1, 0);
        Assert.EndsWith("holds {name} more than once; an image has one name", Refused("m/{name}/{name}.tiff", "m/{name}.png"));
        Assert.EndsWith(
            $"m/{{name}}.npy: matches no file below {P("m/")}, where files are called a/0.png and a/0.tiff",
            Refused("m/{name}.npy", "m/{name}.png")
        );
        Assert.EndsWith(
            $"m/a/{{name}}_x.png: matches no file below {P("m/a/")}, where files are called 0.png and 0.tiff",
            Refused("m/{name}.tiff", "m/a/{name}_x.png")
        );
        Assert.EndsWith("none/: does not exist", Refused("none/{name}.tiff", "m/{name}.png"));
    }

    /// <summary>A star alone looks like a pattern to everyone who knows shells.</summary>
    [Theory]
    [InlineData("m/*.tiff", "m/{name}.png", "m/*.tiff")]
    [InlineData("m/{name}.tiff", "m/*.png", "m/*.png")]
    [InlineData("m/*.tiff", "m/*.png", "m/*.tiff")]
    [InlineData("m", "m/{Name}.png", "m/{Name}.png")]
    public void A_pattern_without_a_name_is_told_what_it_lacks(string maps, string masks, string named)
    {
        Map("m/0.tiff");
        Assert.Equal($"{P(named)}: does not exist; a pattern holds {{name}}, which is what an image is called", Refused(maps, masks));
    }

    [Fact]
    public void Masks_and_maps_without_each_other_show_how_both_are_called()
    {
        foreach (var name in new[] { "a/0", "a/1", "a/2" })
        {
            Map($"m/{name}.tiff");
            Mask($"k/{name}-gt.png", 1, 0);
        }
        var sentence = Refused("m/{name}.tiff", "k/{name}.png");
        Assert.Equal(
            $"{P("k/a/0-gt.png")}: is a mask without a map; there is no map a/0-gt below {P("m/")}, where maps are called a/0 and a/1 (of any other layout patterns say what an image is called, such as 'maps/{{name}}.tiff' and 'masks/{{name}}/*.png')",
            sentence
        );
        File.Delete(P("k/a/1-gt.png"));
        Assert.StartsWith(
            $"{P("m/a/1.tiff")}: has no mask; looked for a/1 or a/1_mask below {P("k/")}, where masks are called a/0 and a/2 ",
            Refused("m/{name}.tiff", "k/{name}-gt.png")
        );
    }

    [Theory]
    [InlineData("good/00", null)]
    [InlineData("cam1/OK/dark/00", null)]
    [InlineData("x/y/Normal/00", null)]
    [InlineData("cam1/clean/00", "CLEAN")]
    public void Normal_folders_may_be_any_level(string name, string? more)
    {
        Map($"m/test/{name}.tiff");
        Map("m/test/bad/00.tiff");
        Mask("k/bad/00.png", 1, 0);
        var rules = new MapRules { NormalFolders = more is null ? [] : [more] };
        var data = Open("m/test/{name}.tiff", "k/{name}.png", rules);
        Assert.Equal(2, data.Count);
        Assert.Equal([(name, false, LabelReason.NormalFolder)], Of(false));
        Assert.Equal([("bad/00", true, LabelReason.Mask)], Of(true));
        Assert.Equal(data.Notes(), Open("m", "k", rules).Notes());
        Mask($"k/{name}.png", 1, 1);
        Assert.Contains(
            "of normal images",
            Open("m/test/{name}.tiff", "k/{name}.png", rules).TryRead().Last(part => part.IsFail).Sentence()
        );

        IEnumerable<(string, bool, LabelReason)> Of(bool anomalous) =>
            data.Read()
                .SelectMany(part => part.Images)
                .Where(image => image.IsAnomalous == anomalous)
                .Select(image => (image.Name, image.IsAnomalous, image.Reason));
    }

    [Theory]
    [InlineData("m/OK/{name}.tiff")]
    [InlineData("m/OK")]
    public void A_normal_folder_in_the_path_that_was_given_does_not_count_and_the_error_says_so(string maps)
    {
        var scores = Map("m/OK/00.tiff");
        var bad = Map("m/OK/01.tiff");
        Mask("k/01.png", 1, 3);
        Assert.EndsWith(
            "(OK stands in the path that was given, and only a folder below it, or one that {name} or * matches, makes a map normal; --unmasked normal says that all maps without a mask are)",
            Refused(maps, "k/{name}.png")
        );
        Open(maps, "k/{name}.png", new() { UnmaskedAreNormal = true }).Are(Of("00", scores), Of("01", bad, 3));
    }

    /// <summary>A file is no level, whatever it is called.</summary>
    [Fact]
    public void Files_called_test_lie_in_a_folder_as_others_do()
    {
        foreach (var name in new[] { "test_0", "test_1", "train_0" })
        {
            Map($"m/{name}.tiff");
            Mask($"k/{name}.png", 1, 0);
        }
        Assert.Equal(["test_0", "test_1", "train_0"], Open("m", "k").Names.ToArray());
        Map("m/test/0.tiff");
        Map("m/train/0.tiff");
        Assert.Contains("holds the levels test, train, of which", Refused("m", "k"));
    }

    [Fact]
    public void A_pattern_goes_with_a_folder_and_no_stack()
    {
        var scores = Map("m/a/0.tiff");
        Mask("k/a/0_mask.png", 1, 0);
        Open("m/{name}.tiff", "k").Are(Of("a/0", scores, 0));
        Open("m/", "k/{name}_mask.png").Are(Of("a/0", scores, 0));
        var stack = folder.Write("s.npy", Make.Npy("|u1", "(1, 3, 3)", new byte[9]));
        foreach (
            var (maps, masks, ignored, other) in new[]
            {
                ("m/{name}.tiff", "s.npy", null, "pattern"),
                ("s.npy", "k", null, "folder"),
                ("m", "k", "s.npy", "folder"),
                ("s.npy", "s.npy", "k/{name}.png", "pattern"),
            }
        )
            Assert.Matches(
                $"^{stack}: is a file, but .* is a {other}; maps, masks and what is ignored are",
                Refused(maps, masks, new() { Ignore = ignored is null ? null : P(ignored) })
            );
    }

    [Fact]
    public void Paths_may_be_relative_and_hold_more_slashes_than_needed()
    {
        var scores = Map("m/a/0.tiff");
        Mask("k/a/0.png", 1, 0);
        var here = Path.GetRelativePath(Environment.CurrentDirectory, folder.Path);
        foreach (
            var (maps, masks) in new[]
            {
                ("/m//{name}.tiff", "/./k/{name}.png"),
                ("/k/../m/{name}.tiff", "//k/{name}.png"),
                ("/m/", "/k//"),
            }
        )
            MapDataset.Open(here + maps, here + masks).Are(Of("a/0", scores, 0));
    }

    [Fact]
    public void Maps_without_masks_are_found_by_a_pattern()
    {
        var (first, second) = (Map("m/a/0.tiff"), Map("m/b/0.tiff"));
        folder.Write("m/b/1.png", "not looked at");
        var source = MapSource.Open(P("m/{name}.tiff"));
        Assert.Equal(2, source.Count);
        Assert.Equal(first.Concat(second), source.Read().SelectMany(maps => maps.Pixels().Values));
        Assert.EndsWith(
            "matches no file below " + P("m/") + ", where files are called a/0.tiff and b/0.tiff",
            MapSource.TryOpen(P("m/{name}.bmp")).Sentence()
        );
    }
}
