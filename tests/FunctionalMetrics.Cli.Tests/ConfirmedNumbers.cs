using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>
/// Numbers of the command line that a plain oracle was asked about: where it lies beside the checkout it is asked again, and everywhere they are those of a
/// golden file. <c>ACCEPT_SNAPSHOTS=1</c> writes that file, once the oracle has agreed.
/// </summary>
internal static class ConfirmedNumbers
{
    private const string Python = "/usr/bin/python3";

    private static readonly JsonSerializerOptions Written = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Fails where the oracle or the golden file has other numbers.</summary>
    /// <param name="name">The name of the golden file, without its ending.</param>
    /// <param name="numbers">What the command line wrote.</param>
    /// <param name="arguments">How Python compares them with the oracle; a folder of its modules is put before them.</param>
    public static void Hold(string name, JsonNode numbers, Func<string, IEnumerable<string>> arguments)
    {
        var golden = Repository.Path("tests", "golden", "confirmed", name + ".json");
        var text = numbers.ToJsonString(Written) + "\n";
        var agrees = Asked(arguments);
        if (agrees && Environment.GetEnvironmentVariable("ACCEPT_SNAPSHOTS") == "1")
            File.WriteAllText(golden, text);
        Assert.True(File.Exists(golden), $"{golden} is not there: ACCEPT_SNAPSHOTS=1 writes it where ../shared/oracle is");
        Assert.Equal(File.ReadAllText(golden), text);
    }

    /// <summary>Whether the oracle was there to agree.</summary>
    private static bool Asked(Func<string, IEnumerable<string>> arguments)
    {
        var oracle = Repository.Path("..", "shared", "oracle");
        if (!File.Exists(Path.Combine(oracle, "field_metrics.py")) || !File.Exists(Python))
            return false;
        var check = Outcome.Of(new(Python, ["-B", .. arguments(oracle)]));
        if (check.Error.Contains("ModuleNotFoundError", StringComparison.Ordinal))
            return false;
        Assert.True(check.ExitCode == 0, check.Output + check.Error);
        return true;
    }
}
