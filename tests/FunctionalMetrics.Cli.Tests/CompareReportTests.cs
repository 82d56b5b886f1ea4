using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>The page of a comparison: what it says first, its numbers beside those of the JSON, and how a browser shows it.</summary>
public sealed partial class CompareReportTests : IDisposable
{
    private const string Evil = "<img src=x onerror=alert(1)>";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Where_every_interval_holds_0_the_page_begins_with_it_and_never_says_that_one_is_ahead()
    {
        var page = Page(Rows(40, 1, 1), "a,b", "--threshold", "1", "--threshold", "1", "--margin", "0.9");
        var lead = Lead(page);
        Assert.StartsWith("a and b cannot be told apart on these rows: none of 5 numbers shows a difference. Choose between them", lead);
        Assert.Contains("They are equivalent within 0.9 in image AUROC, ", lead);
        Assert.DoesNotContain("higher", WithoutScripts(page));
        Assert.DoesNotContain("better", WithoutScripts(page));
    }

    [Fact]
    public void Where_detectors_differ_it_says_which_is_higher_and_in_what()
    {
        Assert.StartsWith("a is higher than b in image AUROC, ", Lead(Page(Rows(60, 9, 0), "a,b")));
        Assert.StartsWith("b is higher than a in image AUROC, ", Lead(Page(Rows(60, 0, 9), "a,b")));
        Assert.Matches(
            "^Image AUROC of b and c is 1.0000, the highest of 3: that of b is higher than that of a on these rows",
            Lead(Page(Rows(60, 0, 9), "a,b,c"))
        );
    }

    [Fact]
    public void Detectors_of_the_same_highest_number_stand_together_and_what_has_no_test_is_said()
    {
        var table = folder.Write("ties.csv", "label,a,b,c\n0,1,1,1\n0,2,1,2\n0,3,1,1\n1,4,1,5\n1,5,1,7\n1,6,1,9\n");
        Assert.StartsWith(
            "Image AUROC of a and c is 1.0000, the highest of 3: that of a has no test against that of b on these rows.",
            Lead(Page(table, "a,b,c"))
        );
    }

    [SkippableTheory, Trait("Category", "Slow")]
    [InlineData(1280, false)]
    [InlineData(390, false)]
    [InlineData(390, true)]
    public void A_browser_shows_the_numbers_of_the_JSON_and_axe_finds_no_serious_fault(int width, bool dark)
    {
        Skip.IfNot(Browser.IsHere, "needs Chromium: apt-get install chromium");
        var (table, json) = (Rows(60, 2, 1), folder.File("c.json"));
        string[] options = ["--name", Evil, "--name", "b & <b>'\"co\"'</b>", "--threshold", "1", "--threshold", "0.5"];
        var page = Page(table, "a,b", [.. options, "--id-column", "id", "--title", Evil, "--json", json]);
        var comparisons = JsonNode.Parse(File.ReadAllText(json))!["comparisons"]!.AsArray();
        if (dark)
            page = page.Replace("screen and (prefers-color-scheme: dark)", "all", StringComparison.Ordinal);
        page = page.Replace("</body>", $"<script>{new BundledAxeScriptProvider().GetScript()}</script></body>", StringComparison.Ordinal);
        const string Script = """
            errors => {
              if ([...document.querySelectorAll(".chart")].some(chart => !chart.data)) return null;
              if (!window.axeAsked) {
                window.axeAsked = true;
                axe.run().then(found => (window.axeFound = found));
              }
              if (!window.axeFound) return null;
              return {
                errors,
                faults: axeFound.violations.filter(fault => ["serious", "critical"].includes(fault.impact)).map(fault => `${fault.id}: ${fault.nodes[0].html.slice(0, 200)}`),
                injected: document.querySelectorAll("img[src=x], main b, .main-svg a").length,
                wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
                rows: [...document.querySelectorAll(".wide tbody tr")].map(row => [...row.children].map(cell => cell.textContent)),
                legend: [...document.querySelectorAll("#compared-1-roc .legendtext")].map(text => text.textContent),
                strokes: [...document.querySelectorAll("#compared-1-roc .scatterlayer path.js-line")].map(line => line.style.strokeDasharray + line.style.stroke),
              };
            }
            """;
        var view = JsonNode.Parse(Browser.Ask(page, Script, [width]))![0]!;
        Assert.Empty(view["errors"]!.AsArray());
        Assert.Equal("", string.Join('\n', view["faults"]!.AsArray()));
        Assert.Equal(0, (int)view["injected"]!);
        Assert.Equal(0, (int)view["wide"]!);
        var rows = view["rows"]!.AsArray().Select(row => row!.AsArray().Select(cell => (string)cell!).ToArray()).ToList();
        var numbers = comparisons.Where(pair => (string?)pair!["method"] != "mcnemar").ToList();
        Assert.Equal(
            numbers.Select(pair =>
                $"{Rate(pair!["value_a"])} {Rate(pair["value_b"])} {Signed(pair["difference"])} {Signed(pair["lower"])} .. {Signed(pair["upper"])} {Chance(pair["p"])} {pair["method"]}"
            ),
            rows.Take(numbers.Count).Select(row => string.Join(' ', row[1..7]))
        );
        var decisions = comparisons.Single(pair => (string?)pair!["method"] == "mcnemar")!;
        var flipped = decisions["flipped"]!.AsArray();
        Assert.NotEmpty(flipped);
        Assert.Equal(
            [
                $"{Evil} and {options[3]}",
                $"{Math.Round((double)decisions["value_a"]! * 60)}",
                $"{Math.Round((double)decisions["value_b"]! * 60)}",
                $"{flipped.Count(flip => (string?)flip!["right"] == Evil)}",
                $"{flipped.Count(flip => (string?)flip!["right"] == options[3])}",
                Chance(decisions["p"]),
            ],
            rows[numbers.Count][..6]
        );
        Assert.Equal(
            flipped.Select(flip => $"{flip!["name"]} {flip["right"]}"),
            rows[(numbers.Count + 1)..].Select(row => $"{row[0]} {row[^1]}")
        );
        Assert.Equal([Evil, options[3], "chance"], view["legend"]!.AsArray().Select(text => ((string)text!).Split(", area")[0]));
        Assert.Equal(3, view["strokes"]!.AsArray().Select(stroke => (string)stroke!).Distinct().Count());
    }

