using LanguageExt;
using Spectre.Console;

namespace FunctionalMetrics.Cli;

/// <summary>Named numbers in columns.</summary>
internal static class ResultTable
{
    /// <summary>One column for each heading; a number that a column lacks leaves its cell empty. Names need not differ, keys do.</summary>
    public static void Write(Streams streams, Seq<(string Heading, Seq<(string Key, string Name, string Value)> Numbers)> columns) =>
        Write(
            streams,
            [
                ["", .. columns.Select(column => column.Heading)],
                .. Cells(columns.Map(column => column.Numbers)),
            ]
        );

    /// <summary>A row for each number: its name, then a cell for each column, in the order in which each column has them.</summary>
    public static IEnumerable<string[]> Cells(Seq<Seq<(string Key, string Name, string Value)>> columns) =>
        Ordered(columns.Map(column => column.Map(number => (number.Key, number.Name))))
            .Select(row =>
                (string[])
                    [
                        row.Name,
                        .. columns.Select(column => column.Find(number => number.Key == row.Key).Map(number => number.Value).IfNone("")),
                    ]
            );

    /// <summary>The rows of all columns in the order in which each column has them.</summary>
    private static List<(string Key, string Name)> Ordered(Seq<Seq<(string Key, string Name)>> columns)
    {
        var rows = new List<(string Key, string Name)>();
        foreach (var column in columns)
        {
            var next = 0;
            foreach (var number in column)
            {
                var known = rows.FindIndex(row => row.Key == number.Key);
                if (known < 0)
                    rows.Insert(next, number);
                next = (known < 0 ? next : known) + 1;
            }
        }
        return rows;
    }

    /// <summary>Rows of cells, the heading first.</summary>
    public static void Write(Streams streams, string[][] rows)
    {
        rows = [.. rows.Select(row => (string[])[.. row.Select(Printable.Of)])];
        if (streams.OutIsTerminal)
            Draw(streams.Out, rows);
        else
            WriteLines(streams.Out, rows);
    }

    /// <summary>The same for a file or a pipe, which has no width to fit: setting the other one up takes more than a tenth of a second.</summary>
    private static void WriteLines(TextWriter to, string[][] rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        Line("╭─", "─┬─", "─╮", (_, width) => new('─', width));
        Line("│ ", " │ ", " │", (column, width) => Cell(rows[0], column, width));
        Line("├─", "─┼─", "─┤", (_, width) => new('─', width));
        foreach (var row in rows[1..])
            Line("│ ", " │ ", " │", (column, width) => Cell(row, column, width));
        Line("╰─", "─┴─", "─╯", (_, width) => new('─', width));

        string Cell(string[] row, int column, int width) => column == 0 ? row[column].PadRight(width) : row[column].PadLeft(width);

        void Line(string left, string between, string right, Func<int, int, string> cell) =>
            to.WriteLine(left + string.Join(between, widths.Select((width, column) => cell(column, width))) + right);
    }

    /// <summary>On a terminal, as wide as that is.</summary>
    private static void Draw(TextWriter terminal, string[][] rows)
    {
        var table = new Table { Border = TableBorder.Rounded }.AddColumn("");
        foreach (var heading in rows[0][1..])
            table.AddColumn(new TableColumn(Markup.Escape(heading)).RightAligned());
        foreach (var row in rows[1..])
            table.AddRow([.. row.Select(Markup.Escape)]);
        AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(terminal) }).Write(table);
    }
}
