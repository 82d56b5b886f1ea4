using System.Text;

namespace FunctionalMetrics.Cli;

/// <summary>Rows of cells, the heading first, as Markdown and as LaTeX (with the package booktabs), and what must be said of them.</summary>
internal static class CellText
{
    public static string Markdown(string[][] cells, IEnumerable<string> notes)
    {
        var text = new StringBuilder();
        foreach (var (row, index) in cells.Select((row, index) => (row, index)))
        {
            text.Append("| ").AppendJoin(" | ", row.Select(Unmarked)).Append(" |\n");
            if (index == 0)
                text.Append("|---|").Insert(text.Length, "---:|", row.Length - 1).Append('\n');
        }
        return Noted(text, notes, "\n", note => Unmarked(note) + "\n");
    }

    /// <summary>A text that Markdown shows as it is: names of files and detectors are never markup.</summary>
    private static string Unmarked(string text) =>
        string.Concat(
            text.Select(letter =>
                letter switch
                {
                    '<' => "&lt;",
                    '&' => "&amp;",
                    '\\' or '|' or '*' or '`' => $"\\{letter}",
                    _ => letter.ToString(),
                }
            )
        );

    /// <param name="cells">The rows.</param>
    /// <param name="isRuled">Whether a line stands above a row.</param>
    /// <param name="isBold">Whether a cell of a row is set in bold.</param>
    /// <param name="notes">Small print below the table, over its whole width.</param>
    public static string Latex(string[][] cells, Func<int, bool> isRuled, Func<int, int, bool> isBold, IEnumerable<string> notes)
    {
        var text = new StringBuilder();
        text.Append("\\begin{tabular}{l").Append('r', cells[0].Length - 1).Append("}\n\\toprule\n");
        foreach (var (row, index) in cells.Select((row, index) => (row, index)))
        {
            if (isRuled(index))
                text.Append("\\midrule\n");
            text.AppendJoin(" & ", row.Select((cell, at) => isBold(index, at) ? $"\\textbf{{{Escaped(cell)}}}" : Escaped(cell)))
                .Append(" \\\\\n");
        }
        text.Append("\\bottomrule\n");
        Noted(
            text,
            notes,
            "",
            note => $"\\multicolumn{{{cells[0].Length}}}{{@{{}}p{{\\linewidth}}@{{}}}}{{\\footnotesize {Escaped(note)}}} \\\\\n"
        );
        return text.Append("\\end{tabular}\n").ToString();
    }

    private static string Noted(StringBuilder text, IEnumerable<string> notes, string between, Func<string, string> note)
    {
        foreach (var (line, index) in notes.Select((line, index) => (line, index)))
            text.Append(index == 0 ? between : "").Append(note(line));
        return text.ToString();
    }

    private static string Escaped(string text) =>
        string.Concat(
            text.Select(letter =>
                letter switch
                {
                    '&' or '%' or '$' or '#' or '_' or '{' or '}' => $"\\{letter}",
                    '\\' => "\\textbackslash{}",
                    '~' => "\\textasciitilde{}",
                    '^' => "\\textasciicircum{}",
                    _ => letter.ToString(),
                }
            )
        );
}