    [Fact]
    public void What_flips_is_capped_with_its_number_and_the_page_is_refused_where_it_would_write_over_what_is_read()
    {
        var table = Rows(300, 3, 0);
        var page = Page(table, "a,b", "--threshold", "2", "--threshold", "2", "--replicates", "0");
        var flips = int.Parse(FlipCount().Match(page).Groups[1].Value);
        Assert.InRange(flips, 51, 300);
        Assert.Contains($"The first 50 of {flips} stand here; --json names all.", page);
        Assert.Equal(50, FlipRow().Count(page));
        Fmetrics.Run("compare", "--scores", table, "--score-columns", "a,b", "--report", table).IsRefusal("would write over");
        Fmetrics.Run("compare", "--scores", table, "--score-columns", "a,b", "--report", "x.pdf").IsRefusal("name it .html");
        Fmetrics
            .Run("compare", "--scores", table, "--score-columns", "a,b", "--title", "x")
            .IsRefusal("--title has no effect without --report");
    }

    private string Page(string table, string columns, params string[] more)
    {
        var page = folder.File("compare.html");
        var made = Fmetrics.Run(["compare", "--scores", table, "--score-columns", columns, "--report", page, "--quiet", .. more]);
        Assert.True(made.ExitCode == 0, made.Error);
        return File.ReadAllText(page);
    }

    /// <summary>Rows of which a and b see the anomalous ones so well; c sees them as b does, but for small noise.</summary>
    private string Rows(int count, double a, double b)
    {
        var random = new Random(22);
        return folder.Write(
            "rows.csv",
            "id,label,a,b,c\n"
                + string.Join(
                    '\n',
                    Enumerable
                        .Range(0, count)
                        .Select(i =>
                        {
                            var (label, x, y) = (i % 2, random.NextDouble() * 3, random.NextDouble() * 3);
                            var last = label * b + y + random.NextDouble() * 0.01;
                            return FormattableString.Invariant($"{Evil}{i},{label},{label * a + x},{label * b + y},{last}");
                        })
                )
                + "\n"
        );
    }

    private static string Lead(string page) => WebUtility.HtmlDecode(LeadText().Match(page).Groups[1].Value);

    private static string WithoutScripts(string page) => Scripts().Replace(page, "");

    private static string Rate(JsonNode? value) => Readable.Rate((double)value!);

    private static string Signed(JsonNode? value) => FormattableString.Invariant($"{(double)value!:+0.0000;-0.0000;0.0000}");

    private static string Chance(JsonNode? p) => (double)p! < 0.0001 ? "< 0.0001" : FormattableString.Invariant($"{(double)p!:F4}");

    [GeneratedRegex("<p class=\"lead\">([^<]*)</p>")]
    private static partial Regex LeadText();

    [GeneratedRegex("decide (\\d+) of 300 rows differently")]
    private static partial Regex FlipCount();

    [GeneratedRegex("<tr><th scope=\"row\">row \\d+</th>")]
    private static partial Regex FlipRow();

    [GeneratedRegex("<script.*?</script>|<style.*?</style>", RegexOptions.Singleline)]
    private static partial Regex Scripts();
}
