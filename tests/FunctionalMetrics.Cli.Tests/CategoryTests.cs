using System.Text.Json.Nodes;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>Several categories: each is what it is alone, the mean is the plain mean, and tables say what they leave out.</summary>
public sealed class CategoryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public CategoryTests()
    {
        SmallSet.Write(folder, "root/bottle", ..);
        SmallSet.Write(folder, "root/cable", 2..);
        SmallSet.Write(folder, "root/screw", ..3);
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData]
    [InlineData("--max-memory", "1GB")]
    [InlineData("--lower-is-anomalous")]
    public void A_category_is_what_it_is_alone_and_the_mean_is_that_of_the_numbers(params string[] more)
    {
        var json = Fmetrics.Evaluate([folder.File("root"), "--categories", .. SmallSet.Rules, .. more]);
        Assert.Equal(["bottle", "cable", "screw"], Names(json["categories"]!));
        foreach (var (name, result) in json["categories"]!.AsObject())
            Assert.Equal(
                Fmetrics.Evaluate([folder.File($"root/{name}"), .. SmallSet.Rules, .. more]).ToJsonString(),
                result!.ToJsonString()
            );

        Assert.Equal(3, (int)json["mean"]!["categories"]!);
        foreach (var level in (string[])["image", "pixel"])
        foreach (var key in (string[])["auroc", "aupr", "average_precision", "optimal_f1"])
        {
            var values = json["categories"]!.AsObject().Select(pair => (decimal?)pair.Value![level]![key]).OfType<decimal>().ToList();
            Assert.Equal((double)values.Average(), (double)json["mean"]![level]![key]!, 1e-15);
            Assert.Equal(values.Count, (int)json["mean"]![level]!["over"]![key]!);
        }
    }

    [Fact]
    public void A_file_beside_the_categories_is_none_and_a_folder_of_one_says_what_to_do()
    {
        folder.Write("root/notes.txt", "not a category");
        var json = Fmetrics.Evaluate([folder.File("root"), "--categories", .. SmallSet.Rules]);
        Assert.Equal(["bottle", "cable", "screw"], Names(json["categories"]!));
        Fmetrics.Run("evaluate", folder.File("root")).IsRefusal("bottle does; --categories judges each of its folders");
        Fmetrics.Run("evaluate", folder.File("root/bottle"), "--categories").IsRefusal("name the folder above it");
        Fmetrics.Run("evaluate", folder.File("root/botle")).IsRefusal("does not exist; the nearest name beside it is bottle");
    }

    [Fact]
    public void Patterns_with_category_are_the_same_as_folders()
    {
        string[] patterns =
        [
            "--maps",
            folder.File("root/{category}/anomaly_maps/{name}.npy"),
            "--masks",
            folder.File("root/{category}/ground_truth/{name}_mask.npy"),
        ];
        Assert.Equal(
            Numbers(Fmetrics.Evaluate([folder.File("root"), "--categories", .. SmallSet.Rules])),
            Numbers(Fmetrics.Evaluate([.. patterns, .. SmallSet.Rules]))
        );

        static string Numbers(JsonNode json) =>
            string.Join('\n', json["categories"]!.AsObject().Select(pair => pair.Value!["pixel"]!.ToJsonString()))
            + json["mean"]!.ToJsonString();
    }

    [Fact]
    public void Tables_set_detectors_side_by_side_and_take_means_where_all_have_a_number()
    {
        Rows("a-x.json", "A", "x", "0.1,0\n0.9,1\n");
        Rows("a-y.json", "A", "y_1", "0.1,0\n0.2,1\n0.3,0\n");
        Rows("a-z.json", "A", "z", "0.1,1\n0.2,1\n");
        Rows("b-x.json", "B|b", "x", "0.9,0\n0.1,1\n");
        Rows("b-y.json", "B|b", "y_1", "0.1,0\n0.4,1\n0.3,0\n");

        string[] outputs =
        [
            "--out",
            folder.File("t.md"),
            "--out",
            folder.File("t.tex"),
            "--out",
            folder.File("t.csv"),
            "--out",
            folder.File("t.json"),
        ];
        string[] inputs = [.. new[] { "a-x", "a-y", "a-z", "b-x", "b-y" }.Select(name => folder.File(name + ".json"))];
        var outcome = Fmetrics.Run(["table", .. inputs, "--columns", "image.auroc", .. outputs]);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        Assert.Contains("z: image AUROC, A: AUROC is undefined: there is no normal row", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("z: there is no result of B|b.", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("The mean of image AUROC is over 2 of 3 categories.", outcome.Output, StringComparison.Ordinal);

        Assert.StartsWith(
            """
            | category | images | anomalous | image AUROC, A | image AUROC, B\|b |
            |---|---:|---:|---:|---:|
            | x | 2 | 1 | 1.0000 | 0.0000 |
            | y_1 | 3 | 1 | 0.5000 | 1.0000 |
            | z | 2 | 2 | – | – |
            | mean |  |  | 0.7500 | 0.5000 |


            """,
            Text("t.md"),
            StringComparison.Ordinal
        );
        Assert.Contains("x & 2 & 1 & \\textbf{1.0000} & 0.0000 \\\\\n", Text("t.tex"), StringComparison.Ordinal);
        Assert.Contains("y\\_1 & 3 & 1 & 0.5000 & \\textbf{1.0000} \\\\\n", Text("t.tex"), StringComparison.Ordinal);
        Assert.Contains("mean &  &  & \\textbf{0.7500} & 0.5000 \\\\\n\\bottomrule", Text("t.tex"), StringComparison.Ordinal);
        Assert.Contains(
            "\\bottomrule\n\\multicolumn{5}{@{}p{\\linewidth}@{}}{\\footnotesize z: image AUROC, A: AUROC is undefined: there is no normal row",
            Text("t.tex"),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("\n%", Text("t.tex"), StringComparison.Ordinal);
        Assert.Equal(
            "category,images,anomalous,image.auroc:A,image.auroc:B|b\nx,2,1,1,0\ny_1,3,1,0.5,1\nz,2,2,,\nmean,,,0.75,0.5\n",
            Text("t.csv")
        );
        var json = JsonNode.Parse(Text("t.json"))!;
        Assert.Equal([0.75, 0.5], json["mean"]!.AsArray().Select(mean => (double)mean!["values"]!["image.auroc"]!));
        Assert.Equal(5, json["rows"]!.AsArray().Count);
    }

    [Fact]
    public void Numbers_by_name_have_means_and_the_smaller_false_positive_rate_is_the_best()
    {
        string[] metrics = ["--metrics", "fpr95,tpr@fpr=0.01"];
        foreach (var (detector, more) in (ReadOnlySpan<(string, string[])>)[("A", []), ("B", ["--image-score", "mean"])])
            Assert.Equal(
                0,
                Fmetrics
                    .Run([
                        "evaluate",
                        folder.File("root"),
                        "--categories",
                        .. SmallSet.Rules,
                        .. metrics,
                        .. more,
                        "--detector",
                        detector,
                        "--json",
                        folder.File(detector + ".json"),
                        "--quiet",
                    ])
                    .ExitCode
            );
        var json = JsonNode.Parse(Text("A.json"))!;
        foreach (var name in metrics[1].Split(','))
        {
            var values = json["categories"]!
                .AsObject()
                .Select(pair => (decimal)pair.Value!["pixel"]!["metrics"]![name]!["value"]!)
                .ToList();
            Assert.Equal((double)values.Average(), (double)json["mean"]!["pixel"]!["metrics"]![name]!, 1e-15);
        }
        Rows("x.json", "A", "x", "0.1,0\n0.9,1\n", metrics);
        Rows("y.json", "B", "x", "0.9,0\n0.1,1\n", metrics);
        var outcome = Fmetrics.Run([
            "table",
            folder.File("x.json"),
            folder.File("y.json"),
            "--columns",
            "image.metrics.fpr95",
            "--out",
            folder.File("t.tex"),
        ]);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        Assert.Contains("x & 2 & 1 & \\textbf{0.0000} & 1.0000 \\\\\n", Text("t.tex"), StringComparison.Ordinal);
        Assert.Contains("image fpr95, A & image fpr95, B", Text("t.tex"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_asked_for_is_in_the_table_and_what_was_decided_of_all_stands_below_it()
    {
        var outcome = Fmetrics.Run([
            "evaluate",
            folder.File("root"),
            "--categories",
            .. SmallSet.Rules,
            "--metrics",
            "fpr95",
            "--threshold",
            "0.7",
            "--table",
            folder.File("t.csv"),
            "--json",
            folder.File("r.json"),
            "--report",
            folder.File("r.html"),
        ]);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        var heading = Text("t.csv").Split('\n')[0];
        Assert.EndsWith(
            "pixel.aupro,image.at_given_threshold.precision,image.at_given_threshold.recall,image.metrics.fpr95,pixel.metrics.fpr95",
            heading,
            StringComparison.Ordinal
        );
        Assert.Contains("image recall at the given threshold", outcome.Output, StringComparison.Ordinal);
        var counts = JsonNode.Parse(Text("r.json"))!["categories"]!
            .AsObject()
            .SelectMany(pair => pair.Value!["notes"]!.AsArray())
            .GroupBy(note => (string)note!["code"]!)
            .ToDictionary(notes => notes.Key, notes => notes.Sum(note => (int)note!["count"]!));
        Assert.Contains($"{counts["ignored_pixels"]} ", Line("left out"), StringComparison.Ordinal);
        Assert.Contains($"{counts["normal_folder"]} images", Line("normal by folder"), StringComparison.Ordinal);
        // the page has all of it for each category, and the notes
        foreach (var row in (string[])["true positives at the optimum", "true positives at the given threshold"])
            Assert.Equal(3, Text("r.html").Split($">{row}<").Length - 1);
        // and once where it is told how the page was made
        Assert.Equal(4, Text("r.html").Split(">fpr95<").Length - 1);
        Assert.Contains(Line("normal by folder").Trim(), Text("r.html"), StringComparison.Ordinal);
        // a table of the files has the same columns
        Fmetrics.Run("table", folder.File("r.json"), "--out", folder.File("again.csv"));
        Assert.Equal(Text("t.csv"), Text("again.csv"));

        string Line(string about) => Assert.Single(outcome.Output.Split('\n'), line => line.Contains(about, StringComparison.Ordinal));
    }

    [Fact]
    public void Detectors_that_were_judged_by_other_images_are_named()
    {
        Rows("a.json", "A", "x", "0.1,0\n0.9,1\n");
        Rows("b.json", "B", "x", "0.1,0\n0.9,1\n0.8,1\n");
        var outcome = Fmetrics.Run("table", folder.File("a.json"), folder.File("b.json"));
        Assert.Contains("x: A was judged by 2 images, 1 anomalous, B by 3 images, 2 anomalous.", outcome.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("image.auroc>=0.75", 0)]
    [InlineData("image.auroc > 0.75", 3, "required image.auroc > 0.75 does not hold: it is 0.75")]
    [InlineData("image.auroc<0.7500001", 0)]
    [InlineData("image.rows<=3", 3, "it is 4")]
    [InlineData("image.at_threshold.precision>=0.5", 0)]
    [InlineData("pixel.auroc>=0.5", 2, "no number 'pixel.auroc'", "image.auroc")]
    [InlineData("image.auroc=0.5", 2, "'image.auroc=0.5' is no requirement")]
    [InlineData("image.auroc>=NaN", 2, "is no requirement")]
    public void What_is_required_decides_the_exit_code(string required, int exit, params string[] said)
    {
        var table = folder.Write("s.csv", "score,label\n0.1,0\n0.2,1\n0.3,0\n0.4,1\n");
        var json = folder.File("out.json");
        var outcome = Fmetrics.Run("evaluate", "--scores", table, "--json", json, "--require", required);
        Assert.True(outcome.ExitCode == exit, outcome.Error);
        Assert.All(said, text => Assert.Contains(text, outcome.Error, StringComparison.Ordinal));
        Assert.Equal(exit != 2, File.Exists(json));
    }

    [Fact]
    public void An_undefined_number_and_an_interval_across_the_bound_do_not_hold()
    {
        var normal = folder.Write("n.csv", "score,label\n0.1,0\n");
        var outcome = Fmetrics.Run("evaluate", "--scores", normal, "--require", "image.auroc>=0", "--quiet");
        Assert.Equal((3, true), (outcome.ExitCode, outcome.Error.Contains("AUROC is undefined", StringComparison.Ordinal)));

        var close = folder.Write("c.csv", "score,label\n0.1,0\n0.1000001,1\n");
        foreach (
            var (required, exit) in (ReadOnlySpan<(string, int)>)[("image.auroc>=0.5", 3), ("image.auroc<=0.5", 3), ("image.auroc>=0", 0)]
        )
            Assert.Equal(
                exit,
                Fmetrics.Run("evaluate", "--scores", close, "--approximate", "2", "--require", required, "--quiet").ExitCode
            );
    }

    [SkippableFact]
    public void A_pipe_in_place_of_a_result_is_refused_and_not_waited_for()
    {
        Skip.If(OperatingSystem.IsWindows(), "pipes have no path there");
        using (var made = System.Diagnostics.Process.Start("mkfifo", [folder.File("p.json")]))
            made.WaitForExit();
        Fmetrics.Run("table", folder.File("p.json")).IsRefusal("p.json: is an empty file, or a pipe or device");
    }

    [Fact]
    public void An_option_that_the_rules_of_a_way_do_not_list_is_refused()
    {
        OptionRules rules = new("this", ["json"], System.Collections.Immutable.ImmutableDictionary<string, string>.Empty, "it came later");
        Assert.True(rules.Check(new("evaluate", [KeyValuePair.Create("json", (string[])["a"])])).IsSucc);
        Assert.Equal(
            "--new does not go with this: it came later",
            rules.Check(new("evaluate", [KeyValuePair.Create("new", System.Array.Empty<string>())])).Match(_ => "", error => error.Message)
        );
    }

    [Theory]
    [InlineData("--state", "s.fms", "--state does not go with several categories")]
    [InlineData("--threshold", "{category}.json", "category bottle: --threshold: 'bottle.json' is neither a finite number nor a file")]
    [InlineData("--by-folder", "--max-memory=1GB", "--by-folder does not go with --max-memory")]
    [InlineData("--category", "x", "--category does not go with several categories")]
    [InlineData("--images", "i.csv", "--images does not go with several categories: it tells of the images of one")]
    [InlineData("--table", "t.txt", "a table is .md, .tex, .csv or .json, not '.txt'")]
    [InlineData("--columns", "image.aurok", "no result has a number 'image.aurok'; the nearest is image.auroc")]
    public void What_categories_cannot_have_is_refused(string option, string value, string said) =>
        Fmetrics.RunIn(folder.Path, ["evaluate", "root", "--categories", .. SmallSet.Rules, option, value]).IsRefusal(said);

    [Fact]
    public void The_report_has_the_table_its_mean_and_a_part_for_each_category_whose_name_is_no_markup()
    {
        const string evil = "<b>x";
        Directory.Move(folder.File("root/cable"), folder.File("root/" + evil));
        string[] evaluate = ["evaluate", "root", "--categories", .. SmallSet.Rules, "--by-folder", "--threshold", "0.6"];
        var run = Fmetrics.RunIn(
            folder.Path,
            [.. evaluate, "--report", "r.html", "--detector", "PaDiM", "--json", "r.json", "--table", "t.csv"]
        );
        Assert.True(run.ExitCode == 0, run.Error);
        var page = File.ReadAllText(folder.File("r.html"));
        Assert.InRange(page.Length, 1, 6_000_000);
        var rows = System.Text.RegularExpressions.Regex.Matches(page, "<tr><th scope=\"row\">([^<]*)</th>(.*?)</tr>").ToList();
        var json = JsonNode.Parse(File.ReadAllText(folder.File("r.json")))!;
        var names = json["categories"]!.AsObject().Select(pair => pair.Key).ToList();
        Assert.Contains(evil, names);
        foreach (var (name, at) in names.Append("mean").Select((name, at) => (name, at)))
        {
            Assert.Equal(name, System.Net.WebUtility.HtmlDecode(rows[at].Groups[1].Value));
            var numbers = name == "mean" ? json["mean"]! : json["categories"]![name]!;
            Assert.Contains($"<td>{Readable.Rate((double)numbers["image"]!["auroc"]!)}</td>", rows[at].Groups[2].Value);
        }
        Assert.All(names, name => Assert.Contains($"<h2>{System.Net.WebUtility.HtmlEncode(name)}</h2>", page));
        Assert.DoesNotContain(evil, page);
        Assert.Contains("<p class=\"lead\">Mean image AUROC is ", page);
        Fmetrics.RunIn(folder.Path, [.. evaluate, "--report", "root"]).IsRefusal("'root' is a folder");
    }

    [Fact]
    public void A_category_that_cannot_be_read_is_named()
    {
        File.Delete(folder.File("root/cable/ground_truth/cut/001_mask.npy"));
        Fmetrics.RunIn(folder.Path, ["evaluate", "root", "--categories"]).IsRefusal("category ");
    }

    [Fact]
    public void A_category_of_normal_images_alone_has_false_alarms_and_goes_into_no_mean_of_what_it_lacks()
    {
        Directory.CreateDirectory(folder.File("root/tile/anomaly_maps/good"));
        Npy.Write(folder.File("root/tile/anomaly_maps/good/0.npy"), "<f4", [1, 4], [0.1f, 0.6f, 0.7f, 0.8f]);
        var json = Fmetrics.Evaluate([
            folder.File("root"),
            "--categories",
            .. SmallSet.Rules,
            "--pixel-threshold",
            "0.65",
            "--metrics",
            "precision,fpr",
        ]);
        var (tile, mean) = (json["categories"]!["tile"]!, json["mean"]!);
        Assert.Equal(0.5, (double)tile["pixel"]!["metrics"]!["fpr"]!["value"]!);
        // no image threshold is given, and none is best
        Assert.Null(tile["image"]!["metrics"]!["precision"]!["value"]);
        Assert.True((bool)tile["image"]!["adaptive_threshold_is_default"]!);
        Assert.Equal(3, (int)mean["image"]!["over"]!["auroc"]!);
        Assert.Equal(3, (int)mean["image"]!["at_threshold"]!["over"]!["precision"]!);
        Assert.Equal(4, (int)mean["pixel"]!["metrics"]!["over"]!["fpr"]!);
        var alone = folder.File("root/tile");
        Assert.Equal(
            tile["pixel"]!.ToJsonString(),
            Fmetrics.Evaluate([alone, "--pixel-threshold", "0.65", "--metrics", "precision,fpr"])["pixel"]!.ToJsonString()
        );
        Fmetrics
            .Run("evaluate", folder.File("root/cable"), "--detector", "x")
            .IsRefusal("--detector has no effect without --json or --report");
        Directory.CreateDirectory(Path.Combine(alone, "ground_truth"));
        Assert.Equal(0, Fmetrics.Run("evaluate", alone, "--threshold", "inf", "--quiet").ExitCode);
        Directory.Move(Path.Combine(alone, "anomaly_maps", "good"), Path.Combine(alone, "anomaly_maps", "cut"));
        Fmetrics.Run("evaluate", alone).IsRefusal("has no masks in it");
    }

    [Fact]
    public void A_file_of_each_category_needs_categories()
    {
        folder.Write("n.csv", "score,label\n0.1,0\n");
        string[][] calls =
        [
            ["evaluate", "--scores", "n.csv", "--threshold", "t-{category}.json"],
            ["threshold", "--scores", "n.csv", "--out", "t-{category}.json"],
        ];
        foreach (var call in calls)
            Fmetrics.RunIn(folder.Path, call).IsRefusal("'t-{category}.json' names a file of each category; it goes with");
        Fmetrics.RunIn(folder.Path, "threshold", "root", "--categories", "--out", "t.json").IsRefusal("put {category} in its name");
    }

    [Fact]
    public void A_mean_that_no_category_has_a_number_for_is_null_with_the_reason()
    {
        foreach (var name in (string[])["x", "y"])
            folder.Write($"{name}-rows.csv", "score,label\n0.1,0\n0.2,1\n");
        var mean = Fmetrics.Evaluate("--scores", folder.File("{category}-rows.csv"), "--threshold", "9")["mean"]!["image"]![
            "at_given_threshold"
        ]!;
        Assert.Null(mean["precision"]);
        Assert.Equal("no category has a value", (string?)mean["undefined"]!["precision"]);
        Assert.Equal((0, 0), ((double)mean["recall"]!, (int)mean["over"]!["precision"]!));
    }

    [Fact]
    public void Merged_states_of_two_categories_say_that_they_pool_them()
    {
        foreach (var name in (string[])["bottle", "cable"])
            Assert.Equal(
                0,
                Fmetrics
                    .Run([
                        "evaluate",
                        folder.File($"root/{name}"),
                        .. SmallSet.Rules,
                        "--category",
                        name,
                        "--state",
                        folder.File(name + ".fms"),
                        "--quiet",
                    ])
                    .ExitCode
            );
        var merged = Fmetrics.Run("merge", folder.File("bottle.fms"), folder.File("cable.fms"), "--out", folder.File("m.fms"));
        Assert.Contains("Data of 2 categories are pooled (bottle, cable)", merged.Error, StringComparison.Ordinal);
        var notes = Fmetrics.Json("show", folder.File("m.fms"))["notes"]!.AsArray();
        Assert.Contains(notes, note => (string?)note!["code"] == "pooled_categories");
        notes = Fmetrics.Json("show", folder.File("bottle.fms"))["notes"]!.AsArray();
        Assert.DoesNotContain(notes, note => (string?)note!["code"] == "pooled_categories");
    }

    private static IEnumerable<string> Names(JsonNode json) => json.AsObject().Select(pair => pair.Key);

    private string Text(string name) => File.ReadAllText(folder.File(name));

    private void Rows(string json, string detector, string category, string rows, params string[] more)
    {
        var table = folder.Write(json + ".csv", "score,label\n" + rows);
        var outcome = Fmetrics.Run([
            "evaluate",
            "--scores",
            table,
            "--detector",
            detector,
            "--category",
            category,
            "--json",
            folder.File(json),
            "--quiet",
            .. more,
        ]);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
    }
}
