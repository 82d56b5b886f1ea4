using FunctionalMetrics.Core;
using static System.FormattableString;

namespace FunctionalMetrics.Cli;

/// <summary>Kinds of anomaly as one page: the table of AU-sPRO with the mean, and the curves of the images of each kind over each other.</summary>
internal static class DefectReport
{
    /// <summary>The limit that the first line speaks of, which is that of MVTec LOCO's own table.</summary>
    private const string Led = "0.05";

    /// <param name="found">The numbers of each kind.</param>
    /// <param name="table">Their table.</param>
    /// <param name="choices">How the tool was called.</param>
    /// <param name="name">What the data are called.</param>
    public static string Html(DefectResult found, CategoryTable table, ResultChoices choices, string name)
    {
        var cells = TableText.Cells(table);
        return new ComparisonPage(
            choices.Title ?? $"{choices.Detector ?? "Anomaly detection"} on {name}",
            $"{found.Kinds.Length} {(found.Kinds.Length == 1 ? "kind" : "kinds")} of anomaly, {Readable.Count(found.Kinds.Sum(kind => kind.Anomalous))} anomalous images with {Readable.Count(found.Kinds.Sum(kind => kind.Defects))} defects",
            Lead(found),
            [
                new("By kind of anomaly")
                {
                    About = "Each kind is judged with all good images; the mean is that of the kinds, each of the same weight.",
                    Tables = [new("By kind of anomaly", cells[0], cells[1..])],
                },
                new("Image level") { Curves = [.. found.Kinds.Select(kind => new ComparedCurves(kind.Kind, kind.Scores))] },
            ]
        )
        {
            Summary =
            [
                .. choices.Detector is { } detector ? [("Detector", detector)] : ((string, string)[])[],
                .. found.Kinds.Select(kind => (kind.Kind, Told(kind))),
            ],
            Notes =
            [
                .. table.Notes,
                .. found.Notes.Notes.Select(note => note.Text),
                "AU-sPRO is the area below the saturated overlap of each defect over the false positive rate up to a limit, divided by that limit: a defect counts as found in full once so many of its pixels are found as its type says.",
            ],
            Details = [.. choices.Run.Details],
        }.Html;
    }

    private static string Lead(DefectResult found)
    {
        var place = $"au_spro.{Led}";
        var values = (
            from kind in found.Kinds
            from value in DefectResult.Value(kind, place).ToSeq()
            orderby value
            select (kind.Kind, Text: Readable.Rate(value))
        ).ToList();
        return found
            .Mean(place)
            .Value.Match(
                mean =>
                    values.Count == 1
                        ? $"AU-sPRO up to FPR {Led} is {Readable.Rate(mean)} ({values[0].Kind})."
                        : Invariant(
                            $"Mean AU-sPRO up to FPR {Led} is {Readable.Rate(mean)} over {values.Count} kinds; lowest of {values[0].Kind} ({values[0].Text}), highest of {values[^1].Kind} ({values[^1].Text})."
                        ),
                _ => $"AU-sPRO up to FPR {Led} is undefined."
            );
    }

    private static string Told(KindNumbers kind) =>
        Invariant(
            $"{Readable.Count(kind.Anomalous)} anomalous images of {Readable.Count(kind.Images)}, {Readable.Count(kind.Defects)} defects; image AUROC "
        )
        + kind.Auroc.Match(Readable.Rate, why => "undefined: " + why.Message)
        + ".";
}
