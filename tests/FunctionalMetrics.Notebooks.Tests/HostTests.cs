using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FunctionalMetrics.Notebooks.Tests;

/// <summary>The notebooks in their real host, .NET Interactive as a Jupyter kernel, with the packages as they are packed.</summary>
[Collection(nameof(Feed))]
[Trait("Category", "Slow")]
public sealed partial class HostTests(HostRun host) : IClassFixture<HostRun>
{
    public static TheoryData<string> Notebooks => [.. Notebook.Names];

    [SkippableTheory]
    [MemberData(nameof(Notebooks))]
    public void Every_cell_gives_in_the_host_what_is_stored(string name)
    {
        var stored = Stored(name, HostRun.IsFirst(name));
        var found = Found(name);
        Assert.Equal(stored.Count, found.Count);
        foreach (var (cell, index) in stored.Select((cell, index) => (cell, index)))
        {
            AssertCharts(cell, found[index]);
            Assert.Equal(cell.Select(HostRun.Told), found[index].Select(HostRun.Told));
        }
    }

    [SkippableTheory, InlineData(0), InlineData(1)]
    public void Notebooks_of_the_Polyglot_forms_open_in_the_host(int form)
    {
        var opened = Found(HostRun.Opened)[form];
        var stored = Stored(HostRun.Imported, form == 0 && HostRun.IsFirst(HostRun.Opened)).SelectMany(cell => cell).Select(HostRun.Told);
        Assert.Equal(stored, opened.Select(HostRun.Told));
    }

    [SkippableFact]
    public void Metrics_with_names_are_one_table_in_the_host()
    {
        var (list, dictionary, fsharp) = (Shown(2), Shown(3), Shown(4));
        Assert.Equal(3, list.Split("<tr>").Length - 1);
        Assert.Contains("<tr><th scope=\"row\">PaDiM</th><td title=\"0.3333333333333333\">0.333333</td></tr>", list);
        Assert.Contains("<tr><th scope=\"row\">empty</th><td>AUROC is undefined: there is no anomalous row (rows seen: 0)</td></tr>", list);
        Assert.Equal(list, dictionary);
        Assert.Contains(
            "<tr><th scope=\"row\">PaDiM</th><td>AUROC is undefined: there is no anomalous row (rows seen: 0)</td></tr>",
            fsharp
        );
    }

    [SkippableFact]
    public void An_extension_that_cannot_be_loaded_says_so() =>
        Assert.Contains(
            Found(HostRun.Broken)[0].Select(HostRun.Told),
            told =>
                told.StartsWith(
                    "stderr: FunctionalMetrics.Interactive was not loaded, so metrics show no tables and charts: ",
                    StringComparison.Ordinal
                )
        );

    /// <summary>The traces and points of every chart; they are compared first, since a difference in the text of an output says little.</summary>
    private static void AssertCharts(JsonArray stored, JsonArray found)
    {
        var (before, now) = (Charts(stored), Charts(found));
        Assert.Equal(before.Count, now.Count);
        foreach (var (one, other) in before.Zip(now))
        {
            Assert.NotEmpty(one);
            Assert.Equal(one.Select(trace => (string?)trace!["name"]), other.Select(trace => (string?)trace!["name"]));
            foreach (var (trace, same) in one.Zip(other))
            foreach (var axis in (string[])["x", "y"])
                Assert.Equal(trace![axis]?.ToJsonString(), same![axis]?.ToJsonString());
        }
    }

    private static List<JsonArray> Charts(JsonArray outputs) =>
        [
            .. outputs
                .Where(output => StillPictures.Key(output) is not null)
                .Select(output => JsonNode.Parse(Figure().Match(HostRun.Told(output)).Groups[1].Value)!["data"]!.AsArray()),
        ];

    /// <summary>The stored outputs of each cell; without plotly.js where the packages are there already, as it is then not shown again.</summary>
    private static List<JsonArray> Stored(string name, bool isFirst) =>
        [
            .. Notebook
                .Read(name)
                .Code.Select(cell => StillPictures.Removed(cell.Outputs))
                .Select(cell => new JsonArray([
                    .. cell.Where(output => isFirst || !Notebook.IsPlotly(output!)).Select(output => output!.DeepClone()),
                ])),
        ];

    private string Shown(int cell) => Notebook.Text(Assert.Single(Found(HostRun.Opened)[cell])!["data"]!["text/html"]!);

    private IReadOnlyList<JsonArray> Found(string name)
    {
        Skip.If(HostRun.Missing is not null, HostRun.Missing);
        return host.Outputs(name);
    }

    [GeneratedRegex("""\("[0-9a-f]+", (\{.*\}), 100\);""")]
    private static partial Regex Figure();
}
