using Parquet.Meta;

namespace FunctionalMetrics.IO;

/// <summary>
/// A look at the pages of a column before Parquet.Net makes room for what they claim: each lies in the file, none unpacks to more than its bytes can
/// hold, and together they have as many rows as their group.
/// </summary>
internal static class ParquetPages
{
    /// <summary>The longest header of a page that is read: statistics are in it, and so are the least and the greatest text.</summary>
    private const int LongestHeader = 1 << 20;

    /// <summary>What a page may claim whatever its size: writers make pages of a megabyte.</summary>
    private const int PlainPage = 16 << 20;

    /// <summary>How many bytes one stands for at most where a page is larger.</summary>
    private const long MostCompression = 1032;

    /// <summary>Bits of a length, seven in a byte.</summary>
    private const int LongestClaim = 35;

    private const string Header = "the header of a page";

    /// <summary>Fails when a column of a group does not hold so many rows; gives where its pages end.</summary>
    public static long Check(FileStream file, string path, ColumnChunk chunk, string column, int group, long rows)
    {
        var data = chunk.MetaData ?? throw Damaged(path, column, group, "is described nowhere");
        if (data.NumValues != rows)
            throw Damaged(path, column, group, $"has {data.NumValues} of {rows} rows");
        var at = data.DictionaryPageOffset is > 0 and var first ? Math.Min(first, data.DataPageOffset) : data.DataPageOffset;
        var (values, header) = (0L, new byte[Math.Min(LongestHeader, file.Length)]);
        while (values < rows)
        {
            if (at < 0 || at >= file.Length)
                throw Damaged(path, column, group, $"has {values} of {rows} rows in its pages");
            file.Position = at;
            var read = file.ReadAtLeast(header.AsSpan(0, 256 < header.Length ? 256 : header.Length), 1, false);
            var (length, numbers) = Walk(header, read);
            var (unpacked, packed) = (numbers.GetValueOrDefault("2", -1), numbers.GetValueOrDefault("3", -1));
            if (packed < 0 || packed > file.Length - at - length)
                throw Damaged(path, column, group, $"has a page of {packed} bytes, which the file does not hold");
            if (unpacked < 0 || (unpacked > PlainPage && unpacked > packed * MostCompression))
                throw Damaged(path, column, group, $"has a page of {packed} bytes that claims to unpack to {unpacked}");
            // Of a page of version 2 what stands before its values is not packed.
            var content = (
                At: at + length + numbers.GetValueOrDefault("8.5") + numbers.GetValueOrDefault("8.6"),
                End: at + length + packed
            );
            if (data.Codec == CompressionCodec.SNAPPY && numbers.GetValueOrDefault("8.7", 1) == 1)
                if (SnappyLength(file, content.At, content.End) is var claim && claim > unpacked)
                    throw Damaged(path, column, group, $"has a page of {packed} bytes that unpacks to {claim}, not to {unpacked}");
            var more = numbers.GetValueOrDefault("5.1", numbers.GetValueOrDefault("8.1", 0));
            if (more < 0 || more > rows - values)
                throw Damaged(path, column, group, $"has more than {rows} rows in its pages");
            values += more;
            at += length + packed;
        }
        return rows > 0 ? at : file.Length;

        (int, IReadOnlyDictionary<string, long>) Walk(byte[] bytes, int read)
        {
            try
            {
                return ParquetStructure.Walk("Page", bytes.AsSpan(0, read), path, Header);
            }
            catch (InputException) when (read < bytes.Length)
            {
                // longer than most
                return ParquetStructure.Walk(
                    "Page",
                    bytes.AsSpan(0, read + file.ReadAtLeast(bytes.AsSpan(read), bytes.Length - read, false)),
                    path,
                    Header
                );
            }
        }
    }

    /// <summary>How many bytes Snappy's say that they unpack to, which Parquet.Net makes room for whatever the header says.</summary>
    private static long SnappyLength(FileStream file, long at, long end)
    {
        if (at < 0 || at >= end)
            return 0;
        file.Position = at;
        var length = 0L;
        for (var shift = 0; shift < LongestClaim && file.ReadByte() is var next and >= 0; shift += 7)
        {
            length |= (next & 0x7FL) << shift;
            if (next < 0x80)
                break;
        }
        return length;
    }

    private static InputException Damaged(string path, string column, int group, string how) =>
        new(path, FormattableString.Invariant($"is damaged: column '{column}' of row group {group} {how}"));
}
