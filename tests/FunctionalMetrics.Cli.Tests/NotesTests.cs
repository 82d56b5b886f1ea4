using System.Net;
using System.Text.Json.Nodes;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>What was decided of the data, and counts at given thresholds: the same whichever way the files are read.</summary>
public sealed class NotesTests : IDisposable
{
    private const string Labels = "score,label\n0.1,cut\n0.9,good\n0.2,hole\n0.3,good\n0.25,hole\n0.25000001,bent\n";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Maps_have_the_same_notes_and_counts_in_memory_in_passes_in_shards_and_in_bins()
    {
        string[] at = ["--threshold", "0.6", "--pixel-threshold", "0.42"];
        string[] set = [SmallSet.Write(folder, "set", ..), .. SmallSet.Rules];
        var whole = Fmetrics.Evaluate([.. set, .. at]);
        string[] notes =
        [
            "2 images without a mask are normal by folder: good (2).",
            "1 image without a mask is taken as normal.",
            "1 image is normal because its mask is empty.",
            "1 pixel is left out.",
            "2 masks mark anomalous pixels by 1.",
        ];
        Assert.Equal(notes, Texts(whole));
        Assert.Equal(["normal_folder", "unmasked_normal", "empty_mask", "ignored_pixels", "masks_of_1"], Each(whole, "code"));
        Assert.Equal(["2", "1", "1", "1", "2"], Each(whole, "count"));
        Assert.Equal(
            """{"threshold":0.6,"tp":2,"fp":1,"fn":0,"tn":3,"precision":0.6666666666666666,"recall":1,"f1":0.8,"fpr":0.25}""",
            whole["image"]!["at_given_threshold"]!.ToJsonString()
        );
        Assert.Equal(
            """{"threshold":0.42,"tp":3,"fp":3,"fn":0,"tn":29,"precision":0.5,"recall":1,"f1":0.6666666666666666,"fpr":0.09375}""",
            whole["pixel"]!["at_given_threshold"]!.ToJsonString()
        );

        var page = folder.File("passes.html");
        Assert.Equal(whole.ToJsonString(), Fmetrics.Evaluate([.. set, .. at, "--max-memory", "1GB", "--report", page]).ToJsonString());
        SaysAll(page, [.. notes, "max-memory", "1GB", "ignore-value", "pixel-threshold"]);

        SmallSet.Write(folder, "first", ..2);
        SmallSet.Write(folder, "last", 2..);
        foreach (var shard in (string[])["first", "last"])
            Ok(["evaluate", shard, .. SmallSet.Rules, "--state", $"{shard}.fms", "--quiet"]);
        Ok("merge", "last.fms", "first.fms", "--out", "merged.fms");
        page = folder.File("shown.html");
        Assert.Equal(whole.ToJsonString(), Fmetrics.Json(["show", folder.File("merged.fms"), .. at, "--report", page]).ToJsonString());
        SaysAll(page, [.. notes, "given threshold", "0.42"]);

        var bounded = Fmetrics.Evaluate([.. set, .. at, "--approximate", "4"]);
        Assert.Equal(notes, Texts(bounded));
        Holds(whole["image"]!, bounded["image"]!);
        Holds(whole["pixel"]!, bounded["pixel"]!);
        Assert.Equal("""{"lower":0,"upper":3}""", bounded["pixel"]!["at_given_threshold"]!["tp"]!.ToJsonString());
    }

