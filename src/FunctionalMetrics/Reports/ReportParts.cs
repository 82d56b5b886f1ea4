using System.Net;
using LanguageExt.Common;

namespace FunctionalMetrics;

/// <summary>What pages of reports are made of, whatever they report. Texts may hold anything; they never become markup.</summary>
internal static class ReportParts
{
    /// <summary>Two rates with signs and what stands between them are no longer.</summary>
    private const int Long = 18;

    /// <summary>What a page begins with: title, one line on the data, and what does not work without JavaScript.</summary>
    public static string Head(string title, string subtitle, string withoutScript) =>
        $"""
            {Assets.Head(title)}
            <body>
            <main>
            <header>
            <h1>{Text(title)}</h1>
            <p class="subtitle">{Text(subtitle)}</p>
            </header>
            <noscript><p class="reason">{Text(withoutScript)}</p></noscript>

            """;

    /// <summary>One line for those who read no more, and the same with its numbers.</summary>
    public static string Summary(string lead, IEnumerable<(string Name, string Text)> parts) =>
        $"""
            <section class="summary">
            <h2>In short</h2>
            <p class="lead">{Text(lead)}</p>
            <dl>
            {string.Join('\n', parts.Select(part => $"<dt>{Text(part.Name)}</dt><dd>{Text(part.Text)}</dd>"))}
            </dl>
            </section>

            """;

    /// <summary>A table that is scrolled where it is wider than its card.</summary>
    public static string Grid(ReportGrid grid) =>
        $"""
            {(grid.About.Length > 0 ? $"<p class=\"about\">{Text(grid.About)}</p>" : "")}
            <div class="card wide" tabindex="0" role="region" aria-label="{Text(grid.Title)}">
            <table>
            <thead><tr>{string.Concat(grid.Heading.Select(cell => $"<th scope=\"col\">{Text(cell)}</th>"))}</tr></thead>
            <tbody>
            {string.Join(
                '\n',
                grid.Rows.Select(row =>
                    $"<tr><th scope=\"row\">{Text(row[0])}</th>{string.Concat(row.Skip(1).Select(Cell))}</tr>"
                )
            )}
            </tbody>
            </table>
            </div>

            """;

    /// <summary>A cell of a table, which is broken into lines where it holds words and not a number.</summary>
    private static string Cell(string text) => $"<td{(text.Length > Long ? " class=\"words\"" : "")}>{Text(text)}</td>";

    /// <summary>A chart in its frame, or why there is none.</summary>
    public static string Figure(ReportChart chart, string id) =>
        $"""
            <figure>
            <figcaption>{Text(chart.Title)}</figcaption>
            {chart.Chart.Match(drawn => Report.Drawing(drawn, chart.Title, id), Reason)}
            </figure>

            """;

    public static string Notes(IEnumerable<string> notes) =>
        $"""
            <section class="notes">
            <h2>Notes</h2>
            <ul>
            {string.Join('\n', notes.Select(note => $"<li>{Text(note)}</li>"))}
            </ul>
            </section>

            """;

    /// <summary>How the page was made; nothing where that is not told.</summary>
    public static string Details(IReadOnlyList<(string Name, string Value)> details) =>
        details is []
            ? ""
            : $"""
                <section class="details">
                <h2>How this was made</h2>
                <div class="card">
                <table>
                <tbody>
                {string.Join(
                    '\n',
                    details.Select(detail => $"<tr><th scope=\"row\">{Text(detail.Name)}</th><td>{Text(detail.Value)}</td></tr>")
                )}
                </tbody>
                </table>
                </div>
                </section>

                """;

    /// <summary>A picture in its JPEG bytes.</summary>
    public static string Picture(string description, ReadOnlyMemory<byte> jpeg) =>
        $"<img alt=\"{Text(description)}\" src=\"data:image/jpeg;base64,{Convert.ToBase64String(jpeg.Span)}\">";

    public static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Reason(Error error) => $"""<p class="reason">{Text(error.Message)}</p>""";
}
