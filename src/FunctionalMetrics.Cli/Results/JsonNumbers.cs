using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionalMetrics.Core;
using LanguageExt;
using LanguageExt.Common;
using Quickenshtein;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>The numbers in the JSON of a result, each by its path: <c>image.auroc</c>. Names in it may hold dots themselves.</summary>
internal static class JsonNumbers
{
    /// <summary>A number, or why it has no value; none where there is no such path.</summary>
    public static Option<Fin<Interval>> Find(JsonObject json, string path)
    {
        foreach (var (name, value) in json)
        {
            if (path == name && Number(json, name, value) is { IsSome: true } number)
                return number;
            if (value is not JsonObject inside || !path.StartsWith(name + '.', StringComparison.Ordinal))
                continue;
            var rest = path[(name.Length + 1)..];
            if (Find(inside, rest).Case is Fin<Interval> found)
                return found.IsFail && Reason(json, rest) is { } reason ? FinFail<Interval>(reason) : found;
        }
        return None;
    }

    /// <summary>What there is that is written most like a path that there is not, first among those that end in the same name.</summary>
    public static string Nearest(JsonObject json, string path) =>
        Paths(json).MinBy(other => (Last(other) != Last(path), Levenshtein.GetDistance(other, path))) is { } nearest
            ? $"; the nearest is {nearest}"
            : "";

    /// <summary>All paths of numbers, in their order.</summary>
    public static IEnumerable<string> Paths(JsonObject json) =>
        json.SelectMany(pair =>
            Number(json, pair.Key, pair.Value).IsSome ? [pair.Key]
            : pair.Value is JsonObject inside ? Paths(inside).Select(path => $"{pair.Key}.{path}")
            : []
        );

    private static Option<Fin<Interval>> Number(JsonObject json, string name, JsonNode? value) =>
        value switch
        {
            null => FinFail<Interval>(Reason(json, name) ?? Error.New($"{name} has no value")),
            JsonValue single when single.GetValueKind() == JsonValueKind.Number => FinSucc(Interval.Known(single.Deserialize<double>())),
            JsonValue single when (string?)(single.GetValueKind() == JsonValueKind.String ? single : null) is "inf" or "-inf" => FinSucc(
                Interval.Known((string?)single == "inf" ? double.PositiveInfinity : double.NegativeInfinity)
            ),
            JsonObject { Count: 2 } between when between["lower"] is { } lower && between["upper"] is { } upper => FinSucc(
                new Interval(lower.Deserialize<double>(), upper.Deserialize<double>())
            ),
            JsonObject point when point.ContainsKey("value") => Number(point, "value", point["value"]),
            _ => None,
        };

    private static string Last(string path) => path[(path.LastIndexOf('.') + 1)..];

    private static Error? Reason(JsonObject json, string name) =>
        json["undefined"] is JsonObject reasons && (string?)(reasons[name] ?? reasons[name.Split('.')[^1]]) is { } reason
            ? Error.New(reason)
            : null;
}
