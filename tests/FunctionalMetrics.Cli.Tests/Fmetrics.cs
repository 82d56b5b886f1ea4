using System.Diagnostics;
using System.Text.Json.Nodes;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>The tool as a real process.</summary>
internal static class Fmetrics
{
    public static string Root { get; } = FindRoot();

    public static string Brick { get; } = Path.Combine(Root, "notebooks", "data", "brick");

    public static Process Start(string folder, string language, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "fmetrics.dll"));
        foreach (var arg in args)
            start.ArgumentList.Add(arg);
        start.Environment["LC_ALL"] = language;
        return Process.Start(start)!;
    }

    public static Outcome Run(params string[] args) => RunIn(Root, "C", args);

    public static Outcome RunIn(string folder, string language, params string[] args)
    {
        using var process = Start(folder, language, args);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, output, error.Result);
    }

    /// <summary>The JSON of an evaluation that must succeed.</summary>
    public static JsonNode Evaluate(params string[] args) => Json(["evaluate", .. args]);

    public static JsonNode Json(params string[] args)
    {
        var outcome = Run([.. args, "--json", "-"]);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        return JsonNode.Parse(outcome.Output)!;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "FunctionalMetrics.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("no FunctionalMetrics.sln above the tests");
        return folder.FullName;
    }
}

/// <summary>How a run of the tool ended.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Error)
{
    /// <summary>Exit code 2 and one clear line that holds all the given texts.</summary>
    public void IsRefusal(params string[] texts)
    {
        Assert.True(ExitCode == 2, $"exit {ExitCode}: {Output}{Error}");
        Assert.Empty(Output);
        Assert.Single(Error.TrimEnd('\n').Split('\n'));
        foreach (var text in texts)
            Assert.Contains(text, Error, StringComparison.Ordinal);
    }
}

/// <summary>A folder of a test's own, gone afterwards.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("fmetrics-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text)
    {
        System.IO.File.WriteAllText(File(name), text);
        return File(name);
    }

    public string[] Names => [.. Directory.EnumerateFileSystemEntries(Path).Select(entry => System.IO.Path.GetFileName(entry)!).Order()];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
