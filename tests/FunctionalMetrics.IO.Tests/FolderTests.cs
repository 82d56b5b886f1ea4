namespace FunctionalMetrics.IO.Tests;

public sealed class FolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private void Map(string relative, params float[] pixels) => folder.Write(relative, Make.Tiff(2, pixels.Length / 2, pixels));

    private void Map(string relative) => Map(relative, 1, 2, 3, 4);

    private void Mask(string relative, params byte[] pixels) => folder.Write(relative, Make.Png(2, pixels.Length / 2, pixels));

    private void Mask(string relative) => Mask(relative, 0, 255, 0, 0);

    private string P(string relative) => folder.File(relative);

    private string[] Names(string maps, string masks) => [.. MapDataset.TryOpen(P(maps), P(masks)).Good().Names];

    [Fact]
    public void The_layout_of_MVTec_AD_is_matched_and_read_in_ordinal_order()
    {
        Map("anomaly_maps/good/000.tiff");
        Map("anomaly_maps/blur/001.tiff", 5, 6, 7, 8);
        Map("anomaly_maps/blur/000.tiff");
        Map("anomaly_maps/Zebra/000.tiff");
        foreach (var name in new[] { "blur/000", "blur/001", "Zebra/000" })
            Mask($"ground_truth/{name}_mask.png");
        folder.Write("ground_truth/.DS_Store", "");
        folder.Write("ground_truth/blur/Thumbs.db", "");
        folder.Write("anomaly_maps/.cache/x.txt", "");
        folder.Write("test/blur/000.jpg", "not looked at");
        var data = MapDataset.TryOpen(folder.Path).Good();
        Assert.Equal(["Zebra/000", "blur/000", "blur/001", "good/000"], data.Names.ToArray());
        Assert.Equal(4, data.Count);
        var images = data.TryRead().Select(image => image.Good()).ToList();
        Assert.Equal(data.Names, images.SelectMany(image => image.Names));
        Assert.Equal([true, true, true, false], images.SelectMany(image => image.Anomalous));
        Assert.Equal([5, 6, 7, 8], images[2].Batch.Maps.Pixels().Values);
        Assert.Equal([false, true, false, false], images[2].Batch.MaskPixels());
        Assert.Equal(0, images[3].Batch.Pixels.Positives);
    }

    [Fact]
    public void With_exceptions_the_same_images_come_and_the_same_sentence()
    {
        Map("anomaly_maps/good/000.tiff");
        Map("anomaly_maps/good/001.tiff");
        Mask("ground_truth/good/000_mask.png", 0, 0, 0, 0);
        var data = MapDataset.Open(folder.Path);
        Assert.Equal(data.TryRead().Select(image => image.Good().Names[0]), data.Read().Select(image => image.Names[0]));

        File.WriteAllText(P("anomaly_maps/good/001.tiff"), "no picture");
        using var images = data.Read().GetEnumerator();
        Assert.True(images.MoveNext());
        var damaged = Assert.Throws<InputException>(() => images.MoveNext());
        Assert.Equal(data.TryRead().Last().Sentence(), damaged.Message);
        Assert.Equal(P("anomaly_maps/good/001.tiff"), damaged.Error.Path);

        var missing = Assert.Throws<InputException>(() => MapDataset.Open(P("missing")));
        Assert.Equal($"{P("missing")}: does not exist", missing.Message);
    }

    [Fact]
    public void The_mask_says_whether_an_image_is_anomalous_wherever_it_lies()
    {
        Map("anomaly_maps/good/000.tiff");
        Map("anomaly_maps/bad/000.tiff");
        Map("anomaly_maps/bad/001.tiff");
        Mask("ground_truth/good/000_mask.png", 0, 0, 0, 0);
        Mask("ground_truth/bad/000_mask.png", 0, 0, 0, 0);
        Mask("ground_truth/bad/001_mask.png");
        var images = MapDataset.Open(folder.Path).Read().ToList();
        Assert.Equal(
            [("bad/000", false, 0L), ("bad/001", true, 1L), ("good/000", false, 0L)],
            images.Select(image => (image.Names[0], image.Anomalous[0], image.Batch.Pixels.Positives))
        );
    }

    [Fact]
    public void A_normal_folder_with_an_anomalous_mask_is_an_error_that_names_both()
    {
        Map("anomaly_maps/Good/000.tiff");
        Mask("ground_truth/Good/000_mask.png");
        var sentence = MapDataset.TryOpen(folder.Path).Good().TryRead().Single().Sentence();
        Assert.StartsWith(P("ground_truth/Good/000_mask.png"), sentence);
        Assert.Contains(P("anomaly_maps/Good/000.tiff"), sentence);
        Assert.Contains("folder Good of normal images", sentence);
    }

    [Theory]
    [InlineData("ok")]
    [InlineData("NORMAL")]
    [InlineData("camera1/Good/dark")]
    public void Maps_in_a_normal_folder_need_no_mask(string normal)
    {
        Map($"anomaly_maps/{normal}/000.tiff");
        Map("anomaly_maps/crack/000.tiff");
        Mask("ground_truth/crack/000_mask.png");
        Assert.Equal(1, MapDataset.Open(folder.Path).Read().Count(image => image.Anomalous[0]));
    }

    [Fact]
    public void Other_normal_folders_are_named_and_unmasked_maps_can_be_said_to_be_normal()
    {
        Map("anomaly_maps/clean/000.tiff");
        Map("anomaly_maps/crack/000.tiff");
        Mask("ground_truth/crack/000_mask.png");
        Assert.Contains("--normal-folder", MapDataset.TryOpen(folder.Path).Sentence());
        Assert.Equal(2, MapDataset.Open(folder.Path, new() { NormalFolders = ["Clean"] }).Count);
        var images = MapDataset.Open(folder.Path, new() { UnmaskedAreNormal = true }).Read();
        Assert.Equal([false, true], images.Select(image => image.Anomalous[0]));
    }

    [Theory]
    [InlineData("test", "train")]
    [InlineData("test_public", "validation")]
    public void Maps_of_other_levels_beside_the_test_ones_are_an_error_that_names_them(string test, string other)
    {
        Map($"maps/{test}/good/000.tiff");
        Map($"maps/{other}/good/000.tiff");
        Map($"maps/{test}/crack/000.tiff");
        Mask("masks/crack/000_mask.png");
        var sentence = MapDataset.TryOpen(P("maps"), P("masks")).Sentence();
        Assert.Contains(other, sentence);
        Assert.EndsWith($"point at {P($"maps/{test}")}", sentence);
        Assert.Equal(2, MapDataset.Open(P($"maps/{test}"), P("masks")).Count);
    }

    [Theory]
    [InlineData("testing/crack", "training/good", "levels testing, training,", "maps/testing")]
    [InlineData("test_a/crack", "train_a/good", "levels test_a, train_a,", "maps/test_a")]
    [InlineData("Test/crack", "val2/good", "levels Test, val2,", "maps/Test")]
    [InlineData("a/test/crack", "b/train/good", "levels test, train,", "maps/a/test")]
    [InlineData("a/testing/crack", "b/training/good", "levels testing, training,", "maps/a/testing")]
    [InlineData("a/test/crack", "a/val2/good", "levels test, val2,", "maps/a/test")]
    [InlineData("crack", "train/good", "levels crack, train,", "maps/crack")]
    [InlineData("a/crack", "a/validation/good", "levels a, validation,", "maps/a")]
    public void Parts_of_a_data_set_that_lie_together_are_an_error_wherever_they_lie(
        string test,
        string other,
        string levels,
        string target
    )
    {
        Map($"maps/{test}/000.tiff");
        Map($"maps/{other}/000.tiff");
        Mask($"masks/{test}/000_mask.png");
        var sentence = MapDataset.TryOpen(P("maps"), P("masks")).Sentence();
        Assert.Contains(levels, sentence);
        Assert.EndsWith($"point at {P(target)}", sentence);
    }

    [Fact]
    public void All_test_levels_are_named_and_of_a_pattern_those_to_use()
    {
        foreach (var level in new[] { "test_private", "test_public", "train" })
            Map($"maps/{level}/good/000.tiff");
        Mask("masks/test_public/good/000_mask.png");
        Assert.EndsWith(
            $"point at {P("maps/test_private")} or {P("maps/test_public")}",
            MapDataset.TryOpen(P("maps"), P("masks")).Sentence()
        );
        Assert.EndsWith(
            $"point at {P("maps/test_private/{name}.tiff")} or {P("maps/test_public/{name}.tiff")}",
            MapDataset.TryOpen(P("maps/{name}.tiff"), P("masks/{name}_mask.png")).Sentence()
        );
        Map("x/test/good/0.tiff");
        Map("x/train/good/1.tiff");
        Mask("masks/0_mask.png");
        Assert.EndsWith(
            $"point at {P("x/test/*/{name}.tiff")}",
            MapDataset.TryOpen(P("x/*/*/{name}.tiff"), P("masks/{name}_mask.png")).Sentence()
        );
    }

    [Theory]
    [InlineData("valve", "test/crack")]
    [InlineData("test_public/crack", "test_private/crack")]
    [InlineData("train/good", "train/crack")]
    [InlineData("a/trainer/crack", "a/test/crack")]
    public void Levels_that_only_begin_so_are_defects_and_tests_go_with_tests(string first, string second)
    {
        Map($"maps/x/{first}/000.tiff");
        Map($"maps/x/{second}/001.tiff");
        Mask($"masks/x/{first}/000_mask.png");
        Mask($"masks/x/{second}/001_mask.png");
        Assert.Equal(2, MapDataset.Open(P("maps"), P("masks")).Count);
    }

    /// <summary>Some systems write é as one letter, others as two.</summary>
    [Fact]
    public void Names_that_differ_in_the_form_of_Unicode_alone_are_the_same()
    {
        Map("maps/ré/000.tiff".Normalize(System.Text.NormalizationForm.FormC));
        Mask("masks/ré/000_mask.png".Normalize(System.Text.NormalizationForm.FormD));
        var data = MapDataset.Open(P("maps"), P("masks"));
        Assert.Equal(["ré/000".Normalize(System.Text.NormalizationForm.FormC)], data.Names.ToArray());
        Assert.True(data.Read().Single().Anomalous[0]);
        var table = folder.Write("t.csv", "file,score\n" + "ré/000.png".Normalize(System.Text.NormalizationForm.FormD) + ",0.5\n");
        Assert.Equal([0.5], ScoreFile.ReadImageScores(table, data.Names).ToArray());
        // Where both are there, neither is the other.
        Map("maps/ré/000.tiff".Normalize(System.Text.NormalizationForm.FormD));
        Mask("masks/ré/000_mask.png".Normalize(System.Text.NormalizationForm.FormC));
        Assert.Equal(2, MapDataset.Open(P("maps"), P("masks")).Read().Count(part => part.Anomalous[0]));
    }

    [Theory]
    [InlineData("maps/blur", "masks/blur")]
    [InlineData("maps/test/blur", "masks/blur")]
    [InlineData("maps/blur", "masks/test/blur")]
    [InlineData("maps/anomaly_maps/blur", "masks/ground_truth/blur")]
    [InlineData("maps/anomaly_maps/test/blur", "masks/blur")]
    public void Levels_around_the_defects_do_not_matter(string maps, string masks)
    {
        Map($"{maps}/000.tiff");
        Mask($"{masks}/000_mask.png");
        Assert.Equal(["blur/000"], Names("maps", "masks"));
    }

    [Fact]
    public void Masks_are_found_inside_the_data_set_itself()
    {
        Map("maps/blur/000.tiff");
        Mask("set/ground_truth/blur/000_mask.png");
        Mask("set/test/blur/000.png", 9, 9, 9, 9);
        folder.Write("set/license.txt", "");
        Assert.Equal(["blur/000"], Names("maps", "set"));
    }

    [Fact]
    public void Files_without_a_defect_folder_are_anomalous_by_their_masks()
    {
        Map("maps/a.tiff");
        folder.Write("maps/b.npy", Make.Npy("<f8", "(2, 2)", 1d, 2, 3, 4));
        Mask("masks/a.png", 0, 0, 0, 0);
        folder.Write("masks/b_mask.npy", Make.Npy("|b1", "(1, 2, 2)", true, false, false, false));
        var images = MapDataset.TryOpen(P("maps"), P("masks")).Good().TryRead().Select(image => image.Good()).ToList();
        Assert.Equal([false, true], images.SelectMany(image => image.Anomalous));
        Assert.False(images[1].Batch.Maps.Pixels().Narrow);
    }

    [Fact]
    public void A_map_without_a_mask_is_named()
    {
        Map("maps/blur/000.tiff");
        Map("maps/blur/001.tiff");
        Mask("masks/blur/000.png");
        var sentence = MapDataset.TryOpen(P("maps"), P("masks")).Sentence();
        Assert.StartsWith(P("maps/blur/001.tiff") + ": has no mask", sentence);
    }

    [Fact]
    public void A_mask_without_a_map_is_named()
    {
        Map("maps/blur/000.tiff");
        Mask("masks/blur/000.png");
        Mask("masks/Blur/000.png");
        Assert.StartsWith(P("masks/Blur/000.png") + ": is a mask without a map", MapDataset.TryOpen(P("maps"), P("masks")).Sentence());
    }

    [Fact]
    public void Two_files_of_one_name_are_both_named()
    {
        Map("maps/blur/000.tiff");
        Mask("maps/blur/000.png");
        Mask("masks/blur/000.png");
        var sentence = MapDataset.TryOpen(P("maps"), P("masks")).Sentence();
        Assert.Contains(P("maps/blur/000.tiff"), sentence);
        Assert.Contains(P("maps/blur/000.png"), sentence);
        File.Delete(P("maps/blur/000.png"));
        Mask("masks/blur/000_mask.png");
        Assert.Contains("has the same name, blur/000, as", MapDataset.TryOpen(P("maps"), P("masks")).Sentence());
    }

    [Fact]
    public void A_file_that_does_not_belong_is_named()
    {
        Map("maps/blur/000.tiff");
        folder.Write("maps/blur/notes.txt", "");
        Mask("masks/blur/000.png");
        Assert.StartsWith(P("maps/blur/notes.txt") + ": has an extension", MapDataset.TryOpen(P("maps"), P("masks")).Sentence());
    }

    [Fact]
    public void Sizes_that_differ_are_spelled_out()
    {
        Map("maps/blur/000.tiff", 1, 2, 3, 4, 5, 6);
        Mask("masks/blur/000.png");
        var sentence = MapDataset.TryOpen(P("maps"), P("masks")).Good().TryRead().Single().Sentence();
        Assert.StartsWith(P("maps/blur/000.tiff") + ": the map is 2x3 (3 rows, 2 columns), its mask ", sentence);
        Assert.Contains(P("masks/blur/000.png") + " is 2x2 (2 rows, 2 columns)", sentence);
    }

    [Fact]
    public void A_folder_without_the_layout_says_what_was_looked_for_and_found()
    {
        folder.Write("train/x.png", "");
        folder.Write("readme.txt", "");
        Assert.EndsWith(
            "looked for the folders anomaly_maps and ground_truth, found readme.txt, train",
            MapDataset.TryOpen(folder.Path).Sentence()
        );
        Directory.CreateDirectory(P("empty"));
        Assert.EndsWith("found nothing", MapDataset.TryOpen(P("empty")).Sentence());
        Assert.EndsWith("found nothing", MapDataset.TryOpen(P("empty"), P("train")).Sentence());
        Assert.EndsWith("does not exist", MapDataset.TryOpen(P("nowhere")).Sentence());
        Assert.EndsWith("a folder is needed here", MapDataset.TryOpen(P("readme.txt")).Sentence());
        Assert.EndsWith("does not exist", MapDataset.TryOpen(P("nowhere"), P("train")).Sentence());
        Assert.Contains("is a file, but", MapDataset.TryOpen(P("train"), P("readme.txt")).Sentence());
        foreach (var (missing, file) in new[] { ("k.npy", "k.npy"), ("k.npz:masks", "k.npz:masks") })
            Assert.Equal($"{P(file)}: does not exist", MapDataset.TryOpen(P("train"), P(missing)).Sentence());
    }

    [Fact]
    public void Reading_ends_with_the_first_failure()
    {
        foreach (var name in new[] { "a", "b", "c" })
        {
            Map($"maps/{name}.tiff");
            Mask($"masks/{name}.png");
        }
        folder.Write("maps/b.tiff", [.. "II*"u8]);
        var results = MapDataset.TryOpen(P("maps"), P("masks")).Good().TryRead().ToList();
        Assert.Equal([true, false], results.Select(result => result.IsSucc));
        Assert.StartsWith(P("maps/b.tiff"), results[1].Sentence());
    }

    [Fact]
    public void A_score_that_is_not_finite_is_named_by_its_pixel()
    {
        Map("maps/a.tiff", 1, 2, 3, float.NaN);
        Mask("masks/a.png");
        Assert.Equal(
            P("maps/a.tiff") + ": row 1, column 1 is NaN; scores must be finite",
            MapDataset.TryOpen(P("maps"), P("masks")).Good().TryRead().Single().Sentence()
        );
    }

    [Fact]
    public void A_stack_in_a_folder_is_refused()
    {
        folder.Write("maps/a.npy", Make.Npy("<f4", "(2, 1, 2)", 1f, 2f, 3f, 4f));
        folder.Write("masks/a.npy", Make.Npy("<f4", "(2, 1, 2)", 1f, 0f, 0f, 0f));
        Assert.Contains("holds 2 maps", MapDataset.TryOpen(P("maps"), P("masks")).Good().TryRead().Single().Sentence());
        Assert.Contains("holds 2 maps", MapSource.TryOpen(P("maps")).Good().TryRead().Single().Sentence());
    }

    [Fact]
    public void Cancelling_ends_reading_between_files()
    {
        Map("maps/a.tiff");
        Map("maps/b.tiff");
        Mask("masks/a.png");
        Mask("masks/b.png");
        using var source = new CancellationTokenSource();
        using var images = MapDataset.TryOpen(P("maps"), P("masks")).Good().Read(source.Token).GetEnumerator();
        Assert.True(images.MoveNext());
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => images.MoveNext());
    }

    [Fact]
    public void Maps_without_masks_are_found_in_all_folders()
    {
        Map("maps/good/000.tiff");
        Map("maps/x/y/000.tiff", 5, 6);
        Mask("maps/000.png", 1, 2);
        var source = MapSource.TryOpen(P("maps")).Good();
        Assert.Equal(3, source.Count);
        Assert.Equal([1.0, 2, 1, 2, 3, 4, 5, 6], source.TryRead().SelectMany(maps => maps.Good().Pixels().Values));
        Assert.Equal(1, MapSource.TryOpen(P("maps/good/000.tiff")).Good().Count);
        Assert.Equal(1, MapSource.TryOpen(P("maps/good")).Good().Count);
        Assert.EndsWith("does not exist", MapSource.TryOpen(P("nowhere")).Sentence());
        Assert.Contains("extension", MapSource.TryOpen(folder.Write("a.jpg", "x")).Sentence());
    }
}
