using System.Text.Json.Nodes;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>Numbers that are asked for with --metrics.</summary>
public sealed class PointsTests : IDisposable
{
    private const string Toy = "score,label\n.1,0\n.2,0\n.35,0\n.35,1\n.5,0\n.6,1\n.6,1\n.6,0\n.8,1\n.9,1\n";
    private const string Names = "tpr@fpr=0.2,fpr95,eer,precision@n=3,pauroc@0.1,logauroc@0.2:0.5,mcc,aupr-in";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Each_stands_under_metrics_by_the_name_it_was_asked_with_in_the_order_of_asking()
    {
        var image = Rows(Toy, "--metrics", "fpr95,eer,tpr@fpr=0.00,ap,lr_plus", "--threshold", "0.5");
        var metrics = image["metrics"]!.AsObject();
        Assert.Equal(["fpr95", "eer", "tpr@fpr=0.00", "ap", "lr_plus"], metrics.Select(pair => pair.Key));
        Assert.Equal("""{"value":0.6,"threshold":0.35,"tp":5,"fp":3,"fn":0,"tn":2}""", metrics["fpr95"]!.ToJsonString());
        Assert.Equal("""{"value":0.2,"threshold":0.6,"tp":4,"fp":1,"fn":1,"tn":4}""", metrics["eer"]!.ToJsonString());
        Assert.Equal("""{"value":0.4,"threshold":0.8,"tp":2,"fp":0,"fn":3,"tn":5}""", metrics["tpr@fpr=0.00"]!.ToJsonString());
        Assert.Equal("""{"value":0.845}""", metrics["ap"]!.ToJsonString());
        Assert.Equal("""{"value":2,"threshold":0.5,"tp":4,"fp":2,"fn":1,"tn":3}""", metrics["lr_plus"]!.ToJsonString());
        Assert.Null(Rows(Toy)["metrics"]);
    }

    [Fact]
    public void Rates_are_those_of_the_largest_F1_where_no_threshold_is_given()
    {
        var image = Rows(Toy, "--metrics", "recall,precision");
        Assert.Equal((double)image["adaptive_threshold"]!, (double)image["metrics"]!["recall"]!["threshold"]!);
        Assert.Equal((double)image["at_threshold"]!["precision"]!, (double)image["metrics"]!["precision"]!["value"]!);
    }

    [Fact]
    public void What_is_undefined_is_null_with_its_reason_and_a_threshold_that_flags_nothing_is_inf()
    {
        const string First = "score,label\n3,0\n2,1\n1,0\n";
        var image = Rows(First, "--metrics", "tpr@fpr=0,recall@precision=0.9,mcc", "--threshold", "9");
        Assert.Equal("""{"value":0,"threshold":"inf","tp":0,"fp":0,"fn":1,"tn":2}""", image["metrics"]!["tpr@fpr=0"]!.ToJsonString());
        Assert.Equal("""{"value":null}""", image["metrics"]!["recall@precision=0.9"]!.ToJsonString());
        Assert.Equal("""{"value":null,"threshold":9,"tp":0,"fp":0,"fn":1,"tn":2}""", image["metrics"]!["mcc"]!.ToJsonString());
        Assert.Contains(
            "the best precision reached is 0.5",
            (string)image["undefined"]!["recall@precision=0.9"]!,
            StringComparison.Ordinal
        );
        Assert.Contains("no row called anomalous", (string)image["undefined"]!["mcc"]!, StringComparison.Ordinal);
        var lower = Rows("score,label\n-3,0\n-2,1\n-1,0\n", "--metrics", "tpr@fpr=0", "--lower-is-anomalous");
        Assert.Equal("-inf", (string)lower["metrics"]!["tpr@fpr=0"]!["threshold"]!);
    }

