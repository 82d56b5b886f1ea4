using System.Globalization;
using System.Text;
using Sylvan.Data.Csv;

namespace FunctionalMetrics.IO;

/// <summary>
/// A CSV or TSV file with a header, read row by row: UTF-8 with or without a byte order mark, quoted fields, any line ends, numbers as the
/// invariant culture writes them. Every row has as many fields as the header; empty lines may only stand at the end.
/// </summary>
internal sealed class DelimitedFile : IDisposable
{
    // Sylvan always looks for comments; this can begin no line, and a line that does begin so is no reason to lose it
    private const char NoComment = '\uFFFF';
    private const int LongestRow = 1 << 24;
    private const int RowsBetweenLooks = 4096;

    private readonly string path;
    private readonly StreamReader text;
    private readonly CsvDataReader rows;
    private long blankRow;

    private DelimitedFile(string path, StreamReader text, CsvDataReader rows) => (this.path, this.text, this.rows) = (path, text, rows);

    public static DelimitedFile Open(string path)
    {
        var text = new StreamReader(Reading.Open(path), new UTF8Encoding(false), true);
        try
        {
            var options = new CsvDataReaderOptions
            {
                Delimiter = Reading.Extension(path) == ".tsv" ? '\t' : ',',
                HasHeaders = true,
                Culture = CultureInfo.InvariantCulture,
                ResultSetMode = ResultSetMode.SingleResult,
                Comment = NoComment,
                CommentHandler = new Action<string>(_ =>
                    throw new InputException(path, "has a line that begins with the character U+FFFF")
                ),
                MaxBufferSize = LongestRow,
            };
            return new(path, text, Reading.Decode(path, Format(path), () => CsvDataReader.Create(text, options)));
        }
        catch
        {
            text.Dispose();
            throw;
        }
    }

    /// <summary>The number of the row last read, from 1, the header not counted.</summary>
    public long Row { get; private set; }

    /// <summary>Where a column stands. Fails when there is none of this name, or more than one.</summary>
    public int Column(string name)
    {
        var names = Enumerable.Range(0, rows.FieldCount).Select(rows.GetName).ToList();
        return names.Count(n => n == name) switch
        {
            1 => names.IndexOf(name),
            0 => throw new InputException(
                path,
                $"has no column '{name}'; its columns are {string.Join(", ", names.Select(n => $"'{n}'"))}"
            ),
            _ => throw new InputException(path, $"has more than one column '{name}'"),
        };
    }

    /// <summary>Goes to the next row; false after the last.</summary>
    public bool Next(CancellationToken cancel)
    {
        while (Reading.Decode(path, Format(path), rows.Read))
        {
            if (++Row % RowsBetweenLooks == 0)
                cancel.ThrowIfCancellationRequested();
            var blank = rows.RowFieldCount == 1 && rows.GetRawRecordSpan().Trim("\r\n").IsEmpty;
            if (blank && blankRow == 0)
                blankRow = Row;
            if (blank)
                continue;
            if (blankRow > 0)
                throw new InputException(
                    path,
                    FormattableString.Invariant($"row {blankRow} is an empty line; only the end of the file may have such")
                );
            if (rows.RowFieldCount != rows.FieldCount)
                throw new InputException(
                    path,
                    FormattableString.Invariant($"row {Row} has {rows.RowFieldCount} fields; the header has {rows.FieldCount}")
                );
            return true;
        }
        return false;
    }

    public ReadOnlySpan<char> Text(int column) => rows.GetFieldSpan(column);

    /// <summary>A field as a finite number.</summary>
    public double Number(int column)
    {
        var field = Text(column);
        if (field.IsWhiteSpace())
            throw Problem(column, "is empty; a number is needed");
        if (!double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            throw Problem(column, $"'{field}' is not a number");
        return double.IsFinite(number) ? number : throw Problem(column, $"'{field}' is not a finite number; scores must be finite");
    }

    public void Dispose()
    {
        rows.Dispose();
        text.Dispose();
    }

    private InputException Problem(int column, string problem) =>
        new(path, FormattableString.Invariant($"row {Row}, column '{rows.GetName(column)}': {problem}"));

    private static string Format(string path) => Reading.Extension(path).TrimStart('.').ToUpperInvariant();
}
