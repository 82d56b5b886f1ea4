using System.Globalization;
using System.Text.Json.Nodes;
using FunctionalMetrics.Core;
using LanguageExt;
using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>A table of categories as text: for a terminal, and as Markdown, LaTeX (with the package booktabs), CSV and JSON.</summary>
internal static class TableText
{
    private const string Absent = "–";

    /// <summary>How many cells of a row stand before its numbers.</summary>
    private const int CellsBefore = 3;

    /// <summary>How a table is written to a file, as its extension says.</summary>
    public static Fin<Func<CategoryTable, string>> For(string path) =>
        Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".md" => FinSucc<Func<CategoryTable, string>>(Markdown),
            ".tex" => FinSucc<Func<CategoryTable, string>>(Latex),
            ".csv" => FinSucc<Func<CategoryTable, string>>(Csv),
            ".json" => FinSucc<Func<CategoryTable, string>>(table => JsonText.Of(Json(table))),
            var other => Error.New($"'{path}' cannot be written: a table is .md, .tex, .csv or .json, not '{other}'"),
        };

    /// <summary>Prints the table, and below it what must be said of it.</summary>
    public static void Write(CategoryTable table, Streams streams)
    {
        ResultTable.Write(streams, Cells(table));
        foreach (var note in table.Notes)
            streams.Say(note);
    }

    /// <summary>Rows of cells: the heading, a row for each category, and the mean.</summary>
    public static string[][] Cells(CategoryTable table) =>
        [
            [table.Row.One, "images", "anomalous", .. table.Cells.Select(cell => table.Heading(cell.Column, cell.Detector))],
            .. table.Rows.Select(row =>
                (string[])
                    [
                        row.Category,
                        Readable.Count(row.Counts.Rows),
                        Readable.Count(row.Counts.Positives),
                        .. table.Cells.Select(cell =>
                            NumberIntervals.Sure(
                                Text(cell.Column, CategoryTable.Cell(row, cell.Column, cell.Detector)),
                                Optional(table.Intervals).Bind(sure => sure.Of(row.Category, cell.Column.Path))
                            )
                        ),
                    ]
            ),
            [
                "mean",
                "",
                "",
                .. table.Cells.Select(cell =>
                    NumberIntervals.Sure(
                        Text(cell.Column, table.Mean(cell.Column, cell.Detector).Value.Map(FinSucc)),
                        Optional(table.Intervals).Bind(sure => sure.OfMean(cell.Column.Path))
                    )
                ),
            ],
        ];

    private static string Markdown(CategoryTable table) => CellText.Markdown(Cells(table), table.Notes);

    private static string Latex(CategoryTable table)
    {
        var cells = Cells(table);
        var best = Enumerable.Range(0, cells.Length).Select(row => row > 0 ? Best(table, row - 1) : []).ToList();
        return CellText.Latex(
            cells,
            row => row == 1 || row == cells.Length - 1,
            (row, at) => best[row].Contains(at - CellsBefore),
            table.Notes
        );
    }

    /// <summary>Which cells of a row are the best of their number, where detectors stand side by side.</summary>
    private static IReadOnlyList<int> Best(CategoryTable table, int row)
    {
        var all = table.Cells.Select((cell, at) => (cell.Column, At: at, Value: Value(cell.Column, cell.Detector))).ToList();
        return table.Detectors.Length < 2
            ? []
            :
            [
                .. from cell in all
                where cell.Value.IsSome
                from high in cell.Column.HigherIsBetter.ToSeq()
                where !all.Exists(other => other.Column == cell.Column && IsBetter(other.Value, cell.Value, high))
                select cell.At,
            ];

        Option<Interval> Value(CategoryColumn column, int detector) =>
            row < table.Rows.Length
                ? CategoryTable.Cell(table.Rows[row], column, detector).Bind(cell => cell.ToOption())
                : table.Mean(column, detector).Value;

        static bool IsBetter(Option<Interval> one, Option<Interval> other, bool high) =>
            one.Exists(a => other.Exists(b => high ? a.Lower > b.Upper : a.Upper < b.Lower));
    }

    private static string Csv(CategoryTable table)
    {
        using var text = new StringWriter { NewLine = "\n" };
        string[] heading = [table.Row.One, "images", "anomalous", .. table.Cells.Select(cell => Name(table, cell.Column, cell.Detector))];
        Line(heading);
        foreach (var row in table.Rows)
            Line([
                row.Category,
                Plain(row.Counts.Rows),
                Plain(row.Counts.Positives),
                .. table.Cells.Select(cell => Whole(CategoryTable.Cell(row, cell.Column, cell.Detector).Bind(value => value.ToOption()))),
            ]);
        Line(["mean", "", "", .. table.Cells.Select(cell => Whole(table.Mean(cell.Column, cell.Detector).Value))]);
        return text.ToString();

        void Line(string[] cells) => text.WriteLine(string.Join(',', cells.Select(Quoted)));

        static string Quoted(string cell) =>
            cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

        static string Plain(long count) => count.ToString(CultureInfo.InvariantCulture);

        static string Whole(Option<Interval> value) => value.Match(Readable.Exact, () => "");
    }

    private static JsonObject Json(CategoryTable table) =>
        new()
        {
            ["columns"] = new JsonArray([.. table.Columns.Select(column => JsonValue.Create(column.Path))]),
            ["rows"] = new JsonArray([
                .. table.Rows.SelectMany(row =>
                    row.Results.Select((result, detector) => (result, detector))
                        .Where(entry => entry.result is not null)
                        .Select(entry =>
                        {
                            var json = Numbers(table, entry.detector, column => CategoryTable.Cell(row, column, entry.detector));
                            json.Insert(0, table.Row.One, row.Category);
                            json.Insert(1, "images", entry.result!.Counts.Rows);
                            json.Insert(2, "anomalous", entry.result.Counts.Positives);
                            return json;
                        })
                ),
            ]),
            ["mean"] = new JsonArray([.. table.Detectors.Select((_, detector) => Mean(table, detector))]),
            ["notes"] = new JsonArray([.. table.Notes.Select(note => JsonValue.Create(note))]),
        };

    /// <summary>The means of a detector, and over how many categories each is taken.</summary>
    private static JsonObject Mean(CategoryTable table, int detector)
    {
        var json = Numbers(table, detector, column => table.Mean(column, detector).Value.Map(FinSucc));
        json["over"] = new JsonObject(
            table.Columns.Select(column => KeyValuePair.Create(column.Path, (JsonNode?)table.Mean(column, detector).Over))
        );
        return json;
    }

    private static JsonObject Numbers(CategoryTable table, int detector, Func<CategoryColumn, Option<Fin<Interval>>> cell)
    {
        var json = table.Detectors is [""] ? new JsonObject() : new JsonObject { ["detector"] = table.Detectors[detector] };
        var values = new JsonObject();
        foreach (var column in table.Columns)
            cell(column)
                .IfSome(found =>
                {
                    values[column.Path] = found.Match(value => (JsonNode?)JsonText.Of(value), _ => null);
                    values.Because(column.Path, found);
                });
        json["values"] = values;
        return json;
    }

    /// <summary>A column's name for programs.</summary>
    private static string Name(CategoryTable table, CategoryColumn column, int detector) =>
        table.Detectors is [""] ? column.Path : $"{column.Path}:{table.Detectors[detector]}";

    private static string Text(CategoryColumn column, Option<Fin<Interval>> cell) =>
        cell.Bind(value => value.ToOption())
            .Match(
                value =>
                    column.Kind == NumberKind.Rate
                        ? value.Lower.Equals(value.Upper)
                            ? Readable.Rate(value.Lower)
                            : Readable.Rate(value)
                        // A mean of counts need not be whole.
                        : column.Kind == NumberKind.Count && value.Lower.Equals(value.Upper) && double.IsInteger(value.Lower)
                            ? Readable.Count((long)value.Lower)
                            : value.Lower.Equals(value.Upper)
                                ? Readable.Score(value.Lower)
                                : Readable.Score(value),
                () => Absent
            );
}
