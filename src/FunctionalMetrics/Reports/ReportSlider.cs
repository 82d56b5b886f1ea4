using FunctionalMetrics.Core;

namespace FunctionalMetrics;

/// <summary>The threshold of a level that the reader moves, with what it finds: the page shows the first stop itself, report.js the others.</summary>
internal static class ReportSlider
{
    public static string Html(LevelStops stops)
    {
        if (!stops.AreThere)
            return "";
        var (level, row, first) = (stops.Index, stops.Level.Row.Many, stops.Stops[stops.Start]);
        var (counts, shown) = (first.Counts, ReportParts.Text(stops.Threshold(first)));
        return $"""
            <div class="card slider">
            <p class="stop"><label for="stop-{level}">Move the threshold of {row}</label> <output for="stop-{level}" data-live="{level}.threshold">{shown}</output></p>
            <input type="range" id="stop-{level}" min="0" max="{stops.Stops.Length
                - 1}" value="{stops.Start}" autocomplete="off" aria-valuetext="{shown}">
            <p class="ends"><span>more called anomalous</span> <span>fewer</span></p>
            <div class="tables">
            <table class="confusion">
            <caption>{Capital(row)} by class and call</caption>
            <thead><tr><td></td><th scope="col">called anomalous</th><th scope="col">called normal</th></tr></thead>
            <tbody>
            <tr><th scope="row">anomalous</th>{Count("tp", counts.TruePositives)}{Count("fn", counts.FalseNegatives)}</tr>
            <tr><th scope="row">normal</th>{Count("fp", counts.FalsePositives)}{Count("tn", counts.TrueNegatives)}</tr>
            </tbody>
            </table>
            <table>
            <caption>Rates there</caption>
            <tbody>
            {string.Join('\n', LevelStops.Rates(stops.Level).Select(rate => $"""<tr><th scope="row">{rate.Name}</th><td data-live="{level}.{rate.Key}">{LevelStops.Shown(rate.Value(first))}</td></tr>"""))}
            </tbody>
            </table>
            </div>
            {(stops.Level.Images is null ? "" : Lists(stops))}
            </div>

            """;

        string Count(string key, long count) => $"""<td data-live="{level}.{key}">{Readable.Count(count)}</td>""";
    }

    private static string Lists(LevelStops stops)
    {
        var (passed, called) =
            stops.Level.Numbers.Level == LevelNumbers.Pixel
                ? ("Anomalous images without a pixel called anomalous", "Normal images with a pixel called anomalous")
                : ("Anomalous images let pass", "Normal images called anomalous");
        return $"""
            <p class="marked">{passed}: <span data-list="{stops.Index}.passed"></span></p>
            <p class="marked">{called}: <span data-list="{stops.Index}.called"></span></p>
            """;
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
