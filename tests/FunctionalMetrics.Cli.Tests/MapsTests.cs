using System.Text.Json.Nodes;

namespace FunctionalMetrics.Cli.Tests;

public sealed class MapsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("image")]
    [InlineData("pixel")]
    public void The_bricks_numbers_are_the_golden_ones(string level)
    {
        var golden = JsonNode.Parse(File.ReadAllText(Path.Combine(Fmetrics.Root, "tests", "golden", "brick.json")))!;
        var expected = golden["cases"]!.AsArray().Single(one => (string)one!["name"]! == level)!;
        var actual = Fmetrics.Evaluate(Fmetrics.Brick)[level]!;
        foreach (var name in (string[])["rows", "positives", "min", "max"])
            Assert.Equal((double)expected[name]!, (double)actual[name]!);
        foreach (var name in (string[])["auroc", "aupr", "average_precision", "optimal_f1"])
            Assert.Equal((double)expected[name]!, (double)actual[name]!, 1e-12);
        Assert.Equal((double)expected["optimal_threshold"]!, (double)actual["adaptive_threshold"]!);
        foreach (var name in (string[])["tp", "fp", "fn", "tn"])
            Assert.Equal((long)expected[name]!, (long)actual["at_threshold"]![name]!);
        if (level == "pixel")
            Assert.Equal((long)expected["regions"]!, (long)actual["regions"]!);
    }

    [Theory]
    [InlineData("0.01")]
    [InlineData("0.05")]
    [InlineData("0.3")]
    [InlineData("1.0")]
    public void The_bricks_aupro_is_the_golden_one_at_every_limit(string limit)
    {
        var golden = JsonNode.Parse(File.ReadAllText(Path.Combine(Fmetrics.Root, "tests", "golden", "brick.json")))!;
        var expected = (double)golden["cases"]!.AsArray().Single(one => (string)one!["name"]! == "pixel")!["aupro"]![limit]!;
        var pixel = Fmetrics.Evaluate(Fmetrics.Brick, "--fpr-limit", limit)["pixel"]!;
        Assert.Equal(expected, (double)pixel["aupro"]!, 1e-12);
        Assert.Equal(double.Parse(limit, System.Globalization.CultureInfo.InvariantCulture), (double)pixel["fpr_limit"]!);
    }

    [Theory]
    [InlineData()]
    [InlineData("--approximate", "12")]
    public void The_table_in_a_pipe_has_straight_borders_however_wide(params string[] options)
    {
        var outcome = Fmetrics.Run(["evaluate", Fmetrics.Brick, .. options]);
        var lines = outcome.Output.Split('\n');
        var table = lines[Array.FindIndex(lines, line => line.StartsWith('╭'))..(Array.FindIndex(lines, line => line.StartsWith('╰')) + 1)];
        Assert.True(table.Length > 10, outcome.Output);
        var columns = Places(table[0], '┬');
        Assert.Equal(2, columns.Length);
        Assert.Equal(columns, Places(table[2], '┼'));
        Assert.Equal(columns, Places(table[^1], '┴'));
        Assert.All(table, line => Assert.Equal(table[0].Length, line.Length));
        Assert.All(table[3..^1].Append(table[1]), line => Assert.Equal([0, .. columns, line.Length - 1], Places(line, '│')));

        static int[] Places(string line, char border) => [.. Enumerable.Range(0, line.Length).Where(at => line[at] == border)];
    }

    [Fact]
    public void Two_roots_give_the_same_as_one()
    {
        Assert.Equal(
            Fmetrics.Evaluate(Fmetrics.Brick).ToJsonString(),
            Fmetrics
                .Evaluate("--maps", Path.Combine(Fmetrics.Brick, "anomaly_maps"), "--masks", Path.Combine(Fmetrics.Brick, "ground_truth"))
                .ToJsonString()
        );
    }

    [Fact]
    public void Stacks_of_npy_are_read_and_image_scores_can_be_given()
    {
        var maps = Npy.Write(folder.File("m.npy"), "<f4", [2, 2, 2], [0.1f, 0.2f, 0.3f, 0.9f, 0.4f, 0.1f, 0.2f, 0.2f]);
        var masks = Npy.Write(folder.File("k.npy"), "|u1", [2, 1, 2, 2], [0, 0, 0, 1, 0, 0, 0, 0]);
        var json = Fmetrics.Evaluate("--maps", maps, "--masks", masks);
        Assert.Equal(1, (double)json["pixel"]!["auroc"]!);
        Assert.Equal((double)0.9f, (double)json["image"]!["max"]!);
        Assert.Equal(1, (double)json["image"]!["auroc"]!);
        var scores = Npy.Write(folder.File("s.npy"), "<f4", [2], [0.25f, 0.75f]);
        Assert.Equal(0, (double)Fmetrics.Evaluate("--maps", maps, "--masks", masks, "--image-scores", scores)["image"]!["auroc"]!);
        var turned = Fmetrics.Evaluate("--maps", maps, "--masks", masks, "--image-scores", scores, "--lower-is-anomalous");
        Assert.Equal(1, (double)turned["image"]!["auroc"]!);
        Assert.Equal(0, (double)turned["pixel"]!["auroc"]!);
    }

    [Fact]
    public void Maps_without_an_anomalous_pixel_have_no_aupro_and_say_why()
    {
        var maps = Npy.Write(folder.File("m.npy"), "<f4", [1, 2, 2], [0.1f, 0.2f, 0.3f, 0.9f]);
        var masks = Npy.Write(folder.File("k.npy"), "|u1", [1, 2, 2], [0, 0, 0, 0]);
        var pixel = Fmetrics.Evaluate("--maps", maps, "--masks", masks)["pixel"]!;
        Assert.Null(pixel["aupro"]);
        Assert.Contains("no region", (string)pixel["undefined"]!["aupro"]!, StringComparison.Ordinal);
        Assert.Equal(0, (int)pixel["regions"]!);
        var table = Fmetrics.Run("evaluate", "--maps", maps, "--masks", masks);
        Assert.Contains(
            "pixel: AUPRO is undefined: there is no region of anomalous pixels (rows seen: 4)",
            table.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Every_bad_map_is_one_line_that_names_it()
    {
        var maps = Npy.Write(folder.File("m.npy"), "<f4", [1, 2, 2], [0.1f, 0.2f, 0.3f, 0.9f]);
        var masks = Npy.Write(folder.File("k.npy"), "|u1", [1, 2, 2], [0, 0, 0, 1]);
        Evaluate(Npy.Write(folder.File("nan.npy"), "<f4", [1, 2, 2], [0.1f, float.NaN, 0.3f, 0.9f]), masks)
            .IsRefusal("nan.npy", "row 0, column 1", "NaN");
        Evaluate(Npy.Write(folder.File("wide.npy"), "<f4", [1, 1, 4], [0.1f, 0.2f, 0.3f, 0.9f]), masks)
            .IsRefusal("wide.npy", "k.npy", "1 rows, 4 columns", "2 rows, 2 columns");
        Evaluate(maps, Npy.Write(folder.File("grey.npy"), "|u1", [1, 2, 2], [0, 0, 7, 1])).IsRefusal("grey.npy", "7", "--mask-threshold");
        File.WriteAllBytes(folder.File("short.npy"), File.ReadAllBytes(maps)[..^3]);
        Evaluate(folder.File("short.npy"), masks).IsRefusal("short.npy");
        Assert.Equal(0, Fmetrics.Run("evaluate", "--maps", maps, "--masks", folder.File("grey.npy"), "--mask-threshold", "5").ExitCode);
    }

    [Fact]
    public void A_map_without_mask_and_a_mask_without_map_are_refused_by_name()
    {
        CopyBrick();
        File.Delete(folder.File("brick/ground_truth/blur/000_mask.png"));
        Fmetrics.Run("evaluate", folder.File("brick")).IsRefusal("blur", "000");
        CopyBrick();
        File.Delete(folder.File("brick/anomaly_maps/patch/000.tiff"));
        Fmetrics.Run("evaluate", folder.File("brick"), "--json", folder.File("out.json")).IsRefusal("patch", "000_mask.png");
        Assert.False(File.Exists(folder.File("out.json")));
    }

    private static Outcome Evaluate(string maps, string masks) => Fmetrics.Run("evaluate", "--maps", maps, "--masks", masks);

    private void CopyBrick()
    {
        foreach (var file in Directory.EnumerateFiles(Fmetrics.Brick, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(folder.File("brick"), Path.GetRelativePath(Fmetrics.Brick, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, true);
        }
    }
}
