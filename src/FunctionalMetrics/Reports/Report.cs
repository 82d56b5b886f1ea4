using FunctionalMetrics.Core;
using Plotly.NET;

namespace FunctionalMetrics;

/// <summary>
/// An evaluation as one HTML page for people: numbers, charts and notes. The page holds all it needs, plotly.js included, and forbids
/// itself the network, so it can be mailed, archived and opened anywhere.
/// <code>
/// var page = new ReportPage("brick", "32 images", [ReportLevel.OfImages(images), ReportLevel.OfPixels(pixels)]);
/// File.WriteAllText("report.html", Report.Html(page));
/// </code>
/// The same page gives the same bytes.
/// </summary>
public static class Report
{
    private const string JavaScript = "The charts and the thresholds to be moved need JavaScript; the numbers do not.";

    /// <summary>The page as text, about 4 MB.</summary>
    public static string Html(ReportPage page)
    {
        using var text = new StringWriter();
        Write(page, text);
        return text.ToString();
    }

    /// <summary>Writes the page, to be read as UTF-8.</summary>
    public static void Write(ReportPage page, TextWriter to)
    {
        var stops = ReportStops.Of(page);
        to.Write(ReportParts.Head(page.Title, page.Subtitle, JavaScript));
        to.Write(ReportParts.Summary(ReportSummary.Lead(page), ReportSummary.Of(page)));
        foreach (var level in stops.Levels)
            WriteLevel(level, to);
        ReportDefects.Write(page, stops, to);
        to.Write(ReportParts.Notes(page.Notes.Concat(ReportNotes.Of(page))));
        to.Write(ReportParts.Details(page.Details));
        to.Write($"</main>\n<script type=\"application/json\" id=\"stops\">{Assets.InScript(stops.Json)}</script>\n</body>\n</html>\n");
    }

    private static void WriteLevel(LevelStops stops, TextWriter to)
    {
        var (level, index) = (stops.Level, stops.Index);
        to.Write($"<section>\n<h2>{ReportParts.Text(level.Title)}</h2>\n<div class=\"tables\">\n");
        foreach (var table in LevelTables.Of(level.Numbers))
            to.Write(Table(table, level.Intervals));
        to.Write($"</div>\n{ReportSlider.Html(stops)}<div class=\"charts\">\n");
        foreach (var chart in LevelCharts.Of(level))
            to.Write(ReportParts.Figure(chart, FormattableString.Invariant($"level-{index + 1}-{chart.Name}")));
        to.Write("</div>\n</section>\n");
    }

    private static string Table(ReportTable table, IReadOnlyDictionary<string, Interval> intervals) =>
        $"""
            <div class="card">
            <table>
            <caption>{ReportParts.Text(table.Title)}</caption>
            <tbody>
            {string.Join('\n', table.Rows.Select(row => Row(row, intervals)))}
            </tbody>
            </table>
            </div>

            """;

    private static string Row(LevelNumber number, IReadOnlyDictionary<string, Interval> intervals) =>
        $"""<tr><th scope="row">{ReportParts.Text(ReportTable.Name(number))}</th>"""
        + number.Value.Match(
            value =>
                $"""<td{(number.Remark.Length > 0 || number.Kind == NumberKind.Threshold ? " class=\"long\"" : "")} title="{ReportParts.Text(Readable.Exact(value))}">{ReportParts.Text(Copyable(number, value))}{Sure(number, intervals)}</td></tr>""",
            error => $"""<td class="undefined">undefined<small>{ReportParts.Text(error.Message)}</small></td></tr>"""
        );

    private static string Sure(LevelNumber number, IReadOnlyDictionary<string, Interval> intervals) =>
        intervals.TryGetValue(number.Key, out var sure)
            ? $"<small class=\"sure\">{Readable.Rate(sure.Lower)} to {Readable.Rate(sure.Upper)}</small>"
            : "";

    // a threshold in six digits can lie above the score that it is, and count one image less when it is given again
    private static string Copyable(LevelNumber number, Interval value) =>
        Readable.Number(
            number,
            value,
            full: number.Kind is NumberKind.Threshold or NumberKind.Parameter && value.Lower.Equals(value.Upper)
        );

    internal static string Drawing(GenericChart chart, string title, string id) =>
        $"""
            <div class="chart" id="{id}" role="img" aria-label="{ReportParts.Text(title)}"></div>
            <script>drawChart("{id}", {Assets.InScript(GenericChart.toFigureJson(chart))});</script>
            """;
}
