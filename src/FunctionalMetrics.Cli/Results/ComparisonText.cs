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
    public static Fin<Func<Comparison, string>> For(string path) =>
        Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".md" => FinSucc<Func<Comparison, string>>(result => CellText.Markdown(Cells(result), Notes(result))),
            ".tex" => FinSucc<Func<Comparison, string>>(result =>
                CellText.Latex(Cells(result), row => row == 1, (_, _) => false, Notes(result))
            ),
            var other => Error.New($"'{path}' cannot be written: a comparison is .md or .tex, not '{other}'; --json writes .json"),
        };

    /// <summary>Prints the table, and below it what must be said of it.</summary>
    public static void Write(Comparison result, Streams streams)
    {
        ResultTable.Write(streams, Cells(result));
        foreach (var note in Notes(result))
            streams.Say(note);
    }

    public static JsonObject Json(Comparison result, ToolRun run) =>
        new()
        {
            ["models"] = new JsonArray([.. result.Models.Select(name => JsonValue.Create(name))]),
            ["rows"] = result.Units,
            ["positives"] = result.Anomalous,
            ["comparisons"] = new JsonArray([.. result.Pairs.Select(Json)]),
            ["notes"] = new JsonArray([.. result.Notes.Select(note => JsonValue.Create(note))]),
            ["tool"] = run.ToJson(),
        };

    private static JsonObject Json(ComparedPair pair)
    {
        var interval = pair.Interval.ToSeq().Bind(found => found.ToSeq()).HeadOrNone();
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
            ["equivalent"] = pair
                .Equivalence.ToSeq()
                .Bind(found => found.ToSeq())
                .HeadOrNone()
                .MatchUnsafe(test => (JsonNode?)test.Holds, () => null),
        };
        json.Because("difference", pair.Difference).Because("p", pair.P);
        pair.Interval.Iter(found => json.Because("lower", found));
        pair.Equivalence.Iter(found => json.Because("equivalent", found));
        return json;
    }

    private static JsonNode? Number(Fin<double> value) => value.Match(number => (JsonNode?)number, _ => null);

    public static string[][] Cells(Comparison result)
    {
        var several = result.Models.Length > 2;
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
                "method",
                "says",
            ],
            .. result.Pairs.Select(pair =>
                (string[])
                    [
                        $"{pair.Level} {Title(pair)}",
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
                        pair.Method,
                        pair.Verdict,
                    ]
            ),
        ];
    }

    /// <summary>What a number is called: as evaluations call it.</summary>
    public static string Title(ComparedPair pair) =>
        pair.Metric switch
        {
            "aupimo" => "AUPIMO",
            "decisions" => "decided rightly",
            var key => (
                pair.Level == Levels.Pixel
                    ? LevelNumbers.Of(RegionState.Empty, pair.Rules.Settings)
                    : LevelNumbers.Of(RankState.Empty, pair.Rules.Settings)
            )
                .Numbers.Where(number => number.Key == key)
                .Select(number => number.Title?.Trim())
                .FirstOrDefault()
                ?? key,
        };

    /// <summary>What must be said of the numbers.</summary>
    /// <param name="result">The comparison.</param>
    /// <param name="flips">Whether what flips is named too.</param>
    public static IEnumerable<string> Notes(Comparison result, bool flips = true)
    {
        foreach (var pair in result.Pairs)
        {
            var title = $"{pair.Level} {Title(pair)} of {pair.A} and {pair.B}";
            if (pair.WithoutValue > 0)
                yield return FormattableString.Invariant($"{title}: {pair.WithoutValue} draws had no value and are left out.");
            foreach (var why in Why(pair))
                yield return $"{title}: {why}.";
            if (flips && pair.Flipped.Length > 0)
                yield return $"{title}: {pair.Flipped.Length} flip: "
                    + string.Join(", ", pair.Flipped.Take(MostFlips).Select(flip => $"{flip.Name} ({flip.Right} is right)"))
                    + (
                        pair.Flipped.Length > MostFlips
                            ? FormattableString.Invariant($", and {pair.Flipped.Length - MostFlips} more, which --json names")
                            : ""
                    )
                    + ".";
        }
        foreach (var note in result.Notes)
            yield return note;
    }

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
