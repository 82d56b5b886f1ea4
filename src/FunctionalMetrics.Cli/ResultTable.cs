using LanguageExt;
using Spectre.Console;

namespace FunctionalMetrics.Cli;

/// <summary>Named numbers in columns, on standard output.</summary>
internal static class ResultTable
{
    /// <summary>One column for each heading; a name that a column lacks leaves its cell empty.</summary>
    public static void Write(Seq<(string Heading, Seq<(string Name, string Value)> Numbers)> columns)
    {
        var table = new Table { Border = TableBorder.Rounded }.AddColumn("");
        columns.Iter(column => table.AddColumn(new TableColumn(Markup.Escape(column.Heading)).RightAligned()));
        // The fullest column knows the order of all names.
        foreach (
            var name in columns
                .OrderByDescending(column => column.Numbers.Count)
                .SelectMany(column => column.Numbers.Select(number => number.Name))
                .Distinct()
        )
        {
            var cells = columns.Map(column => column.Numbers.Find(number => number.Name == name).Map(number => number.Value).IfNone(""));
            table.AddRow([Markup.Escape(name), .. cells.Select(Markup.Escape)]);
        }
        AnsiConsole.Write(table);
    }
}
