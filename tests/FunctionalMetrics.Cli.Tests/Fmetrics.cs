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

    /// <summary>JSON or a report without how the tool was called.</summary>
    public static string WithoutCall(string text) => text.Split("\"tool\": {")[0].Split("How this was made")[0];

    /// <summary>What came out, without how the tool was called.</summary>
    public static Outcome WithoutCall(this Outcome outcome) => outcome with { Output = WithoutCall(outcome.Output) };

    public static JsonNode Json(params string[] args)
    {
        var outcome = Run([.. args, "--json", "-"]);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        var json = JsonNode.Parse(outcome.Output)!;
        Assert.True(json.AsObject().Remove("tool") || args[0] == "describe");
        return json;
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
