using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FunctionalMetrics.Notebooks.Tests;

/// <summary>The notebooks as files, and their stored outputs against what their cells give now.</summary>
[Collection(nameof(Console))]
public sealed partial class NotebookTests
{
    public static TheoryData<string> Notebooks => [.. Notebook.Names];

    [Fact]
    public void There_are_five_notebooks() =>
        Assert.Equal(
            ["1-getting-started", "2-composing-folds", "3-sharding-and-merging", "4-choosing-a-threshold", "5-which-defects-are-missed"],
            Notebook.Names
        );

    [Theory, Trait("Category", "Slow")]
    [MemberData(nameof(Notebooks))]
    public async Task Every_cell_gives_the_outputs_that_are_stored(string name)
    {
        var notebook = Notebook.Read(name);
        var outputs = await NotebookRun.Outputs(notebook);
        foreach (var (cell, index) in notebook.Code.Select((cell, index) => (cell, index)))
        {
            var stored = StillPictures.Removed(cell.Outputs);
            Assert.True(
                JsonNode.DeepEquals(stored, outputs[index]),
                $"code cell {index + 1} of {name} {Difference(stored, outputs[index])}; "
                    + "if that is right, run the tests' program with --update"
            );
        }
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Kernel_and_cells_name_their_language_as_NET_Interactive_does(string name)
    {
        var notebook = Notebook.Read(name);
        Assert.Contains(notebook.Kernel, (string[])[".net-csharp", ".net-fsharp"]);
        Assert.All(
            notebook.Code,
            cell =>
            {
                Assert.Contains(cell.Language, (string[])["csharp", "fsharp"]);
                Assert.Equal(cell.Language, cell.PolyglotKernel);
                // Front ends that read no metadata go by the first line.
                var magic = Magic().Match(cell.Source);
                Assert.Equal($".net-{cell.Language}" == notebook.Kernel ? "" : cell.Language, magic.Groups[1].Value);
            }
        );
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Plotly_stands_in_one_output_only(string name) =>
        Assert.Single(Notebook.Read(name).Code.SelectMany(cell => cell.Outputs), output => Notebook.IsPlotly(output!));

    /// <summary>In the host's tests notebooks share a kernel, where one could live on the packages of another.</summary>
    [Theory]
    [MemberData(nameof(Notebooks))]
    public void A_notebook_asks_for_the_packages_whose_names_it_opens(string name)
    {
        var code = string.Join('\n', Notebook.Read(name).Code.Select(cell => cell.Source));
        var asked = Asked().Matches(code).Select(match => match.Groups[1].Value).ToHashSet();
        // The extension brings the C# shell and the core.
        if (asked.Contains("FunctionalMetrics.Interactive"))
            asked.UnionWith(["FunctionalMetrics", "FunctionalMetrics.Core"]);
        Assert.Subset(asked, Named().Matches(code).Select(match => match.Groups[1].Value).ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Every_chart_has_a_picture_where_viewers_look_for_one(string name)
    {
        var charts = Notebook
            .Read(name)
            .Code.SelectMany(cell => cell.Outputs)
            .Where(output => StillPictures.Key(output) is not null)
            .ToList();
        Assert.NotEmpty(charts);
        Assert.All(
            charts,
            chart =>
            {
                var picture = StillPictures.InPlace(chart);
                Assert.NotNull(picture);
                Assert.Equal(picture, (string)chart!["data"]![StillPictures.MimeType]!);
            }
        );
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void A_notebook_takes_at_most_4_mebibytes(string name) =>
        Assert.InRange(new FileInfo(Notebook.Read(name).Path).Length, 1, 4 << 20);

    [Fact]
    public void The_data_take_at_most_4_megabytes() =>
        Assert.InRange(
            new DirectoryInfo(Path.Combine(Repository.Notebooks, "data"))
                .EnumerateFiles("*", SearchOption.AllDirectories)
                .Sum(file => file.Length),
            1,
            4_000_000
        );

    /// <summary>The first place where two texts part, with what stands around it.</summary>
    private static string Difference(JsonArray stored, JsonArray found)
    {
        var (before, now) = (stored.ToJsonString(), found.ToJsonString());
        var at = before.Zip(now, (one, other) => one == other).TakeWhile(same => same).Count();
        return $"stored …{Around(before, at)}…, gives …{Around(now, at)}…";
    }

    private static string Around(string text, int at) => text[Math.Max(0, at - 60)..Math.Min(text.Length, at + 60)];

    [GeneratedRegex("""#r "nuget: *([^," ]+)""")]
    private static partial Regex Asked();

    [GeneratedRegex("^(?:using|open) (FunctionalMetrics[.A-Za-z]*)", RegexOptions.Multiline)]
    private static partial Regex Named();

    [GeneratedRegex("^#!(.*)")]
    private static partial Regex Magic();
}
