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
            .Select(option => (option.Key, Value: option.Value is [] ? "yes" : string.Join(", ", option.Value.Select(Shown))))
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
                        option.Value switch
                        {
                            [] => JsonValue.Create(true),
                            [var one] => JsonValue.Create(Shown(one)),
                            var several => (JsonNode?)new JsonArray([.. several.Select(text => JsonValue.Create(Shown(text)))]),
                        }
                    )
                )
            ),
        };

    /// <summary>Without the name and password that an address may begin with.</summary>
    private static string Shown(string text) => Login().Replace(text, "$1");

    [GeneratedRegex("^([a-z]+://)[^/@]*@")]
    private static partial Regex Login();
}
