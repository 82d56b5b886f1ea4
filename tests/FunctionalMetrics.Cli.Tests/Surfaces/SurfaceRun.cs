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

    private void CheckTable(string output)
    {
        var lines = output.TrimEnd('\n').Split('\n');
        var end = Array.FindIndex(lines, line => line.StartsWith('╰'));
        string[][] cells =
        [
            .. lines[..end]
                .Where(line => line.StartsWith('│'))
                .Select(line => line.Split('│')[1..^1].Select(cell => cell[1..^1]).ToArray()),
        ];
        Assert.Equal(["", .. levels.Select(level => level.Level)], cells[0].Select(cell => cell.Trim()));
        for (var i = 0; i < levels.Length; i++)
        {
            var rows = cells[1..]
                .Select(row => (Name: row[0].TrimEnd(), Text: row[i + 1].Trim()))
                .Where(row => row.Text.Length > 0)
                .ToList();
            var numbers = Numbers(levels[i]).Where(number => number.Title is not null).ToList();
            Assert.Equal(numbers.Select(number => number.Title), rows.Select(row => row.Name));
            foreach (var (number, row) in numbers.Zip(rows))
                Shown("table", levels[i], number, PlainText.Table(number), Bare(row.Text));
        }
        var said = lines[(end + 1)..].Where(line => line.Length > 0 && "╭│├╰".IndexOf(line[0], StringComparison.Ordinal) < 0).ToList();
        if (HasFolders || rules.Intervals)
            Assert.Subset(said.ToHashSet(), Said().ToHashSet());
        else
            Assert.Equal(Said(), said);
    }

    /// <summary>Without its interval.</summary>
    private string Bare(string text) => rules.Intervals ? text.Split(" [")[0] : text;

    private IEnumerable<string> Said()
    {
        // Each reason once, however many numbers it is of.
        foreach (var level in levels)
            if (json[level.Level]!["undefined"] is JsonObject)
                foreach (
                    var reason in Numbers(level)
                        .Where(number => Found(level, number) is null)
                        .Select(number => Reason(level, number))
                        .Distinct()
                )
                    yield return $"{level.Level}: {reason}";
        foreach (var note in json["notes"]!.AsArray())
            yield return (string)note!["text"]!;
        if (bits is not null)
            yield return BoundedRemark;
        else if (levels.Any(level => level.Rank.Positives > 0))
            yield return "The threshold of the optimal F1 was chosen on the data it is judged by, so what it reaches here is optimistic.";
    }

    private string BoundedRemark =>
        $"Each number lies between the two given, whatever the order of scores within the 2^{bits} bins that they were counted in.";

    private string Reason(PlainLevel level, PlainNumber number)
    {
        var place = number.Key.StartsWith("at_given_threshold.", StringComparison.Ordinal)
            ? json[level.Level]!["at_given_threshold"]
            : json[level.Level];
        var name = number.IsAsked ? number.Key["metrics.".Length..] : number.Key.Split('.')[^1];
        return (string?)place!["undefined"]?[name] ?? $"no reason for {number.Key}";
    }

    private void CheckFolders()
    {
        var (image, pixel) = (levels[0], levels[1]);
        var folders = data
            .Images.Where(one => one.IsAnomalous)
            .GroupBy(one => one.Folder)
            .OrderBy(folder => folder.Key, StringComparer.Ordinal)
            .ToList();
        var shown = json["by_folder"]!.AsObject();
        Assert.Equal(folders.Select(folder => folder.Key), shown.Select(pair => pair.Key));
        foreach (var folder in folders)
        {
            var rank = new RankOracle([
                .. data
                    .Images.Where(one => !one.IsAnomalous || one.Folder == folder.Key)
                    .Where(one => one.Score is not null)
                    .Select(one => new Row(one.Score!.Value, one.IsAnomalous)),
            ]);
            var node = shown[folder.Key]!;
            Assert.Equal(folder.Count(), (int)node["images"]!);
            Value($"by_folder/{folder.Key}/image_auroc", rank.Negatives > 0 ? rank.Auroc.Rounded() : null, node["image_auroc"], 0);
            Value(
                $"by_folder/{folder.Key}/recall",
                new Fraction(folder.Count(one => one.Score >= image.Start), folder.Count()).Rounded(),
                node["recall"],
                0
            );
        }
    }

    /// <summary>The numbers that stand in tables, by level.</summary>
    private IEnumerable<(PlainLevel Level, PlainNumber Number)> Titled =>
        levels.SelectMany(
            level => Numbers(level).Where(number => number.Title is not null && !number.IsAsked),
            (level, number) => (level, number)
        );

    /// <summary>What <c>fmetrics table --columns</c> is asked for.</summary>
    public string Columns => string.Join(',', Titled.Select(one => $"{one.Level.Level}.{one.Number.Key}"));

    /// <summary>The table of <c>fmetrics table</c> as Markdown.</summary>
    public void CheckMarkdown(string text)
    {
        string[][] cells = [.. text.Split('\n').Take(4).Select(line => line[2..^2].Split('|').Select(cell => cell.Trim()).ToArray())];
        string[] heads =
        [
            "category",
            "images",
            "anomalous",
            .. Titled.Select(one => $"{one.Level.Level} {one.Number.Title!.Split(" (anomalous")[0].Trim()}{There(one.Number)}"),
        ];
        Assert.Equal(heads, cells[0]);
        string[] expected = [.. Titled.Select(one => IsAtDefault(one.Level, one.Number) ? "–" : Cell(one.Number))];
        string[] row = [$"{levels[0].Rank.Rows.Count}", $"{levels[0].Rank.Positives}", .. expected];
        string[] mean = ["mean", "", "", .. expected];
        Assert.Equal(row, cells[2][1..]);
        Assert.Equal(mean, cells[3]);

        static string There(PlainNumber number) =>
            number.Key.StartsWith("at_threshold.", StringComparison.Ordinal) ? " at the optimum"
            : number.Key.StartsWith("at_given_threshold.", StringComparison.Ordinal)
            && !number.Key.EndsWith(".threshold", StringComparison.Ordinal)
                ? " at the given threshold"
            : "";

        // What is counted at the default threshold is nothing that the data chose.
        static bool IsAtDefault(PlainLevel level, PlainNumber number) =>
            level.Rank.Positives == 0
            && (number.Key == "adaptive_threshold" || number.Key.StartsWith("at_threshold.", StringComparison.Ordinal));

        static string Cell(PlainNumber number) =>
            number.Value is not { } value ? "–"
            : number.Kind == PlainKind.Rate ? PlainText.Rate(value)
            : number.Kind == PlainKind.Count ? value.ToString("#,0", CultureInfo.InvariantCulture)
            : PlainText.Score(value);
    }

    /// <summary>The table of images, as .csv.</summary>
    public void CheckImages(string csv)
    {
        var start = levels[1].Start;
        var lines = csv.TrimEnd('\n').Split('\n');
        Assert.Equal("name,class,score,pixels,anomalous_pixels,regions,tp,fp,fn,recall,precision,regions_found,aupimo", lines[0]);
        Assert.Equal(
            data.Images.Select(Line).Order(StringComparer.Ordinal),
            lines[1..].Select(line => line[..line.LastIndexOf(',')]).Order(StringComparer.Ordinal)
        );

        string Line(PlainJudged image)
        {
            var (anomalous, normal) = (image.Pixels.Count(pixel => pixel.IsAnomalous), image.Pixels.Count(pixel => !pixel.IsAnomalous));
            var (tp, fp) = (
                image.Pixels.Count(pixel => pixel.IsAnomalous && pixel.Score >= start),
                image.Pixels.Count(pixel => !pixel.IsAnomalous && pixel.Score >= start)
            );
            var found = image.Regions.Count(region => 2 * region.Scores.Count(score => score >= start) >= region.Scores.Length);
            return string.Join(
                ',',
                image.Name,
                image.IsAnomalous ? "anomalous" : "normal",
                image.Score is { } score ? PlainLevel.Exact(levels[0].Own(score)) : "",
                anomalous + normal,
                anomalous,
                image.Regions.Length,
                tp,
                fp,
                anomalous - tp,
                anomalous > 0 ? PlainLevel.Exact(new Fraction(tp, anomalous).Rounded()) : "",
                tp + fp > 0 ? PlainLevel.Exact(new Fraction(tp, tp + fp).Rounded()) : "",
                found
            );
        }
    }

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

    private void CheckCharts(PlainLevel level, string section, string prefix)
    {
        var rank = level.Rank;
        var both = rank is { Positives: > 0, Negatives: > 0 };
        Curve(
            "roc",
            both,
            "ROC",
            "auroc",
            () => [(0, 0, double.PositiveInfinity), .. rank.Thresholds.Select(t => (rank.Fpr(t), rank.Tpr(t), t))],
            "false positive rate",
            "true positive rate"
        );
        Curve(
            "precision-recall",
            rank.Positives > 0,
            "precision-recall",
            "aupr",
            () => [(0, 1, double.PositiveInfinity), .. rank.Thresholds.Select(t => (rank.Tpr(t), rank.Precision(t), t))],
            "recall",
            "precision"
        );
        if (level.IsPixels)
            Curve(
                "pro",
                level.Regions.Length > 0 && rank.Negatives > 0,
                FormattableString.Invariant($"PRO up to FPR {rules.FprLimit}"),
                "aupro",
                () => [(0, 0, double.PositiveInfinity), .. rank.Thresholds.Select(t => (rank.Fpr(t), level.Overlap(t), t))],
                "false positive rate",
                "per-region overlap"
            );
        CheckF1(level, section, prefix);
        CheckHistogram(level, section, prefix);

        void Curve(
            string name,
            bool defined,
            string legend,
            string key,
            Func<(Fraction X, Fraction Y, double Threshold)[]> all,
            string x,
            string y
        )
        {
            if (!defined)
            {
                Assert.DoesNotContain($"drawChart(\"{prefix}{name}\"", section, StringComparison.Ordinal);
                return;
            }
            var (traces, layout) = Chart(section, prefix + name);
            var area = level.Numbers().Single(number => number.Key == key).Value!.Value;
            Assert.Equal($"{legend}, area {PlainText.Rate(area)}", (string)traces[0]!["name"]!);
            Assert.Equal(x, (string)layout["xaxis"]!["title"]!["text"]!);
            Assert.Equal(y, (string)layout["yaxis"]!["title"]!["text"]!);
            Assert.Equal($"{x} %{{x:.4f}}<br>{y} %{{y:.4f}}<br>%{{text}}<extra></extra>", (string)traces[0]!["hovertemplate"]!);
            var points = all();
            var drawn = Points(traces[0]!);
            var texts = traces[0]!["text"]!.AsArray().Select(text => (string)text!).ToList();
            Assert.Equal(drawn.Count, texts.Count);
            foreach (var ((px, py), text) in drawn.Zip(texts))
            {
                // The end point of a curve that is cut off has no threshold of its own; another one is a point of the definition.
                var here = points.Index().Where(point => Near(point.Item.X, px) && Near(point.Item.Y, py)).ToList();
                Assert.True(here.Count > 0 || key == "aupro", $"{name}: ({px}, {py}) is no point of the curve");
                if (here.Count == 0)
                    continue;
                // Just above the next lower score the curve is here as well.
                var said = here.SelectMany(point => points.Skip(point.Index).Take(2))
                    .Select(point => Described(level, point.Threshold))
                    .Distinct()
                    .ToList();
                var last = here.Exists(point => point.Index == points.Length - 1);
                Assert.True(
                    said.Contains(text) || (last && text == Lowest()),
                    $"{name}: '{text}' is said of ({px}, {py}), and it must be {string.Join(" or ", said)}"
                );
            }
            // Whatever the definition has lies on the drawn line,
            // but for what is below the lowest anomalous score, where recall stays 1.
            foreach (
                var point in points.Where(point =>
                    key == "aupro"
                        ? point.X <= Fraction.Exactly(rules.FprLimit)
                        : key != "aupr" || point.Threshold >= rank.Rows.Where(row => row.Label).Min(row => row.Score)
                )
            )
                Assert.True(
                    drawn.Zip(drawn.Skip(1)).Any(edge => On(edge.Item1, edge.Item2, (point.X.Rounded(), point.Y.Rounded()))),
                    $"{name}: the line misses ({point.X}, {point.Y})"
                );
        }
    }

    private string Lowest() => rules.Lower ? "threshold at the highest score" : "threshold at the lowest score";

    private string Described(PlainLevel level, double threshold) =>
        double.IsInfinity(threshold)
            ? (rules.Lower ? "threshold below every score" : "threshold above every score")
            : $"threshold ≈ {PlainText.Score(level.Own(threshold))}";

    /// <summary>How far scores between pixels, which are added in another order here, may lie apart.</summary>
    private double LastBits => rules.ResizeMaps ? 1e-12 : 0;

    private void CheckF1(PlainLevel level, string section, string prefix)
    {
        if (level.Rank.Positives == 0)
        {
            Assert.DoesNotContain($"drawChart(\"{prefix}f1\"", section, StringComparison.Ordinal);
            return;
        }
        var (traces, _) = Chart(section, prefix + "f1");
        var best = level.Rank.F1(level.Adaptive).Rounded();
        // At a score the line goes on to what is above it.
        foreach (var (x, y) in Points(traces[0]!).Where((_, i) => i % 37 == 0))
            Assert.True(
                Near(F1(level.Own(x) - LastBits), y) || Near(F1(Math.BitIncrement(level.Own(x) + LastBits)), y),
                $"F1 at {x} is {F1(level.Own(x)).Rounded()}, and {y} is drawn"
            );
        var (chosen, largest) = Points(traces[1]!).Single();
        Assert.Equal(level.Own(level.Adaptive), chosen, LastBits);
        Assert.Equal(best, largest);
        Assert.Equal(
            $"largest F1 {PlainText.Rate(best)} at threshold {PlainText.Score(level.Own(level.Adaptive))}",
            (string)traces[1]!["name"]!
        );

        Fraction F1(double threshold)
        {
            var c = level.Counts(threshold);
            return new(2 * c[0], 2 * c[0] + c[1] + c[2]);
        }
    }

    private void CheckHistogram(PlainLevel level, string section, string prefix)
    {
        var (traces, layout) = Chart(section, prefix + "scores");
        foreach (var (trace, name, label) in new[] { (traces[0]!, "normal", false), (traces[1]!, "anomalous", true) })
        {
            var own = level.Rank.Rows.Where(row => row.Label == label).Select(row => level.Own(row.Score)).ToList();
            Assert.Equal($"{name} ({own.Count})", (string)trace["name"]!);
            var width = (double)trace["width"]!;
            var total = 0;
            foreach (var ((x, y), text) in Points(trace).Zip(trace["text"]!.AsArray().Select(text => (string)text!)))
            {
                var said = Bar().Match(text);
                Assert.True(
                    said.Success
                        && said.Groups[1].Value == name
                        && int.Parse(said.Groups[3].Value, CultureInfo.InvariantCulture) == own.Count,
                    text
                );
                var count = int.Parse(said.Groups[2].Value, CultureInfo.InvariantCulture);
                total += count;
                Assert.Equal(own.Count == 0 ? 0 : (double)count / own.Count, y);
                var (inside, touched) = (
                    own.Count(score => Math.Abs(score - x) < width / 2 - 1e-9),
                    own.Count(score => Math.Abs(score - x) <= width / 2 + 1e-9)
                );
                Assert.InRange(count, inside, touched);
                Assert.InRange(
                    double.Parse(said.Groups[4].Value, CultureInfo.InvariantCulture),
                    x - width / 2 - 1e-5,
                    x - width / 2 + 1e-5
                );
                Assert.InRange(
                    double.Parse(said.Groups[5].Value, CultureInfo.InvariantCulture),
                    x + width / 2 - 1e-5,
                    x + width / 2 + 1e-5
                );
            }
            Assert.Equal(own.Count, total);
        }
        var mark = layout["shapes"]!.AsArray().Single()!;
        Assert.Equal(level.Own(level.Adaptive), (double)mark["x0"]!, LastBits);
        Assert.Equal($"threshold {PlainText.Score(level.Own(level.Adaptive))}", (string)mark["name"]!);
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
