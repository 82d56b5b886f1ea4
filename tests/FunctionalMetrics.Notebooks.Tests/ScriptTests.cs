using System.IO.Compression;
using System.Text.RegularExpressions;

namespace FunctionalMetrics.Notebooks.Tests;

/// <summary>The scripts and the packages as a user gets them.</summary>
[Collection(nameof(Feed))]
[Trait("Category", "Slow")]
public sealed partial class ScriptTests(Feed feed)
{
    [Theory]
    [InlineData("getting-started.fsx", "1-getting-started", "pro.html")]
    [InlineData("composing-folds.fsx", "2-composing-folds", null)]
    [InlineData("sharding-and-merging.fsx", "3-sharding-and-merging", null)]
    [InlineData("choosing-a-threshold.cs", "4-choosing-a-threshold", "threshold.html")]
    [InlineData("deciding-on-the-line.cs", "4-choosing-a-threshold", null)]
    public void A_script_prints_numbers_of_its_notebook(string script, string notebook, string? page)
    {
        var printed = script.EndsWith(".fsx", StringComparison.Ordinal)
            ? feed.Dotnet("fsi", "--quiet", script)
            : feed.Dotnet("run", script);
        var stored = Notebook.Read(notebook).Code.SelectMany(cell => cell.Outputs).Select(Shown).ToList();
        var numbers = Number().Matches(printed).Select(number => number.Value).ToList();
        Assert.InRange(numbers.Count, 2, int.MaxValue);
        Assert.All(numbers, number => Assert.Contains(stored, text => text.Contains(number, StringComparison.Ordinal)));
        if (page is not null)
            Assert.Contains("Plotly.newPlot", File.ReadAllText(Path.Combine(feed.Notebooks, page)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_readmes_script_runs_in_any_folder()
    {
        using var folder = new TemporaryFolder();
        var code = Readme.Block("metrics {", "README.md");
        Assert.Contains("\"nuget: /home/me/FunctionalMetrics/artifacts/packages\"", code, StringComparison.Ordinal);
        var here = code.Replace("/home/me/FunctionalMetrics/artifacts/packages", feed.Packages)
            .Replace("notebooks/data/brick", Repository.Brick);
        folder.Write("both.fsx", here);
        Assert.Equal("Ok (0.7704455631, 0.747351876)", feed.DotnetIn(folder.Path, "fsi", "--quiet", "both.fsx").TrimEnd());
    }

    [Fact]
    public void The_package_brings_its_extension_where_NET_Interactive_looks_for_it()
    {
        using var package = ZipFile.OpenRead(Path.Combine(feed.Packages, $"FunctionalMetrics.Interactive.{Repository.Version}.nupkg"));
        using var script = new StreamReader(package.GetEntry("interactive-extensions/dotnet/extension.dib")!.Open());
        // The C# kernel runs it, also where only an F# cell has asked for the package and C# code cannot name its types.
        Assert.Equal(File.ReadAllText(Repository.Path("src", "FunctionalMetrics.Interactive", "extension.dib")), script.ReadToEnd());
        Assert.NotNull(package.GetEntry("lib/net10.0/FunctionalMetrics.Interactive.dll"));
    }

    [Fact]
    public void The_readme_fills_the_folder_where_the_notebooks_look()
    {
        Assert.Contains("dotnet pack FunctionalMetrics.sln -c Release -o artifacts/packages\n", Readme.Text);
        Assert.Contains("value=\"../artifacts/packages\"", File.ReadAllText(Path.Combine(Repository.Notebooks, "nuget.config")));
    }

    /// <summary>The text of an output, that of plotly.js left out, in which any number may stand.</summary>
    private static string Shown(System.Text.Json.Nodes.JsonNode? output) =>
        output!["text"] is { } printed ? Notebook.Text(printed)
        : output["data"]!["text/plain"] is { } plain ? Notebook.Text(plain)
        : "";

    /// <summary>A number with all its digits, or a hash.</summary>
    [GeneratedRegex("[0-9]+[.][0-9]{4,}|[0-9a-f]{64}")]
    private static partial Regex Number();
}
