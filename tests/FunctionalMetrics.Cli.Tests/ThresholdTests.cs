using System.Text.Json.Nodes;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>Thresholds that are chosen on some data and applied to others.</summary>
public sealed class ThresholdTests : IDisposable
{
    private const string Toy = "score,label\n.1,0\n.2,0\n.35,0\n.35,1\n.5,0\n.6,1\n.6,1\n.6,0\n.8,1\n.9,1\n";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_file_has_the_threshold_its_bits_and_what_it_reaches()
    {
        var (file, output) = Choose("max-fpr:0.2", "--scores", Rows("toy", Toy));
        Assert.Equal(
            [
                "version",
                "level",
                "rule",
                "parameters",
                "threshold",
                "threshold_bits",
                "lower_is_anomalous",
                "min",
                "max",
                "rows",
                "positives",
                "counts",
                "data_hash",
                "reached",
            ],
            file.Select(pair => pair.Key)
        );
        Assert.Equal(("image", "max-fpr:0.2", 0.2), ((string)file["level"]!, (string)file["rule"]!, (double)file["parameters"]!["fpr"]!));
        Assert.Equal((0.6, "3fe3333333333333"), ((double)file["threshold"]!, (string)file["threshold_bits"]!));
        Assert.Equal("""{"tp":4,"fp":1,"fn":1,"tn":4}""", file["counts"]!.ToJsonString());
        Assert.Equal((0.1, 0.9, 10, 5), ((double)file["min"]!, (double)file["max"]!, (int)file["rows"]!, (int)file["positives"]!));
        Assert.Contains("recall", output, StringComparison.Ordinal);
        Assert.Contains("0.37553 .. 0.96378", output, StringComparison.Ordinal);
        Assert.Contains(
            "conformal:0.2 promises it of new normal images or rows, and needs 4 normal ones",
            output,
            StringComparison.Ordinal
        );
    }

