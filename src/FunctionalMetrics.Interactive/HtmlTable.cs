using System.Net;

namespace FunctionalMetrics.Interactive;

/// <summary>Tables of named rows, as pieces of HTML.</summary>
internal static class HtmlTable
{
    /// <summary>A table without a head: names and numbers.</summary>
    public static string Of(IEnumerable<(string Name, Cell Value)> rows) => Made("", rows.Select(row => (row.Name, row.Value.Html())));

    /// <summary>A table whose columns have names; the cells of a row are HTML.</summary>
    public static string Of(IEnumerable<string> columns, IEnumerable<(string Name, string Cells)> rows) =>
        Made(
            $"<thead><tr><td></td>{string.Concat(columns.Select(column => $"<th scope=\"col\">{WebUtility.HtmlEncode(column)}</th>"))}</tr></thead>\n",
            rows
        );

    private static string Made(string head, IEnumerable<(string Name, string Cells)> rows) =>
        $"""
            <table>
            {head}<tbody>
            {string.Join('\n', rows.Select(row => $"<tr><th scope=\"row\">{WebUtility.HtmlEncode(row.Name)}</th>{row.Cells}</tr>"))}
            </tbody>
            </table>

            """;
}
