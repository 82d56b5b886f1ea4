using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>
/// The tool, called in this process: that takes a tenth of the time, since nothing is compiled anew. What the process itself does (signals, the
/// environment, its memory, silos) is tested of a real one, and <see cref="ProcessTests"/> hold that both say the same.
/// </summary>
internal static class Fmetrics
{
    /// <summary>The current folder is the process's, and options as they are declared are for one call at a time.</summary>
    private static readonly Lock Turn = new();

    public static string Root => Repository.Root;

    /// <summary>The tool that the tests were built with.</summary>
    public static string Dll => Path.Combine(AppContext.BaseDirectory, "fmetrics.dll");

    public static string Brick => Repository.Brick;

    public static Outcome Run(params string[] args) => RunIn(Root, args);

    /// <summary>Called where relative paths begin in a folder, and numbers are written in no language.</summary>
    public static Outcome RunIn(string folder, params string[] args)
    {
        lock (Turn)
        {
            using var output = new StringWriter(CultureInfo.InvariantCulture);
            using var error = new StringWriter(CultureInfo.InvariantCulture);
            Environment.CurrentDirectory = folder;
            try
            {
                // As the tool calls it: no synchronisation context of a test runner is there to wait for.
                var exit = Task.Run(Called).GetAwaiter().GetResult();
                return new(exit, output.ToString(), error.ToString());
            }
            finally
            {
                Environment.CurrentDirectory = Root;
            }

            int Called()
            {
                CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
                return Tool.Run(args, new(output, error), CancellationToken.None);
            }
        }
    }

    /// <summary>A process that a test watches, sends signals to, and ends.</summary>
    public static Process Start(string folder, params string[] args) => Process.Start(Command(folder, "C", args))!;

    /// <summary>A process from its start to its end.</summary>
    public static Outcome Spawn(string folder, string language, params string[] args) => Outcome.Of(Command(folder, language, args));

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
        var command = DotnetCommand.In(folder, [Dll, .. args]);
        command.Environment["LC_ALL"] = language;
        return command;
    }
}
