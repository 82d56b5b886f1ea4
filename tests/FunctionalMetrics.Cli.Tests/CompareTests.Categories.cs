using System.Text.Json.Nodes;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>Detectors side by side on several categories.</summary>
public sealed partial class CompareTests
{
    /// <summary>Folders, patterns and state files named by category; the first category has the numbers that it has alone, and the means of values are plain ones.</summary>
    [Fact]
    public void Categories_are_compared_each_by_itself_and_their_means()
    {
        foreach (var (category, at) in new[] { ("bolt", 0), ("nut", 20) })
        foreach (var (detector, seed) in new[] { ("padim", 1), ("patchcore", 2) })
        {
            State($"{detector}/{category}", seed + at, ..12);
            File.Move(folder.File($"{detector}/{category}.fms"), folder.File($"{detector}-{category}.fms"));
            Assert.Equal(
                0,
                Fmetrics
                    .Run("threshold", folder.File($"{detector}/{category}"), "--out", folder.File($"{detector}-{category}.json"), "--quiet")
                    .ExitCode
            );
        }
        string[] named = ["--name", "padim", "--name", "patchcore", "--replicates", "100", "--margin", "0.5"];
        string[] at2 = ["--threshold", folder.File("padim-{category}.json"), "--threshold", folder.File("patchcore-{category}.json")];
        var (padim, patchcore) = (folder.File("padim"), folder.File("patchcore"));
        string[] files = [folder.File("c.md"), folder.File("c.tex"), folder.File("c.html")];
        var json = Fmetrics.Json([
            "compare",
            padim,
            patchcore,
            "--categories",
            .. named,
            .. at2,
            "--out",
            files[0],
            "--out",
            files[1],
            "--report",
            files[2],
        ]);
        Assert.Equal(["bolt", "nut"], json["categories"]!.AsObject().Select(category => category.Key));
        foreach (
            var call in (string[][])
                [
                    [$"{padim}/{{category}}", $"{patchcore}/{{category}}"],
                    [
                        $"{padim}/{{category}}/anomaly_maps",
                        $"{patchcore}/{{category}}/anomaly_maps",
                        "--masks",
                        $"{padim}/{{category}}/ground_truth",
                    ],
                    [padim, patchcore, "--categories", "--masks", $"{padim}/{{category}}/ground_truth"],
                    [folder.File("padim-{category}.fms"), folder.File("patchcore-{category}.fms")],
                ]
        )
        {
            var same = Fmetrics.Json(["compare", .. call, .. named, .. at2]);
            Assert.Equal(json["mean"]!.ToJsonString(), same["mean"]!.ToJsonString());
            Assert.Equal(
                json["categories"]!["nut"]!["comparisons"]!.ToJsonString(),
                same["categories"]!["nut"]!["comparisons"]!.ToJsonString()
            );
        }
        var alone = Fmetrics.Json([
            "compare",
            $"{padim}/bolt",
            $"{patchcore}/bolt",
            .. named,
            .. at2.Select(text => text.Replace("{category}", "bolt", StringComparison.Ordinal)),
        ]);
        Assert.Equal(alone["comparisons"]!.ToJsonString(), json["categories"]!["bolt"]!["comparisons"]!.ToJsonString());
        Assert.Equal((24, 12), ((int)json["mean"]!["rows"]!, (int)json["mean"]!["positives"]!));
        foreach (
            var sources in (string[][])
                [
                    [folder.File("padim-{category}.fms"), folder.File("patchcore-{category}.fms")],
                    [$"{padim}/{{category}}", $"{patchcore}/{{category}}"],
                ]
        )
            Assert.Equal(
                ["padim", "patchcore"],
                Fmetrics.Json(["compare", .. sources, "--replicates", "0"])["models"]!.AsArray().Select(name => (string)name!)
            );
        foreach (var pair in json["mean"]!["comparisons"]!.AsArray().Select(pair => pair!.AsObject()))
        {
            var (metric, level) = ((string)pair["metric"]!, (string)pair["level"]!);
            var each = json["categories"]!
                .AsObject()
                .Select(category => (double)Pair(category.Value!, metric, level)["difference"]!)
                .ToList();
            Assert.Equal(each.Average(), (double)pair["difference"]!, 1e-12);
            Assert.Equal(2, (int)pair["over"]!);
        }
        Assert.Equal(9, json["mean"]!["comparisons"]!.AsArray().Count);
        Assert.Contains("| mean | image AUROC | padim | patchcore |", File.ReadAllText(files[0]), StringComparison.Ordinal);
        Assert.Contains("mean & image AUROC & padim & patchcore &", File.ReadAllText(files[1]), StringComparison.Ordinal);
        Assert.Contains("padim and patchcore on 2 categories", File.ReadAllText(files[2]), StringComparison.Ordinal);
        Assert.Contains("<h2>Image AUROC by category</h2>", File.ReadAllText(files[2]), StringComparison.Ordinal);
    }

    [Fact]
    public void Categories_that_are_not_those_of_all_are_refused_by_name()
    {
        State("padim/bolt", 1, ..12);
        State("patchcore/bolt", 2, ..12);
        State("patchcore/nut", 2, ..12);
        var (padim, patchcore) = (folder.File("padim"), folder.File("patchcore"));
        File.Delete(folder.File("padim/bolt.fms"));
        Fmetrics.Run("compare", padim, patchcore, "--categories").IsRefusal("'nut' is a category of", "patchcore' and not of", "padim'");
        Fmetrics
            .Run("compare", $"{padim}/bolt", $"{patchcore}/bolt", "--categories", "--name", "A", "--name", "B")
            .IsRefusal("holds maps and masks itself");
        Fmetrics.Run("compare", padim, folder.File("none"), "--categories").IsRefusal("none' is no folder; put {category}");
        Fmetrics
            .Run("compare", "--scores", folder.Write("toy.csv", Toy), "--score-columns", "a,b", "--categories")
            .IsRefusal("--categories has no effect with --scores");
        Directory.Delete(folder.File("patchcore/nut"), true);
        File.WriteAllBytes(folder.File("patchcore/bolt/anomaly_maps/cut/000.npy"), [1, 2]);
        Fmetrics.Run("compare", padim, patchcore, "--categories").IsRefusal("category bolt: ", "000.npy");
    }
}
