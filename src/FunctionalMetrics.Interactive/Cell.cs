using System.Globalization;
using System.Net;

namespace FunctionalMetrics.Interactive;

/// <summary>A cell of a table: what is read at a glance, and all of it for who points at it, copies it or sees text alone.</summary>
internal sealed record Cell(string Short, string Full)
{
    /// <summary>The cell in HTML, over several columns where it is a sentence.</summary>
    public string Html(int columns = 1) =>
        $"<td{(columns > 1 ? $" colspan=\"{columns}\"" : "")}{(Short == Full ? "" : $" title=\"{WebUtility.HtmlEncode(Full)}\"")}>{WebUtility.HtmlEncode(Short)}</td>";

    public static Cell Of(string text) => new(text, text);

    /// <summary>A number in six digits; one below 1 never looks like a perfect 1.</summary>
    public static Cell Of(double value) =>
        new(value < 1 && Readable.Score(value) == "1" ? "> 0.999999" : Readable.Score(value), Readable.Exact(value));

    public static Cell Of(long value) => Of(value.ToString(CultureInfo.InvariantCulture));
}
