using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionalMetrics.Core;
using Json.Schema;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>evaluation.schema.json says what evaluate and show write, and comparison.schema.json what compare writes: all of it and no more.</summary>
public sealed class SchemaTests : IDisposable
{
    private static readonly string Text = File.ReadAllText(Repository.Path("src", "FunctionalMetrics.Cli", "evaluation.schema.json"));
    private static readonly JsonSchema Schema = JsonSchema.FromText(Text);
    private static readonly string ComparisonText = File.ReadAllText(
        Repository.Path("src", "FunctionalMetrics.Cli", "comparison.schema.json")
    );
    private static readonly JsonSchema OfComparisons = JsonSchema.FromText(ComparisonText);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_runs_write_is_valid_and_says_why_a_number_is_null()
    {
        var set = SmallSet.Write(folder, "set", ..);
        var rows = folder.Write("rows.csv", "score,label\n0.1,cut\n0.9,good\n0.2,hole\n0.3,good\n");
        var normal = folder.Write("normal.csv", "score,label\n0.1,0\n");
        var none = folder.Write("none.csv", "score,label\n");
        string[] metrics = ["--metrics", string.Join(',', NumberForm.All.Select(form => form.Example))];
        string[] ofRows =
        [
            "--metrics",
            .. metrics[1..].Select(names => names.Replace("aupimo,aupimo@0.001:0.01,", "", StringComparison.Ordinal)),
        ];
        string[] at = ["--threshold", "0.6", "--pixel-threshold", "0.42"];
        string[] texts = ["--normal-label", "good", "--positive-label", "cut", "--positive-label", "hole"];
        var defects = DefectTests.Write(folder);
        foreach (
            var run in (string[][])
                [
                    ["evaluate", set, .. SmallSet.Rules, .. at, "--resize-masks", "--state", folder.File("set.fms")],
                    ["show", folder.File("set.fms"), "--threshold", "7"],
                    ["evaluate", set, .. SmallSet.Rules, .. at, "--by-folder"],
                    ["evaluate", set, .. SmallSet.Rules, .. at, "--approximate", "4"],
                    ["evaluate", set, .. SmallSet.Rules, "--max-memory", "1GB"],
                    ["evaluate", "--scores", rows, .. texts, "--lower-is-anomalous"],
                    ["evaluate", "--scores", normal, "--threshold", "5"],
                    ["evaluate", "--scores", normal, "--threshold", "5", "--approximate", "18"],
                    ["evaluate", "--scores", none, "--threshold", "0"],
                    ["evaluate", "--scores", folder.File("{category}s.csv"), .. texts, "--detector", "a"],
                    ["evaluate", "--scores", folder.File("r{category}.csv"), .. texts, "--approximate", "18"],
                    ["evaluate", "--scores", rows, .. texts, "--detector", "a", "--category", "b"],
                    ["evaluate", .. defects, "--detector", "a", "--category", "b"],
                    ["evaluate", .. defects, "--normal-folder", "none"],
                    ["evaluate", set, .. SmallSet.Rules, .. metrics],
                    ["evaluate", set, .. SmallSet.Rules, .. metrics, .. at, "--intervals", "0.9", "--replicates", "100"],
                    ["evaluate", "--scores", rows, .. texts, "--intervals", "0.9", "--replicates", "100", "--threshold", "9"],
                    ["evaluate", set, .. SmallSet.Rules, .. ofRows, "--approximate", "4"],
                    ["evaluate", "--scores", rows, .. texts, "--metrics", "tpr@fpr=0,precision@n=4", "--lower-is-anomalous"],
                    ["evaluate", "--scores", none, .. ofRows[..1], ofRows[1].Replace(",aupro@0.05", "", StringComparison.Ordinal)],
                ]
        )
        {
            var outcome = Fmetrics.Run([.. run, "--json", "-"]);
            Assert.True(outcome.ExitCode == 0, outcome.Error);
            Assert.Equal("", Faults(outcome.Output));
            foreach (var level in JsonNode.Parse(outcome.Output)!.AsObject().Select(pair => pair.Value).OfType<JsonObject>())
                EveryNullHasItsReason(level);
        }
    }

