namespace FunctionalMetrics.Cli.Tests;

/// <summary>What would be read, and why; nothing is computed or written.</summary>
public sealed class DryRunTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Each_image_is_a_line_with_its_label_and_why_and_no_file_is_written()
    {
        SmallSet.Write(folder, "set", ..);
        var run = Run(["evaluate", "set", .. SmallSet.Rules, "--dry-run", "--json", "a.json", "--state", "a.fms", "--report", "a.html"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(["set"], folder.Names);
        var lines = run.Output.TrimEnd('\n').Split('\n');
        Assert.Equal(6 + 1 + 5, lines.Length);
        foreach (
            var (line, image) in lines.Zip(
                (string[])
                    [
                        "anomalous +mask has anomalous pixels(, 1 left out)? +2 x 3 +cut/000: .*cut.000.npy \\+ .*cut.000_mask.npy",
                        "anomalous +mask has anomalous pixels(, 1 left out)? +2 x 3 +cut/001: .*cut.001.npy \\+ .*cut.001_mask.npy",
                        "normal +mask is empty(, 1 left out)? +2 x 3 +cut/002: .*cut.002.npy \\+ .*cut.002_mask.npy",
                        "normal +no mask, folder good +2 x 3 +good/000: .*good.000.npy",
                        "normal +no mask, folder good +2 x 3 +good/001: .*good.001.npy",
                        "normal +no mask, --unmasked normal +2 x 3 +hole/000: .*hole.000.npy",
                        "6 images, 2 of them anomalous",
                        "2 images without a mask are normal by folder: good \\(2\\).",
                    ]
            )
        )
            Assert.Matches($"^{image}$", line);
    }

    [Fact]
    public void Every_image_that_is_refused_is_a_line_and_the_first_one_the_error()
    {
        SmallSet.Write(folder, "set", ..);
        folder.Write("set/anomaly_maps/cut/001.npy", "no array");
        var one = Run(["evaluate", "set", .. SmallSet.Rules, "--dry-run"]);
        Assert.Equal(2, one.ExitCode);
        Assert.StartsWith("fmetrics: set/anomaly_maps/cut/001.npy: ", one.Error, StringComparison.Ordinal);
        Assert.Contains("good/000", one.Output, StringComparison.Ordinal);

        folder.Write("set/ground_truth/cut/002_mask.npy", "no array");
        var two = Run(["evaluate", "set", .. SmallSet.Rules, "--dry-run"]);
        Assert.Equal(
            ["anomalous", "refused", "refused", "normal", "normal", "normal"],
            two.Output.TrimEnd().Split('\n').Select(line => line.Split(' ')[0])
        );
        Assert.StartsWith(
            "fmetrics: 2 of 6 images are refused; the first: set/anomaly_maps/cut/001.npy: ",
            two.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Each_label_of_rows_is_a_line_with_its_rows_and_class()
    {
        folder.Write("rows.csv", "score,label\n0.1,cut\n0.9,good\n0.2,hole\n0.3,good\n");
        var run = Run(["evaluate", "--scores", "rows.csv", "--normal-label", "good", "--positive-label", "*", "--dry-run"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            [
                "normal 2 rows 'good'",
                "anomalous 1 rows 'cut'",
                "anomalous 1 rows 'hole'",
                "4 rows, 2 of them anomalous",
                "2 rows have a label that is not named, taken as anomalous: cut (1), hole (1).",
            ],
            run.Output.TrimEnd('\n').Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        );
    }

    [Fact]
    public void Bad_input_is_refused_with_the_sentence_of_an_evaluation()
    {
        SmallSet.Write(folder, "set", ..);
        folder.Write("texts.csv", "score,label\n0.1,cut\n0.9,good\n");
        folder.Write("nan.csv", "score,label\nnan,1\n");
        folder.Write("images.csv", "file,score\ncut/000,1\n");
        foreach (
            var (args, text) in (ReadOnlySpan<(string[], string)>)
                [
                    (["set", "--ignore-value", "2"], "hole"),
                    (["set", "--unmasked", "normal"], "cut/001_mask.npy"),
                    (["set", .. SmallSet.Rules, "--image-scores", "images.csv"], "images.csv"),
                    (["--scores", "texts.csv"], "texts.csv"),
                    (["--scores", "nan.csv"], "nan.csv"),
                    (["none"], "none"),
                    (["set", "--max-memory", "1GB", "--state", "a.fms"], "--max-memory does not go with --state"),
                    ([], "nothing to evaluate"),
                ]
        )
        {
            var (real, dry) = (Run(["evaluate", .. args]), Run(["evaluate", .. args, "--dry-run"]));
            real.IsRefusal(text);
            Assert.Equal((2, real.Error), (dry.ExitCode, dry.Error));
        }
    }

    private Outcome Run(string[] args) => Fmetrics.RunIn(folder.Path, args);
}
