using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using FunctionalMetrics.Core;
using LanguageExt;
using LanguageExt.Common;
using Parquet;
using Parquet.Schema;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>A column of a table: all of its values are texts, whole numbers, numbers, or yes and no; null where there is none.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">A value for each row.</param>
internal sealed record Column(string Name, ImmutableArray<object?> Values)
{
    public static Column Of<T>(string name, IEnumerable<T> values) => new(name, [.. values.Select(value => (object?)value)]);

    /// <summary>The type of the values; that of numbers where there is none.</summary>
    public Type Kind => Values.FirstOrDefault(value => value is not null)?.GetType() ?? typeof(double);
}

/// <summary>Tables of columns as files: .csv, .json (an object for each row) and .parquet.</summary>
internal static class ColumnFile
{
    /// <summary>How a table is written to a file, as its extension says.</summary>
    /// <param name="option">The option that names the file.</param>
    /// <param name="path">The file.</param>
    public static Fin<Action<Stream, ImmutableArray<Column>>> For(string option, string path) =>
        Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".csv" => FinSucc<Action<Stream, ImmutableArray<Column>>>((to, columns) => Output.Content(Csv(columns))(to)),
            ".json" => FinSucc<Action<Stream, ImmutableArray<Column>>>((to, columns) => Output.Content(JsonText.Of(Json(columns)))(to)),
            ".parquet" => FinSucc<Action<Stream, ImmutableArray<Column>>>(
                (to, columns) => WriteParquet(to, columns).GetAwaiter().GetResult()
            ),
            var other => Error.New($"{option} '{path}' cannot be written: it is .csv, .json or .parquet, not '{other}'"),
        };

    private static int Rows(ImmutableArray<Column> columns) => columns[0].Values.Length;

    private static string Csv(ImmutableArray<Column> columns)
    {
        using var text = new StringWriter { NewLine = "\n" };
        Line(columns.Select(column => column.Name));
        for (var row = 0; row < Rows(columns); row++)
            Line(columns.Select(column => Cell(column.Values[row])));
        return text.ToString();

        void Line(IEnumerable<string> cells) => text.WriteLine(string.Join(',', cells.Select(Quoted)));

        static string Quoted(string cell) =>
            cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

        static string Cell(object? value) =>
            value switch
            {
                null => "",
                bool yes => yes ? "true" : "false",
                double number => Readable.Exact(number),
                IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
                _ => (string)value,
            };
    }

    private static JsonArray Json(ImmutableArray<Column> columns) =>
        new([
            .. Enumerable
                .Range(0, Rows(columns))
                .Select(row =>
                    (JsonNode)new JsonObject(columns.Select(column => KeyValuePair.Create(column.Name, Node(column.Values[row]))))
                ),
        ]);

    private static JsonNode? Node(object? value) =>
        value switch
        {
            null => null,
            bool yes => yes,
            long count => count,
            double number => number,
            _ => (string)value,
        };

    private static async Task WriteParquet(Stream to, ImmutableArray<Column> columns)
    {
        // The writer seeks.
        using var whole = new MemoryStream();
        DataField[] fields = [.. columns.Select(Field)];
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), whole).ConfigureAwait(false))
        {
            using var group = writer.CreateRowGroup();
            foreach (var (column, field) in columns.Zip(fields, (column, field) => (column, field)))
                await Write(group, field, column).ConfigureAwait(false);
        }
        whole.WriteTo(to);
    }

    private static DataField Field(Column column) =>
        column.Kind == typeof(string) ? new DataField<string>(column.Name)
        : column.Kind == typeof(bool) ? new DataField<bool?>(column.Name)
        : column.Kind == typeof(long) ? new DataField<long?>(column.Name)
        : new DataField<double?>(column.Name);

    private static Task Write(ParquetRowGroupWriter group, DataField field, Column column)
    {
        return column.Kind == typeof(string) ? group.WriteAsync(field, [.. column.Values.Select(value => (string)value!)])
            : column.Kind == typeof(bool) ? Values<bool>()
            : column.Kind == typeof(long) ? Values<long>()
            : Values<double>();

        Task Values<T>()
            where T : struct => group.WriteAsync<T>(field, column.Values.Select(value => (T?)value).ToArray().AsMemory());
    }
}
