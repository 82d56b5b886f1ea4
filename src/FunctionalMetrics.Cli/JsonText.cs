using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics.Cli;

/// <summary>JSON as it is written: indented, doubles in round-trip form, and undefined metrics as null with the reason beside them.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of(JsonObject json) => json.ToJsonString(Options) + "\n";

    /// <summary>Adds a value, or null and the reason.</summary>
    public static JsonObject With(this JsonObject json, string name, Fin<double> value)
    {
        json[name] = value.Match(number => (JsonNode?)JsonValue.Create(number), _ => null);
        return json.Because(name, value);
    }

    /// <summary>Adds an interval as its two ends, or null and the reason.</summary>
    public static JsonObject With(this JsonObject json, string name, Fin<Interval> value)
    {
        json[name] = value.Match(between => (JsonNode?)new JsonObject { ["lower"] = between.Lower, ["upper"] = between.Upper }, _ => null);
        return json.Because(name, value);
    }

    /// <summary>Says under <c>undefined</c> why a value is not there.</summary>
    public static JsonObject Because<T>(this JsonObject json, string name, Fin<T> value)
    {
        value.IfFail(error =>
        {
            var reasons = json["undefined"] as JsonObject ?? [];
            reasons[name] = error.Message;
            json["undefined"] = reasons;
        });
        return json;
    }
}
