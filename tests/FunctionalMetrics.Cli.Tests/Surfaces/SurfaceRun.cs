using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FunctionalMetrics.Core.Tests;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>
/// What one evaluation wrote, compared with the oracle: every number, label and note of the JSON, the table, the report and its charts. Nothing may be
/// missing, nothing may be there beside it.
/// </summary>
internal sealed partial class SurfaceRun
{
    /// <summary>An end of an interval is moved by one unit in the last place of 1 at most, which texts do not show.</summary>
    private const double Ulp = 1e-15;

    private readonly PlainRules rules;
    private readonly PlainData data;
    private readonly PlainLevel[] levels;
    private readonly int? bits;
    private readonly JsonObject json;
    private readonly string data0;

    /// <param name="world">The data.</param>
    /// <param name="rules">What the options ask for.</param>
    /// <param name="bits">In 2^bits bins; exact without.</param>
    /// <param name="json">The JSON that was written.</param>
    public SurfaceRun(PlainWorld world, PlainRules rules, int? bits, string json)
    {
        (this.rules, this.bits, data) = (rules, bits, PlainData.Of(world, rules));
        this.json = (JsonObject)JsonNode.Parse(json)!;
        data0 = world.Data;
        levels = [new("image", rules, data), .. world.IsRows || !rules.HasMasks ? (PlainLevel[])[] : [new("pixel", rules, data)]];
    }

    private bool IsCoarse => bits is < 20;

