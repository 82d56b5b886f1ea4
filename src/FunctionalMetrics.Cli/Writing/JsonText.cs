using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionalMetrics.Core;
using FunctionalMetrics.Statistics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>JSON as it is written: indented, doubles in round-trip form, and undefined metrics as null with the reason beside them.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of(JsonNode json) => json.ToJsonString(Options) + "\n";

    /// <summary>A number, or both ends of an interval.</summary>
    public static JsonNode Of(Interval value) =>
        value.Lower.Equals(value.Upper) ? value.Lower : new JsonObject { ["lower"] = value.Lower, ["upper"] = value.Upper };

    /// <summary>The interval of a number; null where it has none.</summary>
    public static JsonNode? Of(NumberWithInterval number, double level) =>
        number.Interval.Match(
            ends => new JsonObject
            {
                ["lower"] = ends.Lower,
                ["upper"] = ends.Upper,
                ["level"] = level,
                ["method"] = number.Method,
            },
            _ => (JsonNode?)null
        );

    /// <summary>Notes as a list.</summary>
    public static JsonArray Of(IEnumerable<Note> notes) =>
        new([
            .. notes.Select(note => new JsonObject
            {
                ["code"] = note.Code,
                ["count"] = note.Count,
                ["text"] = note.Text,
            }),
        ]);

    /// <summary>The numbers of a level by their keys, those with a dot in objects of their own.</summary>
    /// <param name="level">The numbers.</param>
    /// <param name="intervals">How sure they are; null where that was not asked for.</param>
    public static JsonObject Of(LevelNumbers level, NumberIntervals? intervals = null)
    {
        var json = new JsonObject();
        foreach (var number in level.Numbers)
        {
            var (inside, name) = number.Place;
            var place = inside.Length > 0 ? Inside(inside) : json;
            place[name] = number.Value.Match(value => Node(number.Kind, value, level.IsBounded), _ => null);
            // Of what always stood there the reasons stand beside the numbers of the level.
            var reasons = inside == "at_threshold" ? json : place;
            reasons.Because(name, number.Value);
            Interval(number.Key)
                .Iter(interval =>
                {
                    place[name + "_interval"] = Of(interval, intervals!.Level);
                    reasons.Because(name + "_interval", interval.Interval);
                });
        }
        foreach (var asked in level.Asked)
        {
            var there = Node(asked, level.IsBounded);
            Inside("metrics")[asked.Name] = there;
            json.Because(asked.Name, asked.Value);
            Interval("metrics." + asked.Name)
                .Iter(interval =>
                {
                    there["interval"] = Of(interval, intervals!.Level);
                    json.Because(asked.Name + "_interval", interval.Interval);
                });
        }
        // Reasons come last, as they always did.
        if (json["undefined"] is { } last && json.Remove("undefined"))
            json["undefined"] = last;
        return json;

        Option<NumberWithInterval> Interval(string key) => Optional(intervals).Bind(all => all.Find(level.Level, key));

        JsonObject Inside(string name)
        {
            json[name] ??= new JsonObject();
            return (JsonObject)json[name]!;
        }
    }

    /// <summary>A number that was asked for, with the threshold that gives it and the counts there as far as it has them.</summary>
    private static JsonObject Node(FoundNumber asked, bool isBounded)
    {
        var json = new JsonObject { ["value"] = asked.Value.Match(value => Node(NumberKind.Rate, value, isBounded), _ => null) };
        asked.Threshold.Iter(threshold => json["threshold"] = Node(threshold));
        asked.Counts.Iter(counts =>
        {
            json["tp"] = counts.TruePositives;
            json["fp"] = counts.FalsePositives;
            json["fn"] = counts.FalseNegatives;
            json["tn"] = counts.TrueNegatives;
        });
        return json;
    }

    private static JsonNode? Node(NumberKind kind, Interval value, bool isBounded) =>
        kind switch
        {
            NumberKind.Count when value.Lower == value.Upper => (long)value.Lower,
            NumberKind.Count => new JsonObject { ["lower"] = (long)value.Lower, ["upper"] = (long)value.Upper },
            NumberKind.Flag => value.Lower > 0,
            NumberKind.Rate or NumberKind.Threshold when isBounded => new JsonObject { ["lower"] = value.Lower, ["upper"] = value.Upper },
            _ => Node(value.Lower),
        };

    /// <summary>A number; an infinite threshold is a text.</summary>
    private static JsonNode Node(double value) => double.IsFinite(value) ? value : Readable.Exact(value);

    /// <summary>Adds a value, or null and the reason.</summary>
    public static JsonObject With(this JsonObject json, string name, Fin<double> value)
    {
        json[name] = value.Match(number => (JsonNode?)JsonValue.Create(number), _ => null);
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
