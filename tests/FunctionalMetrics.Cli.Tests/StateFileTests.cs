namespace FunctionalMetrics.Cli.Tests;

public sealed class StateFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact, Trait("Category", "Slow")]
    public void Shards_evaluated_apart_and_merged_in_any_order_give_the_file_and_the_numbers_of_the_whole()
    {
        Ok(Run("evaluate", Fmetrics.Brick, "--state", "brick.fms", "--json", "whole.json", "--report", "whole.html", "--quiet"));
        for (var shard = 0; shard < 3; shard++)
        {
            CopyShard(shard);
            Ok(Run("evaluate", $"shard{shard}", "--state", $"{shard}.fms", "--quiet"));
        }
        foreach (var order in (string[])["0.fms 1.fms 2.fms", "2.fms 0.fms 1.fms"])
        {
            Ok(Run(["merge", .. order.Split(' '), "--out", "merged.fms"]));
            Assert.Equal(Bytes("brick.fms"), Bytes("merged.fms"));
        }
        Ok(Run("merge", "2.fms", "1.fms", "--out", "some.fms"));
        Ok(Run("merge", "some.fms", "0.fms", "--out", "merged.fms"));
        Assert.Equal(Bytes("brick.fms"), Bytes("merged.fms"));
        Directory.CreateDirectory(folder.File("again"));
        File.Move(folder.File("merged.fms"), folder.File("again/brick.fms"));
        Ok(Run("show", "again/brick.fms", "--json", "shown.json", "--report", "shown.html", "--quiet"));
        Assert.Equal(Numbers("whole.json"), Numbers("shown.json"));
        // A report tells of images where the state keeps them.
        Ok(Run("evaluate", Fmetrics.Brick, "--state", "again/brick.fms", "--keep-images", "--quiet"));
        Ok(Run("show", "again/brick.fms", "--report", "shown.html", "--quiet"));
        Assert.Equal(WithoutPictures(Numbers("whole.html")), WithoutPictures(Numbers("shown.html")));
        Assert.Equal(Fmetrics.Run("evaluate", Fmetrics.Brick).Output, Run("show", "brick.fms").Output);
        Assert.DoesNotContain(folder.Names, name => name.StartsWith('.'));
    }

    /// <summary>A state has no maps to be drawn.</summary>
    private static string WithoutPictures(string page) =>
        page.Split("<h2>Pictures</h2>") is [var before, var after]
            ? before + after[after.IndexOf("</section>", StringComparison.Ordinal)..]
            : page;

    private string Numbers(string file) => Fmetrics.WithoutCall(File.ReadAllText(folder.File(file)));

    [Fact, Trait("Category", "Slow")]
    public void Parameters_are_given_to_show_and_not_stored()
    {
        Ok(Run("evaluate", Fmetrics.Brick, "--state", "a.fms", "--fpr-limit", "0.05", "--quiet"));
        Ok(Run("evaluate", Fmetrics.Brick, "--state", "b.fms", "--quiet"));
        Assert.Equal(Bytes("a.fms"), Bytes("b.fms"));
        foreach (var limit in (string[])["0.05", "0.3"])
            Assert.Equal(
                Fmetrics.Evaluate(Fmetrics.Brick, "--fpr-limit", limit).ToJsonString(),
                Fmetrics.Json("show", folder.File("a.fms"), "--fpr-limit", limit).ToJsonString()
            );
    }

    [Fact]
    public void The_direction_of_scores_is_remembered()
    {
        folder.Write("a.csv", "score,label\n0.1,1\n0.35,0\n0.8,0\n");
        folder.Write("b.csv", "score,label\n0.4,1\n0.2,1\n0.9,0\n");
        folder.Write("all.csv", "score,label\n0.9,0\n0.1,1\n0.35,0\n0.8,0\n0.4,1\n0.2,1\n");
        foreach (var name in (string[])["a", "b", "all"])
            Ok(Run("evaluate", "--scores", $"{name}.csv", "--lower-is-anomalous", "--state", $"{name}.fms", "--quiet"));
        Ok(Run("merge", "b.fms", "a.fms", "--out", "merged.fms"));
        Assert.Equal(Bytes("all.fms"), Bytes("merged.fms"));
        var shown = Run("show", "merged.fms");
        Assert.Equal(Run("evaluate", "--scores", "all.csv", "--lower-is-anomalous").Output, shown.Output);
        Assert.Contains("score ≤ it", shown.Output, StringComparison.Ordinal);
        Ok(Run("evaluate", "--scores", "b.csv", "--state", "plain.fms", "--quiet"));
        Run("merge", "a.fms", "plain.fms", "--out", "no.fms")
            .IsRefusal("plain.fms: was evaluated without --lower-is-anomalous, and a.fms with it");
        Assert.False(File.Exists(folder.File("no.fms")));
    }

    [Fact]
    public void A_shard_given_twice_is_refused_unless_allowed()
    {
        folder.Write("a.csv", "score,label\n0.1,0\n0.35,0\n0.8,1\n");
        Ok(Run("evaluate", "--scores", "a.csv", "--state", "a.fms", "--quiet"));
        File.Copy(folder.File("a.fms"), folder.File("copy.fms"));
        Run("merge", "a.fms", "copy.fms", "--out", "out.fms").IsRefusal("copy.fms: has the same content as a.fms", "--allow-duplicates");
        Assert.Equal(["a.csv", "a.fms", "copy.fms"], folder.Names);
        Ok(Run("merge", "a.fms", "copy.fms", "--out", "out.fms", "--allow-duplicates"));
        Assert.Equal(6, (int)Fmetrics.Json("show", folder.File("out.fms"))["image"]!["rows"]!);
        // merged again it would count twice what it was merged of
        Run("merge", "a.fms", "--out", "a.fms").IsRefusal("--out 'a.fms' would write over FILES 'a.fms'");
        Ok(Run("merge", "a.fms", "--out", "same.fms"));
        Assert.Equal(Bytes("copy.fms"), Bytes("same.fms"));
    }

    [Fact]
    public void A_shard_given_with_its_images_and_without_them_is_given_twice()
    {
        var data = SmallSet.Write(folder, "data", ..);
        Ok(Run(["evaluate", data, .. SmallSet.Rules, "--state", "plain.fms", "--quiet"]));
        Ok(Run(["evaluate", data, .. SmallSet.Rules, "--state", "kept.fms", "--keep-images", "--quiet"]));
        Run("merge", "kept.fms", "plain.fms", "--out", "out.fms").IsRefusal("plain.fms: has the same content as kept.fms");
        Run("merge", "plain.fms", "kept.fms", "--out", "out.fms").IsRefusal("kept.fms: has the same content as plain.fms");
    }

    [Fact, Trait("Category", "Slow")]
    public void Whatever_is_no_state_file_is_one_line_that_says_why_and_leaves_what_stood_there()
    {
        folder.Write("a.csv", "score,label\n0.1,0\n0.35,0\n0.8,1\n");
        Ok(Run("evaluate", "--scores", "a.csv", "--state", "a.fms", "--quiet"));
        folder.Write("out.fms", "old");
        var bytes = Bytes("a.fms");
        foreach (
            var (content, reason) in (ReadOnlySpan<(byte[], string)>)
                [
                    (bytes[..^3], "cut off"),
                    ([.. bytes[..60], (byte)~bytes[60], .. bytes[61..]], "checksum"),
                    ([.. bytes[..8], 2, .. bytes[9..]], "format version 2"),
                    ([.. "GIF89a"u8], "is not a state file"),
                    ([], "empty file"),
                ]
        )
        {
            File.WriteAllBytes(folder.File("bad.fms"), content);
            Run("show", "bad.fms", "--json", "x.json", "--report", "x.html").IsRefusal("bad.fms: ", reason);
            Run("merge", "a.fms", "bad.fms", "--out", "out.fms").IsRefusal("bad.fms: ", reason);
        }
        Run("show", "none.fms").IsRefusal("none.fms: does not exist");
        Run("show", ".").IsRefusal("is a folder");
        Run("merge", "a.fms", "--out", "no/such/folder.fms").IsRefusal("there is no folder");
        Run("merge", "a.fms").IsRefusal("--out");
        Run("merge", "--out", "x.fms").IsRefusal("merge");
        Run("merge", "a.fms", "--out", "x.fms", "--quick").IsRefusal("'--quick' is not an option");
        Run("show", "a.fms", "--fpr-limit", "2").IsRefusal("--fpr-limit is '2'");
        Run("evaluate", "--scores", "a.csv", "--state", "x", "--json", "x").IsRefusal("named twice");
        Assert.Equal("old", File.ReadAllText(folder.File("out.fms")));
        Assert.Equal(["a.csv", "a.fms", "bad.fms", "out.fms"], folder.Names);
    }

    private static void Ok(Outcome outcome) => Assert.Equal((0, "", ""), (outcome.ExitCode, outcome.Output, outcome.Error));

    private Outcome Run(params string[] args) => Fmetrics.RunIn(folder.Path, args);

    private byte[] Bytes(string name) => File.ReadAllBytes(folder.File(name));

    /// <summary>Every third image of the brick, in the same layout; each is in one shard.</summary>
    private void CopyShard(int shard)
    {
        var maps = Path.Combine(Fmetrics.Brick, "anomaly_maps");
        string[] images = [.. Directory.EnumerateFiles(maps, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        foreach (var image in images.Where((_, index) => index % 3 == shard))
        {
            var name = Path.GetRelativePath(maps, image);
            Copy(Path.Combine("anomaly_maps", name));
            var mask = Path.Combine("ground_truth", Path.ChangeExtension(name, null) + "_mask.png");
            if (File.Exists(Path.Combine(Fmetrics.Brick, mask)))
                Copy(mask);
        }

        void Copy(string file)
        {
            var target = folder.File(Path.Combine($"shard{shard}", file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(Fmetrics.Brick, file), target);
        }
    }
}
