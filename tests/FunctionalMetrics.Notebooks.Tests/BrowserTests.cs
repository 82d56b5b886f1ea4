using System.Text.Json.Nodes;
using FunctionalMetrics.Tests;

namespace FunctionalMetrics.Notebooks.Tests;

/// <summary>The notebooks as nbconvert makes pages of them, looked at in a browser without a network.</summary>
public sealed class BrowserTests : IDisposable
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
          })),
        })
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("notebooks-");

    public static TheoryData<string> Notebooks => [.. Notebook.Names];

    public void Dispose() => folder.Delete(recursive: true);

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

    private static void AssertDrawn(string name, string page)
    {
        var outputs = Notebook.Read(name).Code.SelectMany(cell => cell.Outputs);
        var expected = outputs.Count(output => output!.ToJsonString().Contains("data-functional-metrics="));
        Assert.NotEqual(0, expected);
        foreach (var view in JsonNode.Parse(Browser.Ask(page, Look, (1280, 1280), (390, 390)))!.AsArray())
        {
            Assert.Empty(view!["errors"]!.AsArray());
            Assert.InRange((double)view["scrollWidth"]!, 1, (double)view["width"]!);
            Assert.Equal(expected, view["charts"]!.AsArray().Count);
            Assert.All(
                view["charts"]!.AsArray(),
                chart =>
                {
                    Assert.InRange((double)chart!["drawn"]!, 220, (double)chart["room"]! + 1);
                    Assert.InRange((double)chart["height"]!, 300, 450);
                    Assert.InRange((int)chart["marks"]!, 2, int.MaxValue);
                    Assert.InRange((int)chart["legend"]!, 2, 6);
                    Assert.Equal(0, (int)chart["still"]!);
                }
            );
        }
    }

    private string Page(string name, string theme)
    {
        Skip.IfNot(Browser.IsHere, "needs Chromium: apt-get install chromium");
        Skip.IfNot(File.Exists(Converter.Path), "needs nbconvert: apt-get install jupyter-nbconvert");
        return Converter.Html(Path.Combine(Repository.Notebooks, $"{name}.ipynb"), theme, folder.FullName);
    }
}
