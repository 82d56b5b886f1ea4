namespace FunctionalMetrics.Cli.Tests;

public sealed class RowsTests : IDisposable
{
    private const string Rows = "score,label\n0.1,0\n0.4,0\n0.35,1\n0.8,1\n";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_numbers_of_scikit_learns_example_come_out()
    {
        var image = Fmetrics.Evaluate("--scores", folder.Write("s.csv", Rows))["image"]!;
        Assert.Equal(0.75, (double)image["auroc"]!);
        Assert.Equal(0.8333333333333333, (double)image["average_precision"]!, 1e-15);
        Assert.Equal(0.7916666666666666, (double)image["aupr"]!, 1e-15);
        Assert.Equal(0.8, (double)image["optimal_f1"]!);
        Assert.Equal(0.35, (double)image["adaptive_threshold"]!);
        Assert.False((bool)image["adaptive_threshold_is_default"]!);
        Assert.Equal(
            "{\"tp\":2,\"fp\":1,\"fn\":0,\"tn\":1,\"precision\":0.6666666666666666,\"recall\":1}",
            image["at_threshold"]!.ToJsonString()
        );
        Assert.Equal((4, 2, 0.1, 0.8), ((int)image["rows"]!, (int)image["positives"]!, (double)image["min"]!, (double)image["max"]!));
        Assert.Null(image["undefined"]);
    }

    [Fact]
    public void Rows_have_no_pixel_level() => Assert.Null(Fmetrics.Evaluate("--scores", folder.Write("s.csv", Rows))["pixel"]);

    [Fact]
    public void With_one_class_only_undefined_numbers_are_null_and_say_why()
    {
        var image = Fmetrics.Evaluate("--scores", folder.Write("s.csv", "score,label\n0.25,0\n0.75,0\n"), "--default-threshold", "0.3")[
            "image"
        ]!;
        foreach (var name in (string[])["auroc", "aupr", "average_precision", "optimal_f1"])
        {
            Assert.True(image.AsObject().ContainsKey(name));
            Assert.Null(image[name]);
            Assert.Contains("no anomalous row", (string)image["undefined"]![name]!, StringComparison.Ordinal);
        }
        Assert.Equal(0.3, (double)image["adaptive_threshold"]!);
        Assert.True((bool)image["adaptive_threshold_is_default"]!);
        Assert.Equal((0, 1, 0, 1), Counts(image));
        Assert.Equal(0, (double)image["at_threshold"]!["precision"]!);
        Assert.Null(image["at_threshold"]!["recall"]);
        Assert.NotNull(image["undefined"]!["recall"]);
    }

    [Fact]
    public void A_file_without_rows_is_valid_and_all_is_undefined()
    {
        var image = Fmetrics.Evaluate("--scores", folder.Write("s.csv", "score,label\n"))["image"]!;
        Assert.Equal(0, (int)image["rows"]!);
        Assert.Null(image["min"]);
        Assert.NotNull(image["undefined"]!["min"]);
        Assert.NotNull(image["undefined"]!["precision"]);
    }

    [Fact]
    public void Low_scores_can_be_the_anomalous_ones_and_thresholds_stay_the_users_own()
    {
        var turned = folder.Write("turned.csv", "score,label\n-0.1,0\n-0.4,0\n-0.35,1\n-0.8,1\n");
        var image = Fmetrics.Evaluate("--scores", turned, "--lower-is-anomalous")["image"]!;
        Assert.Equal(0.75, (double)image["auroc"]!);
        Assert.Equal(-0.35, (double)image["adaptive_threshold"]!);
        Assert.Equal((-0.8, -0.1), ((double)image["min"]!, (double)image["max"]!));
        Assert.Equal((2, 1, 0, 1), Counts(image));
    }

    [Fact]
    public void A_default_threshold_holds_for_low_scores_too()
    {
        var file = folder.Write("s.csv", "score,label\n0.25,0\n0.75,0\n0.8,0\n");
        var image = Fmetrics.Evaluate("--scores", file, "--lower-is-anomalous", "--default-threshold", "0.5")["image"]!;
        Assert.Equal(0.5, (double)image["adaptive_threshold"]!);
        Assert.Equal((0, 1, 0, 2), Counts(image));
    }

    [Fact]
    public void An_auroc_below_one_half_gets_one_hint_on_standard_error()
    {
        var file = folder.Write("s.csv", "score,label\n0.9,0\n0.1,1\n");
        var outcome = Fmetrics.Run("evaluate", "--scores", file, "--json", "-");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("--lower-is-anomalous", Assert.Single(outcome.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
        Assert.Empty(Fmetrics.Run("evaluate", "--scores", file, "--quiet").Error);
    }

    [Fact]
    public void Columns_and_label_texts_can_be_named()
    {
        var file = folder.Write("s.tsv", "file\tvalue\tkind\na\t0.1\tgood\nb\t0.9\tanomaly\n");
        var image = Fmetrics.Evaluate("--scores", file, "--score-column", "value", "--label-column", "kind", "--positive-label", "anomaly")[
            "image"
        ]!;
        Assert.Equal(1, (double)image["auroc"]!);
    }

    [Fact]
    public void The_machines_culture_changes_nothing()
    {
        var file = folder.Write("s.csv", Rows);
        var german = Fmetrics.Spawn(folder.Path, "de_DE.UTF-8", "evaluate", "--scores", file, "--json", "-", "--default-threshold", "0.3");
        Assert.Equal(0, german.ExitCode);
        Assert.Equal(Fmetrics.Run("evaluate", "--scores", file, "--json", "-", "--default-threshold", "0.3").Output, german.Output);
        Assert.Equal(
            Fmetrics.Run("evaluate", "--scores", file).Output,
            Fmetrics.Spawn(folder.Path, "de_DE.UTF-8", "evaluate", "--scores", file).Output
        );
    }

    private static (int, int, int, int) Counts(System.Text.Json.Nodes.JsonNode level)
    {
        var counts = level["at_threshold"]!;
        return ((int)counts["tp"]!, (int)counts["fp"]!, (int)counts["fn"]!, (int)counts["tn"]!);
    }
}
