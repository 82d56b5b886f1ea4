using System.Diagnostics;
using System.Text.Json.Nodes;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>The tool as a real process.</summary>
internal static class Fmetrics
{
    public static string Root => Repository.Root;

    public static string Brick => Repository.Brick;

    public static Process Start(string folder, string language, params string[] args) => Process.Start(Command(folder, language, args))!;

    public static Outcome Run(params string[] args) => RunIn(Root, "C", args);

    public static Outcome RunIn(string folder, string language, params string[] args) => Outcome.Of(Command(folder, language, args));

    /// <summary>The JSON of an evaluation that must succeed.</summary>
    public static JsonNode Evaluate(params string[] args) => Json(["evaluate", .. args]);

    public static JsonNode Json(params string[] args)
    {
        var outcome = Run([.. args, "--json", "-"]);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        return JsonNode.Parse(outcome.Output)!;
    }

    /// <summary>Exit code 2 and one clear line that holds all the given texts.</summary>
    public static void IsRefusal(this Outcome outcome, params string[] texts)
    {
        Assert.True(outcome.ExitCode == 2, $"exit {outcome.ExitCode}: {outcome.Output}{outcome.Error}");
        Assert.Empty(outcome.Output);
        Assert.Single(outcome.Error.TrimEnd('\n').Split('\n'));
        foreach (var text in texts)
            Assert.Contains(text, outcome.Error, StringComparison.Ordinal);
    }

    private static ProcessStartInfo Command(string folder, string language, string[] args)
    {
        var command = DotnetCommand.In(folder, [Path.Combine(AppContext.BaseDirectory, "fmetrics.dll"), .. args]);
        command.Environment["LC_ALL"] = language;
        return command;
    }
}
