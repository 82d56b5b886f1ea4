using System.Diagnostics;
using System.Text.RegularExpressions;

namespace FunctionalMetrics.Cli.Tests;

public sealed partial class ReadmeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_csharp_of_the_core_prints_what_the_readme_says()
    {
        var readme = File.ReadAllText(Path.Combine(Fmetrics.Root, "README.md"));
        var code = Code().Match(readme).Groups[1].Value;
        var says = Prints().Match(readme).Groups[1].Value;
        var core = Path.Combine(Fmetrics.Root, "src", "FunctionalMetrics.Core", "FunctionalMetrics.Core.csproj");
        folder.Write("readme.cs", $"#:project {core}\n#:property PublishAot=false\n{code}");
        using var run = Process.Start(
            new ProcessStartInfo("dotnet", ["run", "readme.cs"])
            {
                WorkingDirectory = folder.Path,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var error = run.StandardError.ReadToEndAsync();
        var output = await run.StandardOutput.ReadToEndAsync();
        await run.WaitForExitAsync();
        Assert.True(run.ExitCode == 0, output + await error);
        Assert.Equal(says, output.TrimEnd());
    }

    [Fact]
    public void The_tool_does_what_the_readmes_first_command_asks_of_it()
    {
        var readme = File.ReadAllText(Path.Combine(Fmetrics.Root, "README.md"));
        var command = readme.Split('\n').First(line => line.StartsWith("dotnet run ", StringComparison.Ordinal));
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
    public void No_number_is_left_to_be_filled_in() =>
        Assert.DoesNotMatch("[A-Z]{4,}_[A-Z]{4,}|TODO|TBD", File.ReadAllText(Path.Combine(Fmetrics.Root, "README.md")));

    [GeneratedRegex(@"<!-- run by FunctionalMetrics\.Cli\.Tests -->\s*```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex("It prints `([^`]*)`")]
    private static partial Regex Prints();
}
