using Parquet;
using Parquet.Schema;

namespace FunctionalMetrics.IO;

/// <summary>A Parquet file, read column by column, one row group at a time.</summary>
internal sealed class ParquetTable : IDisposable
{
    // run-length coding lets few bytes hold many equal rows, but a group of more than this is not written by anything at hand
    private const long PlainGroupRows = 1 << 24;
    private const long RowsPerByte = 64;

    private readonly string path;
    private readonly FileStream file;
    private readonly ColumnStream column;
    private readonly ParquetReader reader;

    private ParquetTable(string path, FileStream file, ColumnStream column, ParquetReader reader) =>
        (this.path, this.file, this.column, this.reader) = (path, file, column, reader);

    public static ParquetTable Open(string path)
    {
        var file = Reading.Open(path);
        try
        {
            ParquetFooter.Check(file, path);
            var column = new ColumnStream(file, path);
            return new(
                path,
                file,
                column,
                Reading.Decode(path, "Parquet", () => ParquetReader.CreateAsync(column, leaveStreamOpen: true).GetAwaiter().GetResult())
            );
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// A column of scores as an array of its own width: float, Half and the small integers keep theirs, the others become double.
    /// </summary>
    public Array Numbers(string name, CancellationToken cancel)
    {
        var field = Field(name);
        return ParquetColumn.Read(field, path, Groups(field, cancel));
    }

    /// <summary>The same as <see cref="Numbers"/> in parts of so many rows.</summary>
    public IEnumerable<Array> NumberParts(string name, int rows, CancellationToken cancel)
    {
        var field = Field(name);
        return ParquetColumn.Parts(field, path, Groups(field, cancel), rows);
    }

    /// <summary>A column of labels in parts of so many rows.</summary>
    public IEnumerable<bool[]> LabelParts(string name, LabelRule rule, int rows, CancellationToken cancel)
    {
        var field = Field(name);
        return ParquetColumn.Labels(field, path, rule, Groups(field, cancel)).Chunk(rows);
    }

    /// <summary>A column as text in parts of so many rows.</summary>
    public IEnumerable<string[]> TextParts(string name, int rows, CancellationToken cancel)
    {
        var field = Field(name);
        return ParquetColumn.Texts(field, path, Groups(field, cancel)).Chunk(rows);
    }

    public void Dispose()
    {
        reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        file.Dispose();
    }

    private DataField Field(string name)
    {
        var fields = Reading.Decode(path, "Parquet", () => reader.Schema.Fields);
        return fields.Where(field => field.Name == name).ToList() switch
        {
            [DataField { IsArray: false, MaxRepetitionLevel: 0 } field] => field,
            [] => throw new InputException(
                path,
                $"has no column '{name}'; {ColumnNames.Nearest(fields.Select(field => field.Name).ToList(), name)}"
            ),
            [_] => throw new InputException(path, $"column '{name}' is nested; plain values are needed"),
            _ => throw new InputException(path, $"has more than one column '{name}'"),
        };
    }

    private IEnumerable<ParquetRowGroupReader> Groups(DataField field, CancellationToken cancel)
    {
        for (var g = 0; g < reader.RowGroupCount; g++)
        {
            cancel.ThrowIfCancellationRequested();
            using var group = Reading.Decode(path, "Parquet", () => reader.OpenRowGroupReader(g));
            if (group.RowCount < 0 || group.RowCount > Math.Max(PlainGroupRows, file.Length * RowsPerByte))
                throw new InputException(path, $"is damaged: row group {g} claims {group.RowCount} rows");
            if (!Reading.Decode(path, "Parquet", () => group.ColumnExists(field)))
                throw new InputException(path, $"is damaged: row group {g} has no column '{field.Name}'");
            // The column is read before the next group of any column is asked for.
            column.End = Reading.Decode(path, "Parquet", () => group.GetMetadata(field)) is { } chunk
                ? ParquetPages.Check(file, path, chunk, field.Name, g, group.RowCount)
                : throw new InputException(path, $"is damaged: row group {g} does not say where column '{field.Name}' is");
            yield return group;
        }
    }
}
