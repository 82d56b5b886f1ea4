using System.Diagnostics;
using System.Text.Json;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Every metric has golden values, every case has all of its keys, and the files are what their generator writes.</summary>
public class GoldenCoverageTests
{
    /// <summary>Where the golden values of each metric stand.</summary>
    private static readonly Dictionary<string, (string File, string Key)> Entries = new()
    {
        ["AUROC"] = ("ranked.json", "auroc"),
        ["AUPR"] = ("ranked.json", "aupr"),
        ["average precision"] = ("ranked.json", "average_precision"),
        ["optimal F1"] = ("ranked.json", "optimal_f1"),
        ["adaptive threshold"] = ("ranked.json", "optimal_threshold"),
        ["AUPRO"] = ("regions.json", "aupro"),
        ["AU-sPRO"] = ("defects.json", "au_spro"),
        ["AUPIMO"] = ("regions.json", "aupimo"),
        ["AUPR-IN"] = ("ranked.json", "aupr-in"),
        ["TPR at FPR"] = ("ranked.json", "tpr@fpr=0.1"),
        ["FPR at TPR"] = ("ranked.json", "fpr95"),
        ["TNR at FNR"] = ("ranked.json", "tnr@fnr=0.3"),
        ["recall at precision"] = ("ranked.json", "recall@precision=0.9"),
        ["precision at recall"] = ("ranked.json", "precision@recall=0.5"),
        ["partial AUROC"] = ("ranked.json", "pauroc@0.1"),
        ["log AUROC"] = ("ranked.json", "logauroc@0.1:0.5"),
        ["equal error rate"] = ("ranked.json", "eer"),
        ["precision at n"] = ("ranked.json", "precision@n=3"),
        ["rates at threshold"] = ("ranked.json", "mcc"),
        ["threshold by f1"] = ("thresholds.json", "f1"),
        ["MinMax"] = ("ranked.json", "min"),
        ["anomaly score distribution"] = ("moments.json", "mean"),
    };

    public static TheoryData<string> Metrics => [.. MetricCatalog.All.Select(metric => metric.Declared).Distinct()];

    [Theory, MemberData(nameof(Metrics))]
    public void Every_metric_has_golden_values_defined_and_undefined(string metric)
    {
        Assert.True(
            Entries.TryGetValue(metric.Replace("bounded ", "", StringComparison.Ordinal), out var entry),
            $"{metric} has no golden entry"
        );
        var cases = GoldenFile.Cases(entry.File);
        Assert.Contains(cases, golden => !IsNull(golden));
        Assert.Contains(cases, IsNull);

        // What is asked for by name stands among the points.
        bool IsNull(JsonElement golden) =>
            golden.TryGetProperty(entry.Key, out _)
                ? golden.IsNull(entry.Key)
                : golden.GetProperty("points").GetProperty(entry.Key).IsNull("value");
    }

    [Theory]
    [InlineData("ranked.json", "auroc aupr average_precision optimal_f1 optimal_threshold tp fp fn tn min max roc pr partial_auc points")]
    [InlineData("regions.json", "labels regions aupro pro aupimo image_max auroc aupr average_precision optimal_f1 optimal_threshold")]
    [InlineData("defects.json", "areas au_spro spro")]
    [InlineData("moments.json", "mean std nonpositive")]
    [InlineData("ln.json", "x ln60")]
    public void Every_case_has_all_of_its_golden_values(string file, string keys)
    {
        foreach (var golden in GoldenFile.Cases(file))
            Assert.All(
                keys.Split(' '),
                key => Assert.True(golden.TryGetProperty(key, out _), $"{golden.GetProperty("name")} of {file} has no {key}")
            );
    }

    [Fact]
    public void Every_file_names_the_versions_that_made_it()
    {
        foreach (var file in Directory.GetFiles(Repository.Path("tests", "golden"), "*.json"))
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            Assert.Superset(
                Path.GetFileName(file) switch
                {
                    "partial_auroc.json" => new HashSet<string> { "R", "pROC" },
                    "textures.json" => ["numpy", "python"],
                    _ => ["numpy", "python", "scipy"],
                },
                document.RootElement.GetProperty("versions").EnumerateObject().Select(version => version.Name).ToHashSet()
            );
        }
    }

    [SkippableFact, Trait("Category", "Slow")]
    public void The_files_are_what_their_generator_writes()
    {
        const string Python = "/usr/bin/python3";
        Skip.IfNot(File.Exists(Python), $"needs Debian's {Python}, which is not there");
        Skip.IfNot(
            Run("-c", "import sklearn, scipy, numpy").ExitCode == 0,
            $"needs scikit-learn for {Python} (apt-get install python3-sklearn)"
        );
        // R's pROC is a witness of the variances; without it they are read as they are.
        var hasProc =
            Run("-c", "import subprocess; subprocess.run(['Rscript', '-e', 'library(pROC)'], check=True, capture_output=True)").ExitCode
            == 0;
        foreach (var generator in (string[])["generate.py", "thresholds.py", .. hasProc ? (string[])["uncertainty.py"] : []])
        {
            var (exitCode, output) = Run(Repository.Path("tests", "golden", generator), "--check");
            Assert.True(exitCode == 0, output);
        }
        if (hasProc)
        {
            var script = Repository.Path("tests", "golden", "partial_auroc.R");
            var (exitCode, output) = Run(
                "-c",
                $"import subprocess, sys; sys.exit(subprocess.run(['Rscript', r'{script}', '--check']).returncode)"
            );
            Assert.True(exitCode == 0, output);
        }

        static (int ExitCode, string Output) Run(params string[] arguments)
        {
            using var python = Process.Start(
                new ProcessStartInfo(Python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
            )!;
            var error = python.StandardError.ReadToEndAsync();
            var output = python.StandardOutput.ReadToEnd();
            python.WaitForExit();
            return (python.ExitCode, output + error.Result);
        }
    }
}
