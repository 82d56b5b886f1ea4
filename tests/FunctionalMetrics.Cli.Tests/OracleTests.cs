using System.Diagnostics;
using System.Text.Json.Nodes;

namespace FunctionalMetrics.Cli.Tests;

public sealed class OracleTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableFact]
    public void Arrays_that_numpy_saved_are_columns_of_scores_and_labels()
    {
        Skip.IfNot(File.Exists("/usr/bin/python3"), "needs Debian's python3-numpy");
        Save("a.npz", "score=np.float16([.1,.4,.35,.8]), label=np.array([0,0,1,1], bool)");
        Assert.Equal(0.75, (double)Fmetrics.Evaluate("--scores", folder.File("a.npz"))["image"]!["auroc"]!);
        Save("b.npz", "s=np.array([.1,.4,.35,.8], '>f8'), y=np.array([0,0,1,1.]), z=np.array([0,1,2,0]), w=np.zeros(3)");
        var named = Fmetrics.Evaluate("--scores", folder.File("b.npz"), "--score-column", "s", "--label-column", "y");
        Assert.Equal(0.75, (double)named["image"]!["auroc"]!);
        Refuses("s", "z").IsRefusal("b.npz", "row 3, column 'z': 2 is not 0 or 1");
        Refuses("s", "w").IsRefusal("b.npz", "4 scores", "3 labels");
        Refuses("s", "x").IsRefusal("b.npz", "s, y, z, w");

        Outcome Refuses(string score, string label) =>
            Fmetrics.Run("evaluate", "--scores", folder.File("b.npz"), "--score-column", score, "--label-column", label);
    }

    private void Save(string name, string arrays)
    {
        using var python = Process.Start("/usr/bin/python3", ["-c", $"import numpy as np; np.savez(r'{folder.File(name)}', {arrays})"]);
        python.WaitForExit();
        Assert.Equal(0, python.ExitCode);
    }

    [SkippableFact, Trait("Category", "Slow")]
    public void The_command_line_agrees_with_the_exact_oracle()
    {
        var oracle = Path.Combine(Fmetrics.Root, "..", "shared", "oracle");
        Skip.IfNot(File.Exists(Path.Combine(oracle, "check_cli.py")), "there is no ../shared/oracle beside the checkout");
        Skip.IfNot(File.Exists("/usr/bin/python3"), "needs Debian's python3-sklearn");
        // The script would have dotnet look at the project before each run.
        const string Check = """
            import sys
            sys.path.insert(0, sys.argv[1])
            import check_cli
            check_cli.CLI = ["dotnet", sys.argv[2]]
            results = list(check_cli.cases([3]))
            sys.exit(not (results and all(results)))
            """;
        var check = Outcome.Of(new("/usr/bin/python3", ["-B", "-c", Check, oracle, Fmetrics.Dll]) { WorkingDirectory = Fmetrics.Root });
        Assert.True(check.ExitCode == 0, check.Output + check.Error);
    }

    [Theory]
    [InlineData(1, 40, 3)]
    [InlineData(2, 400, 50)]
    [InlineData(3, 2000, 1_000_000)]
    [InlineData(4, 12, 2)]
    public void Numbers_that_are_asked_for_agree_with_the_plain_oracle_of_every_one(int seed, int rows, int distinct)
    {
        var random = new Random(seed);
        var lines = Enumerable.Range(0, rows).Select(_ => random.Next(3) == 0).Select(Line);
        var table = folder.Write("rows.csv", "score,label\n" + string.Concat(lines));
        const string Names =
            "auroc,ap,tpr@fpr=0,tpr@fpr=0.01,tpr@fpr=0.3,fpr95,fpr@tpr=0.5,fpr@tpr=0,tnr@fnr=0.3,recall@precision=0.5,recall@precision=0.9,"
            + "precision@recall=0.5,precision@recall=0,pauroc@0.1,mcclish@0.3,logauroc@0.1:0.5,logauroc@0.001:0.1,eer,precision@n=3,precision@n=10,"
            + "precision,recall,specificity,fpr,fnr,npv,f1,fbeta@2,fbeta@0.3,accuracy,balanced_accuracy,youden,mcc,lr_plus,lr_minus,prevalence";
        var judged = Fmetrics.Run("evaluate", "--scores", table, "--metrics", Names, "--json", folder.File("out.json"));
        Assert.True(judged.ExitCode == 0, judged.Error);
        var script = Repository.Path("tests", "FunctionalMetrics.Cli.Tests", "points_oracle.py");
        ConfirmedNumbers.Hold(
            $"points-{seed}",
            JsonNode.Parse(File.ReadAllText(folder.File("out.json")))!["image"]!["metrics"]!,
            oracle => [script, oracle, table, folder.File("out.json")]
        );

        string Line(bool anomalous) =>
            FormattableString.Invariant($"{random.Next(distinct) + (anomalous ? distinct / 4 : 0)},{(anomalous ? 1 : 0)}\n");
    }
}
