using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FunctionalMetrics.Cli;

/// <summary>How the tool was called, which its results record.</summary>
/// <param name="Command">The command.</param>
/// <param name="Options">The options that were given, without their dashes, with what was given for them; flags have nothing.</param>
internal sealed partial record ToolRun(string Command, IReadOnlyList<KeyValuePair<string, string[]>> Options)
{
    /// <summary>The version of the tool.</summary>
    public static string Version { get; } =
        typeof(ToolRun).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>Names and values for people.</summary>
    public IEnumerable<(string Name, string Value)> Details =>
        Options
            .Select(option => (option.Key, Value: option.Value is [] ? "yes" : string.Join(", ", Shown(option))))
            .Prepend(("fmetrics " + Command, Version));

    public JsonObject ToJson() =>
        new()
        {
            ["name"] = "fmetrics",
            ["version"] = Version,
            ["command"] = Command,
            ["options"] = new JsonObject(
                Options.Select(option =>
                    KeyValuePair.Create(
                        option.Key,
                        Shown(option) switch
                        {
                            [] => JsonValue.Create(true),
                            [var one] => JsonValue.Create(one),
                            var several => (JsonNode?)new JsonArray([.. several.Select(text => JsonValue.Create(text))]),
                        }
                    )
                )
            ),
        };

    /// <summary>Addresses without the name and password that they may begin with, whatever signs those hold.</summary>
    private static string[] Shown(KeyValuePair<string, string[]> option) =>
        option.Key == "cluster" ? [.. option.Value.Select(text => Login().Replace(text, "$1"))] : option.Value;

    [GeneratedRegex("^([A-Za-z]+://)?.*@", RegexOptions.Singleline)]
    private static partial Regex Login();
}
