using System.Globalization;
using System.Text.Json.Nodes;
using FunctionalMetrics.Core;
using FunctionalMetrics.Statistics;
using LanguageExt;
using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>A comparison of detectors as text: for a terminal, and as Markdown, LaTeX and JSON.</summary>
internal static class ComparisonText
{
    public const string Absent = "–";

    /// <summary>So many flipped images are shown in the table; the JSON has all.</summary>
    private const int MostFlips = 20;

    /// <summary>How it is written to a file, as its extension says.</summary>
    public static Fin<Func<ComparedData, string>> For(string path) =>
        Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".md" => FinSucc<Func<ComparedData, string>>(data => CellText.Markdown(Cells(data), Notes(data))),
            ".tex" => FinSucc<Func<ComparedData, string>>(data => CellText.Latex(Cells(data), Begins(data), (_, _) => false, Notes(data))),
            var other => Error.New($"'{path}' cannot be written: a comparison is .md or .tex, not '{other}'; --json writes .json"),
        };

    /// <summary>Prints the table, and below it what must be said of it.</summary>
    public static void Write(ComparedData data, Streams streams)
    {
        ResultTable.Write(streams, Cells(data));
        foreach (var note in Notes(data))
            streams.Say(note);
    }

    public static JsonObject Json(ComparedData data, ToolRun run)
    {
        var json = new JsonObject { ["models"] = new JsonArray([.. data.Models.Select(name => JsonValue.Create(name))]) };
        if (data.Mean is { } mean)
        {
            json["categories"] = new JsonObject(
                data.Parts.Select(part => KeyValuePair.Create(part.Category, (JsonNode?)Json(part.Result)))
            );
            json["mean"] = Json(mean);
        }
        else
            foreach (var (name, value) in Json(data.Parts[0].Result).ToList())
                json[name] = value?.DeepClone();
        json["tool"] = run.ToJson();
        return json;
    }

    private static JsonObject Json(Comparison result) =>
        new()
        {
            ["rows"] = result.Units,
            ["positives"] = result.Anomalous,
            ["comparisons"] = new JsonArray([.. result.Pairs.Select(Json)]),
            ["notes"] = new JsonArray([.. result.Notes.Select(note => JsonValue.Create(note))]),
        };

    /// <summary>The table of all categories and their mean, the category first where there are several.</summary>
    private static string[][] Cells(ComparedData data) =>
        data.Mean is null
            ? Cells(data.Parts[0].Result)
            :
            [
                ["category", .. Cells(data.Mean)[0]],
                .. data.All.SelectMany(part => Cells(part.Result)[1..].Select(row => (string[])[part.Category, .. row])),
            ];

    /// <summary>Whether a row of the table is the first of a category.</summary>
    private static Func<int, bool> Begins(ComparedData data)
    {
        var (first, row) = (new System.Collections.Generic.HashSet<int>(), 1);
        foreach (var part in data.All)
        {
            first.Add(row);
            row += part.Result.Pairs.Length;
        }
        return first.Contains;
    }

    private static IEnumerable<string> Notes(ComparedData data) =>
        data.Mean is null
            ? Notes(data.Parts[0].Result)
            : data.All.SelectMany(part => Notes(part.Result).Select(note => $"{part.Category}: {note}"));

    private static JsonObject Json(ComparedPair pair)
    {
        var interval = pair.Interval.ToSeq().Bind(found => found.ToSeq()).HeadOrNone();
        var equivalence = pair.Equivalence.ToSeq().Bind(found => found.ToSeq()).HeadOrNone();
        var json = new JsonObject
        {
            ["level"] = pair.Level,
            ["metric"] = pair.Metric,
            ["a"] = pair.A,
            ["b"] = pair.B,
            ["value_a"] = Number(pair.ValueOfA),
            ["value_b"] = Number(pair.ValueOfB),
            ["difference"] = Number(pair.Difference),
            ["lower"] = interval.MatchUnsafe(found => (JsonNode?)found.Lower, () => null),
            ["upper"] = interval.MatchUnsafe(found => (JsonNode?)found.Upper, () => null),
            ["p"] = Number(pair.P),
            ["p_holm"] = pair.PHolm.MatchUnsafe(p => (JsonNode?)p, () => null),
            ["method"] = pair.Method,
            ["flipped"] =
                pair.Method == ComparedPair.McNemarMethod
                    ? new JsonArray([.. pair.Flipped.Select(flip => new JsonObject { ["name"] = flip.Name, ["right"] = flip.Right })])
                    : null,
            ["equivalent"] = equivalence.MatchUnsafe(test => (JsonNode?)test.Holds, () => null),
            ["p_equivalence"] = equivalence.MatchUnsafe(test => (JsonNode?)test.P, () => null),
        };
        if (pair.Categories > 0)
            json["over"] = pair.Categories;
        json.Because("difference", pair.Difference).Because("p", pair.P);
        pair.Interval.Iter(found => json.Because("lower", found));
        pair.Equivalence.Iter(found => json.Because("equivalent", found));
        return json;
    }

    private static JsonNode? Number(Fin<double> value) => value.Match(number => (JsonNode?)number, _ => null);

    /// <summary>The table of a comparison, the heading first.</summary>
    public static string[][] Cells(Comparison result)
    {
        var several = result.Models.Length > 2;
        var margin = result.Pairs[0].Rules.Margin is not null;
        var level = (result.Pairs[0].Rules.Level * 100).ToString("0.####", CultureInfo.InvariantCulture);
        return
        [
            [
                "number",
                "a",
                "b",
                "of a",
                "of b",
                "a - b",
                $"{level}% interval",
                "p",
                .. several ? (string[])["p, Holm"] : [],
                .. margin ? (string[])["p, equivalence"] : [],
                "method",
                "says",
            ],
            .. result.Pairs.Select(pair =>
                (string[])
                    [
                        $"{pair.Level} {pair.Title}",
                        pair.A,
                        pair.B,
                        pair.ValueOfA.Match(Readable.Rate, _ => Absent),
                        pair.ValueOfB.Match(Readable.Rate, _ => Absent),
                        pair.Difference.Match(Signed, _ => Absent),
                        pair
                            .Interval.ToSeq()
                            .Bind(found => found.ToSeq())
                            .HeadOrNone()
                            .Match(found => $"{Signed(found.Lower)} .. {Signed(found.Upper)}", () => Absent),
                        pair.P.Match(Chance, _ => Absent),
                        .. several ? (string[])[pair.PHolm.Match(Chance, () => Absent)] : [],
                        .. margin
                            ? (string[])
                                [
                                    pair
                                        .Equivalence.ToSeq()
                                        .Bind(found => found.ToSeq())
                                        .HeadOrNone()
                                        .Match(test => Chance(test.P), () => Absent),
                                ]
                            : [],
                        pair.Method,
                        pair.Verdict,
                    ]
            ),
        ];
    }

    /// <summary>What must be said of the numbers.</summary>
    /// <param name="result">The comparison.</param>
    /// <param name="flips">Whether what flips is named too.</param>
    public static IEnumerable<string> Notes(Comparison result, bool flips = true)
    {
        foreach (var pair in result.Pairs)
        {
            var title = $"{pair.Level} {pair.Title} of {pair.A} and {pair.B}";
            if (pair.WithoutValue > 0)
                yield return FormattableString.Invariant($"{title}: {pair.WithoutValue} draws had no value and are left out.");
            foreach (var why in Why(pair))
                yield return $"{title}: {why}.";
            if (flips && pair.Flipped.Length > 0)
                yield return $"{title}: {pair.Flipped.Length} flip: {Flips(pair)}.";
        }
        foreach (var note in result.Notes)
            yield return note;
    }

    /// <summary>What flips between two detectors, the first of it by name.</summary>
    public static string Flips(ComparedPair pair) =>
        string.Join(", ", pair.Flipped.Take(MostFlips).Select(flip => $"{flip.Name} ({flip.Right} is right)"))
        + (
            pair.Flipped.Length > MostFlips
                ? FormattableString.Invariant($", and {pair.Flipped.Length - MostFlips} more, which --json names")
                : ""
        );

    private static IEnumerable<string> Why(ComparedPair pair)
    {
        var errors = new List<Error>();
        pair.P.IfFail(errors.Add);
        pair.Interval.Iter(found => found.IfFail(errors.Add));
        pair.Equivalence.Iter(found => found.IfFail(errors.Add));
        return errors.Select(error => error.Message).Distinct();
    }

    public static string Signed(double value) => value.ToString("+0.0000;-0.0000;0.0000", CultureInfo.InvariantCulture);

    public static string Chance(double p) => p < 0.0001 ? "< 0.0001" : p.ToString("F4", CultureInfo.InvariantCulture);
}
