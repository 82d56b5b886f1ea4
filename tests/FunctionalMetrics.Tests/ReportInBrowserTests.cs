using LanguageExt;
using Newtonsoft.Json.Linq;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Tests;

/// <summary>A report as a browser draws it, at a desktop's width, a phone's, and one turned into the other, without a network.</summary>
public sealed class ReportInBrowserTests
{
    private const string Look = """
        errors => ({
          errors,
          width: innerWidth,
          clientWidth: document.documentElement.clientWidth,
          scrollWidth: document.documentElement.scrollWidth,
          past: [...document.querySelectorAll("figure, .card")].flatMap(card => [...card.querySelectorAll(".chart, svg, .legend, table, tr > *")].filter(part => {
            const [room, box] = [card.getBoundingClientRect(), part.getBoundingClientRect()];
            return box.width > 0 && (box.left < room.left || box.right > room.right);
          })).map(part => part.outerHTML.slice(0, 100)),
          broken: [...document.querySelectorAll("td:not(.undefined, .details *)")].filter(number => {
            const text = document.createRange();
            text.selectNodeContents(number);
            return text.getClientRects().length > 1;
          }).map(number => number.textContent),
          icons: [...document.querySelectorAll(".modebar")].filter(icons => icons.getClientRects().length > 0).length,
          charts: [...document.querySelectorAll(".chart")].map(chart => {
            const room = chart.getBoundingClientRect();
            const outside = [...chart.querySelectorAll(".main-svg text, .legend")].filter(text => {
              const box = text.getBoundingClientRect();
              return box.width > 0 && (box.left < room.left - 1 || box.right > room.right + 1 || box.bottom > room.bottom + 1);
            });
            return {
              id: chart.id,
              room: room.width,
              drawn: chart.querySelector(".main-svg")?.getBoundingClientRect().width ?? 0,
              lines: [...chart.querySelectorAll(".scatterlayer .trace")].filter(t => t.querySelector("path[d]")?.getAttribute("d").length > 5).length,
              bars: [...chart.querySelectorAll(".barlayer .point path")].filter(p => p.getAttribute("d").length > 5).length,
              legend: [...chart.querySelectorAll(".legendtext")].map(text => text.textContent),
              legendTop: chart.querySelector(".legend")?.getBoundingClientRect().top ?? 0,
              plotBottom: chart.querySelector(".xtitle")?.getBoundingClientRect().bottom ?? 0,
              outside: outside.map(text => text.textContent),
            };
          }),
        })
        """;

    [SkippableFact, Trait("Category", "Slow")]
    public void Every_chart_is_drawn_and_fits_on_a_desktop_and_on_a_phone()
    {
        Skip.IfNot(Browser.IsHere, "needs Chromium: apt-get install chromium");
        var views = JArray.Parse(Browser.Ask(Report.Html(Whole), Look, [1280, 390], [390, 1280], [320]));
        Assert.Equal([1280, 390, 390, 1280, 320], views.Select(view => view["width"]!.Value<int>()));
        Assert.All(views, view => AssertDrawn(view, 9));
    }

    [SkippableFact, Trait("Category", "Slow")]
    public void A_page_of_reasons_and_edge_cases_fits_too()
    {
        Skip.IfNot(Browser.IsHere, "needs Chromium: apt-get install chromium");
        var name = new string('x', 200) + "<script>throw 1</script>";
        ReportLevel[] levels =
        [
            ReportLevel.OfScores(Samples.Ranks(3, 0)),
            ReportLevel.OfScores(Samples.Ranks(1, 1)),
            ReportLevel.OfScores(Samples.Constant(0)),
            ReportLevel.OfScores(Core.RankState.Empty),
        ];
        var page = new ReportPage(name, name, levels) { Notes = [name, name], Details = [(name, name), ("", "")] };
        Assert.All(JArray.Parse(Browser.Ask(Report.Html(page), Look, [1280], [390])), view => AssertDrawn(view, 1 + 4 + 4));
    }

    [SkippableFact, Trait("Category", "Slow")]
    public void On_paper_charts_are_whole_and_as_wide_as_their_cards_and_have_no_icons()
    {
        Skip.IfNot(Browser.IsHere, "needs Chromium: apt-get install chromium");
        // A4 and Letter without the margins, in pixels of 1/96 inch.
        foreach (var width in (int[])[703, 725])
        {
            var view = JArray.Parse(Browser.AskOnPaper(Report.Html(Whole), Look, width)).Single();
            AssertDrawn(view, 9);
            Assert.Equal(0, view["icons"]!.Value<int>());
        }

        const string Printed = """
            () => {
              const widths = () => [...document.querySelectorAll(".chart")].map(chart => Number(chart.querySelector(".main-svg")?.getAttribute("width")));
              const before = widths();
              if (before.includes(0)) return null;
              dispatchEvent(new Event("beforeprint"));
              const printed = widths();
              dispatchEvent(new Event("afterprint"));
              return { before, printed, after: widths() };
            }
            """;
        var sizes = JArray.Parse(Browser.Ask(Report.Html(Whole), Printed, [1280])).Single();
        Assert.All(sizes["printed"]!, width => Assert.Equal(318, width.Value<double>()));
        Assert.Equal(sizes["before"], sizes["after"]);
    }

    /// <summary>Thresholds of many digits, remarks of many words, and how it was made.</summary>
    private static ReportPage Whole =>
        Samples.Page with
        {
            Notes = [.. Enumerable.Repeat($"hint: {string.Join(' ', Enumerable.Repeat("word", 60))}", 8)],
            Details =
            [
                ("Version", "0.1.0"),
                ("Options", "--fpr-limit 0.3"),
                ("Data", "/" + string.Join('/', Enumerable.Repeat("folder", 40))),
            ],
        };

    private static void AssertDrawn(JToken view, int charts)
    {
        Assert.Empty(view["errors"]!);
        Assert.InRange(view["scrollWidth"]!.Value<int>(), 1, view["clientWidth"]!.Value<int>());
        Assert.Equal("", string.Join('\n', view["past"]!));
        Assert.Equal("", string.Join('\n', view["broken"]!));
        Assert.Equal(charts, view["charts"]!.Count());
        Assert.All(view["charts"]!, AssertChart);
    }

    private static void AssertChart(JToken chart)
    {
        Assert.InRange(chart["drawn"]!.Value<double>(), 250, chart["room"]!.Value<double>() + 1);
        Assert.InRange(chart["room"]!.Value<double>() - chart["drawn"]!.Value<double>(), -1, 1);
        if (chart["id"]!.Value<string>()!.EndsWith("scores", StringComparison.Ordinal))
            Assert.InRange(chart["bars"]!.Value<int>(), 1, 120);
        else
            // With the mark of the threshold that is moved.
            Assert.Equal(3, chart["lines"]!.Value<int>());
        Assert.InRange(chart["legend"]!.Count(), 2, 3);
        Assert.Empty(chart["outside"]!);
        Assert.InRange(chart["legendTop"]!.Value<double>(), chart["plotBottom"]!.Value<double>(), double.MaxValue);
    }
}
