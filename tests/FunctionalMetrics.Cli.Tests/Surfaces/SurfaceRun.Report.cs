using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FunctionalMetrics.Core.Tests;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>The report: its tables, and its stops of a moved threshold.</summary>
internal sealed partial class SurfaceRun
{
    /// <summary>The page: titles, tables with the whole number under the pointer, charts with their hover texts, the slider's stops, notes.</summary>
    /// <param name="html">The page.</param>
    /// <param name="draws">Whether there are scores to draw.</param>
    /// <param name="how">What the notes say of a way that keeps no scores.</param>
    public void CheckReport(string html, bool draws, string? how)
    {
        var title = rules.Title ?? $"{rules.Detector ?? "Anomaly detection"} on {data0}";
        Assert.Equal(title, WebUtility.HtmlDecode(Between(html, "<h1>", "</h1>")));
        Assert.Equal(
            $"{levels[0].Rank.Rows.Count} {(levels.Length > 1 ? "images" : "rows")}, {levels[0].Rank.Positives} of them anomalous",
            Between(html, "<p class=\"subtitle\">", "</p>")
        );
        var body = html[html.IndexOf("<body>", StringComparison.Ordinal)..];
        for (var i = 0; i < levels.Length; i++)
        {
            var level = levels[i];
            var heading =
                level.IsPixels ? "Pixel level"
                : levels.Length > 1 ? "Image level"
                : "Scores";
            var section = Between(body, $"<section>\n<h2>{heading}</h2>", "</section>");
            CheckTables(level, section);
            if (!draws)
            {
                Assert.DoesNotContain("drawChart", section, StringComparison.Ordinal);
                continue;
            }
            CheckCharts(level, section, $"level-{i + 1}-");
            CheckStops(level, section, i, JsonNode.Parse(Between(html, "id=\"stops\">", "</script>"))!["levels"]![i]!);
        }
        var notes = Between(body, "<h2>Notes</h2>", "</section>");
        string[] items = [.. Item().Matches(notes).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value))];
        string[] expected =
        [
            .. json["notes"]!.AsArray().Select(note => (string)note!["text"]!),
            .. Hint.Length > 0 && !IsCoarse ? [Hint.TrimEnd('\n')] : (string[])[],
            .. bits is not null ? [BoundedRemark] : (string[])[],
            .. how is null ? (string[])[] : [how],
        ];
        Assert.Equal(expected, items.Where(expected.Contains));
        Assert.Equal(
            rules.Lower && draws,
            items.Contains("Low scores are the anomalous ones here: a score of at most the threshold is called anomalous.")
        );
    }

    private void CheckTables(PlainLevel level, string section)
    {
        var tables = Tables().Matches(section).Where(match => !match.Value.Contains("data-live", StringComparison.Ordinal)).ToList();
        var numbers = Numbers(level).Where(number => number.Title is not null).ToList();
        Assert.Equal(
            new[] { "Ranking", "At the adaptive threshold", "At the given threshold", "Data", "Asked for" }.Where(caption =>
                numbers.Exists(number => number.Caption == caption)
            ),
            tables.Select(table => table.Groups[1].Value)
        );
        foreach (var table in tables)
        {
            var expected = numbers.Where(number => number.Caption == table.Groups[1].Value).ToList();
            var rows = TableRow().Matches(table.Value);
            Assert.Equal(expected.Select(Name), rows.Select(row => WebUtility.HtmlDecode(row.Groups[1].Value)));
            foreach (var (number, row) in expected.Zip(rows))
            {
                var (attributes, content) = (row.Groups[2].Value, WebUtility.HtmlDecode(row.Groups[3].Value));
                if (Found(level, number) is null)
                {
                    Assert.Equal(PlainText.Undefined + $"<small>{Reason(level, number)}</small>", content);
                    continue;
                }
                Shown("report", level, number, PlainText.Report(number), content.Split("<small class=\"sure\">")[0]);
                var whole = TitleOf().Match(attributes).Groups[1].Value;
                Assert.True(
                    whole == Whole(Found(level, number)!),
                    $"report: {number.Key} has '{whole}' under the pointer, and must have '{Whole(Found(level, number)!)}'"
                );
            }
        }

        static string Name(PlainNumber number) =>
            number.IsAsked || number.Title!.Trim() is not [var first, .. var rest] ? number.Title! : char.ToUpperInvariant(first) + rest;

        static string Whole(JsonNode node) =>
            node is JsonObject range
                ? range["lower"]!.ToJsonString() == range["upper"]!.ToJsonString()
                    ? PlainLevel.Exact((double)range["lower"]!)
                    : $"{PlainLevel.Exact((double)range["lower"]!)} .. {PlainLevel.Exact((double)range["upper"]!)}"
                : PlainLevel.Exact((double)node);
    }

    private void CheckStops(PlainLevel level, string section, int index, JsonNode stops)
    {
        // Scores between pixels agree to the last bits but one, and a stop is a score.
        if (rules.ResizeMaps)
            return;
        var thresholds = stops["threshold"]!
            .AsArray()
            .Select(text =>
                double.Parse(((string)text!).Replace("inf", "Infinity", StringComparison.Ordinal), CultureInfo.InvariantCulture)
            )
            .ToList();
        var start = (int)stops["start"]!;
        Assert.Equal(level.Own(level.Start), thresholds[start]);
        for (var i = 0; i < thresholds.Count; i++)
        {
            var counts = level.Counts(level.Own(thresholds[i]));
            Assert.Equal(counts, new[] { "tp", "fp", "fn", "tn" }.Select(name => (int)stops[name]![i]!));
            Rate("recall", counts[0], counts[0] + counts[2]);
            Rate("fpr", counts[1], counts[1] + counts[3]);
            Rate("precision", counts[0], counts[0] + counts[1]);
            Rate("f1", 2 * counts[0], 2 * counts[0] + counts[1] + counts[2]);
            if (level.IsPixels && level.Regions.Length > 0)
                Shown("pro", level.Overlap(level.Own(thresholds[i])).Rounded());

            void Rate(string name, int part, int whole) => Shown(name, whole == 0 ? null : new Fraction(part, whole).Rounded());

            void Shown(string name, double? value)
            {
                var (number, text) = ((double?)stops["rates"]![name]!["value"]![i], (string)stops["rates"]![name]!["shown"]![i]!);
                Assert.True(
                    number is null == value is null && Math.Abs((number ?? 0) - (value ?? 0)) < 1e-15,
                    $"stop {i}: {name} is {number}, and must be {value}"
                );
                Assert.Equal(value is { } known ? PlainText.Rate(known) : PlainText.Undefined, text);
                if (i == start)
                    Assert.Equal(text, Live(name));
            }
        }
        Assert.Equal(level.Counts(level.Start).Select(count => $"{count}"), new[] { "tp", "fp", "fn", "tn" }.Select(Live));

        string Live(string name) => Between(section, $"data-live=\"{index}.{name}\">", "<");
    }

    private static (JsonArray Traces, JsonNode Layout) Chart(string section, string id)
    {
        var start = section.IndexOf($"drawChart(\"{id}\", ", StringComparison.Ordinal);
        Assert.True(start >= 0, $"there is no chart {id}");
        start += $"drawChart(\"{id}\", ".Length;
        var chart = JsonNode.Parse(section[start..section.IndexOf(");</script>", start, StringComparison.Ordinal)])!;
        return (chart["data"]!.AsArray(), chart["layout"]!);
    }

    private static List<(double X, double Y)> Points(JsonNode trace) =>
        [.. trace["x"]!.AsArray().Select(x => (double)x!).Zip(trace["y"]!.AsArray().Select(y => (double)y!))];

    private static bool Near(Fraction exact, double drawn) => Math.Abs(exact.Rounded() - drawn) < 1e-12;

    private static bool On((double X, double Y) from, (double X, double Y) to, (double X, double Y) point) =>
        Math.Min(from.X, to.X) - 1e-9 <= point.X
        && point.X <= Math.Max(from.X, to.X) + 1e-9
        && Math.Min(from.Y, to.Y) - 1e-9 <= point.Y
        && point.Y <= Math.Max(from.Y, to.Y) + 1e-9
        && Math.Abs((to.X - from.X) * (point.Y - from.Y) - (to.Y - from.Y) * (point.X - from.X)) < 1e-9;

    private static string Between(string text, string from, string to)
    {
        var start = text.IndexOf(from, StringComparison.Ordinal);
        Assert.True(start >= 0, $"there is no {from}");
        start += from.Length;
        return text[start..text.IndexOf(to, start, StringComparison.Ordinal)];
    }

    [GeneratedRegex("<caption>([^<]*)</caption>\n<tbody>.*?</tbody>", RegexOptions.Singleline)]
    private static partial Regex Tables();

    [GeneratedRegex("<tr><th scope=\"row\">(.*?)</th><td([^>]*)>(.*?)</td></tr>")]
    private static partial Regex TableRow();

    [GeneratedRegex("title=\"([^\"]*)\"")]
    private static partial Regex TitleOf();

    [GeneratedRegex("<li>(.*?)</li>")]
    private static partial Regex Item();

    [GeneratedRegex("^(\\w+): (\\d+) of (\\d+)<br>scores (\\S+) to (\\S+)$")]
    private static partial Regex Bar();
}
