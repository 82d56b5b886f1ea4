using System.Text.Json.Nodes;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>Detectors side by side: from one table, and from state files that keep their images.</summary>
public sealed partial class CompareTests : IDisposable
{
    private const string Toy = """
        id,label,a,b
        n0,0,.1,.2
        n1,0,.2,.1
        n2,0,.35,.3
        p0,1,.35,.4
        n3,0,.5,.55
        p1,1,.6,.5
        p2,1,.6,.7
        n4,0,.6,.65
        p3,1,.8,.75
        p4,1,.9,.6

        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static JsonObject Pair(JsonNode json, string metric, string level = "image") =>
        json["comparisons"]!
            .AsArray()
            .Select(pair => pair!.AsObject())
            .Single(pair => (string?)pair["metric"] == metric && (string?)pair["level"] == level);

    /// <summary>pROC 1.18.0 on the same rows.</summary>
    [Fact]
    public void Two_columns_differ_as_pROC_says_and_the_rows_that_flip_are_named()
    {
        string[] call = ["compare", "--scores", folder.Write("toy.csv", Toy), "--score-columns", "a,b", "--id-column", "id"];
        var json = Fmetrics.Json([.. call, "--threshold", "0.55", "--threshold", "0.35", "--margin", "0.3"]);
        var area = Pair(json, "auroc");
        Assert.Equal(
            [
                "level",
                "metric",
                "a",
                "b",
                "value_a",
                "value_b",
                "difference",
                "lower",
                "upper",
                "p",
                "p_holm",
                "method",
                "flipped",
                "equivalent",
                "p_equivalence",
            ],
            area.Select(pair => pair.Key)
        );
        Assert.Equal(0.06, (double)area["difference"]!);
        Assert.Equal(-0.137946659409, (double)area["lower"]!, 1e-11);
        Assert.Equal(0.257946659409, (double)area["upper"]!, 1e-11);
        Assert.Equal(0.552452904882, (double)area["p"]!, 1e-11);
        Assert.True((bool)area["equivalent"]!);
        // Two one-sided normal tests of 0.06 with the standard error that the interval shows.
        Assert.Equal(0.0087423372, (double)area["p_equivalence"]!, 1e-7);
        Assert.Null(area["p_holm"]);

        var decisions = Pair(json, "decisions");
        Assert.Equal(["p0 b", "n3 a"], decisions["flipped"]!.AsArray().Select(flip => $"{flip!["name"]} {flip["right"]}"));
        Assert.Equal(1, (double)decisions["p"]!);
        Assert.Equal((0.8, 0.8, 0.0), ((double)decisions["value_a"]!, (double)decisions["value_b"]!, (double)decisions["difference"]!));

        var shown = Fmetrics.Run([.. call, "--threshold", "0.55", "--threshold", "0.35"]);
        Assert.Equal(0, shown.ExitCode);
        Assert.Contains("no difference shown", shown.Output, StringComparison.Ordinal);
        Assert.Contains("2 flip: p0 (b is right), n3 (a is right)", shown.Output, StringComparison.Ordinal);
        Assert.Contains("There are 5 anomalous and 5 normal rows", shown.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("better", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Low_scores_that_are_anomalous_compare_like_their_negatives()
    {
        var negated = string.Join('\n', Toy.Split('\n').Select(line => line.Replace(",.", ",-.", StringComparison.Ordinal)));
        string[] columns = ["--score-columns", "a,b", "--threshold"];
        Assert.Equal(
            Fmetrics.Json(["compare", "--scores", folder.Write("toy.csv", Toy), .. columns, "0.55", "--threshold", "0.35"]).ToJsonString(),
            Fmetrics
                .Json([
                    "compare",
                    "--scores",
                    folder.Write("low.csv", negated),
                    "--lower-is-anomalous",
                    .. columns,
                    "-0.55",
                    "--threshold",
                    "-0.35",
                ])
                .ToJsonString()
        );
    }

    [Fact]
    public void Three_detectors_are_corrected_and_a_clear_winner_is_said()
    {
        var rows = Enumerable
            .Range(0, 80)
            .Select(i => FormattableString.Invariant($"{i % 2},{i % 2 * 3 + i * 7 % 11 / 2.0},{i * 13 % 17},{i % 2 + i * 5 % 19 / 4.0}"));
        var table = folder.Write("three.csv", "label,good,noise,fair\n" + string.Join('\n', rows) + "\n");
        var json = Fmetrics.Json(
            "compare",
            "--scores",
            table,
            "--score-columns",
            "good,noise,fair",
            "--out",
            folder.File("t.md"),
            "--out",
            folder.File("t.tex")
        );
        var pairs = json["comparisons"]!.AsArray();
        Assert.Equal(3, pairs.Count(pair => (string?)pair!["metric"] == "auroc"));
        Assert.All(pairs, pair => Assert.InRange((double)pair!["p_holm"]!, (double)pair["p"]!, 1));
        Assert.Contains("| good is higher |", File.ReadAllText(folder.File("t.md")), StringComparison.Ordinal);
        Assert.StartsWith("\\begin{tabular}{l", File.ReadAllText(folder.File("t.tex")), StringComparison.Ordinal);
    }

    [Fact]
    public void State_files_that_keep_images_are_matched_by_name()
    {
        var (a, b) = (State("padim", 1, ..12), State("patchcore", 2, ..12));
        var json = Fmetrics.Json("compare", a, b, "--name", "A", "--name", "B", "--threshold", "0.9", "--threshold", "0.8");
        Assert.Equal((12, 6), ((int)json["rows"]!, (int)json["positives"]!));
        Assert.Equal(("delong", "mcnemar"), ((string)Pair(json, "auroc")["method"]!, (string)Pair(json, "decisions")["method"]!));
        Assert.Equal(
            [
                "image aupr",
                "image average_precision",
                "image optimal_f1",
                "pixel aupr",
                "pixel average_precision",
                "pixel aupro",
                "pixel optimal_f1",
            ],
            json["comparisons"]!
                .AsArray()
                .Where(pair => (string?)pair!["method"] == "bootstrap")
                .Select(pair => $"{pair!["level"]} {pair["metric"]}")
        );
        Assert.All(
            json["comparisons"]!.AsArray().Where(pair => (string?)pair!["method"] == "bootstrap"),
            pair => Assert.InRange((double)pair!["difference"]!, (double)pair["lower"]!, (double)pair["upper"]!)
        );
        Assert.Equal(
            0,
            (double)Pair(Fmetrics.Json("compare", a, b, "--replicates", "0"), "auroc")["difference"]!
                - (double)Pair(json, "auroc")["difference"]!
        );
        var pixels = Pair(json, "auroc", "pixel");
        Assert.Equal(("A", "B", "clustered"), ((string)pixels["a"]!, (string)pixels["b"]!, (string)pixels["method"]!));
        Assert.InRange((double)pixels["difference"]!, (double)pixels["lower"]!, (double)pixels["upper"]!);
        Assert.Equal((double)Fmetrics.Json("show", a)["pixel"]!["auroc"]!, (double)pixels["value_a"]!);
        Assert.Contains("1e-05", (string)Pair(json, "aupimo", "pixel")["undefined"]!["p"]!, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Folders that hold their own masks, folders, patterns and stacks with those of one, and states beside them: the numbers are those of states alone.</summary>
    [Fact]
    public void Maps_are_compared_as_their_state_files_are()
    {
        string[] named =
        [
            "--name",
            "A",
            "--name",
            "B",
            "--replicates",
            "100",
            "--margin",
            "0.1",
            "--threshold",
            "0.9",
            "--threshold",
            "0.8",
        ];
        var (a, b) = (State("padim", 1, ..12), State("patchcore", 2, ..12));
        var states = Fmetrics.Json(["compare", a, b, .. named]).ToJsonString();
        var (padim, patchcore, masks) = (folder.File("padim"), folder.File("patchcore"), folder.File("padim/ground_truth"));
        foreach (
            var call in (string[][])
                [
                    [padim, patchcore],
                    [a, patchcore],
                    [padim, patchcore, "--masks", masks],
                    [$"{padim}/anomaly_maps", $"{patchcore}/anomaly_maps", "--masks", masks],
                    [
                        $"{padim}/anomaly_maps/{{name}}.npy",
                        $"{patchcore}/anomaly_maps/{{name}}.npy",
                        "--masks",
                        $"{masks}/{{name}}_mask.npy",
                    ],
                    [a, $"{patchcore}/anomaly_maps", "--masks", masks],
                ]
        )
            Assert.Equal(states, Fmetrics.Json(["compare", .. call, .. named]).ToJsonString());
        Assert.Equal(
            ["padim", "patchcore"],
            Fmetrics.Json("compare", padim, patchcore, "--replicates", "0")["models"]!.AsArray().Select(name => (string)name!)
        );
    }

    [Fact]
    public void What_reading_maps_decides_is_said_once_or_of_the_detector_that_it_is_of()
    {
        var (a, b) = (SmallSet.Write(folder, "a", ..), SmallSet.Write(folder, "b", ..));
        var notes = Notes(Fmetrics.Json(["compare", a, b, .. SmallSet.Rules, "--replicates", "0"]));
        var decided = Fmetrics.Json(["evaluate", a, .. SmallSet.Rules])["notes"]!.AsArray().Select(note => (string)note!["text"]!).ToList();
        Assert.NotEmpty(decided);
        Assert.Equal(decided, notes[^decided.Count..]);
        Npy.Write(
            folder.File("b/ground_truth/cut/000_mask.npy"),
            "|u1",
            [4, 6],
            [0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0]
        );
        var other = Notes(Fmetrics.Json(["compare", a, b, .. SmallSet.Rules, "--resize-masks", "--replicates", "0"]));
        Assert.Single(other, note => note.StartsWith("b: ", StringComparison.Ordinal));
        Assert.All(decided, note => Assert.Contains(note, other));

        static string[] Notes(JsonNode json) => [.. json["notes"]!.AsArray().Select(note => (string)note!)];
    }

    /// <summary>Each detector has its own direction: ranks, decisions and differences are those of the negated scores, and that is said.</summary>
    [Fact]
    public void A_detector_whose_low_scores_are_anomalous_stands_beside_another()
    {
        string[] call = ["--name", "A", "--name", "B", "--replicates", "100", "--threshold", "0.9", "--threshold"];
        var (a, b, low) = (State("padim", 1, ..12), State("patchcore", 2, ..12), State("low", 2, ..12, sign: -1));
        var (high, mixed) = (Fmetrics.Json(["compare", a, b, .. call, "0.8"]), Fmetrics.Json(["compare", a, low, .. call, "-0.8"]));
        Assert.Equal(high["comparisons"]!.ToJsonString(), mixed["comparisons"]!.ToJsonString());
        Assert.Contains(
            "Low scores are the anomalous ones of B, and high scores those of the others.",
            mixed["notes"]!.AsArray().Select(note => (string)note!)
        );
        Assert.DoesNotContain("Low scores", high["notes"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "Low scores",
            Fmetrics.Json("compare", low, low, "--name", "A", "--name", "B", "--replicates", "0")["notes"]!.ToJsonString(),
            StringComparison.Ordinal
        );
    }

    /// <summary>Rates at a threshold are those at each detector's own.</summary>
    [Fact]
    public void Numbers_asked_for_by_name_are_drawn_again_with_those_of_each_level()
    {
        var (a, b) = (State("padim", 1, ..12), State("patchcore", 2, ..12));
        const string names = "recall,tpr@fpr=0.2,aupimo@0.02:0.5";
        string[] call = ["compare", a, b, "--threshold", "1.05", "--threshold", "1.1", "--metrics", names];
        var json = Fmetrics.Json([.. call, "--replicates", "200"]);
        Assert.Equal(
            [
                "image metrics.recall",
                "image metrics.tpr@fpr=0.2",
                "pixel metrics.recall",
                "pixel metrics.tpr@fpr=0.2",
                "pixel metrics.aupimo@0.02:0.5",
            ],
            json["comparisons"]!
                .AsArray()
                .Select(pair => $"{pair!["level"]} {pair["metric"]}")
                .Where(name => name.Contains("metrics.", StringComparison.Ordinal))
        );
        foreach (var (state, at, side) in new[] { (a, "1.05", "value_a"), (b, "1.1", "value_b") })
        {
            var alone = Fmetrics.Json("show", state, "--threshold", at, "--metrics", names);
            foreach (var level in (string[])["image", "pixel"])
            foreach (var (name, found) in alone[level]!["metrics"]!.AsObject())
                Assert.Equal((double)found!["value"]!, (double)Pair(json, $"metrics.{name}", level)[side]!);
        }
        var recall = Pair(json, "metrics.recall");
        Assert.InRange((double)recall["difference"]!, (double)recall["lower"]!, (double)recall["upper"]!);
        Fmetrics.Run([.. call, "--replicates", "0"]).IsRefusal("--metrics has no effect with --replicates 0");
        Fmetrics.Run(["compare", a, b, "--metrics", "list"]).IsRefusal("evaluate --metrics list");
    }

    [Fact]
    public void What_cannot_be_compared_is_refused_by_name()
    {
        var (a, fewer) = (State("padim", 1, ..12), State("patchcore", 2, ..10));
        var without = folder.File("without.fms");
        Assert.Equal(0, Fmetrics.Run("evaluate", folder.File("padim"), "--state", without, "--quiet").ExitCode);
        var toy = folder.Write("toy.csv", Toy);
        Fmetrics
            .Run("compare", a, fewer)
            .IsRefusal("is an image of padim and not of patchcore (2 such images: 'cut/010', 'good/011')", "'cut/010'");
        Fmetrics.Run("compare", a, without).IsRefusal("without.fms", "keeps no images", "--keep-images");
        Fmetrics.Run("compare", folder.File("padim"), folder.File("patchcore")).IsRefusal("(2 such images: 'cut/010', 'good/011')");
        Fmetrics.Run("compare", fewer, folder.File("padim/anomaly_maps")).IsRefusal("padim/anomaly_maps", "ground_truth", "--masks");
        Assert.DoesNotContain("--maps", Fmetrics.Run("compare", fewer, folder.File("padim/anomaly_maps")).Error, StringComparison.Ordinal);
        Fmetrics.Run("compare", a, folder.File("nowhere")).IsRefusal("nowhere");
        Fmetrics.Run("compare", a, fewer, "--masks", folder.File("padim")).IsRefusal("--masks has no effect on state files");
        Fmetrics.Run("compare", a, fewer, "--lower-is-anomalous").IsRefusal("--lower-is-anomalous has no effect on state files");
        Fmetrics
            .Run("compare", folder.File("padim"), folder.File("patchcore"), "--label-column", "x")
            .IsRefusal("without --scores or --image-labels");
        Fmetrics
            .Run("compare", folder.File("padim"), folder.File("patchcore"), "--json", folder.File("padim/anomaly_maps/x.npy"))
            .IsRefusal("would write over");
        Fmetrics.Run("compare", a, a).IsRefusal("two detectors are called 'padim'", "--name");
        Fmetrics.Run("compare", a).IsRefusal("two detectors at least");
        Fmetrics.Run("compare").IsRefusal("nothing to compare", "--score-columns");
        Fmetrics.Run("compare", a, "--scores", toy, "--score-columns", "a,b").IsRefusal("not both");
        Fmetrics.Run("compare", a, fewer, "--name", "x").IsRefusal("--name is given 1 times for 2 detectors");
        Fmetrics.Run("compare", "--scores", toy, "--score-columns", "a").IsRefusal("--score-columns names 1 of the detectors");
        Fmetrics.Run("compare", "--scores", toy, "--score-columns", "a,c").IsRefusal("toy.csv", "'c'", "--score-columns");
        Fmetrics
            .Run("compare", "--scores", toy, "--score-columns", "a,b", "--threshold", "1")
            .IsRefusal("--threshold is given 1 times for 2 detectors");
        Fmetrics.Run("compare", "--scores", toy, "--score-columns", "a,b", "--masks", "m").IsRefusal("--masks has no effect on --scores");
        Fmetrics
            .Run("compare", a, fewer, "--replicates", "0", "--fpr-limit", "0.1")
            .IsRefusal("--fpr-limit has no effect with --replicates 0");
        Assert.Equal(
            0,
            Fmetrics
                .Run(
                    "compare",
                    "--scores",
                    toy,
                    "--score-columns",
                    "a,b",
                    "--name",
                    "<i>*x*",
                    "--name",
                    "b|&",
                    "--out",
                    folder.File("t.md")
                )
                .ExitCode
        );
        Assert.Contains("&lt;i>\\*x\\*", File.ReadAllText(folder.File("t.md")), StringComparison.Ordinal);
        Assert.Contains("b\\|&amp;", File.ReadAllText(folder.File("t.md")), StringComparison.Ordinal);
        Fmetrics.Run("compare", "--scores", toy, "--score-columns", "a,b", "--margin", "0").IsRefusal("--margin is '0'");
        Fmetrics.Run("compare", "--scores", toy, "--score-columns", "a,b", "--out", folder.File("x.docx")).IsRefusal(".md or .tex");
        Fmetrics.Run("compare", "--scores", toy, "--score-columns", "a,b", "--json", toy).IsRefusal("would write over");
        Assert.Equal(Toy, File.ReadAllText(toy));
    }

    [Fact]
    public void What_is_no_name_no_table_or_not_for_compare_is_refused()
    {
        var toy = folder.Write("toy.csv", Toy);
        string[] call = ["compare", "--scores", toy, "--score-columns", "a,b"];
        Fmetrics.Run([.. call, "--name", "", "--name", "x"]).IsRefusal("--name '' is no name");
        Fmetrics
            .Run(
                "compare",
                "--scores",
                folder.Write("twice.csv", Toy.Replace("n4", "p1", StringComparison.Ordinal)),
                "--score-columns",
                "a,b",
                "--id-column",
                "id"
            )
            .IsRefusal("twice.csv", "'p1' is the id of row 6 and of row 8", "--id-column");
        Fmetrics
            .Run("compare", "--scores", folder.Write("none.csv", "label,a,b\n"), "--score-columns", "a,b")
            .IsRefusal("none.csv: has no rows");
        var (padim, pixels) = (State("padim", 1, ..12), folder.File("pixels.json"));
        Assert.Equal(0, Fmetrics.Run("threshold", folder.File("padim"), "--level", "pixel", "--out", pixels, "--quiet").ExitCode);
        var refused = Fmetrics.Run([.. call, "--threshold", pixels, "--threshold", pixels]);
        refused.IsRefusal("is a threshold of the pixel level; it must be one of the image level");
        Assert.DoesNotContain("--pixel-threshold", refused.Error, StringComparison.Ordinal);
        Fmetrics
            .Run("compare", padim, padim, "--name", "A", "--name", "B", "--threshold", "t-{category}.json", "--threshold", "1")
            .IsRefusal("it goes with --categories");
    }

    [Fact]
    public void A_threshold_that_was_chosen_on_these_very_data_says_so()
    {
        var (a, b, chosen) = (State("padim", 1, ..12), State("patchcore", 2, ..12), folder.File("chosen.json"));
        Assert.Equal(0, Fmetrics.Run("threshold", folder.File("padim"), "--out", chosen, "--quiet").ExitCode);
        var notes = Fmetrics.Json("compare", a, b, "--threshold", chosen, "--threshold", chosen, "--replicates", "0")["notes"]!
            .AsArray()
            .Select(note => (string)note!)
            .ToList();
        Assert.Contains(
            "The image threshold of chosen.json was chosen by f1 on these very data: rates and intervals there are too good.",
            notes
        );
        Assert.Contains("The image threshold of chosen.json was chosen by f1 on other data.", notes);
    }

    [Fact]
    public void A_seed_that_nothing_was_drawn_from_is_said()
    {
        var rows = string.Concat(
            Enumerable.Range(0, Core.ReplicateTable.MostRows + 1).Select(i => FormattableString.Invariant($"{i % 2},{i % 7},{i % 5}\n"))
        );
        string[] call = ["compare", "--score-columns", "a,b", "--seed", "3", "--scores"];
        const string idle = "--seed had no effect: nothing was drawn again.";
        Assert.Contains(idle, Fmetrics.Json([.. call, folder.Write("many.csv", "label,a,b\n" + rows)])["notes"]!.ToJsonString());
        Assert.DoesNotContain(idle, Fmetrics.Json([.. call, folder.Write("toy.csv", Toy)])["notes"]!.ToJsonString());
    }

    [Fact]
    public void An_area_stands_where_its_variance_alone_is_undefined_and_sentences_name_numbers_as_tables_do()
    {
        var one = folder.Write("one.csv", "label,a,b\n0,1,2\n0,2,1\n0,4,3\n1,3,5\n");
        string[] call = ["compare", "--scores", one, "--score-columns", "a,b", "--replicates", "100"];
        var area = Pair(Fmetrics.Json(call), "auroc");
        Assert.Equal((2 / 3.0, 1.0), ((double)area["value_a"]!, (double)area["value_b"]!));
        Assert.Equal(-1 / 3.0, (double)area["difference"]!, 1e-15);
        Assert.Equal(["p", "lower"], area["undefined"]!.AsObject().Select(why => why.Key));
        var shown = Fmetrics.Run(call).Output;
        Assert.Contains(
            "optimal F1 has no bootstrap interval: a class of one gives that one again in every draw",
            shown,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("optimal_f1", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("single image", shown, StringComparison.Ordinal);
    }

    /// <summary>A state file of some of twelve images of 4 x 4 pixels, every second of them anomalous; the masks are the same for every seed.</summary>
    private string State(string detector, int seed, Range images, int sign = 1)
    {
        var (random, shape) = (new Random(seed), (int[])[4, 4]);
        foreach (var image in Enumerable.Range(0, 12).ToArray()[images])
        {
            var name = image % 2 == 0 ? $"cut/{image:000}" : $"good/{image:000}";
            float[] mask = [.. Enumerable.Range(0, 16).Select(i => image % 2 == 0 && i % 5 == 1 ? 1f : 0)];
            Write($"{detector}/anomaly_maps/{name}.npy", "<f4", [.. mask.Select(label => sign * (label / 4 + (float)random.NextDouble()))]);
            Write($"{detector}/ground_truth/{name}_mask.npy", "|u1", mask);
        }
        var state = folder.File($"{detector}.fms");
        var made = Fmetrics.Run([
            "evaluate",
            folder.File(detector),
            "--state",
            state,
            "--keep-images",
            "--quiet",
            .. sign < 0 ? (string[])["--lower-is-anomalous"] : [],
        ]);
        Assert.True(made.ExitCode == 0, made.Error);
        return state;

        void Write(string path, string type, float[] values)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.File(path))!);
            Npy.Write(folder.File(path), type, shape, values);
        }
    }
}
