using System.Net;
using System.Text.Json.Nodes;

namespace FunctionalMetrics.Notebooks.Tests;

/// <summary>The notebooks as nbconvert makes pages of them, looked at in a browser without a network.</summary>
[Trait("Category", "Slow")]
public sealed class BrowserTests(Converter converter) : IClassFixture<Converter>
{
    private const string Look = """
        errors => ({
          errors,
          width: innerWidth,
          scrollWidth: document.documentElement.scrollWidth,
          charts: [...document.querySelectorAll("[data-functional-metrics]")].map(chart => ({
            room: chart.getBoundingClientRect().width,
            height: chart.querySelector(".main-svg")?.getBoundingClientRect().height ?? 0,
            drawn: chart.querySelector(".main-svg")?.getBoundingClientRect().width ?? 0,
            marks: [...chart.querySelectorAll(".scatterlayer .trace path, .barlayer .point path")].filter(p => p.getAttribute("d")?.length > 5).length,
            legend: chart.querySelectorAll(".legendtext").length,
            still: chart.querySelectorAll("img").length,
            cut: [...chart.querySelectorAll(".xtitle, .ytitle")].filter(title => {
              const [box, all] = [title, chart].map(part => part.getBoundingClientRect());
              return box.left < all.left - 1 || box.right > all.right + 1 || box.top < all.top - 1 || box.bottom > all.bottom + 1;
            }).length,
          })),
        })
        """;

    /// <summary>
    /// A page in a frame that runs no scripts. Of each picture it is told how many pixels are neither clear nor of the grey of axes and text.
    /// </summary>
    private const string LookWithoutScripts = """
        errors => {
          const page = document.querySelector("iframe").contentDocument;
          const coloured = image => {
            const canvas = Object.assign(document.createElement("canvas"), { width: image.naturalWidth, height: image.naturalHeight });
            const context = canvas.getContext("2d");
            context.drawImage(image, 0, 0);
            const pixels = context.getImageData(0, 0, canvas.width, canvas.height).data;
            let count = 0;
            for (let i = 0; i < pixels.length; i += 4)
              if (pixels[i + 3] > 128 && Math.max(pixels[i], pixels[i + 1], pixels[i + 2]) - Math.min(pixels[i], pixels[i + 1], pixels[i + 2]) > 40) count++;
            return count;
          };
          return {
            errors,
            drawn: page.querySelectorAll(".main-svg").length,
            width: innerWidth,
            charts: [...page.querySelectorAll("[data-functional-metrics]")].map(chart => ({
              pictures: [...chart.querySelectorAll("img")].map(image => ({
                left: image.getBoundingClientRect().left,
                right: image.getBoundingClientRect().right,
                ratio: image.getBoundingClientRect().width / image.getBoundingClientRect().height,
                coloured: coloured(image),
              })),
              text: chart.textContent,
            })),
          };
        }
        """;

    public static TheoryData<string> Notebooks => [.. Notebook.Names];

    [SkippableTheory]
    [MemberData(nameof(Notebooks))]
    public void Every_chart_is_drawn_on_a_desktop_and_on_a_phone(string name) => AssertDrawn(name, Page(name, "light"));

    /// <summary>With RequireJS, which nbconvert's pages fetch where there is a network, plotly.js must not hide in it.</summary>
    [SkippableFact]
    public void Charts_are_drawn_on_a_dark_page_with_a_module_loader_of_its_own() =>
        AssertDrawn(
            "4-choosing-a-threshold",
            Page("4-choosing-a-threshold", "dark").Replace("<head>", "<head><script>function define() {}; define.amd = {};</script>")
        );

    /// <summary>A cell may be narrower than a chart can be read at; then it scrolls.</summary>
    [SkippableFact]
    public void Charts_are_at_least_320_pixels_wide() =>
        AssertDrawn(
            "4-choosing-a-threshold",
            Page("4-choosing-a-threshold", "light").Replace("<head>", "<head><style>[data-functional-metrics] { width: 200px }</style>")
        );

    [SkippableTheory]
    [MemberData(nameof(Notebooks))]
    public void Every_chart_has_a_picture_to_show_where_no_scripts_run(string name)
    {
        var inside = WebUtility.HtmlEncode(Page(name, "light"));
        var page = $"""
            <!DOCTYPE html>
            <html><body style="margin: 0">
            <iframe sandbox="allow-same-origin" style="border: 0; width: 100%; height: 800px" srcdoc="{inside}"></iframe>
            </body></html>
            """;
        foreach (var view in JsonNode.Parse(Browser.Ask(page, LookWithoutScripts, [1280, 390]))!.AsArray())
        {
            Assert.Empty(view!["errors"]!.AsArray());
            Assert.Equal(0, (int)view["drawn"]!);
            Assert.Equal(Charts(name), view["charts"]!.AsArray().Count);
            Assert.All(
                view["charts"]!.AsArray(),
                chart =>
                {
                    var picture = Assert.Single(chart!["pictures"]!.AsArray())!;
                    Assert.InRange((double)picture["left"]!, 0, (double)picture["right"]! - 220);
                    Assert.InRange((double)picture["right"]!, 220, (double)view["width"]!);
                    Assert.Equal(16.0 / 9, (double)picture["ratio"]!, 0.01);
                    Assert.InRange((int)picture["coloured"]!, 500, int.MaxValue);
                    Assert.Equal("", (string)chart["text"]!);
                }
            );
        }
    }

    private static int Charts(string name) =>
        Notebook.Read(name).Code.SelectMany(cell => cell.Outputs).Count(output => StillPictures.Key(output) is not null);

    private static void AssertDrawn(string name, string page)
    {
        var expected = Charts(name);
        Assert.NotEqual(0, expected);
        foreach (var view in JsonNode.Parse(Browser.Ask(page, Look, [390, 1280]))!.AsArray())
        {
            Assert.Empty(view!["errors"]!.AsArray());
            Assert.InRange((double)view["scrollWidth"]!, 1, (double)view["width"]!);
            Assert.Equal(expected, view["charts"]!.AsArray().Count);
            Assert.All(
                view["charts"]!.AsArray(),
                chart =>
                {
                    Assert.InRange((double)chart!["drawn"]!, 320, (double)chart["room"]! + 1);
                    Assert.InRange((double)chart["height"]!, 300, 450);
                    Assert.InRange((int)chart["marks"]!, 2, int.MaxValue);
                    Assert.InRange((int)chart["legend"]!, 2, 6);
                    Assert.Equal(0, (int)chart["still"]!);
                    Assert.Equal(0, (int)chart["cut"]!);
                }
            );
        }
    }

    private string Page(string name, string theme)
    {
        Skip.IfNot(Browser.IsHere, "needs Chromium: apt-get install chromium");
        Skip.IfNot(Converter.IsHere, "needs nbconvert: apt-get install jupyter-nbconvert");
        return converter.Html(name, theme);
    }
}
