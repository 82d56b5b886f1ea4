using System.Globalization;
using System.Text.Json.Nodes;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>What is told of images one by one: files of images and regions, the worst of them, a row for each folder of defects.</summary>
public sealed class ImagesTests : IDisposable
{
    private const string ImageColumns = "name,class,score,pixels,anomalous_pixels,regions,tp,fp,fn,recall,precision,regions_found,aupimo";
    private const string RegionColumns = "image,region,top,left,bottom,right,pixels,max_score,found,share_found";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Tables_of_images_and_regions_add_up_to_the_numbers_at_the_threshold()
    {
        var (images, regions, json) = (folder.File("images.csv"), folder.File("regions.csv"), folder.File("all.json"));
        var outcome = Run("evaluate", Fmetrics.Brick, "--images", images, "--regions", regions, "--json", json);
        var (rows, boxes) = (Csv(images, ImageColumns), Csv(regions, RegionColumns));
        var pixel = JsonNode.Parse(File.ReadAllText(json))!["pixel"]!;
        foreach (var count in (string[])["tp", "fp", "fn"])
            Assert.Equal((long)pixel["at_threshold"]![count]!, rows.Sum(row => long.Parse(row[count], CultureInfo.InvariantCulture)));
        Assert.Equal((long)pixel["rows"]!, rows.Sum(row => long.Parse(row["pixels"], CultureInfo.InvariantCulture)));
        Assert.Equal((long)pixel["regions"]!, boxes.Count);
        Assert.Equal(
            rows.Sum(row => int.Parse(row["regions_found"], CultureInfo.InvariantCulture)),
            boxes.Count(row => row["found"] == "true")
        );
        Assert.Equal(rows.Select(row => row["name"]).Order(StringComparer.Ordinal), rows.Select(row => row["name"]));
        foreach (var image in boxes.GroupBy(row => row["image"], row => int.Parse(row["region"], CultureInfo.InvariantCulture)))
            Assert.Equal(Enumerable.Range(1, image.Count()), image);
        Assert.All(rows, row => Assert.Equal(row["class"] == "normal", row["recall"].Length == 0));
        Assert.Contains("AUPIMO", outcome.Output, StringComparison.Ordinal);
        var folders = JsonNode.Parse(File.ReadAllText(json))!["by_folder"]!.AsObject();
        Assert.Equal("blur patch scratch", string.Join(" ", folders.Select(one => one.Key)));
        foreach (var (name, one) in folders)
            Assert.Equal(rows.Count(row => row["name"].StartsWith(name + "/", StringComparison.Ordinal)), (int)one!["images"]!);
        // Each folder weighs as many regions as it has.
        var mean = folders.Sum(one =>
            (double)one.Value!["aupro"]! * boxes.Count(row => row["image"].StartsWith(one.Key + "/", StringComparison.Ordinal))
        );
        Assert.Equal((double)pixel["aupro"]!, mean / boxes.Count, 1e-12);
    }

    [Fact]
    public void A_state_that_keeps_images_gives_the_same_tables_and_one_without_says_how_to()
    {
        string[] state = ["--state", folder.File("kept.fms")];
        string[] outputs =
        [
            "--images",
            folder.File("a.csv"),
            "--regions",
            folder.File("a.json"),
            "--worst",
            "2",
            "--pixel-threshold",
            "0.6",
        ];
        var judged = Run(["evaluate", Fmetrics.Brick, .. state, "--keep-images", .. outputs]);
        var shown = Run(["show", folder.File("kept.fms"), .. outputs.Select(text => text.Replace("a.", "b.", StringComparison.Ordinal))]);
        Assert.Equal(judged.Output, shown.Output);
        foreach (var extension in (string[])["csv", "json"])
            Assert.Equal(File.ReadAllText(folder.File("a." + extension)), File.ReadAllText(folder.File("b." + extension)));
        Assert.Contains("worst misses", shown.Output, StringComparison.Ordinal);
        // Shards merge to the same file, and images that were not kept are told of.
        Run(["evaluate", Fmetrics.Brick, "--state", folder.File("bare.fms"), "--worst", "1"]);
        Run(["evaluate", Fmetrics.Brick, "--state", folder.File("plain.fms")]);
        Assert.Equal(File.ReadAllBytes(folder.File("plain.fms")), File.ReadAllBytes(folder.File("bare.fms")));
        var refused = Fmetrics.Run("show", folder.File("plain.fms"), "--images", folder.File("c.csv"));
        Assert.Equal(
            (2, "fmetrics: --images needs each image by itself, and the state holds none of them: evaluate with --keep-images\n"),
            (refused.ExitCode, refused.Error)
        );
        Assert.False(File.Exists(folder.File("c.csv")));

        // One file without images leaves the merged one without, and merge names it.
        foreach (var (name, images) in (ReadOnlySpan<(string, Range)>)[("one", ..3), ("two", 3..)])
        {
            SmallSet.Write(folder, name, images);
            Run(["evaluate", folder.File(name), .. SmallSet.Rules, "--state", folder.File(name + ".fms"), "--keep-images"]);
        }
        string[] merge = ["merge", folder.File("one.fms"), folder.File("two.fms"), "--out", folder.File("both.fms")];
        Assert.DoesNotContain("No image is kept", Run(merge).Error, StringComparison.Ordinal);
        Run(["evaluate", folder.File("two"), .. SmallSet.Rules, "--state", folder.File("bare.fms")]);
        Assert.Contains(
            $"No image is kept: 1 of 2 files keep none, {folder.File("bare.fms")} is the first;",
            Run([
                .. merge.Select(text =>
                    text.Replace("two", "bare", StringComparison.Ordinal).Replace("both", "none", StringComparison.Ordinal)
                ),
            ]).Error,
            StringComparison.Ordinal
        );
        Run(["show", folder.File("both.fms"), "--worst", "1"]);
    }

