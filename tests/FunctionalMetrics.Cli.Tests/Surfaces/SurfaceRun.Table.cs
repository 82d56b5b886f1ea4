using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FunctionalMetrics.Core.Tests;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>The tables of an evaluation: on the screen, as Markdown, of kinds of defect and of images.</summary>
internal sealed partial class SurfaceRun
{
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
}
