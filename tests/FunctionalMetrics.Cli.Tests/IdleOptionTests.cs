using System.Text.Json.Nodes;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>An option that changes nothing is refused, or a hint says so where only the data tell.</summary>
public sealed class IdleOptionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public IdleOptionTests()
    {
        SmallSet.Write(folder, "set", ..);
        folder.Write("s.csv", "score,label\n0.1,0\n0.9,1\n");
        folder.Write("l.csv", "file,label\ncut/000,1\ncut/001,1\ncut/002,0\ngood/000,0\ngood/001,0\nhole/000,0\n");
    }

    public void Dispose() => folder.Dispose();

    private Outcome Run(params string[] arguments) => Fmetrics.RunIn(folder.Path, ["evaluate", .. arguments]);

    [Theory]
    [InlineData("--mask-threshold 1")]
    [InlineData("--ignore-value 1")]
    [InlineData("--normal-folder fine")]
    [InlineData("--unmasked normal")]
    [InlineData("--fpr-limit 0.1")]
    public void Without_masks_options_of_masks_are_refused(string option)
    {
        string[] words = option.Split(' ');
        Run(["--maps", "set/anomaly_maps", "--image-labels", "l.csv", .. words]).IsRefusal($"{words[0]} has no effect without --masks");
        Run(["--scores", "s.csv", .. words]).IsRefusal($"{words[0]} has no effect on --scores");
        Assert.Equal(0, Run(["--maps", "set/anomaly_maps", "--image-labels", "l.csv"]).ExitCode);
    }

    [Fact]
    public void A_normal_folder_that_no_image_lies_in_is_a_hint()
    {
        const string Hint = "hint: no image lies in a folder nosuch: --normal-folder nosuch changed nothing";
        string[] arguments =
        [
            "set",
            "--ignore-value",
            "3",
            "--mask-threshold",
            "1",
            "--normal-folder",
            "nosuch",
            "--normal-folder",
            "HOLE",
        ];
        foreach (
            var more in (string[][])
                [
                    [],
                    ["--dry-run"],
                    ["--max-memory", "400MB"],
                ]
        )
        {
            var run = Run([.. arguments, .. more]);
            Assert.True(run.ExitCode == 0, run.Error);
            Assert.Equal(
                ["hint: no mask pixel is 3: --ignore-value left nothing out", Hint],
                run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Where(line => line.StartsWith("hint: no ", StringComparison.Ordinal))
            );
        }
    }

    [Theory]
    [InlineData("--threshold --json x.json", "--threshold lacks its value: the option --json follows it")]
    [InlineData("--unmasked --json x.json", "--unmasked lacks its value: the option --json follows it")]
    [InlineData("--score-column --quiet", "--score-column lacks its value: the option --quiet follows it")]
    [InlineData("--mask-threshold --lower-is-anomalous", "--mask-threshold lacks its value: the option --lower-is-anomalous follows it")]
    public void A_value_that_is_missing_is_not_the_next_option(string options, string sentence) =>
        Run(["--scores", "s.csv", .. options.Split(' ')]).IsRefusal(sentence);

    [Fact]
    public void No_JSON_comes_of_a_dry_run() =>
        Run(["--scores", "s.csv", "--dry-run", "--json", "-"]).IsRefusal("--json has no effect with --dry-run");

    /// <summary>Of the three images of which something is left, by both ways to read; a dry run says the same of the fourth.</summary>
    [Fact]
    public void An_image_of_which_nothing_is_left_is_said_as_such()
    {
        Npy.Write(folder.File("m.npy"), "<f4", [3, 1, 2], [0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f]);
        Npy.Write(folder.File("k.npy"), "|u1", [3, 1, 2], [0, 0, 0, 1, 2, 2]);
        string[] arguments = ["--maps", "m.npy", "--masks", "k.npy", "--ignore-value", "2", "--image-score", "mean"];
        var notes = JsonNode.Parse(Run([.. arguments, "--json", "-"]).Output)!["notes"]!.AsArray();
        Assert.Equal(2, (int)notes.Single(note => (string)note!["code"]! == "image_scores")!["count"]!);
        var lines = Run([.. arguments, "--dry-run"]).Output.TrimEnd('\n').Split('\n');
        Assert.StartsWith("left out   mask is empty, 2 left out", lines[2]);
        Assert.Equal(notes.Select(note => (string)note!["text"]!), lines[4..]);
    }

    /// <summary>A shard of which all is left out has no image scores that could be others.</summary>
    [Fact]
    public void States_of_what_is_left_out_go_with_those_of_any_image_score()
    {
        Npy.Write(folder.File("m.npy"), "<f4", [1, 1, 2], [0.1f, 0.2f]);
        Npy.Write(folder.File("void.npy"), "|u1", [1, 1, 2], [2, 2]);
        Npy.Write(folder.File("k.npy"), "|u1", [1, 1, 2], [0, 1]);
        foreach (var masks in new[] { "void", "k" })
            Assert.Equal(
                0,
                Run(
                    "--maps",
                    "m.npy",
                    "--masks",
                    masks + ".npy",
                    "--ignore-value",
                    "2",
                    "--image-score",
                    "mean",
                    "--state",
                    masks + ".fms"
                ).ExitCode
            );
        var merged = Fmetrics.RunIn(folder.Path, "merge", "void.fms", "k.fms", "--out", "all.fms");
        Assert.True(merged.ExitCode == 0, merged.Error);
    }
}