    [Fact]
    public void Every_way_gives_the_same_bytes_and_intervals_hold_them()
    {
        string[] evaluate = ["evaluate", Fmetrics.Brick, "--metrics", Names + ",aupro@0.05", "--json", "-"];
        var once = Fmetrics.Run([.. evaluate, "--state", folder.File("brick.fms")]);
        Assert.True(once.ExitCode == 0, once.Error);
        var shown = Fmetrics.Run(["show", folder.File("brick.fms"), .. evaluate[2..]]);
        Assert.Equal(once.WithoutCall().Output, shown.WithoutCall().Output);
        var limited = Fmetrics.Run([.. evaluate, "--max-memory", "400MB"]);
        Assert.Equal(once.WithoutCall(), limited.WithoutCall());

        var exact = JsonNode.Parse(once.Output)!;
        var between = Fmetrics.Evaluate([.. evaluate[1..^2], "--approximate", "14"]);
        foreach (var level in (string[])["image", "pixel"])
        foreach (var (name, found) in exact[level]!["metrics"]!.AsObject())
        {
            var bounds = between[level]!["metrics"]![name]!["value"]!;
            Assert.InRange((double)found!["value"]!, (double)bounds["lower"]!, (double)bounds["upper"]!);
        }
        Assert.Equal(9, exact["pixel"]!["metrics"]!.AsObject().Count);
        Assert.Equal(8, exact["image"]!["metrics"]!.AsObject().Count);
    }

    [Fact]
    public void The_table_and_the_report_show_them_too()
    {
        var file = folder.Write("s.csv", Toy);
        var outcome = Fmetrics.Run("evaluate", "--scores", file, "--metrics", "tpr@fpr=0,lr_minus", "--report", folder.File("r.html"));
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        Assert.Matches("tpr@fpr=0 +│ +0.400000 at 0.8 ", outcome.Output);
        var page = File.ReadAllText(folder.File("r.html"));
        Assert.Contains("Asked for", page, StringComparison.Ordinal);
        Assert.Contains("tpr@fpr=0", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_threshold_is_shown_with_all_its_digits_so_that_it_can_be_given_again()
    {
        var file = folder.Write("s.csv", "score,label\n0.12345678901234,1\n0.1,0\n");
        var outcome = Fmetrics.Run("evaluate", "--scores", file, "--metrics", "fpr95", "--report", folder.File("r.html"));
        Assert.Contains("0.000000 at 0.12345678901234", outcome.Output, StringComparison.Ordinal);
        var page = File.ReadAllText(folder.File("r.html"));
        Assert.Contains(">0.0000 at 0.12345678901234<", page, StringComparison.Ordinal);
        Assert.Matches(
            "score ≥ it\\)</th><td class=\"long\" title=\"0.12345678901234\">0.12345678901234<",
            System.Net.WebUtility.HtmlDecode(page)
        );
    }

    [Fact]
    public void The_list_explains_each_name_with_its_formula_and_needs_no_data()
    {
        var outcome = Fmetrics.Run("evaluate", "--metrics", "list");
        Assert.Equal(0, outcome.ExitCode);
        foreach (
            var name in "auroc ap aupr-in aupr-out aupro@ fpr95 fpr@tpr= tpr@fpr= tnr@fnr= recall@precision= precision@recall= pauroc@ mcclish@ logauroc@ eer precision@n= fbeta@ mcc youden precision recall specificity fpr fnr npv f1 accuracy balanced_accuracy lr_plus lr_minus prevalence".Split(
                ' '
            )
        )
            Assert.Matches($"(?m)^{name}", outcome.Output);
        Assert.Contains("    = max tp / P over thresholds with fp <= A N", outcome.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing", "--metrics: there is no number 'nothing'; those there are: ")]
    [InlineData("auroc,tpr@0.1", "it is written tpr@fpr=A, such as tpr@fpr=0.01")]
    [InlineData("tpr@fpr=2", "the false positive rate is 2; it must lie in [0, 1]")]
    [InlineData("auroc,aupro@0.3", "--metrics aupro@0.3: there are no maps with masks")]
    public void A_name_that_cannot_be_shown_is_refused(string names, string text) =>
        Fmetrics.Run("evaluate", "--scores", folder.Write("s.csv", Toy), "--metrics", names).IsRefusal(text);

    private JsonNode Rows(string rows, params string[] options) =>
        Fmetrics.Evaluate(["--scores", folder.Write("s.csv", rows), .. options])["image"]!;
}
