using System.Text.Json.Nodes;
using FunctionalMetrics.Core;
using FunctionalMetrics.IO;
using FunctionalMetrics.Statistics;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>How sure each number is, with --intervals.</summary>
public sealed class IntervalTests : IDisposable
{
    private static readonly string[] Few = ["--intervals", "0.9", "--replicates", "200"];
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Each_rate_has_its_interval_beside_it_and_show_gives_the_same_of_images_that_were_kept()
    {
        string[] asked = [.. Few, "--metrics", "fpr95,aupro@0.05", "--pixel-threshold", "11"];
        var json = Fmetrics.Evaluate([Fmetrics.Brick, .. asked, "--state", folder.File("kept.fms"), "--keep-images"]);
        foreach (var level in (string[])["image", "pixel"])
        foreach (
            var name in (string[])["auroc", "aupr", "average_precision", "optimal_f1", "at_threshold.precision", "metrics.fpr95.value"]
        )
            AssertAround(json[level]!, name);
        foreach (var name in (string[])["aupro", "at_given_threshold.f1", "metrics.aupro@0.05.value"])
            AssertAround(json["pixel"]!, name);
        Assert.Equal("delong", (string)json["image"]!["auroc_interval"]!["method"]!);
        Assert.Equal("clustered", (string)json["pixel"]!["auroc_interval"]!["method"]!);
        Assert.Equal("bootstrap-bca", (string)json["pixel"]!["aupro_interval"]!["method"]!);
        Assert.Equal(0.9, (double)json["pixel"]!["aupro_interval"]!["level"]!);

        var shown = JsonNode.Parse(Fmetrics.Run(["show", folder.File("kept.fms"), .. asked, "--json", "-"]).Output)!;
        foreach (var level in (string[])["image", "pixel"])
            Assert.Equal(json[level]!.ToJsonString(), shown[level]!.ToJsonString());
        var other = JsonNode.Parse(Fmetrics.Run(["show", folder.File("kept.fms"), .. asked, "--seed", "1", "--json", "-"]).Output)!;
        Assert.Equal(json["pixel"]!["auroc_interval"]!.ToJsonString(), other["pixel"]!["auroc_interval"]!.ToJsonString());
        Assert.NotEqual(json["pixel"]!["aupro_interval"]!.ToJsonString(), other["pixel"]!["aupro_interval"]!.ToJsonString());

        // The very numbers of the library.
        var kept = StateFile.TryRead(folder.File("kept.fms")).IfFail(error => throw new InvalidOperationException(error.Message));
        var images = ((EvaluationState.Exact)kept).Kept.IfNone(ImageState.Empty);
        var aupro = ReplicateTable
            .Of(images)
            .Draw(new(), 200)
            .Single(number => number.Key == "aupro")
            .Bca(0.9)
            .IfFail(error => throw new InvalidOperationException(error.Message));
        Assert.Equal((aupro.Lower, aupro.Upper), Ends(json["pixel"]!["aupro_interval"]!));
    }

    [Fact]
    public void The_table_shows_them_and_says_how_they_were_made_and_where_there_is_none()
    {
        var set = SmallSet.Write(folder, "set", ..);
        var outcome = Fmetrics.Run(["evaluate", set, .. SmallSet.Rules, .. Few]);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        Assert.Contains("In brackets: 90% intervals.", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("4 normal images, fewer than 10", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("pixel AUPRO, FPR up to 0.3: ", outcome.Output, StringComparison.Ordinal);
        Assert.Matches(@"AUROC .*\[0\.\d+, \d\.\d+\]", Fmetrics.Run(["evaluate", Fmetrics.Brick, .. Few]).Output);
    }

    [Fact]
    public void The_report_has_them_below_its_numbers_and_beside_the_area_that_it_begins_with()
    {
        var report = folder.File("r.html");
        var json = Fmetrics.Evaluate([Fmetrics.Brick, .. Few, "--report", report]);
        var page = File.ReadAllText(report);
        foreach (var (level, name) in (ReadOnlySpan<(string, string)>)[("image", "auroc"), ("image", "optimal_f1"), ("pixel", "aupro")])
        {
            var (lower, upper) = Ends(json[level]![name + "_interval"]!);
            Assert.Contains(
                $"<small class=\"sure\">{Readable.Rate(lower)} to {Readable.Rate(upper)}</small>",
                page,
                StringComparison.Ordinal
            );
        }
        var (from, to) = Ends(json["image"]!["auroc_interval"]!);
        Assert.Contains($"<dd>0.8792 ({Readable.Rate(from)} to {Readable.Rate(to)})</dd>", page, StringComparison.Ordinal);
        Assert.Contains("Below numbers: 90% intervals.", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_without_images_are_drawn_one_by_one_and_their_order_does_not_count()
    {
        string[] rows = [.. Enumerable.Range(0, 40).Select(i => $"0.{i * 37 % 101:00},{(i % 3 == 0 ? 1 : 0)}")];
        var (one, other) = (
            folder.Write("one.csv", $"score,label\n{string.Join('\n', rows)}\n"),
            folder.Write("other.csv", $"score,label\n{string.Join('\n', rows.Reverse())}\n")
        );
        var json = Fmetrics.Evaluate(["--scores", one, .. Few]);
        AssertAround(json["image"]!, "average_precision");
        Assert.Equal(json["image"]!.ToJsonString(), Fmetrics.Evaluate(["--scores", other, .. Few])["image"]!.ToJsonString());
        Assert.Contains("rows", Fmetrics.Run(["evaluate", "--scores", one, .. Few]).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--intervals does not go with --approximate", "--approximate", "12")]
    [InlineData("--intervals does not go with --max-memory", "--max-memory", "1GB")]
    [InlineData("--intervals does not go with several categories", "--categories")]
    public void What_does_not_keep_images_is_refused(string reason, params string[] options)
    {
        var outcome = Fmetrics.Run(["evaluate", Fmetrics.Brick, .. Few, .. options]);
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains(reason, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_without_images_a_level_out_of_range_and_draws_for_nothing_are_refused()
    {
        Fmetrics.Run("evaluate", Fmetrics.Brick, "--state", folder.File("plain.fms"), "--quiet");
        Refused("evaluate with --keep-images", ["show", folder.File("plain.fms"), .. Few]);
        Refused("number between 0 and 1", ["evaluate", Fmetrics.Brick, "--intervals", "95"]);
        Refused("--seed has no effect without --intervals", ["evaluate", Fmetrics.Brick, "--seed", "3"]);
        Refused("--replicates has no effect without --intervals", ["evaluate", Fmetrics.Brick, "--replicates", "300"]);

        static void Refused(string reason, string[] args)
        {
            var outcome = Fmetrics.Run(args);
            Assert.Equal(2, outcome.ExitCode);
            Assert.Contains(reason, outcome.Error, StringComparison.Ordinal);
        }
    }

    private static void AssertAround(JsonNode level, string path)
    {
        var names =
            path.Split('.') is [var first, .. var rest] && first == "metrics"
                ? ["metrics", string.Join('.', rest[..^1]), rest[^1]]
                : path.Split('.');
        var place = names[..^1].Aggregate(level, (node, name) => node[name]!);
        var (value, interval) = ((double)place[names[^1]]!, place[names[^1] == "value" ? "interval" : names[^1] + "_interval"]!);
        var (lower, upper) = Ends(interval);
        Assert.InRange(value, lower, upper);
        Assert.InRange(lower, 0, upper);
        Assert.InRange(upper, lower, 1);
    }

    private static (double Lower, double Upper) Ends(JsonNode interval) => ((double)interval["lower"]!, (double)interval["upper"]!);
}
