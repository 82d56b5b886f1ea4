using System.Text.RegularExpressions;
using FunctionalMetrics.Core;

namespace FunctionalMetrics.Tests;

public sealed partial class ReportTests
{
    private static readonly string Whole = Report.Html(Samples.Page);

    /// <summary>The page without plotly.js, whose text is not ours.</summary>
    private static readonly string Own = Whole.Replace(Assets.Plotly, "", StringComparison.Ordinal);

    [Fact]
    public void It_has_the_title_the_data_the_levels_and_the_notes()
    {
        Assert.Contains("<h1>brick</h1>", Own);
        Assert.Contains("<p class=\"subtitle\">4 images</p>", Own);
        Assert.Equal(["In short", "Image level", "Pixel level", "Notes"], Headings().Matches(Own).Select(match => match.Groups[1].Value));
        Assert.Contains("optimistic", Own[Own.IndexOf("class=\"notes\"", StringComparison.Ordinal)..]);
    }

    [Fact]
    public void Each_level_has_all_its_charts()
    {
        string[] image = ["roc", "precision-recall", "f1", "scores"];
        string[] pixel = ["roc", "precision-recall", "pro", "f1", "scores"];
        Assert.Equal(
            [.. image.Select(name => $"level-1-{name}"), .. pixel.Select(name => $"level-2-{name}")],
            Drawings().Matches(Own).Select(match => match.Groups[1].Value)
        );
    }

    [Fact]
    public void A_number_is_short_to_read_and_exact_under_the_pointer()
    {
        var auroc = Samples.Value(Auroc.Metric.Compute(Samples.Images)).Area;
        Assert.Contains($"""<th scope="row">AUROC</th><td title="{Readable.Exact(auroc)}">{Readable.Rate(auroc)}</td>""", Own);
        Assert.Contains("""<th scope="row">Rows</th><td title="2304">2,304</td>""", Own);
    }

    [Fact]
    public void Where_low_scores_are_anomalous_tables_and_charts_show_the_scores_as_they_were()
    {
        var own = Samples.Batch([-2, -1, 3, 4], [true, true, false, false]);
        var level = ReportLevel.OfScores(RankState.Of(own.Negated), new(LowerIsAnomalous: true));
        var page = Report.Html(new("turned", "", [level])).Replace(Assets.Plotly, "", StringComparison.Ordinal);
        Assert.Contains("""<th scope="row">Threshold (anomalous: score ≤ it)</th><td class="long" title="-1">""", page);
        Assert.Contains("""<th scope="row">Smallest score</th><td title="-2">""", page);
        Assert.Contains("""<th scope="row">Largest score</th><td title="4">""", page);
        Assert.Contains("largest F1 1.0000 at threshold -1", page);
        Assert.DoesNotContain("threshold 1\"", page);
        Assert.Contains("Low scores are the anomalous ones", page);
        var turned = Histogram.Of(level.State!).Mirrored;
        Assert.Equal((-2, 4, 2, 0), (turned.Edges[0], turned.Edges[^1], turned.Anomalous.Sum(), turned.Anomalous[^1]));
        Assert.Equal(1, turned.Normal[^1]);
    }

    [Fact]
    public void It_carries_plotly_once() => Assert.Equal(2, Whole.Split(Assets.Plotly).Length);

    [Fact]
    public void It_loads_nothing()
    {
        Assert.Empty(Loads().Matches(Own));
        Assert.Contains("Content-Security-Policy\" content=\"default-src 'none'", Own);
        Assert.DoesNotContain("</script", Assets.Plotly, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Text_from_files_stays_text()
    {
        const string evil = "<script>alert(\"x\")</script>&amp;";
        var page = Report.Html(
            new(evil, evil, [ReportLevel.OfScores(Samples.Images) with { Title = evil }])
            {
                Notes = [$"AUROC of {evil} is below 0.5"],
                Details = [(evil, evil)],
            }
        );
        Assert.DoesNotContain("<script>alert", page);
        Assert.Contains("<h1>&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;amp;</h1>", page);
        Assert.Contains("<li>AUROC of &lt;script&gt;", page);
    }

    [Fact]
    public void How_it_was_made_stands_at_the_end_where_it_is_said()
    {
        var page = Report.Html(Samples.Page with { Details = [("Version", "0.1.0"), ("Options", "--fpr-limit 0.1")] });
        Assert.Equal("How this was made", Headings().Matches(page)[^1].Groups[1].Value);
        Assert.Contains("""<tr><th scope="row">Options</th><td>--fpr-limit 0.1</td></tr>""", page);
        Assert.DoesNotContain("How this was made", Own);
    }

    [Fact]
    public void JSON_cannot_end_its_script() => Assert.Equal("{\"a\":\"\\u003c/script>\"}", Assets.InScript("{\"a\":\"</script>\"}"));

    [Fact]
    public void What_is_undefined_shows_why_in_place_of_number_and_chart()
    {
        var maps = RegionState.Of(Samples.Maps(regions: false));
        var page = Report.Html(new("t", "s", [ReportLevel.OfPixels(maps)]));
        foreach (var metric in (string[])["AUROC", "AUPR", "average precision", "optimal F1"])
            Assert.Contains($"<small>{metric} is undefined: there is no anomalous row (rows seen: 2304)</small>", page);
        Assert.Contains("<small>AUPRO is undefined: there is no region of anomalous pixels (rows seen: 2304)</small>", page);
        Assert.Contains("<p class=\"reason\">AUPRO is undefined: there is no region of anomalous pixels (rows seen: 2304)</p>", page);
        Assert.Contains("0.5 (default)", page);
        Assert.Equal(["level-1-scores"], Drawings().Matches(page).Select(match => match.Groups[1].Value));
    }

    [Fact]
    public void No_rows_at_all_make_a_page_of_reasons()
    {
        var page = Report.Html(new("t", "s", [ReportLevel.OfScores(RankState.Empty)]));
        Assert.Contains("the score histogram is undefined: there is no score (rows seen: 0)", page);
        Assert.Empty(Drawings().Matches(page));
    }

    [Fact]
    public void A_limit_out_of_range_is_said()
    {
        var level = ReportLevel.OfPixels(RegionState.Of(Samples.Maps(regions: true)), new(1.5));
        Assert.Contains("the FPR limit is 1.5; it must lie in (0, 1]", Report.Html(new("t", "s", [level])));
    }

    [Fact]
    public void The_same_page_gives_the_same_bytes() => Assert.Equal(Whole, Report.Html(Samples.Page));

    [GeneratedRegex("<h2>(.*?)</h2>")]
    private static partial Regex Headings();

    [GeneratedRegex("drawChart\\(\"([^\"]+)\", ")]
    private static partial Regex Drawings();

    [GeneratedRegex("""(src|href|action|data|poster|srcset)\s*=|@import|url\(|fetch\(|import\s*\(|https?:""", RegexOptions.IgnoreCase)]
    private static partial Regex Loads();
}
