using System.Net;
using Newtonsoft.Json.Linq;

namespace FunctionalMetrics.Tests;

/// <summary>Every chart as a browser draws it, at a desktop's width and at a phone's, without a network.</summary>
public sealed class FiguresInBrowserTests
{
    private const string Look = """
        errors => ({
          errors,
          width: innerWidth,
          scrollWidth: document.documentElement.scrollWidth,
          charts: [...document.querySelectorAll(".chart")].map(chart => {
            const room = chart.getBoundingClientRect();
            const marks = [...chart.querySelectorAll(
              ".scatterlayer .trace path.js-line, .scatterlayer .trace path.point, .barlayer .point path, .heatmaplayer image, .table text")];
            const drawn = marks.filter(mark => {
              const box = mark.getBoundingClientRect();
              return box.width + box.height > 5 && box.left >= room.left - 1 && box.right <= room.right + 1;
            });
            const traces = chart.data.filter(trace => trace.type !== "bar" && trace.type !== "histogram").length;
            const outside = [...chart.querySelectorAll(".main-svg text, .legend")].filter(text => {
              const box = text.getBoundingClientRect();
              return box.width > 0 && (box.left < room.left - 1 || box.right > room.right + 1 || box.bottom > room.bottom + 1);
            });
            const scroll = chart.querySelector(".legend .scrollbar")?.getBoundingClientRect().height ?? 0;
            return { name: chart.getAttribute("aria-label"), traces, drawn: drawn.length, outside: outside.map(text => text.textContent), scroll };
          }),
        })
        """;

    [SkippableFact, Trait("Category", "Slow")]
    public void Every_figure_is_drawn_and_fits_on_a_desktop_and_on_a_phone()
    {
        Skip.IfNot(Browser.IsHere, "needs Chromium: apt-get install chromium");
        var figures = Gallery.Figures;
        var views = JArray.Parse(Browser.Ask(Page(figures), Look, [1280], [390]));
        Assert.Equal([1280, 390], views.Select(view => view["width"]!.Value<int>()));
        foreach (var view in views)
        {
            Assert.Empty(view["errors"]!);
            Assert.InRange(view["scrollWidth"]!.Value<int>(), 1, view["width"]!.Value<int>());
            Assert.Equal(figures.Select(figure => figure.Title), view["charts"]!.Select(chart => chart["name"]!.Value<string>()));
            Assert.All(
                view["charts"]!,
                chart =>
                {
                    Assert.InRange(chart["drawn"]!.Value<int>(), Math.Max(1, chart["traces"]!.Value<int>()), int.MaxValue);
                    Assert.Equal("", string.Join(", ", chart["outside"]!));
                    Assert.Equal(0, chart["scroll"]!.Value<double>());
                }
            );
        }
    }

    private static string Page(IReadOnlyList<Figure> figures) =>
        $"""
            {Assets.Head("figures")}
            <body>
            <main>
            {string.Join(
                '\n',
                figures.Select((figure, index) =>
                    $"<h2>{WebUtility.HtmlEncode(figure.Title)}</h2><figure>{Report.Drawing(figure.Chart, figure.Title, $"f{index}")}</figure>"
                )
            )}
            </main>
            </body>
            </html>
            """;
}