    /// <summary>scipy 1.10.1: binomtest(4, 5).proportion_ci with both methods, and beta.ppf([0.05, 0.95], 2, 18).</summary>
    [Fact]
    public void Shares_have_both_intervals_and_a_conformal_threshold_has_the_band_of_its_rate()
    {
        var (file, output) = Choose("max-fpr:0.2", "--scores", Rows("toy", Toy));
        var reached = file["reached"]!.AsObject();
        Assert.Equal("recall fpr precision", string.Join(" ", reached.Select(share => share.Key)));
        Assert.Equal(0.8, (double)reached["recall"]!["value"]!);
        Near(0.3755346, 0.9637759, reached["recall"]!["wilson"]!);
        Near(0.2835821, 0.9949492, reached["recall"]!["clopper_pearson"]!);
        Near(0.0050508, 0.7164179, reached["fpr"]!["clopper_pearson"]!);
        Assert.Contains("0.28358 .. 0.99495", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Beta(", output, StringComparison.Ordinal);

        var good = Rows("good", "score,label\n" + string.Concat(Enumerable.Range(0, 19).Select(i => $"{i},0\n")));
        (file, output) = Choose("conformal:0.1", "--scores", good);
        reached = file["reached"]!.AsObject();
        Assert.Equal("fpr new_normal_rate", string.Join(" ", reached.Select(share => share.Key)));
        Assert.Equal(18, (int)reached["new_normal_rate"]!["rank"]!);
        Near(0.0190331, 0.2263742, reached["new_normal_rate"]!["nine_in_ten"]!);
        Assert.Contains(
            "With these 19 that rate lies between 0.0190 and 0.2264, 9 times in 10 where scores are untied",
            output,
            StringComparison.Ordinal
        );
        Assert.Null(Choose("quantile:0.9", Fmetrics.Brick, "--level", "pixel").File["reached"]);

        static void Near(double lower, double upper, JsonNode ends)
        {
            Assert.Equal(lower, (double)ends["lower"]!, 1e-6);
            Assert.Equal(upper, (double)ends["upper"]!, 1e-6);
        }
    }

    [Fact]
    public void It_is_judged_on_other_data_and_the_data_it_was_chosen_on_are_called_so()
    {
        Choose("f1", "--scores", Rows("toy", Toy));
        var same = Fmetrics.Evaluate(["--scores", Rows("turned", Reversed(Toy)), "--threshold", folder.File("t.json")]);
        Assert.Equal("threshold_of_these_data", Code(same));
        Assert.Equal(0.6, (double)same["image"]!["at_given_threshold"]!["threshold"]!);
        var other = Fmetrics.Evaluate(["--scores", Rows("other", Toy + ".7,0\n"), "--threshold", folder.File("t.json")]);
        Assert.Equal("threshold_of_other_data", Code(other));
        Assert.Equal(2, (int)other["image"]!["at_given_threshold"]!["fp"]!);
        var bounded = Fmetrics.Evaluate(["--scores", Rows("other", Toy), "--threshold", folder.File("t.json"), "--approximate", "18"]);
        Assert.Equal("threshold_of_unknown_data", Code(bounded));

        static string Code(JsonNode result) => (string)result["notes"]!.AsArray()[^1]!["code"]!;

        static string Reversed(string text) => string.Join('\n', text.Split('\n')[1..^1].Append("score,label").Reverse()) + "\n";
    }

    [Fact]
    public void Pixels_it_was_chosen_on_are_known_again_and_good_maps_alone_are_enough()
    {
        var (brick, _) = Choose("sigma:3", Fmetrics.Brick, "--level", "pixel");
        Assert.Equal("pixel", (string)brick["level"]!);
        var judged = Fmetrics.Evaluate([Fmetrics.Brick, "--pixel-threshold", folder.File("t.json")]);
        Assert.Equal("threshold_of_these_data", (string)judged["notes"]!.AsArray()[^1]!["code"]!);
        Assert.Equal(brick["counts"]!["fp"]!.ToJsonString(), judged["pixel"]!["at_given_threshold"]!["fp"]!.ToJsonString());
        var of = Choose("max-fpr:0.01", Fmetrics.Brick, "--level", "pixel").Output;
        Assert.Contains("nothing is promised of new pixels", of, StringComparison.Ordinal);
        Assert.DoesNotContain("conformal:0.01", of, StringComparison.Ordinal);
        var good = Path.Combine(Fmetrics.Brick, "anomaly_maps", "good");
        var (alone, _) = Choose("conformal:0.1", good);
        var (named, _) = Choose("conformal:0.1", "--maps", good);
        Assert.Equal(alone.ToJsonString(), named.ToJsonString());
        Assert.Equal((12, 0), ((int)alone["rows"]!, (int)alone["positives"]!));
        Assert.Equal(12 * 128 * 128, (int)Choose("quantile:0.99", good, "--level", "pixel").File["rows"]!);
        foreach (var (name, from) in (ReadOnlySpan<(string, string)>)[("bottle", "000"), ("cable", "001")])
            folder.Write($"all/{name}/good/{from}.tiff", File.ReadAllBytes(Path.Combine(good, from + ".tiff")));
        Assert.Contains(
            "Normal images of several folders are pooled: bottle/good (1), cable/good (1); --categories treats each apart.",
            Choose("quantile:0.9", folder.File("all")).Output,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("pooled", Choose("quantile:0.9", folder.File("all/bottle")).Output, StringComparison.Ordinal);
        Refused("threshold by youden is undefined: there is no anomalous row", "threshold", good, "--rule", "youden");
        var defects = Path.Combine(Fmetrics.Brick, "anomaly_maps", "blur");
        Refused("lies in no folder good, ok or normal", "threshold", defects, "--rule", "quantile:0.5");
        Refused("has no masks", "threshold", "--maps", Stack(), "--rule", "quantile:0.5");
        Assert.Contains("taken as normal", Choose("quantile:0.5", defects, "--unmasked", "normal").Output, StringComparison.Ordinal);
        Assert.Contains(
            "taken as normal",
            Choose("quantile:0.5", "--maps", Stack(), "--unmasked", "normal").Output,
            StringComparison.Ordinal
        );
        Refused(
            "lies in no folder good, ok or normal",
            "threshold",
            Path.Combine(Fmetrics.Brick, "anomaly_maps"),
            "--rule",
            "quantile:0.5"
        );

        string Stack()
        {
            Npy.Write(folder.File("stack.npy"), "<f4", [2, 1, 2], [1, 2, 4, 3]);
            return folder.File("stack.npy");
        }
    }

    [Fact]
    public void Scores_of_good_parts_need_no_labels_where_that_is_said()
    {
        var bare = Rows("bare", "part,score\na,1\nb,2\nc,4\nd,3\n");
        var (file, output) = Choose("conformal:0.25", "--scores", bare, "--unlabelled", "normal");
        Assert.Equal((4, 0), ((int)file["rows"]!, (int)file["positives"]!));
        Assert.Equal(Math.BitIncrement(4.0), (double)file["threshold"]!);
        Assert.Contains("4 rows are taken as normal; no label was read.", output, StringComparison.Ordinal);
        var labelled = Choose("conformal:0.25", "--scores", Rows("labelled", "score,label\n1,0\n2,0\n4,0\n3,0\n"));
        Assert.Equal(labelled.File.ToJsonString(), file.ToJsonString());
        Assert.DoesNotContain("taken as normal", labelled.Output, StringComparison.Ordinal);
        Npy.Write(folder.File("bare.npy"), "<f4", [4], [1, 2, 4, 3]);
        Assert.Equal(
            file["data_hash"]!.ToString(),
            Choose("quantile:0.5", "--scores", folder.File("bare.npy"), "--unlabelled", "normal").File["data_hash"]!.ToString()
        );
        var low = Choose("max-fpr:0.25", "--scores", bare, "--unlabelled", "normal", "--lower-is-anomalous").File;
        Assert.Equal((1.0, true), ((double)low["threshold"]!, (bool)low["lower_is_anomalous"]!));

        Refused("has no column 'label'", "threshold", "--scores", bare, "--rule", "sigma:3");
        Refused(
            "--unlabelled has no effect with the rule min-recall:0.9, which needs anomalous rows",
            "threshold",
            "--scores",
            bare,
            "--unlabelled",
            "normal",
            "--rule",
            "min-recall:0.9"
        );
        Refused("--unlabelled has no effect without --scores", "threshold", Fmetrics.Brick, "--unlabelled", "normal", "--rule", "sigma:3");
        Refused(
            "--label-column has no effect with --unlabelled normal, which reads no label",
            "threshold",
            "--scores",
            bare,
            "--unlabelled",
            "normal",
            "--rule",
            "sigma:3",
            "--label-column",
            "part"
        );
        Refused("bare.csv", "threshold", "--scores", Rows("bare", "score\n1\nx\n"), "--unlabelled", "normal", "--rule", "sigma:3");
    }

    [Fact]
    public void A_threshold_that_flags_nothing_is_inf_everywhere()
    {
        var good = Rows("good", "score,label\n1,0\n2,0\n");
        var (file, output) = Choose("max-fpr:0.1", "--scores", good);
        Assert.Equal(("inf", "7ff0000000000000"), ((string)file["threshold"]!, (string)file["threshold_bits"]!));
        Assert.Contains(
            "It flags nothing: a false positive rate of 0.1 needs 10 normal scores (seen: 2).",
            output,
            StringComparison.Ordinal
        );
        var judged = Fmetrics.Evaluate(["--scores", Rows("toy", Toy), "--threshold", folder.File("t.json")]);
        Assert.Equal("inf", (string)judged["image"]!["at_given_threshold"]!["threshold"]!);
        Assert.Equal(0, (int)judged["image"]!["at_given_threshold"]!["tp"]!);
        var (low, _) = Choose("max-fpr:0.1", "--scores", good, "--lower-is-anomalous");
        Assert.Equal(("-inf", true), ((string)low["threshold"]!, (bool)low["lower_is_anomalous"]!));
    }

    [Fact]
    public void Another_level_or_direction_a_changed_file_and_a_rule_without_its_class_are_refused()
    {
        Choose("sigma:3", "--scores", Rows("toy", Toy));
        var (toy, chosen) = (folder.File("toy.csv"), folder.File("t.json"));
        Refused("is a threshold of the image level; it goes with --threshold", "evaluate", Fmetrics.Brick, "--pixel-threshold", chosen);
        Refused(
            "was chosen where high scores are the anomalous ones",
            "evaluate",
            "--scores",
            toy,
            "--threshold",
            chosen,
            "--lower-is-anomalous"
        );
        Assert.Equal(0, Fmetrics.Run(["evaluate", "--scores", toy, "--lower-is-anomalous", "--state", folder.File("low.fms")]).ExitCode);
        Refused("was chosen where high scores are the anomalous ones", "show", folder.File("low.fms"), "--threshold", chosen);
        Refused("would write over --threshold", "evaluate", "--scores", toy, "--threshold", chosen, "--json", chosen);
        Refused("neither a finite number nor a file", "evaluate", "--scores", toy, "--threshold", "none.json");
        Refused("not for pixels", "threshold", Fmetrics.Brick, "--rule", "conformal:0.1", "--level", "pixel");
        Refused("there is no anomalous row", "threshold", "--scores", Rows("good", "score,label\n1,0\n"));
        Refused("there are no pixels", "threshold", "--scores", toy, "--level", "pixel");
        Refused("it is written cost:MISS:FALSE[:Q]", "threshold", "--scores", toy, "--rule", "cost:1");
        Refused("'both' is no level", "threshold", "--scores", toy, "--level", "both");
        foreach (
            var (from, to, message) in new[]
            {
                ("\"version\": 1", "\"version\": 2", "\"version\" is 2; this version of the library reads 1"),
                ("\"threshold_bits\": \"3", "\"threshold_bits\": \"4", "one of the two was changed"),
                ("\"rule\": \"sigma:3\"", "\"rule\": \"magic\"", "there is no rule 'magic'"),
                ("\"tp\": ", "\"tp\": 1", "do not add up"),
                ("\"data_hash\"", "\"hash\"", "it has no \"data_hash\""),
                ("{", "[", "is no threshold file"),
            }
        )
        {
            var damaged = folder.File("damaged.json");
            File.WriteAllText(damaged, File.ReadAllText(chosen).Replace(from, to, StringComparison.Ordinal));
            Refused(message, "evaluate", "--scores", toy, "--threshold", damaged);
        }
    }

    [Fact]
    public void Every_rule_is_explained()
    {
        var listed = Fmetrics.Run(["threshold", "--rule", "list"]);
        Assert.Equal(0, listed.ExitCode);
        Assert.All(
            "f1 f-beta: youden max-fpr: min-recall: min-precision: cost: sigma: log-sigma: quantile: conformal:".Split(' '),
            name => Assert.Contains($"\n{name}", "\n" + listed.Output, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void The_plain_oracle_gives_the_same_thresholds()
    {
        var draw = new Random(8);
        for (var set = 0; set < 6; set++)
        {
            var digits = set % 3;
            var rows = Enumerable
                .Range(0, 30 + 20 * set)
                .Select(_ => draw.Next(3) == 0 ? (1 + draw.NextDouble(), 1) : (0.1 + draw.NextDouble(), 0))
                .Select(row =>
                    FormattableString.Invariant($"{(digits == 2 ? row.Item1 : Math.Round(row.Item1, digits + 1)):R},{row.Item2}\n")
                );
            var data = Rows($"oracle{set}", "score,label\n" + string.Concat(rows));
            string[] rules =
            [
                .. "f1 f-beta:2 youden max-fpr:0.1 max-fpr:0.3 min-recall:0.95 min-precision:0.8 cost:10:1 cost:10:1:0.02 sigma:3".Split(
                    ' '
                ),
                .. "log-sigma:3 quantile:0.99 quantile:0.3 conformal:0.1".Split(' '),
            ];
            var found = new JsonObject(rules.Select(rule => KeyValuePair.Create(rule, (JsonNode?)Decided(rule))));
            JsonObject Decided(string rule)
            {
                var file = Choose(rule, "--scores", data).File;
                return new()
                {
                    ["threshold"] = file["threshold"]!.DeepClone(),
                    ["threshold_bits"] = file["threshold_bits"]!.DeepClone(),
                    ["counts"] = file["counts"]!.DeepClone(),
                };
            }
            File.WriteAllText(folder.File("found.json"), found.ToJsonString());
            var script = Repository.Path("tests", "FunctionalMetrics.Cli.Tests", "threshold_oracle.py");
            ConfirmedNumbers.Hold($"thresholds-{set}", found, oracle => [script, oracle, data, folder.File("found.json")]);
        }
    }

    private string Rows(string name, string text)
    {
        var path = folder.File(name + ".csv");
        File.WriteAllText(path, text);
        return path;
    }

    private (JsonObject File, string Output) Choose(string rule, params string[] data)
    {
        var run = Fmetrics.Run(["threshold", .. data, "--rule", rule, "--out", folder.File("t.json")]);
        Assert.True(run.ExitCode == 0, run.Error);
        return (JsonNode.Parse(File.ReadAllText(folder.File("t.json")))!.AsObject(), run.Output);
    }

    private static void Refused(string message, params string[] arguments)
    {
        var run = Fmetrics.Run(arguments);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
    }
}
