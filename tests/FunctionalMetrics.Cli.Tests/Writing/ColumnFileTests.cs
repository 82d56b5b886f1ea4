using System.Collections.Immutable;
using System.Text;
using Parquet;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>Tables of columns as files: what a name may hold, every digit, and what is absent.</summary>
public class ColumnFileTests
{
    private static readonly ImmutableArray<Column> Columns =
    [
        Column.Of("name", (string?[])["a, b", "say \"no\"", "two\rlines", "two\nlines", null, "é"]),
        Column.Of("count", (long[])[0, 1, -1, long.MaxValue, 4, 5]),
        Column.Of("score", (double?[])[0.1, 1.0 / 3, null, 1e300, 0.30000001192092896, -0.5]),
        Column.Of("found", (bool[])[true, false, true, false, true, false]),
        Column.Of("nothing", new double?[6]),
    ];

    [Fact]
    public void Csv_quotes_what_would_end_a_cell_or_a_row() =>
        Assert.Equal(
            "name,count,score,found,nothing\n"
                + "\"a, b\",0,0.1,true,\n"
                + "\"say \"\"no\"\"\",1,0.3333333333333333,false,\n"
                + "\"two\rlines\",-1,,true,\n"
                + "\"two\nlines\",9223372036854775807,1E+300,false,\n"
                + ",4,0.30000001192092896,true,\n"
                + "é,5,-0.5,false,\n",
            Encoding.UTF8.GetString(Written(".csv"))
        );

    [Fact]
    public void Json_has_an_object_for_each_row_with_null_for_what_is_absent()
    {
        var rows = System.Text.Json.Nodes.JsonNode.Parse(Written(".json"))!.AsArray();
        Assert.Equal(6, rows.Count);
        for (var row = 0; row < rows.Count; row++)
        {
            Assert.Equal(Columns.Select(column => column.Name), rows[row]!.AsObject().Select(cell => cell.Key));
            foreach (var column in Columns)
                Assert.Equal(
                    column.Values[row],
                    rows[row]![column.Name] is not { } cell ? null
                        : column.Kind == typeof(string) ? (string?)cell
                        : column.Kind == typeof(long) ? (long)cell
                        : column.Kind == typeof(bool) ? (bool)cell
                        : (object)(double)cell
                );
        }
    }

    [Fact]
    public async Task Parquet_holds_the_types_and_what_is_absent()
    {
        using var file = new MemoryStream(Written(".parquet"));
        await using var reader = await ParquetReader.CreateAsync(file);
        var fields = reader.Schema.GetDataFields();
        Assert.Equal(Columns.Select(column => column.Name), fields.Select(field => field.Name));
        Assert.Equal([typeof(long), typeof(double), typeof(bool), typeof(double)], fields.Skip(1).Select(field => field.ClrType));
        using var group = reader.OpenRowGroupReader(0);
        Assert.Equal(6, group.RowCount);
        Assert.Equal(Columns[0].Values, await Texts(group, fields[0]));
        Assert.Equal(Columns[1].Values, await Values<long>(group, fields[1]));
        Assert.Equal(Columns[2].Values, await Values<double>(group, fields[2]));
        Assert.Equal(Columns[3].Values, await Values<bool>(group, fields[3]));
        Assert.Equal(Columns[4].Values, await Values<double>(group, fields[4]));

        static async Task<object?[]> Values<T>(ParquetRowGroupReader group, Parquet.Schema.DataField field)
            where T : struct
        {
            var values = new T?[group.RowCount];
            await group.ReadAsync<T>(field, values.AsMemory());
            return [.. values.Select(value => (object?)value)];
        }

        static async Task<object?[]> Texts(ParquetRowGroupReader group, Parquet.Schema.DataField field)
        {
            var values = new string?[group.RowCount];
            await group.ReadAsync(field, values.AsMemory()!);
            return [.. values];
        }
    }

    [Theory, InlineData(".CSV"), InlineData(".Json"), InlineData(".PARQUET")]
    public void An_extension_may_be_in_capitals(string extension) =>
        Assert.Equal(Written(extension.ToLowerInvariant()), Written(extension));

    private static byte[] Written(string extension)
    {
        using var file = new MemoryStream();
        ColumnFile.For("--images", "images" + extension).ThrowIfFail()(file, Columns);
        return file.ToArray();
    }
}