    /// <summary>What is said on standard error.</summary>
    public string Hint
    {
        get
        {
            var areas = levels
                .Select(level => (level.Level, Area: level.Numbers().Single(number => number.Key == "auroc").Value))
                .Where(level => level.Area is not null)
                .ToList();
            return areas.Count == 0 || areas.Exists(level => level.Area >= 0.5)
                ? ""
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"hint: {areas[0].Level} AUROC is {areas[0].Area:0.####}, below 0.5: perhaps {(rules.Lower ? "high" : "low")} scores are the anomalous ones; evaluate with{(rules.Lower ? "out" : "")} --lower-is-anomalous\n"
                );
        }
    }

    public void Check(Outcome outcome)
    {
        if (!IsCoarse)
            Assert.Equal(
                Hint + (rules.Unmet is null ? "" : "fmetrics: " + rules.Unmet),
                rules.Unmet is null ? outcome.Error : outcome.Error[..(Hint.Length + 10 + rules.Unmet.Length)]
            );
        CheckJson();
        if (rules.Quiet)
            Assert.Equal("", outcome.Output);
        else
            CheckTable(outcome.Output);
    }

    /// <summary>Bins do not tell the counts at a threshold that lies within one.</summary>
    private IEnumerable<PlainNumber> Numbers(PlainLevel level) =>
        level.Numbers().Where(number => bits is null || !number.Key.StartsWith("at_threshold.", StringComparison.Ordinal));

    private IEnumerable<PlainNote> Notes => data.Notes;

    private void CheckJson()
    {
        var (found, reasons) = (new Dictionary<string, JsonNode?>(), new List<string>());
        foreach (var level in levels)
            Flatten(level.Level, json[level.Level], found);
        foreach (var level in levels)
        foreach (var number in Numbers(level))
        {
            var path =
                $"{level.Level}/{(number.IsAsked ? $"metrics/{number.Key["metrics.".Length..]}/value" : number.Key.Replace('.', '/'))}";
            Assert.True(found.Remove(path, out var node), $"the JSON lacks {path}");
            var place = number.Key.StartsWith("at_given_threshold.", StringComparison.Ordinal)
                ? $"{level.Level}/at_given_threshold"
                : level.Level;
            var reason = $"{place}/undefined/{(number.IsAsked ? number.Key["metrics.".Length..] : number.Key.Split('.')[^1])}";
            // A number and one that is asked for by its name have one reason.
            if (number.Value is null && !IsCoarse)
                Assert.True(found.TryGetValue(reason, out var why) && ((string)why!).Length > 10, $"the JSON lacks {reason}");
            if (number.Value is null || IsCoarse)
                reasons.Add(reason);
            Value(path, number.Value, node, number.Tolerance);
            if (!number.IsAsked)
                continue;
            path = path[..^"/value".Length];
            if (found.Remove(path + "/threshold", out var at))
                Value(path + "/threshold", number.Threshold, at, 0);
            else
                Assert.True(number.Threshold is null || bits is not null, $"the JSON lacks {path}/threshold");
            foreach (var (name, i) in new[] { "tp", "fp", "fn", "tn" }.Select((name, i) => (name, i)))
                if (found.Remove($"{path}/{name}", out var count))
                    Value($"{path}/{name}", number.Counts?[i], count, 0);
                else
                    Assert.True(number.Counts is null || bits is not null, $"the JSON lacks {path}/{name}");
        }
        if (rules.Intervals)
            foreach (var path in found.Keys.Where(path => path.Contains("interval", StringComparison.Ordinal)).ToList())
                found.Remove(path);
        Assert.Empty(found.Keys.Except(reasons));
        var notes = json["notes"]!
            .AsArray()
            .Select(note => new PlainNote((string)note!["code"]!, (long)note["count"]!, (string)note["text"]!))
            .ToList();
        Assert.Equal(Notes, rules.Intervals ? notes.Where(note => !NumberIntervals.Codes.Contains(note.Code)) : notes);
        Assert.Equal(bits, (int?)json["approximate"]);
        Assert.Equal(rules.Detector, (string?)json["detector"]);
        Assert.Equal(rules.Category, (string?)json["category"]);
        string[] keys =
        [
            .. json.Select(pair => pair.Key).Except(["image", "pixel", "notes", "tool", "approximate", "detector", "category"]),
        ];
        Assert.Equal(HasFolders ? ["by_folder"] : [], keys);
        if (HasFolders)
            CheckFolders();
    }

    private bool HasFolders => rules.ByFolder || rules.Worst > 0 || rules.ImageTable is not null;

    private static void Flatten(string path, JsonNode? node, Dictionary<string, JsonNode?> to)
    {
        if (node is JsonObject inside && !(inside.Count == 2 && inside.ContainsKey("lower") && inside.ContainsKey("upper")))
            foreach (var (name, value) in inside)
                Flatten($"{path}/{name}", value, to);
        else
            to.Add(path, node);
    }

    private void Value(string path, double? expected, JsonNode? actual, double tolerance)
    {
        if (IsCoarse && (actual is null || expected is null))
            return;
        if (expected is not { } value)
        {
            Assert.True(actual is null, $"{path} is {actual}, and is undefined");
            return;
        }
        Assert.True(actual is not null, $"{path} is not there, and is {value}");
        var (lower, upper) = actual is JsonObject range
            ? ((double)range["lower"]!, (double)range["upper"]!)
            : (Number(actual), Number(actual));
        var room = Math.Max(tolerance * Math.Max(1, Math.Abs(value)), rules.ResizeMaps ? 1e-12 : 0);
        Assert.True(lower - room <= value && value <= upper + room, $"{path} is {actual!.ToJsonString()}, and must be {value:R}");
        Assert.True(
            IsCoarse || rules.ResizeMaps || upper - lower < 1e-6 || path.Contains("logauroc", StringComparison.Ordinal),
            $"{path} is {actual.ToJsonString()}, wider than it need be"
        );

        static double Number(JsonNode node) =>
            node.GetValueKind() switch
            {
                System.Text.Json.JsonValueKind.True => 1,
                System.Text.Json.JsonValueKind.False => 0,
                System.Text.Json.JsonValueKind.String => (string)node! == "inf" ? double.PositiveInfinity : double.NegativeInfinity,
                _ => (double)node,
            };
    }

    private JsonNode? Found(PlainLevel level, PlainNumber number)
    {
        JsonNode? node = json[level.Level];
        if (number.IsAsked)
            return node!["metrics"]![number.Key["metrics.".Length..]]!["value"];
        foreach (var part in number.Key.Split('.'))
            node = node![part];
        return node;
    }

    /// <summary>A text against the number that it shows: written as the pages say, or both ends of an interval rounded outward.</summary>
    private void Shown(string where, PlainLevel level, PlainNumber number, string expected, string actual)
    {
        var node = Found(level, number);
        if (node is JsonObject range && !((double)range["lower"]!).Equals((double)range["upper"]!))
        {
            var ends = actual
                .Split(" at ")[0]
                .Split(" .. ")
                .Select(text => double.Parse(text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture))
                .ToArray();
            Assert.True(
                ends.Length == 2 && ends[0] <= (double)range["lower"]! + Ulp && (double)range["upper"]! - Ulp <= ends[1],
                $"{where}: {actual} is not around {range.ToJsonString()}"
            );
            Assert.True(
                ends[1] - ends[0] <= ((double)range["upper"]! - (double)range["lower"]!) * 1.5 + 1e-4,
                $"{where}: {actual} is wider than {range.ToJsonString()}"
            );
        }
        else if (IsCoarse || bits is not null && number.Remark.Length > 0)
            Assert.Equal(
                node is null ? PlainText.Undefined
                    : expected.Split(' ')[0].Length > 0 ? actual.Split(' ')[0]
                    : "",
                actual.Split(' ')[0]
            );
        else
            Assert.True(
                expected == actual || (rules.ResizeMaps && number.Kind is not PlainKind.Rate),
                $"{where}: {number.Key} is shown as '{actual}', and must be '{expected}'"
            );
    }
}
