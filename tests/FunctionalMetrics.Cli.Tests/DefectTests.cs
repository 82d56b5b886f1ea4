using System.Text.Json.Nodes;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>Defects as MVTec LOCO judges them: AU-sPRO of each kind, from the folders and the file that the data set comes with.</summary>
public sealed class DefectTests : IDisposable
{
    private const int Side = 8;
    private static readonly (double Limit, string Name)[] Limits = [(0.01, "0.01"), (0.05, "0.05"), (0.1, "0.1"), (0.3, "0.3"), (1, "1")];
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>
    /// A logical anomaly of two defects and a good image, whose numbers MVTec's own script gives, and two structural ones, of which one has defects that
    /// overlap.
    /// </summary>
    /// <returns>The arguments that judge them.</returns>
    internal static string[] Write(TemporaryFolder folder, bool negated = false)
    {
        foreach (var (name, scores, defects) in Images)
        {
            Save($"loco/anomaly_maps/test/{name}.npy", "<f4", [.. scores.Select(score => negated ? -score : score)]);
            for (var index = 0; index < defects.Length; index++)
                Save(
                    $"loco/ground_truth/{name}/00{index}.npy",
                    "|u1",
                    [.. defects[index].Mask.Select(y => y ? (float)defects[index].Value : 0)]
                );
        }
        const string Config = """
            [
              {"defect_name": "missing", "pixel_value": 255, "saturation_threshold": 5, "relative_saturation": false},
              {"defect_name": "broken", "pixel_value": 250, "saturation_threshold": 0.5, "relative_saturation": true}
            ]
            """;
        return [folder.File("loco"), "--defects-config", folder.Write("loco/defects_config.json", Config)];

        void Save(string name, string type, float[] values)
        {
            var path = folder.File(name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            Npy.Write(path, type, [Side, Side], values);
        }
    }

    private static IEnumerable<(string Name, float[] Scores, (bool[] Mask, int Value)[] Defects)> Images
    {
        get
        {
            bool[] a = Mask((row, column) => row is >= 1 and <= 3 && column is >= 1 and <= 4);
            bool[] b = Mask((row, column) => (row is 5 or 6 && column is 2 or 3) || (row, column) == (0, 7));
            yield return (
                "logical_anomalies/000",
                [.. Pixels.Select(p => p * 29 % 64 / 64f + (a[p] ? 0.4f : 0) + (b[p] ? 0.3f : 0))],
                [(a, 255), (b, 250)]
            );
            yield return ("good/000", [.. Pixels.Select(p => (p * 45 + 7) % 64 / 64f)], []);
            // Every tenth pixel ties with another.
            bool[] line = Mask((row, column) => row == column);
            bool[] block = Mask((row, column) => row < 3 && column < 3);
            float[] scores = [.. Pixels.Select(p => p * 37 % 50 / 50f + (line[p] || block[p] ? 0.25f : 0))];
            yield return ("structural_anomalies/000", scores, [(line, 250), (block, 255)]);
            yield return ("structural_anomalies/001", [.. Pixels.Select(p => p * 11 % 60 / 60f)], [(block, 255)]);
        }
    }

    private static IEnumerable<int> Pixels => Enumerable.Range(0, Side * Side);

    private static bool[] Mask(Func<int, int, bool> marked) => [.. Pixels.Select(p => marked(p / Side, p % Side))];

    [Fact]
    public void The_numbers_are_those_of_MVTecs_script_and_of_a_plain_count()
    {
        var json = Fmetrics.Evaluate(Write(folder));
        var kinds = json["defects"]!["kinds"]!;
        Assert.Equal(["logical_anomalies", "structural_anomalies"], kinds.AsObject().Select(kind => kind.Key));
        double[] expected = [.5, .6148648648648649, .6824324324324325, .7897897897897898, .9369369369369369];
        foreach (var (limit, value) in Limits.Zip(expected))
            Assert.Equal(value, (double)kinds["logical_anomalies"]!["au_spro"]![limit.Name]!, 1e-15);
        foreach (var (kind, numbers) in kinds.AsObject())
        {
            var images = Images
                .Where(image =>
                    image.Name.StartsWith(kind, StringComparison.Ordinal) || image.Name.StartsWith("good", StringComparison.Ordinal)
                )
                .ToList();
            foreach (var (limit, name) in Limits)
                Assert.Equal(Plain(images, limit), (double)numbers!["au_spro"]![name]!, 1e-12);
            Assert.Equal(images.Count, (int)numbers!["image"]!["rows"]!);
            Assert.Equal(images.Count - 1, (int)numbers["image"]!["positives"]!);
            Assert.Equal(images.Sum(image => image.Defects.Length), (int)numbers["defects"]!);
            var good = images.Single(image => image.Defects.Length == 0).Scores.Max();
            Assert.Equal(
                images.Where(image => image.Defects.Length > 0).Average(image => image.Scores.Max().CompareTo(good) / 2.0 + 0.5),
                (double)numbers["image"]!["auroc"]!,
                1e-15
            );
        }
        var mean = json["defects"]!["mean"]!;
        Assert.Equal(2, (int)mean["kinds"]!);
        foreach (var (_, name) in Limits)
        {
            Assert.Equal(kinds.AsObject().Average(kind => (double)kind.Value!["au_spro"]![name]!), (double)mean["au_spro"]![name]!, 1e-15);
            Assert.Equal(2, (int)mean["au_spro"]!["over"]![name]!);
        }
        Assert.Equal(["normal_folder"], json["notes"]!.AsArray().Select(note => (string)note!["code"]!));
    }

    [Fact]
    public void A_kind_without_a_number_is_left_out_of_its_mean()
    {
        var set = Write(folder);
        Directory.Delete(folder.File("loco/anomaly_maps/test/good"), recursive: true);
        Npy.Write(folder.File("loco/ground_truth/logical_anomalies/000/000.npy"), "|u1", [Side, Side], [.. Pixels.Select(_ => 255f)]);
        var json = Fmetrics.Evaluate(set);
        var (kinds, mean) = (json["defects"]!["kinds"]!, json["defects"]!["mean"]!);
        Assert.Equal(2, (int)mean["kinds"]!);
        foreach (var (_, limit) in Limits)
        {
            Assert.Null(kinds["logical_anomalies"]!["au_spro"]![limit]);
            Assert.NotNull(kinds["logical_anomalies"]!["au_spro"]!["undefined"]![limit]);
            Assert.Equal((double)kinds["structural_anomalies"]!["au_spro"]![limit]!, (double)mean["au_spro"]![limit]!);
            Assert.Equal(1, (int)mean["au_spro"]!["over"]![limit]!);
        }
        Assert.Equal("no kind has a value", (string)mean["image"]!["undefined"]!["auroc"]!);
        Assert.Equal(0, (int)mean["image"]!["over"]!["auroc"]!);
    }

    /// <summary>The definition, threshold by threshold in doubles.</summary>
    private static double Plain(IReadOnlyList<(string Name, float[] Scores, (bool[] Mask, int Value)[] Defects)> images, double limit)
    {
        float[] normal = [.. images.SelectMany(image => image.Scores.Where((_, p) => !image.Defects.Any(defect => defect.Mask[p])))];
        var defects = images
            .SelectMany(image => image.Defects.Select(defect => (image.Scores.Where((_, p) => defect.Mask[p]).ToList(), defect.Value)))
            .Select(defect => (Scores: defect.Item1, Area: defect.Value == 255 ? Math.Min(5, defect.Item1.Count) : defect.Item1.Count / 2))
            .ToList();
        var (area, x, y) = (0.0, 0.0, 0.0);
        foreach (var t in images.SelectMany(image => image.Scores).Distinct().OrderDescending())
        {
            var (fpr, spro) = (
                normal.Count(s => s >= t) / (double)normal.Length,
                defects.Average(defect => Math.Min(defect.Scores.Count(s => s >= t) / (double)defect.Area, 1))
            );
            if (fpr > limit)
                return (area + (limit - x) * (y + y + (spro - y) * (limit - x) / (fpr - x)) / 2) / limit;
            (area, x, y) = (area + (fpr - x) * (y + spro) / 2, fpr, spro);
        }
        return area / limit;
    }

    [Fact]
    public void The_plain_oracle_of_every_number_agrees()
    {
        var judged = Fmetrics.Run(["evaluate", .. Write(folder), "--json", folder.File("out.json")]);
        Assert.True(judged.ExitCode == 0, judged.Error);
        const string Check = """
            import glob, json, sys
            import numpy as np
            sys.path.insert(0, sys.argv[1])
            import field_metrics
            root = sys.argv[2]
            config = {e["pixel_value"]: (e["saturation_threshold"], e["relative_saturation"]) for e in json.load(open(root + "/loco/defects_config.json"))}
            for kind, numbers in json.load(open(root + "/out.json"))["defects"]["kinds"].items():
                files = [f for k in ("good", kind) for f in sorted(glob.glob(f"{root}/loco/anomaly_maps/test/{k}/*.npy"))]
                channels = [[np.load(c).astype(int) for c in sorted(glob.glob(f[:-4].replace("anomaly_maps/test", "ground_truth") + "/*.npy"))] for f in files]
                areas, _ = field_metrics.au_spro([np.load(f) for f in files], channels, config)
                for limit, area in areas.items():
                    assert abs(numbers["au_spro"][str(limit)] - float(area)) <= 1e-15, (kind, limit, area, numbers)
            """;
        ConfirmedNumbers.Hold(
            "defects",
            JsonNode.Parse(File.ReadAllText(folder.File("out.json")))!["defects"]!,
            oracle => ["-c", Check, oracle, folder.Path]
        );
    }

    [Fact]
    public void Folders_that_lie_apart_and_turned_scores_give_the_same()
    {
        var whole = Fmetrics.Evaluate(Write(folder)).ToJsonString();
        string[] apart = ["--maps", folder.File("loco/anomaly_maps/test"), "--masks", folder.File("loco/ground_truth")];
        string[] config = ["--defects-config", folder.File("loco/defects_config.json")];
        Assert.Equal(whole, Fmetrics.Evaluate([.. apart, .. config]).ToJsonString());
        Assert.Equal(whole, Fmetrics.Evaluate([.. Write(folder, negated: true), "--lower-is-anomalous"]).ToJsonString());
    }

    [Fact]
    public void Tables_have_a_row_for_each_kind_and_their_mean()
    {
        string[] set = Write(folder);
        string[] texts = [folder.File("t.md"), folder.File("t.tex"), folder.File("t.csv"), folder.File("t.json")];
        var outcome = Fmetrics.Run(["evaluate", .. set, "--detector", "SINBAD", .. texts.SelectMany(text => (string[])["--table", text])]);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        Assert.Contains("AU-sPRO, FPR up to 0.05 │          0.614865 │", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("1 image without a mask is normal by folder: good", outcome.Output, StringComparison.Ordinal);
        var lines = File.ReadAllLines(texts[0]);
        Assert.StartsWith("| kind | images | anomalous | image AUROC", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("| logical_anomalies | 2 | 1 | 1.0000 | 0.5000 | 0.6149 |", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("| mean |", lines[4], StringComparison.Ordinal);
        Assert.Contains("logical\\_anomalies & 2 & 1 &", File.ReadAllText(texts[1]), StringComparison.Ordinal);
        Assert.StartsWith(
            "kind,images,anomalous,image.auroc:SINBAD,au_spro.0.01:SINBAD",
            File.ReadAllText(texts[2]),
            StringComparison.Ordinal
        );
        Assert.Equal("structural_anomalies", (string)JsonNode.Parse(File.ReadAllText(texts[3]))!["rows"]![1]!["kind"]!);

        Fmetrics.Run(["evaluate", .. set, "--quiet", "--columns", "au_spro.0.05", "--table", texts[0]]);
        Assert.Equal("| kind | images | anomalous | AU-sPRO, FPR up to 0.05 |", File.ReadAllLines(texts[0])[0]);
        Fmetrics.Run(["evaluate", .. set, "--columns", "au_spro.0.5"]).IsRefusal("--columns", "no result has a number 'au_spro.0.5'");
    }

    [Fact]
    public void The_report_has_a_row_for_each_kind_their_mean_and_the_curves_of_their_images()
    {
        var set = Write(folder);
        var run = Fmetrics.RunIn(
            folder.Path,
            ["evaluate", .. set, "--report", "r.html", "--json", "r.json", "--detector", "<i>SINBAD", "--quiet"]
        );
        Assert.True(run.ExitCode == 0, run.Error);
        var (page, json) = (File.ReadAllText(folder.File("r.html")), JsonNode.Parse(File.ReadAllText(folder.File("r.json")))!["defects"]!);
        Assert.InRange(page.Length, 1, 6_000_000);
        Assert.DoesNotContain("<i>", page);
        var rows = System.Text.RegularExpressions.Regex.Matches(page, "<tr><th scope=\"row\">([^<]*)</th>(.*?)</tr>").ToList();
        var kinds = json["kinds"]!.AsObject();
        foreach (
            var (kind, row) in kinds
                .Select(pair => (Name: pair.Key, Numbers: pair.Value!))
                .Append((Name: "mean", Numbers: json["mean"]!))
                .Zip(rows)
        )
        {
            Assert.Equal(kind.Name, row.Groups[1].Value);
            Assert.Contains($"<td>{Readable.Rate((double)kind.Numbers["image"]!["auroc"]!)}</td>", row.Groups[2].Value);
            foreach (var (_, limit) in Limits)
                Assert.Contains($"<td>{Readable.Rate((double)kind.Numbers["au_spro"]![limit]!)}</td>", row.Groups[2].Value);
        }
        Assert.Contains(
            $"<p class=\"lead\">Mean AU-sPRO up to FPR 0.05 is {Readable.Rate((double)json["mean"]!["au_spro"]!["0.05"]!)} over 2 kinds; lowest of ",
            page
        );
        Assert.Contains("<figcaption>ROC curves<", page);
        Fmetrics.RunIn(folder.Path, ["evaluate", .. set, "--report", set[^1]]).IsRefusal("--report", "--defects-config");
    }

    [Theory]
    [InlineData("defects.kinds.logical_anomalies.au_spro.0.05>=0.61", 0)]
    [InlineData("defects.mean.au_spro.0.05>=0.99", 3)]
    public void A_number_of_a_kind_can_be_required(string required, int exit) =>
        Assert.Equal(exit, Fmetrics.Run(["evaluate", .. Write(folder), "--quiet", "--require", required]).ExitCode);

    [Theory]
    [InlineData("--max-memory", "1GB", "every score outside the defects is kept in memory")]
    [InlineData("--approximate", "18", "its numbers are exact")]
    [InlineData("--state", "s.fms", "a state file holds images and regions, not defects")]
    [InlineData("--cluster", "redis://127.0.0.1:1", "silos keep images and regions, not defects")]
    [InlineData("--fpr-limit", "0.2", "AU-sPRO is given up to the rates 0.01, 0.05, 0.1, 0.3, 1")]
    [InlineData("--metrics", "fpr95", "evaluate without --defects-config for them")]
    [InlineData("--threshold", "0.5", "evaluate without --defects-config for them")]
    [InlineData("--mask-threshold", "1", "the file says what pixel values mean")]
    [InlineData("--image-score", "mean", "the score of an image is its map's largest pixel")]
    [InlineData("--unmasked", "normal", "an image without a defect lies in a normal folder")]
    [InlineData("--score-column", "s", "it has nothing to say of defects")]
    public void What_does_not_go_with_defects_is_refused_with_the_reason(string option, string value, string why)
    {
        Fmetrics
            .RunIn(folder.Path, ["evaluate", .. Write(folder), option, value])
            .IsRefusal($"{option} does not go with --defects-config: ", why);
        Assert.Equal(["loco"], folder.Names);
    }

    [Fact]
    public void Other_inputs_are_refused_with_the_place()
    {
        var set = Write(folder);
        Refused("--dry-run does not go with --defects-config", [.. set, "--dry-run"]);
        Refused("--categories does not go with --defects-config", [.. set, "--categories"]);
        Refused("{category} does not go with --defects-config", [folder.File("{category}"), .. set[1..]]);
        Refused("--defects-config needs DIR, or --maps and --masks", [.. set[1..], "--maps", set[0]]);
        Refused("--json", [.. set, "--json", set[2]]);
        Refused("no-such.json", [set[0], "--defects-config", "no-such.json"]);
        Refused("[0] has no pixel_value", [set[0], "--defects-config", folder.Write("bad.json", """[{"defect_name": "a"}]""")]);
        Refused(
            "001.npy: row ",
            [
                set[0],
                "--defects-config",
                folder.Write(
                    "less.json",
                    """[{"defect_name": "a", "pixel_value": 255, "saturation_threshold": 1, "relative_saturation": true}]"""
                ),
            ],
            "is 250, which"
        );
        Directory.Delete(folder.File("loco/ground_truth/structural_anomalies/001"), true);
        Refused("structural_anomalies/001.npy", set, "has no defects");

        static void Refused(string said, string[] args, string more = "") => Fmetrics.Run(["evaluate", .. args]).IsRefusal(said, more);
    }
}
