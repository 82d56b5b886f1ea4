using System.Globalization;
using System.Numerics;
using System.Text;
using Sylvan.Data.Csv;

namespace FunctionalMetrics.IO;

/// <summary>
/// A CSV or TSV file with a header, as it is or compressed by gzip (.csv.gz), read row by row: UTF-8 with or without a byte order mark, quoted fields,
/// any line ends. A header with semicolons and without commas makes a .csv file one of semicolons, and a line such as <c>sep=;</c> above it says what
/// separates; where no comma does, numbers may have decimal commas, or decimal points, not both. Every row has as many fields as the header; empty lines may only stand at the end.
/// </summary>
internal sealed class DelimitedFile : IDisposable
{
    // Sylvan always looks for comments; this can begin no line, and a line that does begin so is no reason to lose it
    private const char NoComment = '\uFFFF';
    private const int LongestRow = 1 << 24;

    /// <summary>Doubles of at least this are whole, and not every whole number is one of them.</summary>
    private const double FirstGap = 1L << 53;
    private const int RowsBetweenLooks = 4096;
    private static readonly NumberFormatInfo WithCommas = new() { NumberDecimalSeparator = "," };

    private readonly string path;
    private readonly StreamReader text;
    private readonly CsvDataReader rows;
    private readonly bool mayHaveCommas;
    private long blankRow;

    /// <summary>The first number that was written with a decimal comma or point, where both may be.</summary>
    private (char Mark, string Field, long Row)? first;

    private DelimitedFile(string path, StreamReader text, CsvDataReader rows, bool mayHaveCommas) =>
        (this.path, this.text, this.rows, this.mayHaveCommas) = (path, text, rows, mayHaveCommas);

    /// <summary>Whether the extension, with .gz behind it or not, is one of such files.</summary>
    public static bool Reads(string path) => Extension(path) is ".csv" or ".tsv";

    public static DelimitedFile Open(string path)
    {
        var said = Said(path);
        var delimiter = said ?? Delimiter(path);
        var text = OpenText(path);
        try
        {
            if (said is not null)
                text.ReadLine();
            var options = new CsvDataReaderOptions
            {
                Delimiter = delimiter,
                HasHeaders = true,
                Culture = CultureInfo.InvariantCulture,
                ResultSetMode = ResultSetMode.SingleResult,
                Comment = NoComment,
                CommentHandler = new Action<string>(_ =>
                    throw new InputException(path, "has a line that begins with the character U+FFFF")
                ),
                MaxBufferSize = LongestRow,
            };
            return new(path, text, Decode(path, "the header or row 1", () => CsvDataReader.Create(text, options)), delimiter != ',');
        }
        catch
        {
            text.Dispose();
            throw;
        }
    }

    /// <summary>How many numbers had decimal commas.</summary>
    public long CommaNumbers { get; private set; }

    /// <summary>The number of the row last read, from 1, the header not counted.</summary>
    public long Row { get; private set; }

    /// <summary>Where a column stands. Fails when there is none of this name, or more than one.</summary>
    public int Column(string name)
    {
        var names = Enumerable.Range(0, rows.FieldCount).Select(rows.GetName).ToList();
        return names.Count(n => n == name) switch
        {
            1 => names.IndexOf(name),
            0 when names is [var only] && only.Contains('\t') => throw new InputException(
                path,
                "has tabs between its columns; name it .tsv"
            ),
            0 => throw new InputException(path, $"has no column '{name}'; {ColumnNames.Nearest(names, name)}"),
            _ => throw new InputException(path, $"has more than one column '{name}'"),
        };
    }

