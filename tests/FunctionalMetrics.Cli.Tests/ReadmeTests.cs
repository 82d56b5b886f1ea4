using System.Text.RegularExpressions;

namespace FunctionalMetrics.Cli.Tests;

public sealed partial class ReadmeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact, Trait("Category", "Slow")]
    public void The_csharp_of_the_core_prints_what_the_readme_says()
    {
        var code = Readme.Code("FunctionalMetrics.Cli.Tests", "csharp");
        var run = Outcome.Of(DotnetCommand.OfCode(folder, code, "FunctionalMetrics.Core"));
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Equal(Prints().Match(Readme.Text).Groups[1].Value, run.Output.TrimEnd());
    }

    [Fact]
    public void The_tool_does_what_the_readmes_first_command_asks_of_it()
    {
        var command = Readme.Text.Split('\n').First(line => line.StartsWith("dotnet run ", StringComparison.Ordinal));
        Assert.Equal(
            "dotnet run -c Release --project src/FunctionalMetrics.Cli -- evaluate notebooks/data/brick --report report.html",
            command
        );
        var outcome = Fmetrics.Run("evaluate", "notebooks/data/brick", "--report", folder.File("report.html"));
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("0.747352", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("Plotly.newPlot", File.ReadAllText(folder.File("report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void No_number_is_left_to_be_filled_in() => Assert.DoesNotMatch("[A-Z]{4,}_[A-Z]{4,}|TODO|TBD", Readme.Text);

    [GeneratedRegex("It prints `([^`]*)`")]
    private static partial Regex Prints();
}
