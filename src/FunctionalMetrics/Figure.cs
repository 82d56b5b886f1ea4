using System.Net;
using Plotly.NET;

namespace FunctionalMetrics;

/// <summary>
/// A chart with its title. The page made of it holds all it needs, plotly.js included, and loads nothing, so it can be mailed and opened
/// anywhere. Immutable, as long as the chart is left alone.
/// </summary>
/// <param name="Title">What the chart shows, in a few words.</param>
/// <param name="Chart">The chart, to be changed with Plotly.NET or combined with others.</param>
public sealed record Figure(string Title, GenericChart Chart)
{
    /// <summary>The figure as a page of its own, about 4 MB.</summary>
    public string Html =>
        $"""
            {Assets.Head(Title)}
            <body>
            <main>
            <h1>{WebUtility.HtmlEncode(Title)}</h1>
            <figure>
            {Report.Drawing(Chart, Title, "figure")}
            </figure>
            </main>
            </body>
            </html>

            """;

    /// <summary>Writes the page.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    public void SaveHtml(string path) => File.WriteAllText(path, Html);
}