    [Fact]
    public void Aupimo_by_name_is_the_mean_of_the_column_on_every_way_that_keeps_images()
    {
        string[] names = ["--metrics", "aupimo,auroc,aupimo@0.001:0.01"];
        var (json, report) = (folder.File("all.json"), folder.File("all.html"));
        string[] outputs = ["--json", json, "--report", report];
        var table = Run(["evaluate", Fmetrics.Brick, .. names, .. outputs, "--images", folder.File("i.csv")]).Output;
        var values = Csv(folder.File("i.csv"), ImageColumns).Select(row => row["aupimo"]).Where(cell => cell.Length > 0).ToList();
        var found = JsonNode.Parse(File.ReadAllText(json))!;
        var metrics = found["pixel"]!["metrics"]!;
        var mean = values.Average(cell => double.Parse(cell, CultureInfo.InvariantCulture));
        Assert.Equal(mean, (double)metrics["aupimo"]!["value"]!, 1e-12);
        Assert.NotEqual(mean, (double)metrics["aupimo@0.001:0.01"]!["value"]!, 1e-3);
        Assert.Equal("auroc", string.Join(" ", found["image"]!["metrics"]!.AsObject().Select(pair => pair.Key)));
        Assert.Contains("│ aupimo@0.001:0.01 ", table, StringComparison.Ordinal);
        Assert.Contains("aupimo@0.001:0.01", File.ReadAllText(report), StringComparison.Ordinal);

        Run(["evaluate", Fmetrics.Brick, .. names, "--state", folder.File("bare.fms")]);
        Run("evaluate", Fmetrics.Brick, "--state", folder.File("kept.fms"), "--keep-images");
        var shown = JsonNode.Parse(Run(["show", folder.File("kept.fms"), .. names, "--json", "-"]).Output)!;
        Assert.Equal(metrics.ToJsonString(), shown["pixel"]!["metrics"]!.ToJsonString());
        var alone = Run(["evaluate", Fmetrics.Brick, .. names]).Output;
        Assert.DoesNotContain("AUPIMO", alone, StringComparison.Ordinal);
        Refused(
            "needs each image by itself, and the state holds none of them: evaluate with --keep-images",
            "show",
            folder.File("bare.fms")
        );
        Refused(
            "needs maps with masks, and there are none",
            "evaluate",
            "--scores",
            folder.File("i.csv"),
            "--score-column",
            "pixels",
            "--label-column",
            "class",
            "--normal-label",
            "normal"
        );
        Refused(
            "does not go with --approximate: it needs each image by itself, in memory",
            "evaluate",
            Fmetrics.Brick,
            "--approximate",
            "9"
        );
        Refused(
            "does not go with --max-memory: it needs each image by itself, in memory",
            "evaluate",
            Fmetrics.Brick,
            "--max-memory",
            "1GB"
        );

        void Refused(string reason, params string[] call)
        {
            var outcome = Fmetrics.Run([.. call, .. names]);
            Assert.Equal((2, $"fmetrics: --metrics aupimo {reason}\n"), (outcome.ExitCode, outcome.Error));
        }
    }

    [Fact]
    public void Csv_json_and_parquet_hold_the_same_and_scores_have_the_users_sign()
    {
        var set = SmallSet.Write(folder, "set", ..);
        foreach (var extension in (string[])["csv", "json", "parquet"])
            Run([
                "evaluate",
                set,
                .. SmallSet.Rules,
                "--lower-is-anomalous",
                "--pixel-threshold",
                "0.2",
                "--images",
                folder.File($"i.{extension}"),
                "--regions",
                folder.File($"r.{extension}"),
            ]);
        var (csv, json) = (Csv(folder.File("i.csv"), ImageColumns), JsonNode.Parse(File.ReadAllText(folder.File("i.json")))!.AsArray());
        Assert.Equal(csv.Select(row => row["name"]), json.Select(row => (string)row!["name"]!));
        foreach (var (row, node) in csv.Zip(json, (row, node) => (row, node!)))
        foreach (var (name, cell) in row)
            Assert.Equal(cell, node[name] is { } value ? value.ToString() : "");
        // Low scores are anomalous: an image's score is its smallest pixel, and of at most 0.2 are called so.
        var cut = csv.Single(row => row["name"] == "cut/000");
        Assert.Equal(0.1f, double.Parse(cut["score"], CultureInfo.InvariantCulture));
        Assert.Equal("0 1 2", $"{cut["tp"]} {cut["fp"]} {cut["fn"]}");
        Assert.Equal(
            0.8f,
            Csv(folder.File("r.csv"), RegionColumns).Max(row => double.Parse(row["max_score"], CultureInfo.InvariantCulture))
        );
        foreach (var column in (string[])["score", "pixels"])
            Assert.Equal(Judged("csv", column), Judged("parquet", column));

        string Judged(string extension, string column)
        {
            string[] texts = ["--label-column", "class", "--normal-label", "normal", "--positive-label", "anomalous"];
            var json = Run([
                "evaluate",
                "--scores",
                folder.File($"i.{extension}"),
                "--score-column",
                column,
                .. texts,
                "--json",
                "-",
            ]).Output;
            return JsonNode.Parse(json)!["image"]!.ToJsonString();
        }
    }