    [Theory]
    [InlineData("image", "new")]
    [InlineData("image.at_threshold", "new")]
    [InlineData("pixel.at_given_threshold", "new")]
    [InlineData("tool", "new")]
    [InlineData("", "new")]
    [InlineData("image", "aupro")]
    [InlineData("", "approximate")]
    public void What_the_schema_does_not_say_is_invalid(string place, string name)
    {
        var json = Sample();
        var inside = place.Split('.', StringSplitOptions.RemoveEmptyEntries).Aggregate((JsonNode)json, (node, key) => node[key]!);
        inside[name] = 1;
        Assert.NotEqual("", Faults(json.ToJsonString()));
    }

    [Fact]
    public void Options_can_come_without_a_change_of_the_schema()
    {
        var json = Sample();
        json["tool"]!["options"]!["new-option"] = true;
        Assert.Equal("", Faults(json.ToJsonString()));
    }

    /// <summary>Neither is anything forgotten in the schema, nor does it name what is not there.</summary>
    [Fact]
    public void All_numbers_and_notes_stand_in_the_schema_and_each_property_says_what_it_is()
    {
        var schema = JsonNode.Parse(Text)!;
        var places = EvaluationNumber.All.Where(number => number.IsShown).Select(number => number.Key.Split('.')).ToList();
        Assert.Equal(places.Select(place => place[0]).Concat(["metrics", "undefined"]).Distinct().Order(), Names("pixelLevel").Order());
        Assert.Equal(places.Where(place => place[0] == "at_threshold").Select(place => place[1]).Order(), Names("atThreshold").Order());
        Assert.Equal(
            places.Where(place => place[0] == "at_given_threshold").Select(place => place[1]).Append("undefined").Order(),
            Names("atGivenThreshold").Order()
        );
        Assert.Equal(["aupro", "fpr_limit", "regions"], Names("pixelLevel").Except(Names("level")).Order());
        var codes = Enum.GetValues<NoteKind>()
            .Select(kind =>
                NoteCounts.Sum([
                    NoteCounts.Of(kind, 1, "a"),
                    NoteCounts.Of(kind, 1, "b"),
                    NoteCounts.Of(NoteKind.Map, kind == NoteKind.Map ? 0 : 2),
                ])
            )
            .SelectMany(counts => counts.Notes)
            .Select(note => note.Code)
            .Concat(ThresholdChoice.Codes)
            .Concat(NumberIntervals.Codes);
        Assert.Equal(codes, schema["$defs"]!["note"]!["properties"]!["code"]!["examples"]!.AsArray().Select(code => (string)code!));
        foreach (
            var name in (string[])
                [
                    "level",
                    "atThreshold",
                    "atGivenThreshold",
                    "asked",
                    "numberInterval",
                    "folder",
                    "note",
                    "tool",
                    "interval",
                    "defects",
                    "kind",
                    "kindImages",
                    "kindMeans",
                ]
        )
            Described(schema["$defs"]![name]!["properties"]!);
        Described(schema["properties"]!);
        Assert.DoesNotContain(
            Names("pixelLevel").Except(Names("level")),
            name => schema["$defs"]!["pixelLevel"]!["properties"]![name]!["description"] is null
        );

        IEnumerable<string> Names(string of) => schema["$defs"]![of]!["properties"]!.AsObject().Select(pair => pair.Key);

        static void Described(JsonNode properties) =>
            Assert.All(properties.AsObject(), pair => Assert.EndsWith(".", (string?)pair.Value!["description"], StringComparison.Ordinal));
    }

