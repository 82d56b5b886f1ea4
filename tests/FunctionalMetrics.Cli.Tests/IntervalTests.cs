using System.Collections.Immutable;
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
    public void The_mean_of_categories_has_one_from_images_that_are_drawn_within_each()
    {
        string[] names = ["even", "odd", "whole"];
        foreach (var file in Directory.EnumerateFiles(Fmetrics.Brick, "*", SearchOption.AllDirectories))
        foreach (
            var name in (string[])["whole", Path.GetFileNameWithoutExtension(file)[..3] is var stem && stem[2] % 2 == 0 ? "even" : "odd"]
        )
        {
            var copy = folder.File(Path.Combine("root", name, Path.GetRelativePath(Fmetrics.Brick, file)));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        string[] evaluate = ["evaluate", folder.File("root"), "--categories", .. Few, "--metrics", "fpr95"];
        var outcome = Fmetrics.Run([
            .. evaluate,
            "--json",
            folder.File("all.json"),
            "--report",
            folder.File("r.html"),
            "--table",
            folder.File("t.md"),
        ]);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        var json = JsonNode.Parse(File.ReadAllText(folder.File("all.json")))!;
        var draws = names
            .Select(
                (name, number) =>
                {
                    var state = folder.File($"{number}.fms");
                    Fmetrics.Run("evaluate", folder.File($"root/{name}"), "--state", state, "--keep-images", "--quiet");
                    var kept = (EvaluationState.Exact)StateFile.TryRead(state).ThrowIfFail();
                    return ReplicateTable
                        .Of(kept.Kept.IfNone(ImageState.Empty), number)
                        .Draw(new() { Asked = AskedNumber.ParseAll("fpr95").ThrowIfFail() }, 200);
                }
            )
            .ToList();
        // A plain mean of each replicate, and of each set without one image.
        foreach (
            var (level, key) in (ReadOnlySpan<(string, string)>)
                [("image", "auroc"), ("image", "metrics.fpr95"), ("pixel", "aupro"), ("pixel", "auroc")]
        )
        {
            var own = draws.ConvertAll(numbers => numbers.Single(number => (number.Level, number.Key) == (level, key)));
            double[] values = [.. own.Select(number => number.Value.ThrowIfFail())];
            var mean = own[0] with
            {
                Value = values.Sum() / 3,
                Replicates =
                [
                    .. Enumerable
                        .Range(0, 200)
                        .Select(b => (LanguageExt.Fin<double>)(own.Sum(number => number.Replicates[b].ThrowIfFail()) / 3)),
                ],
                LeftOut =
                [
                    .. own.SelectMany(number =>
                        number.LeftOut.Select(some =>
                            some.Select(without =>
                                    (LanguageExt.Fin<double>)((values.Sum() - number.Value.ThrowIfFail() + without.ThrowIfFail()) / 3)
                                )
                                .ToImmutableArray()
                        )
                    ),
                ],
            };
            var expected = mean.Bca(0.9).ThrowIfFail();
            var place = key.Split('.').Aggregate(json["mean"]![level]!, (node, name) => name == key.Split('.')[^1] ? node : node[name]!);
            var found = place[key.Split('.')[^1] + "_interval"]!;
            Assert.Equal(expected.Lower, Ends(found).Item1, 1e-12);
            Assert.Equal(expected.Upper, Ends(found).Item2, 1e-12);
            Assert.Equal(expected.Method, (string)found["method"]!);
        }
        // The same in the table, in its file and on the page; each category's own beside it.
        foreach (var level in (JsonNode[])[json["mean"]!["image"]!, json["categories"]!["odd"]!["image"]!])
        {
            var (lower, upper) = Ends(level["auroc_interval"]!);
            var cell = $"{Readable.Rate((double)level["auroc"]!)} [{Readable.Rate(lower)}, {Readable.Rate(upper)}]";
            foreach (var text in (string[])[outcome.Output, File.ReadAllText(folder.File("r.html")), File.ReadAllText(folder.File("t.md"))])
                Assert.Contains(cell, text, StringComparison.Ordinal);
        }
        Assert.Contains(
            "Of a mean, that of AUROC too, images are drawn within category and class.",
            outcome.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_mean_without_an_interval_says_why()
    {
        // Of the anomalous rows of one category each draw gives that one again.
        folder.Write("one.csv", "score,label\n0.5,1\n0.1,0\n0.7,0\n0.3,0\n");
        folder.Write("two.csv", "score,label\n0.5,1\n0.4,1\n0.45,0\n0.7,0\n0.3,0\n");
        string[] call = ["evaluate", "--scores", folder.File("{category}.csv"), "--categories", .. Few];
        var outcome = Fmetrics.Run([
            .. call,
            "--json",
            folder.File("all.json"),
            "--table",
            folder.File("t.md"),
            "--report",
            folder.File("r.html"),
        ]);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        const string Why = "auroc has no bootstrap interval: a class of one gives that one again in every draw";
        var image = JsonNode.Parse(File.ReadAllText(folder.File("all.json")))!["mean"]!["image"]!;
        Assert.NotNull(image["auroc"]);
        Assert.Null(image["auroc_interval"]);
        Assert.Equal(Why, (string)image["undefined"]!["auroc_interval"]!);
        foreach (var text in (string[])[outcome.Output, File.ReadAllText(folder.File("t.md")), File.ReadAllText(folder.File("r.html"))])
        {
            Assert.Contains($"mean: image AUROC: {Why}.", text, StringComparison.Ordinal);
            Assert.Contains("one: image average precision: average_precision has no bootstrap interval", text, StringComparison.Ordinal);
            Assert.DoesNotContain("two: image average precision: average_precision has no", text, StringComparison.Ordinal);
        }
        Assert.Contains(
            "Of a mean, that of AUROC too, rows are drawn within category and class.",
            outcome.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_is_said_of_how_an_interval_came_about_names_it()
    {
        NumberWithInterval[] all =
        [
            new(Levels.Image, "aupr", 0.5, new Interval(0.25, 0.75), "bootstrap-percentile") { Remark = "no end" },
            new(Levels.Image, "auroc", 0.5, new Interval(0.25, 0.75), "delong"),
            new(Levels.Pixel, "aupro", 0.5, new Interval(0.25, 0.75), "bootstrap-bca") { Undefined = 3 },
        ];
        Assert.Equal(
            [
                ("undefined_replicates", 3L, "mean pixel aupro has no value in 3 of 500 draws, which are left out."),
                (
                    "percentile_intervals",
                    1,
                    "Between plain quantiles of the draws, as a bias-corrected interval has no end there: mean image aupr."
                ),
            ],
            NumberIntervals.Of(all, "mean ", new() { Replicates = 500 }).Select(note => (note.Code, note.Count, note.Text))
        );
    }

    [Theory]
    [InlineData("few", "many")]
    [InlineData("many", "very_few")]
    public void A_mean_over_a_category_that_is_not_drawn_has_none_and_names_it(params string[] categories)
    {
        foreach (var name in categories)
        {
            var count = name == "many" ? ReplicateTable.MostRows + 1 : 60;
            folder.Write(
                $"rows/{name}.csv",
                $"score,label\n{string.Join('\n', Enumerable.Range(0, count).Select(i => $"{i * 7919L % 100003},{i % 2}"))}\n"
            );
        }
        var outcome = Fmetrics.Run([
            "evaluate",
            "--scores",
            folder.File("rows/{category}.csv"),
            "--categories",
            .. Few,
            "--json",
            folder.File("all.json"),
        ]);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        var image = JsonNode.Parse(File.ReadAllText(folder.File("all.json")))!["mean"]!["image"]!;
        foreach (var number in (string[])["auroc", "aupr", "optimal_f1"])
        {
            Assert.Null(image[number + "_interval"]);
            Assert.Equal(
                $"category many: {number} has no bootstrap interval: numbers are drawn of 100,000 rows at most",
                (string)image["undefined"]![number + "_interval"]!
            );
        }
        Assert.Contains("many: 100,001 rows: AUROC alone has an interval", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_more_rows_than_are_drawn_auroc_alone_has_one()
    {
        var rows = Enumerable.Range(0, ReplicateTable.MostRows + 1).Select(i => $"{i * 7919L % 100003},{i % 2}");
        var table = folder.Write("many.csv", $"score,label\n{string.Join('\n', rows)}\n");
        var json = Fmetrics.Evaluate(["--scores", table, .. Few]);
        Assert.Equal("delong", (string)json["image"]!["auroc_interval"]!["method"]!);
        Assert.Null(json["image"]!["optimal_f1_interval"]);
        Assert.Contains(
            "numbers are drawn of 100,000 rows at most",
            (string)json["image"]!["undefined"]!["optimal_f1_interval"]!,
            StringComparison.Ordinal
        );
        // The area has one by its name too, and a category that is not drawn leaves the mean without one.
        var asked = Fmetrics.Evaluate(["--scores", table, .. Few, "--metrics", "auroc"]);
        Assert.Equal("delong", (string)asked["image"]!["metrics"]!["auroc"]!["interval"]!["method"]!);
        var shown = Fmetrics.Run(["evaluate", "--scores", table, .. Few, "--report", folder.File("r.html")]);
        Assert.Contains("AUROC of rows by DeLong.", shown.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("draws of the rows", shown.Output, StringComparison.Ordinal);
        Assert.Contains("Curves have no bands: those are drawn of 10,000 rows at most.", shown.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("interval at each point", File.ReadAllText(folder.File("r.html")), StringComparison.Ordinal);
        Assert.Contains("100,001 rows: AUROC alone has an interval", json["notes"]!.ToJsonString(), StringComparison.Ordinal);
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

        // A band around the curves of ranks of both levels, and around that of regions: the heights drawn again, without an edge.
        Assert.Equal(5, page.Split("90% interval at each point").Length - 1);
        Fmetrics.Run("evaluate", Fmetrics.Brick, "--state", folder.File("kept.fms"), "--keep-images", "--quiet");
        var images = ((EvaluationState.Exact)StateFile.TryRead(folder.File("kept.fms")).ThrowIfFail()).Kept.IfNone(ImageState.Empty);
        var band = EvaluationDraws
            .Of(images, new() { Replicates = 200, Bands = true })
            .Bands(0.9)
            .Single(one => (one.Level, one.Curve) == (Levels.Pixel, "pro"));
        Assert.Equal((0, 0.3), (band.Points[0].X, band.Points[^1].X));
        // Nothing varies where all anomalous scores are above all others: there is no band then.
        var perfect = RankState.Of(
            ScoreBatch.Create((double[])[1, 2, 3, 4], (bool[])[false, false, true, true]).IfFail(_ => throw new InvalidOperationException())
        );
        Assert.All(
            EvaluationDraws.Of(perfect, new() { Replicates = 200, Bands = true }).Bands(0.9),
            one => Assert.Equal([1], one.Points.Select(point => point.X))
        );
        Assert.Equal(band.Points.Select(point => point.Height.Lower).Order(), band.Points.Select(point => point.Height.Lower));
        var heights = band.Points.Select(point => point.Height.Upper).Concat(band.Points.Reverse().Select(point => point.Height.Lower));
        Assert.Contains(
            System
                .Text.RegularExpressions.Regex.Matches(page, @"""y"":\[([^\]]+)\]")
                .Select(match => JsonNode.Parse($"[{match.Groups[1].Value}]")!.AsArray()),
            drawn => drawn.Select(y => (double)y!).SequenceEqual(heights)
        );
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