    /// <summary>Goes to the next row; false after the last.</summary>
    public bool Next(CancellationToken cancel)
    {
        while (Decode(path, $"row {Row + 1}", rows.Read))
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
            // .NET reads "0.1\0" as 0.1.
            if (rows.GetRawRecordSpan().Contains('\0'))
                throw new InputException(
                    path,
                    FormattableString.Invariant(
                        $"row {Row} holds a NUL character, which no text has; the file is damaged or no table of text"
                    )
                );
            return true;
        }
        return false;
    }

    public ReadOnlySpan<char> Text(int column) => rows.GetFieldSpan(column);

    /// <summary>A field as text, or where it is a number with a decimal comma, as that number is written with a point.</summary>
    public ReadOnlySpan<char> Label(int column)
    {
        var field = Text(column);
        return mayHaveCommas && field.Contains(',') && double.TryParse(field, NumberStyles.Float, WithCommas, out var number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : field;
    }

    /// <summary>A field as a finite number.</summary>
    public double Number(int column)
    {
        var field = Text(column);
        if (field.IsWhiteSpace())
            throw Problem(column, "is empty; a number is needed");
        var mark = mayHaveCommas && field.Contains(',') ? ',' : '.';
        if (!double.TryParse(field, NumberStyles.Float, mark == ',' ? WithCommas : CultureInfo.InvariantCulture, out var number))
            throw Problem(
                column,
                field.Trim().TrimStart("+-").Equals("inf", StringComparison.OrdinalIgnoreCase)
                    ? $"{Quoted.Of(field)} is not a finite number; scores must be finite"
                    : $"{Quoted.Of(field)} is not a number"
            );
        if (mayHaveCommas && field.Contains(mark))
        {
            var (before, written, row) = first ??= (mark, field.ToString(), Row);
            if (before != mark)
                throw Problem(
                    column,
                    $"'{field}' is written otherwise than '{written}' in row {row}: a file has decimal commas or decimal points"
                );
        }
        if (!double.IsFinite(number))
            throw Problem(column, $"'{field}' is not a finite number; scores must be finite");
        if (IsAnother(field, number))
            throw Problem(column, $"{Quoted.Of(field)} is equalled by no float64; scores are numbers that float64 holds");
        if (mark == ',')
            CommaNumbers++;
        return number;
    }

    /// <summary>Whether a whole number is too long for a double, or one beside 0 too small. Other decimals mean the nearest double.</summary>
    private static bool IsAnother(ReadOnlySpan<char> field, double number) =>
        Math.Abs(number) >= FirstGap
            ? BigInteger.TryParse(field, NumberStyles.Integer, CultureInfo.InvariantCulture, out var whole)
                && whole != new BigInteger(number)
            : number == 0
                && field[..(field.IndexOfAny('e', 'E') is >= 0 and var power ? power : field.Length)].ContainsAnyInRange('1', '9');

    public void Dispose()
    {
        rows.Dispose();
        text.Dispose();
    }

    private static A Decode<A>(string path, string what, Func<A> read) =>
        Reading.Decode(
            path,
            Format(path),
            () =>
            {
                try
                {
                    return read();
                }
                catch (CsvRecordTooLargeException e)
                {
                    throw new InputException(
                        path,
                        FormattableString.Invariant($"{what} is longer than {LongestRow:N0} characters; is a quotation mark missing?"),
                        e
                    );
                }
            }
        );

    private InputException Problem(int column, string problem) =>
        new(path, FormattableString.Invariant($"row {Row}, column '{rows.GetName(column)}': {problem}"));

    /// <summary>What separates columns by a first line such as sep=; which Excel reads and writes.</summary>
    private static char? Said(string path)
    {
        using var text = OpenText(path);
        var start = new char[6];
        var length = Reading.Decode(path, Format(path), () => text.ReadBlock(start));
        return length == start.Length && start.AsSpan().StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && start[5] is '\r' or '\n'
            ? start[4]
            : null;
    }

    private static char Delimiter(string path)
    {
        if (Extension(path) == ".tsv")
            return '\t';
        using var text = OpenText(path);
        return Reading.Decode(path, Format(path), () => IsOfSemicolons(text)) ? ';' : ',';
    }

    private static bool IsOfSemicolons(StreamReader text)
    {
        var (quoted, semicolons) = (false, false);
        for (var at = 0; at < LongestRow && text.Read() is >= 0 and var read; at++)
        {
            quoted ^= read == '"';
            if (quoted)
                continue;
            if (read is '\n' or '\r')
                break;
            if (read == ',')
                return false;
            semicolons |= read == ';';
        }
        return semicolons;
    }

    private static StreamReader OpenText(string path)
    {
        var file = Reading.Open(path);
        Stream bytes = Reading.Extension(path) == ".gz" ? new GzipMembers(file) : file;
        return new(bytes, new UTF8Encoding(false), true);
    }

    private static string Extension(string path) =>
        Reading.Extension(path) is ".gz" ? Reading.Extension(Path.GetFileNameWithoutExtension(path)) : Reading.Extension(path);

    private static string Format(string path) => Path.GetExtension(path).TrimStart('.').ToUpperInvariant();
}