    [Fact]
    public void What_compare_writes_is_valid_and_all_of_it_stands_in_its_schema()
    {
        string[] labels = ["--normal-label", "good", "--positive-label", "cut"];
        var rows = folder.Write("rows.csv", "label,a,b,c\ncut,.9,.1,.5\ncut,.4,.8,.7\ngood,.5,.3,.4\ngood,.1,.2,.6\n");
        var apart = folder.Write("apart.csv", "label,a,b\ncut,.9,.8\ngood,.1,.2\n");
        var normal = folder.Write("normal.csv", "label,a,b\ngood,.1,.2\ngood,.3,.1\n");
        var (set, same) = (SmallSet.Write(folder, "set", ..), SmallSet.Write(folder, "same", ..));
        var root = Path.GetDirectoryName(set)!;
        string[] at = ["--threshold", "0.45", "--threshold", "0.25"];
        var (given, seen) = (new HashSet<string>(), new HashSet<string>());
        foreach (
            var run in (string[][])
                [
                    ["--scores", rows, "--score-columns", "a,b", .. labels, .. at, "--margin", "0.1"],
                    ["--scores", rows, "--score-columns", "a,b,c", .. labels, .. at, "--threshold", "0.5", "--replicates", "100"],
                    ["--scores", apart, "--score-columns", "a,b", .. labels, "--margin", "0.1"],
                    ["--scores", normal, "--score-columns", "a,b", "--normal-label", "good", "--margin", "0.1", .. at],
                    [set, same, .. SmallSet.Rules, .. at, "--margin", "0.1", "--replicates", "100"],
                    [root, root, "--categories", .. SmallSet.Rules, "--name", "A", "--name", "B", "--replicates", "100"],
                ]
        )
        {
            var outcome = Fmetrics.Run(["compare", .. run, "--json", "-"]);
            Assert.True(outcome.ExitCode == 0, outcome.Error);
            Assert.Equal("", Faults(outcome.Output, OfComparisons));
            var json = JsonNode.Parse(outcome.Output)!;
            JsonObject[] parts = json["categories"] is { } categories
                ? [.. categories.AsObject().Select(category => category.Value!.AsObject()), json["mean"]!.AsObject()]
                : [json.AsObject()];
            foreach (var pair in parts.SelectMany(part => part["comparisons"]!.AsArray()).Select(pair => pair!.AsObject()))
            {
                seen.UnionWith(pair.Select(property => property.Key));
                given.UnionWith(pair.Where(property => property.Value is not null).Select(property => property.Key));
                if (pair["p"] is null)
                    Assert.NotEqual("", (string)pair["undefined"]!["p"]!);
                if (pair["difference"] is null)
                    Assert.NotEqual("", (string)pair["undefined"]!["difference"]!);
            }
            foreach (
                var inside in (JsonObject[])
                    [
                        json.AsObject(),
                        .. parts,
                        .. parts.SelectMany(part => part["comparisons"]!.AsArray().Take(1)).Select(pair => pair!.AsObject()),
                    ]
            )
            {
                inside["new"] = 1;
                Assert.NotEqual("", Faults(json.ToJsonString(), OfComparisons));
                inside.Remove("new");
            }
        }
        var schema = JsonNode.Parse(ComparisonText)!;
        string[] known = [.. schema["$defs"]!["pair"]!["properties"]!.AsObject().Select(property => property.Key).Order()];
        Assert.Equal(known, seen.Order());
        Assert.Equal(known, given.Order());
        foreach (var properties in (JsonNode[])[schema, .. schema["$defs"]!.AsObject().Select(inside => inside.Value!)])
            Assert.All(
                properties["properties"]!.AsObject(),
                property => Assert.EndsWith(".", (string?)property.Value!["description"], StringComparison.Ordinal)
            );
    }

    /// <summary>What an evaluation of maps with given thresholds writes, in this process.</summary>
    private static JsonObject Sample()
    {
        var maps = MapBatch.Create([0.1f, 0.9f], [false, true], new(1, 1, 2)).IfFail(faults => throw new InvalidOperationException());
        var state = EvaluationState.Of(new(maps.Images, maps));
        var json = Evaluation.Of(state, new(Threshold: 0.5, PixelThreshold: 0.5)).ToJson(new("evaluate", []));
        Assert.Equal("", Faults(json.ToJsonString()));
        return json;
    }

    private static string Faults(string json, JsonSchema? schema = null)
    {
        using var document = JsonDocument.Parse(json);
        var found = (schema ?? Schema).Evaluate(document.RootElement, new() { OutputFormat = OutputFormat.List });
        return found.IsValid
            ? ""
            : string.Join(
                '\n',
                found.Details!.SelectMany(
                    detail => detail.Errors ?? new Dictionary<string, string>(),
                    (detail, error) => $"{detail.InstanceLocation}: {error.Value}"
                )
            );
    }

    private static void EveryNullHasItsReason(JsonObject level)
    {
        foreach (var (name, value) in level)
            switch (value)
            {
                case null:
                    Assert.NotEqual("", (string)level["undefined"]![name]!);
                    break;
                case JsonObject inside when name == "at_threshold":
                    foreach (var missing in inside.Where(pair => pair.Value is null))
                        Assert.NotEqual("", (string)level["undefined"]![missing.Key]!);
                    break;
                case JsonObject inside when name == "metrics":
                    foreach (var missing in inside.Where(pair => pair.Value!["value"] is null))
                        Assert.NotEqual("", (string)level["undefined"]![missing.Key]!);
                    break;
                case JsonObject inside when name == "at_given_threshold":
                    EveryNullHasItsReason(inside);
                    break;
            }
    }
}
