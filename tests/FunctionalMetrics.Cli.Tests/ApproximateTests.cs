using System.Globalization;
using System.Text.Json.Nodes;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>Evaluations in bounded memory: intervals that hold the exact numbers, in every form that they are written and kept in.</summary>
public sealed class ApproximateTests : IDisposable
{
    private static readonly string[] Numbers = ["auroc", "aupr", "average_precision", "optimal_f1", "adaptive_threshold", "aupro"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory, Trait("Category", "Slow")]
    [InlineData("3")]
    [InlineData("18")]
    [InlineData("24")]
    public void Every_exact_number_lies_in_its_interval(string bits)
    {
        foreach (
            var direction in (string[][])
                [
                    [],
                    ["--lower-is-anomalous"],
                ]
        )
        {
            var exact = Fmetrics.Evaluate([Fmetrics.Brick, .. direction]);
            var bounded = Fmetrics.Evaluate([Fmetrics.Brick, "--approximate", bits, .. direction]);
            Assert.Equal(int.Parse(bits, CultureInfo.InvariantCulture), (int)bounded["approximate"]!);
            foreach (var level in (string[])["image", "pixel"])
            {
                foreach (var number in Numbers.Where(number => exact[level]![number] is not null))
                    Assert.InRange(
                        (double)exact[level]![number]!,
                        (double)bounded[level]![number]!["lower"]!,
                        (double)bounded[level]![number]!["upper"]!
                    );
                foreach (var same in (string[])["rows", "positives", "min", "max", "regions", "adaptive_threshold_is_default"])
                    Assert.Equal($"{exact[level]![same]}", $"{bounded[level]![same]}");
            }
        }
    }

    [Fact]
    public void The_table_gives_both_ends_and_the_report_too()
    {
        var page = folder.File("report.html");
        var table = Fmetrics.Run("evaluate", Fmetrics.Brick, "--approximate", "18", "--report", page);
        Assert.Equal(0, table.ExitCode);
        Assert.Matches(@"AUROC +│ +0\.879167 │ +0\.\d{5} \.\. 0\.\d{5}", table.Output);
        Assert.Contains("2^18 bins", table.Output, StringComparison.Ordinal);
        var html = File.ReadAllText(page);
        Assert.Matches(@"AUROC</th><td title=""0\.\d+ \.\. 0\.\d+"">0\.\d{5} \.\. 0\.\d{5}<", html);
        Assert.Contains("2^18 bins", html, StringComparison.Ordinal);
    }

    [Fact, Trait("Category", "Slow")]
    public void Bounded_state_files_are_merged_and_shown_and_meet_at_the_coarser_resolution()
    {
        var scores = folder.Write("a.csv", "score,label\n0.1,0\n0.2,1\n0.30001,0\n0.30002,1\n");
        var others = folder.Write("b.csv", "score,label\n0.15,0\n0.6,1\n");
        var both = folder.Write("c.csv", "score,label\n0.1,0\n0.2,1\n0.30001,0\n0.30002,1\n0.15,0\n0.6,1\n");
        Kept(scores, "fine.fms", "20");
        Kept(scores, "exact.fms", null);
        Kept(others, "coarse.fms", "8");
        Kept(both, "whole.fms", "8");
        foreach (
            var order in (string[][])
                [
                    ["fine.fms", "coarse.fms"],
                    ["coarse.fms", "fine.fms"],
                    ["exact.fms", "coarse.fms"],
                    ["coarse.fms", "exact.fms"],
                ]
        )
        {
            Assert.Equal(0, Fmetrics.Run(["merge", .. order.Select(folder.File), "--out", folder.File("merged.fms")]).ExitCode);
            Assert.Equal(File.ReadAllBytes(folder.File("whole.fms")), File.ReadAllBytes(folder.File("merged.fms")));
        }
        var shown = Fmetrics.Json("show", folder.File("merged.fms"));
        Assert.Equal(Fmetrics.Evaluate("--scores", both, "--approximate", "8").ToJsonString(), shown.ToJsonString());
        Assert.Equal(8, (int)shown["approximate"]!);
        Assert.NotEqual((double)Auroc(shown)["lower"]!, (double)Auroc(shown)["upper"]!);
    }

    [Fact]
    public void What_is_undefined_says_why_and_the_default_threshold_is_given()
    {
        var scores = folder.Write("a.csv", "score,label\n0.1,0\n0.2,0\n");
        var json = Fmetrics.Evaluate("--scores", scores, "--approximate", "18", "--default-threshold", "0.7");
        Assert.Null(json["image"]!["auroc"]);
        Assert.Equal(
            "bounded AUROC is undefined: there is no anomalous row (rows seen: 2)",
            (string)json["image"]!["undefined"]!["auroc"]!
        );
        Assert.Equal(0.7, (double)json["image"]!["adaptive_threshold"]!["lower"]!);
        Assert.True((bool)json["image"]!["adaptive_threshold_is_default"]!);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("25")]
    [InlineData("many")]
    public void A_resolution_that_there_is_not_is_refused(string bits) =>
        Fmetrics.Run("evaluate", Fmetrics.Brick, "--approximate", bits).IsRefusal($"--approximate is '{bits}'", "from 1 to 24");

    private static JsonNode Auroc(JsonNode json) => json["image"]!["auroc"]!;

    private void Kept(string scores, string name, string? bits) =>
        Assert.Equal(
            0,
            Fmetrics
                .Run([
                    "evaluate",
                    "--scores",
                    scores,
                    "--state",
                    folder.File(name),
                    "--quiet",
                    .. bits is null ? (string[])[] : ["--approximate", bits],
                ])
                .ExitCode
        );
}
