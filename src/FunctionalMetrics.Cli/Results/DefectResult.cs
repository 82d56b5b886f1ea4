using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using FunctionalMetrics.Core;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>What was seen of the images of a kind: their pixels, and their scores.</summary>
internal sealed record KindState(SaturatedRegionState Pixels, ImmutableList<double> Scores)
{
    public static KindState Empty { get; } = new(SaturatedRegionState.Empty, []);

    public KindState Add(DefectBatch batch) => new(SaturatedRegionState.State.Update(Pixels, batch), Scores.AddRange(batch.ImageScores));
}

/// <summary>The numbers of a kind of anomaly, judged with all good images.</summary>
/// <param name="Kind">Its folder.</param>
/// <param name="Images">How many images there are, the good ones included.</param>
/// <param name="Anomalous">How many of them have defects.</param>
/// <param name="Defects">How many defects those have.</param>
/// <param name="Scores">The scores of the images.</param>
/// <param name="Auroc">AUROC of the images.</param>
/// <param name="AuSpro">AU-sPRO at each of the limits.</param>
internal sealed record KindNumbers(
    string Kind,
    long Images,
    long Anomalous,
    long Defects,
    RankState Scores,
    Fin<double> Auroc,
    ImmutableArray<Fin<double>> AuSpro
)
{
    public static KindNumbers Of(string kind, KindState good, KindState anomalous)
    {
        var pixels = SaturatedRegionState.Merge(good.Pixels, anomalous.Pixels);
        var images = ScoreBatch
            .Create([.. good.Scores, .. anomalous.Scores], [.. good.Scores.Select(_ => false), .. anomalous.Scores.Select(_ => true)])
            .Match(RankState.Of, _ => RankState.Empty);
        return new(
            kind,
            images.Rows,
            images.Positives,
            pixels.Defects,
            images,
            Core.Auroc.Metric.Compute(images).Map(roc => roc.Area),
            [.. DefectResult.Limits.Select(limit => Core.AuSpro.UpTo(limit).Compute(pixels).Map(curve => curve.Area))]
        );
    }

    public JsonObject ToJson()
    {
        var spro = new JsonObject();
        foreach (var (name, value) in DefectResult.Names.Zip(AuSpro))
            spro.With(name, value);
        return new()
        {
            ["image"] = new JsonObject { ["rows"] = Images, ["positives"] = Anomalous }.With("auroc", Auroc),
            ["defects"] = Defects,
            ["au_spro"] = spro,
        };
    }
}

/// <summary>AU-sPRO of each kind of anomaly, and the unweighted means over the kinds.</summary>
/// <param name="Kinds">The kinds.</param>
/// <param name="Notes">What was decided while the data were read.</param>
internal sealed record DefectResult(ImmutableArray<KindNumbers> Kinds, NoteCounts Notes)
{
    /// <summary>The false positive rates up to which the field reports it.</summary>
    public static readonly double[] Limits = [0.01, 0.05, 0.1, 0.3, 1];

    /// <summary>The limits as they stand in the JSON.</summary>
    public static readonly string[] Names = [.. Limits.Select(limit => limit.ToString(CultureInfo.InvariantCulture))];

    public static DefectResult Empty { get; } = new([], NoteCounts.Empty);

    private static IEnumerable<(string Path, string Title)> Rates =>
        Names.Select(name => ($"au_spro.{name}", $"AU-sPRO, FPR up to {name}")).Prepend(("image.auroc", "image AUROC"));

    /// <summary>A row for each kind and their mean.</summary>
    /// <param name="detector">The detector's name; empty without one.</param>
    /// <param name="columns">The numbers by their paths in the JSON of a kind; all where none are named.</param>
    public Fin<CategoryTable> Table(string detector, ImmutableArray<string> columns) =>
        CategoryTable
            .Of(
                [.. Kinds.Select(kind => new CategoryResult(kind.Kind, detector, kind.Kind, kind.ToJson()))],
                columns.IsEmpty ? [.. Rates.Select(rate => rate.Path)] : columns
            )
            .Map(table =>
                table with
                {
                    Row = ("kind", "kinds"),
                    Columns = [.. table.Columns.Select(column => column with { Title = Title(column), HigherIsBetter = true })],
                }
            );

    /// <summary>The numbers of the kinds, their means, the notes, and how the tool was called.</summary>
    public JsonObject ToJson(ToolRun run)
    {
        var mean = new JsonObject { ["kinds"] = Kinds.Length };
        foreach (var place in Rates.Select(rate => (Path: rate.Path, Parts: rate.Path.Split('.', 2))).GroupBy(rate => rate.Parts[0]))
        {
            var (means, counts) = (new JsonObject(), new JsonObject());
            foreach (var (path, parts) in place)
            {
                var (value, over) = Mean(path);
                means.With(parts[1], value);
                counts[parts[1]] = over;
            }
            means["over"] = counts;
            mean[place.Key] = means;
        }
        return new()
        {
            ["defects"] = new JsonObject
            {
                ["kinds"] = new JsonObject(Kinds.Select(kind => KeyValuePair.Create(kind.Kind, (JsonNode?)kind.ToJson()))),
                ["mean"] = mean,
            },
            ["notes"] = JsonText.Of(Notes.Notes),
            ["tool"] = run.ToJson(),
        };
    }

    /// <summary>Prints a column for each kind and one for their mean, and below it what must be said of it.</summary>
    public void WriteTable(Streams to)
    {
        string[][] rows =
        [
            ["", .. Kinds.Select(kind => kind.Kind), "mean"],
            ["images", .. Kinds.Select(kind => Readable.Count(kind.Images)), ""],
            ["anomalous", .. Kinds.Select(kind => Readable.Count(kind.Anomalous)), ""],
            ["defects", .. Kinds.Select(kind => Readable.Count(kind.Defects)), ""],
            .. Rates.Select(rate =>
                (string[])[rate.Title, .. Kinds.Select(kind => Text(Value(kind, rate.Path))), Text(Mean(rate.Path).Value)]
            ),
        ];
        ResultTable.Write(to, rows);
        foreach (var kind in Kinds)
        foreach (
            var reason in kind
                .AuSpro.Prepend(kind.Auroc)
                .SelectMany(value => value.Match(_ => [], error => new[] { error.Message }))
                .Distinct()
        )
            to.Say($"{kind.Kind}: {reason}");
        foreach (var note in Notes.Notes)
            to.Say(note.Text);
    }

    private static string Title(CategoryColumn column) =>
        Rates.Where(rate => rate.Path == column.Path).Select(rate => rate.Title).FirstOrDefault(column.Title);

    private static string Text(Fin<double> value) =>
        value.Match(number => number.ToString("F6", CultureInfo.InvariantCulture), _ => Evaluation.Undefined);

    /// <summary>A number of a kind by its path in the JSON.</summary>
    public static Fin<double> Value(KindNumbers kind, string path) =>
        path == "image.auroc" ? kind.Auroc : kind.AuSpro[System.Array.IndexOf(Names, path[(path.IndexOf('.') + 1)..])];

    /// <summary>The mean over the kinds that have the number, and how many do.</summary>
    public (Fin<double> Value, int Over) Mean(string path)
    {
        var all = Kinds.SelectMany(kind => Value(kind, path).ToSeq()).ToList();
        return all.Count == 0
            ? (LanguageExt.Common.Error.New("no kind has a value"), 0)
            : (Interval.Mean([.. all.Select(Interval.Known)]).Lower, all.Count);
    }
}
