using System.Buffers.Binary;

namespace FunctionalMetrics.IO;

/// <summary>
/// A look at a Parquet file's footer before Parquet.Net reads it: a structure, its length as little-endian uint32, and the magic bytes PAR1.
/// </summary>
internal static class ParquetFooter
{
    private const int TrailerBytes = 8;

    /// <summary>Fails when the footer is not whole, or is followed by bytes that are none of it.</summary>
    public static void Check(FileStream file, string path)
    {
        Span<byte> trailer = stackalloc byte[TrailerBytes];
        file.Position = Math.Max(0, file.Length - TrailerBytes);
        if (file.ReadAtLeast(trailer, TrailerBytes, false) < TrailerBytes || !trailer[4..].SequenceEqual("PAR1"u8))
            throw new InputException(path, "is damaged or not a Parquet file: it does not end with PAR1");
        var length = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        if (length > file.Length - TrailerBytes || length > Array.MaxLength)
            throw new InputException(path, $"is damaged: its footer claims {length} bytes");
        var footer = new byte[length];
        file.Position = file.Length - TrailerBytes - length;
        file.ReadExactly(footer);
        var (walked, _) = ParquetStructure.Walk("File", footer, path, "its footer");
        if (walked < length)
            throw new InputException(path, $"is damaged: its footer of {length} bytes ends after {walked}");
        file.Position = 0;
    }
}
