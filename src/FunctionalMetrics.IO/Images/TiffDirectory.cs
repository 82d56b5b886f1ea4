using System.Buffers.Binary;

namespace FunctionalMetrics.IO;

/// <summary>
/// A look at a TIFF file's header and first directory before LibTiff allocates what they claim: <c>II*\0</c> or <c>MM\0*</c>, the offset of
/// the first directory; there a uint16 count, entries of 12 bytes (tag, type, count, value or offset), and the offset of the next
/// directory, 0 for none.
/// </summary>
internal static class TiffDirectory
{
    private const int EntryBytes = 12;

    /// <summary>Fails when the file is no TIFF, has more than one page, or a tag claims more values than the file holds.</summary>
    public static void Check(FileStream file, string path)
    {
        Span<byte> header = stackalloc byte[8];
        if (file.ReadAtLeast(header, 8, false) < 8)
            throw new InputException(path, "is not a TIFF file: it is shorter than a TIFF header");
        var bigEndian = header[..2].SequenceEqual("MM"u8);
        var version = U16(header[2..], bigEndian);
        if (!(bigEndian || header[..2].SequenceEqual("II"u8)) || version is not (42 or 43))
            throw new InputException(path, "is not a TIFF file: it begins neither with 'II*' nor with 'MM' and '*'");
        if (version == 43)
            throw new InputException(path, "is a BigTIFF file; save it as classic TIFF");
        var entries = Read(file, U32(header[4..], bigEndian), 2, path);
        var count = U16(entries, bigEndian);
        var directory = Read(file, file.Position, count * EntryBytes + 4, path);
        for (var at = 0; at < count * EntryBytes; at += EntryBytes)
            RequireRoom(directory.AsSpan(at, EntryBytes), bigEndian, file.Length, path);
        if (U32(directory.AsSpan(count * EntryBytes), bigEndian) != 0)
            throw new InputException(path, "has several pages; a map or mask is a file of one page");
    }

    private static void RequireRoom(ReadOnlySpan<byte> entry, bool bigEndian, long fileBytes, string path)
    {
        var size = U16(entry[2..], bigEndian) switch
        {
            3 or 8 => 2,
            4 or 9 or 11 => 4,
            5 or 10 or 12 => 8,
            _ => 1,
        };
        if (U32(entry[4..], bigEndian) * (long)size > fileBytes)
            throw new InputException(path, $"is damaged: tag {U16(entry, bigEndian)} claims more values than the file holds");
    }

    private static byte[] Read(FileStream file, long offset, int length, string path)
    {
        var bytes = new byte[length];
        file.Position = offset;
        return file.ReadAtLeast(bytes, length, false) == length
            ? bytes
            : throw new InputException(path, "is truncated: it ends inside its directory");
    }

    private static int U16(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint U32(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
