namespace FunctionalMetrics.Cli.Tests;

/// <summary>The tool as its user starts it: each command says, writes and ends with what a call in this process does. A silo is in SiloTests.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Trait("Category", "Slow")]
    [Theory]
    [InlineData(0, "evaluate set --unmasked normal --ignore-value 2")]
    [InlineData(0, "evaluate set --unmasked normal --ignore-value 2 --state out.fms --report out.html --json out.json --quiet")]
    [InlineData(0, "evaluate set --unmasked normal --ignore-value 2 --dry-run")]
    [InlineData(0, "evaluate --scores rows.csv --json -")]
    [InlineData(0, "describe --maps set/anomaly_maps --out moments")]
    [InlineData(0, "merge a.fms b.fms --out merged.fms")]
    [InlineData(0, "show a.fms")]
    [InlineData(2, "show rows.csv")]
    [InlineData(2, "evaluate set --lower")]
    [InlineData(2, "silo --redis 127.0.0.1:1")]
    [InlineData(2, "")]
    public void A_process_says_and_writes_what_a_call_does(int exit, string arguments)
    {
        foreach (var place in (string[])["called", "started"])
        {
            SmallSet.Write(folder, $"{place}/set", ..);
            folder.Write($"{place}/rows.csv", "score,label\n0.1,0\n0.35,1\n0.3,0\n0.8,1\n");
            foreach (var (name, rows) in (ReadOnlySpan<(string, string)>)[("a", "0.1,0\n0.8,1\n"), ("b", "0.4,0\n")])
            {
                var file = folder.Write($"{place}/{name}.csv", "score,label\n" + rows);
                Fmetrics.Run("evaluate", "--scores", file, "--state", folder.File($"{place}/{name}.fms"), "--quiet");
            }
        }
        var args = arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var (called, started) = (Fmetrics.RunIn(folder.File("called"), args), Fmetrics.Spawn(folder.File("started"), "C", args));
        Assert.True(started.ExitCode == exit, started.Error);
        Assert.Equal(called, started);
        Assert.Equal(Content("called"), Content("started"));
        Assert.Equal(exit == 2, started.Error.StartsWith("fmetrics: ", StringComparison.Ordinal));
    }

    /// <summary>Everything in a folder: names, and what is in them, each byte a character.</summary>
    private IEnumerable<(string, string)> Content(string place) =>
        Directory
            .EnumerateFiles(folder.File(place), "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(file => (Path.GetRelativePath(folder.File(place), file), File.ReadAllText(file, System.Text.Encoding.Latin1)));

    [Fact]
    public void Help_and_version_are_no_errors()
    {
        var help = Fmetrics.Spawn(folder.Path, "C", "--help");
        Assert.Equal((0, ""), (help.ExitCode, help.Error));
        Assert.Contains("fmetrics [command]", help.Output, StringComparison.Ordinal);
        var evaluate = Fmetrics.Spawn(folder.Path, "C", "evaluate", "--help");
        Assert.Equal((0, ""), (evaluate.ExitCode, evaluate.Error));
        Assert.Contains("fmetrics evaluate results/bottle --report bottle.html", evaluate.Output, StringComparison.Ordinal);
        var version = Fmetrics.Spawn(folder.Path, "C", "--version");
        Assert.Equal((0, Repository.Version), (version.ExitCode, version.Output.TrimEnd()));
    }
}