    [Fact]
    public void What_does_not_go_with_images_is_refused_before_anything_is_read()
    {
        var (csv, set) = (folder.File("a.csv"), SmallSet.Write(folder, "set", ..));
        Refused("--images does not go with --max-memory: it needs each image by itself, in memory", "--images", csv, "--max-memory", "1GB");
        Refused("--worst does not go with --approximate: it needs each image by itself, in memory", "--worst", "1", "--approximate", "9");
        Refused(
            $"--regions '{folder.File("a.txt")}' cannot be written: it is .csv, .json or .parquet, not '.txt'",
            "--regions",
            folder.File("a.txt")
        );
        Refused($"'{csv}' is named twice as an output file", "--regions", csv, "--images", csv);
        Refused("--keep-images has no effect without --state", "--keep-images");
        Assert.False(File.Exists(csv));

        void Refused(string reason, params string[] options)
        {
            var outcome = Fmetrics.Run(["evaluate", set, .. SmallSet.Rules, .. options]);
            Assert.Equal((2, $"fmetrics: {reason}\n"), (outcome.ExitCode, outcome.Error));
        }
    }

    [Fact]
    public void Both_tables_are_those_of_the_plain_oracle()
    {
        var random = new Random(21);
        foreach (
            var (name, at) in (IEnumerable<(string, int)>)
                [("good/0", -1), ("good/1", -1), ("cut/0", 40), ("cut/1", 9000), ("hole/0", 20_000)]
        )
        {
            const int Side = 230;
            // Few distinct scores: the oracle tries each. A few normal pixels reach the highest ones, so that the smallest rates are there, and tied.
            float[] scores = [.. Enumerable.Range(0, Side * Side).Select(i => (random.Next(60) + Lift(i)) / 64f)];
            if (name == "good/0")
                (scores[17], scores[18], scores[19], scores[40], scores[41]) = (63 / 64f, 62 / 64f, 62 / 64f, 61 / 64f, 61 / 64f);
            if (name == "good/1")
                (scores[5], scores[6], scores[7]) = (62 / 64f, 62 / 64f, 61 / 64f);
            Write($"anomaly_maps/{name}.npy", "<f4", scores);
            if (at >= 0)
                Write(
                    $"ground_truth/{name}_mask.npy",
                    "|u1",
                    [
                        .. Enumerable
                            .Range(0, Side * Side)
                            .Select(i =>
                                i % 997 == 0 ? 2f
                                : Lift(i) > 0 || i % 5003 == 7 ? 1
                                : 0
                            ),
                    ]
                );

            int Lift(int pixel) => at >= 0 && pixel >= at && pixel < at + 3000 && pixel % Side < 40 ? 32 : 0;

            void Write(string path, string type, float[] values)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(folder.File("data/" + path))!);
                Npy.Write(folder.File("data/" + path), type, [Side, Side], values);
            }
        }
        Run(
            "evaluate",
            folder.File("data"),
            "--ignore-value",
            "2",
            "--pixel-threshold",
            "0.7",
            "--images",
            folder.File("i.json"),
            "--regions",
            folder.File("r.json")
        );
        var script = Repository.Path("tests", "FunctionalMetrics.Cli.Tests", "images_oracle.py");
        ConfirmedNumbers.Hold(
            "images",
            new JsonObject { ["images"] = Table("i.json"), ["regions"] = Table("r.json") },
            oracle => [script, oracle, folder.File("data"), folder.File("i.json"), folder.File("r.json"), "0.7"]
        );

        JsonNode? Table(string name) => JsonNode.Parse(File.ReadAllText(folder.File(name)));
    }

    private static Outcome Run(params string[] arguments)
    {
        var outcome = Fmetrics.Run(arguments);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        return outcome;
    }

    private static List<Dictionary<string, string>> Csv(string path, string columns)
    {
        var lines = File.ReadAllLines(path);
        Assert.Equal(columns, lines[0]);
        return [.. lines.Skip(1).Select(line => lines[0].Split(',').Zip(line.Split(','), KeyValuePair.Create).ToDictionary())];
    }
}