    [Fact]
    public void Rows_have_the_same_notes_and_counts_in_memory_in_passes_in_shards_and_in_bins()
    {
        string[] labels = ["--normal-label", "good", "--positive-label", "*", "--lower-is-anomalous"];
        string[] set = ["--scores", folder.Write("rows.csv", Labels), .. labels];
        var whole = Fmetrics.Evaluate([.. set, "--threshold", "0.2"]);
        string[] notes = ["4 rows have a label that is not named, taken as anomalous: hole (2), bent (1), cut (1)."];
        Assert.Equal(notes, Texts(whole));
        Assert.Equal(
            """{"threshold":0.2,"tp":2,"fp":0,"fn":2,"tn":2,"precision":1,"recall":0.5,"f1":0.6666666666666666,"fpr":0}""",
            whole["image"]!["at_given_threshold"]!.ToJsonString()
        );
        Assert.Equal(whole.ToJsonString(), Fmetrics.Evaluate([.. set, "--threshold", "0.2", "--max-memory", "1GB"]).ToJsonString());

        folder.Write("a.csv", "score,label\n" + string.Join('\n', Labels.Split('\n')[1..3]));
        folder.Write("b.csv", "score,label\n" + string.Join('\n', Labels.Split('\n')[3..]));
        foreach (var shard in (string[])["a", "b"])
            Ok(["evaluate", "--scores", $"{shard}.csv", .. labels, "--state", $"{shard}.fms", "--quiet"]);
        Ok("merge", "a.fms", "b.fms", "--out", "merged.fms");
        var page = folder.File("rows.html");
        Assert.Equal(
            whole.ToJsonString(),
            Fmetrics.Json("show", folder.File("merged.fms"), "--threshold", "0.2", "--report", page).ToJsonString()
        );
        SaysAll(page, notes);
        var bounded = Fmetrics.Evaluate([.. set, "--threshold", "0.2", "--approximate", "3"]);
        Assert.Equal(notes, Texts(bounded));
        Holds(whole["image"]!, bounded["image"]!);

        foreach (
            var way in (string[][])
                [
                    [],
                    ["--max-memory", "1GB"],
                    ["--approximate", "8"],
                ]
        )
            Fmetrics
                .Run(["evaluate", .. set, "--pixel-threshold", "0.5", .. way])
                .IsRefusal("--pixel-threshold has no effect: there are no pixels; --threshold is that of images and rows");
        Fmetrics.Run("show", folder.File("merged.fms"), "--pixel-threshold", "0.5").IsRefusal("--pixel-threshold has no effect");
    }

    [Fact]
    public void Where_nothing_is_called_anomalous_the_precision_says_so_beside_the_counts()
    {
        var file = folder.Write("s.csv", "score,label\n0.1,0\n0.8,1\n");
        var there = Fmetrics.Evaluate("--scores", file, "--threshold", "0.9")["image"]!["at_given_threshold"]!;
        Assert.Null(there["precision"]);
        Assert.Contains("precision is undefined", (string)there["undefined"]!["precision"]!, StringComparison.Ordinal);
        Assert.Equal((0, 0, 1, 1), ((int)there["tp"]!, (int)there["fp"]!, (int)there["fn"]!, (int)there["tn"]!));
        Assert.Matches(@"precision +│ +undefined", Fmetrics.Run("evaluate", "--scores", file, "--threshold", "0.9").Output);
    }

    private static string[] Texts(JsonNode json) => Each(json, "text");

    private static string[] Each(JsonNode json, string name) => [.. json["notes"]!.AsArray().Select(note => note![name]!.ToString())];

    private static void SaysAll(string page, string[] texts)
    {
        var html = WebUtility.HtmlDecode(File.ReadAllText(page));
        Assert.Contains("How this was made", html, StringComparison.Ordinal);
        foreach (var text in texts)
            Assert.Contains(text, html, StringComparison.Ordinal);
    }

    /// <summary>Every number of a level at the given threshold lies in its interval, or is the same.</summary>
    private static void Holds(JsonNode exact, JsonNode bounded)
    {
        foreach (var (name, value) in exact["at_given_threshold"]!.AsObject())
            if (bounded["at_given_threshold"]![name] is JsonObject interval)
                Assert.InRange((double)value!, (double)interval["lower"]!, (double)interval["upper"]!);
            else
                Assert.Equal((double)value!, (double)bounded["at_given_threshold"]![name]!);
    }

    private void Ok(params string[] args) =>
        Assert.Equal((0, ""), Fmetrics.RunIn(folder.Path, args) is var run ? (run.ExitCode, run.Error) : default);
}
