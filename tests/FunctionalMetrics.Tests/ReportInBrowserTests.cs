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
          scrollWidth: document.documentElement.scrollWidth,
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
        var views = JArray.Parse(Browser.Ask(Report.Html(Samples.Page), Look, (1280, 1280), (390, 390), (1280, 390), (390, 1280)));
        Assert.Equal([1280, 390, 390, 1280], views.Select(view => view["width"]!.Value<int>()));
        foreach (var view in views)
        {
            Assert.Empty(view["errors"]!);
            Assert.InRange(view["scrollWidth"]!.Value<int>(), 1, view["width"]!.Value<int>());
            Assert.Equal(9, view["charts"]!.Count());
            Assert.All(view["charts"]!, AssertDrawn);
        }
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
        foreach (var view in JArray.Parse(Browser.Ask(Report.Html(new(name, name, levels)), Look, (1280, 1280), (390, 390))))
        {
            Assert.Empty(view["errors"]!);
            Assert.InRange(view["scrollWidth"]!.Value<int>(), 1, view["width"]!.Value<int>());
            Assert.Equal(1 + 4 + 4, view["charts"]!.Count());
            Assert.All(view["charts"]!, AssertDrawn);
        }
    }

    private static void AssertDrawn(JToken chart)
    {
        Assert.InRange(chart["drawn"]!.Value<double>(), 250, chart["room"]!.Value<double>() + 1);
        Assert.InRange(chart["room"]!.Value<double>() - chart["drawn"]!.Value<double>(), -1, 1);
        if (chart["id"]!.Value<string>()!.EndsWith("scores", StringComparison.Ordinal))
            Assert.InRange(chart["bars"]!.Value<int>(), 1, 120);
        else
            Assert.Equal(2, chart["lines"]!.Value<int>());
        Assert.InRange(chart["legend"]!.Count(), 2, 3);
        Assert.Empty(chart["outside"]!);
        Assert.InRange(chart["legendTop"]!.Value<double>(), chart["plotBottom"]!.Value<double>(), double.MaxValue);
    }
}
