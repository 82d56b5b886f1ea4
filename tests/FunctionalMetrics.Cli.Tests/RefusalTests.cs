namespace FunctionalMetrics.Cli.Tests;

public sealed class RefusalTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("evaluate", "nothing to evaluate")]
    [InlineData("evaluate --maps a", "--masks")]
    [InlineData("evaluate --masks a", "--maps")]
    [InlineData("evaluate a --scores b", "one of")]
    [InlineData("evaluate --scores b --image-scores c", "--image-scores")]
    [InlineData("evaluate --scores s.csv --fpr-limit 0", "--fpr-limit is '0'")]
    [InlineData("evaluate --scores s.csv --fpr-limit 1.5", "--fpr-limit is '1.5'")]
    [InlineData("evaluate --scores s.csv --fpr-limit NaN", "--fpr-limit is 'NaN'")]
    [InlineData("evaluate --scores s.csv --fpr-limit 0,3", "--fpr-limit is '0,3'")]
    [InlineData("evaluate --scores s.csv --default-threshold inf", "--default-threshold is 'inf'")]
    [InlineData("evaluate --scores s.csv --mask-threshold nan", "--mask-threshold is 'nan'")]
    [InlineData("evaluate --scores s.csv --no-such-option", "--no-such-option")]
    [InlineData("evaluate --scores s.csv --mask-threshold 3", "--mask-threshold has no effect")]
    [InlineData("evaluate d --score-column x", "--score-column has no effect")]
    [InlineData("evaluate --scores s.csv --report -", "only --json")]
    [InlineData("describe", "--scores FILE and --maps PATH")]
    [InlineData("describe --scores s.csv --out d", "--out")]
    [InlineData("nonsense", "nonsense")]
    [InlineData("evaluate --scores missing.csv", "missing.csv")]
    [InlineData("evaluate missing", "missing")]
    [InlineData("evaluate --maps missing --masks missing", "missing")]
    [InlineData("evaluate --scores s.csv --json no/such/folder/x.json", "no folder")]
    [InlineData("evaluate --scores s.csv --json .", "is a folder")]
    [InlineData("evaluate --scores s.csv --json x --report x", "named twice")]
    [InlineData("evaluate --scores s.csv --report x.pdf", "name it .html")]
    [InlineData("evaluate --scores s.csv --detector", "--detector lacks its value: nothing follows it")]
    [InlineData("evaluate --scores s.csv --require image.auroc=>0.9", "write >= for 'at least'")]
    [InlineData("evaluate --scores s.csv --require image.recall>=0.9", "the nearest is image.at_threshold.recall")]
    [InlineData("table nothere.json", "nothere.json: does not exist")]
    [InlineData("table s.csv", "s.csv: is no JSON: line 1 goes wrong at byte 1; 'fmetrics evaluate ... --json FILE' writes one")]
    public void Bad_usage_is_one_line_and_exit_code_2(string arguments, string reason)
    {
        folder.Write("s.csv", "score,label\n0.1,0\n0.9,1\n");
        Fmetrics.RunIn(folder.Path, arguments.Split(' ')).IsRefusal(reason);
        Assert.Equal(["s.csv"], folder.Names);
    }

    [Theory]
    [InlineData("score,label\n0.1,0\nabc,1\n", "row 2", "abc")]
    [InlineData("score,label\n0.1,0\nNaN,1\n", "row 2", "NaN")]
    [InlineData("score,label\n0.1,0\n0.2,2\n", "row 2", "2")]
    [InlineData("score,label\n0.1\n", "row 1", "1 fields")]
    [InlineData("value,label\n0.1,0\n", "score", "value")]
    [InlineData("", "s.csv", "empty")]
    public void Bad_rows_name_file_row_and_value_and_leave_no_output(string text, string place, string value)
    {
        folder.Write("s.csv", text);
        Fmetrics
            .RunIn(folder.Path, "evaluate", "--scores", "s.csv", "--json", "out.json", "--report", "out.html")
            .IsRefusal("s.csv", place, value);
        Assert.Equal(["s.csv"], folder.Names);
    }

    [Fact]
    public void An_old_output_file_survives_a_refusal()
    {
        folder.Write("s.csv", "score,label\nx,1\n");
        folder.Write("out.json", "old");
        Fmetrics.RunIn(folder.Path, "evaluate", "--scores", "s.csv", "--json", "out.json").IsRefusal();
        Assert.Equal("old", File.ReadAllText(folder.File("out.json")));
    }

    [Fact]
    public void Nothing_but_json_goes_to_standard_output_and_quiet_prints_nothing()
    {
        folder.Write("s.csv", "score,label\n0.1,0\n0.9,1\n");
        var piped = Fmetrics.RunIn(folder.Path, "evaluate", "--scores", "s.csv", "--json", "-", "--report", "r.html");
        System.Text.Json.Nodes.JsonNode.Parse(piped.Output);
        Assert.Empty(piped.Error);
        var quiet = Fmetrics.RunIn(folder.Path, "evaluate", "--scores", "s.csv", "--json", "o.json", "--quiet");
        Assert.Equal((0, "", ""), (quiet.ExitCode, quiet.Output, quiet.Error));
        Assert.Equal(["o.json", "r.html", "s.csv"], folder.Names);
        Assert.Equal(Fmetrics.WithoutCall(piped.Output), Fmetrics.WithoutCall(File.ReadAllText(folder.File("o.json"))));
    }
}
