using System.Buffers.Binary;

namespace FunctionalMetrics.IO;

/// <summary>
/// A look at a Parquet file's footer before Parquet.Net reads it: a structure in Thrift's compact protocol, its length as little-endian
/// uint32, and the magic bytes PAR1. Parquet.Net 6.1 reads for ever where a structure does not end, so the footer is first walked over
/// here; every element takes at least one byte, and the walk ends with the bytes.
/// </summary>
internal ref struct ParquetFooter
{
    private const int TrailerBytes = 8;
    private const int Deepest = 64;

    private readonly string path;
    private ReadOnlySpan<byte> rest;

    private ParquetFooter(string path, ReadOnlySpan<byte> footer)
    {
        this.path = path;
        rest = footer;
    }

    /// <summary>Fails when the footer is not whole.</summary>
    public static void Check(FileStream file, string path)
    {
        Span<byte> trailer = stackalloc byte[TrailerBytes];
        file.Position = Math.Max(0, file.Length - TrailerBytes);
        if (file.ReadAtLeast(trailer, TrailerBytes, false) < TrailerBytes || !trailer[4..].SequenceEqual("PAR1"u8))
            throw new InputException(path, "is damaged or not a Parquet file: it does not end with PAR1");
        var length = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        if (length > file.Length - TrailerBytes)
            throw new InputException(path, $"is damaged: its footer claims {length} bytes");
        var footer = new byte[length];
        file.Position = file.Length - TrailerBytes - length;
        file.ReadExactly(footer);
        new ParquetFooter(path, footer).SkipStruct(0);
        file.Position = 0;
    }

    private void SkipStruct(int depth)
    {
        if (depth > Deepest)
            throw Damaged();
        while (Byte() is var header and not 0)
        {
            if (header >> 4 == 0)
                Varint();
            if ((header & 0x0F) is not (1 or 2))
                SkipValue(header & 0x0F, depth);
        }
    }

    private void SkipValue(int type, int depth)
    {
        switch (type)
        {
            case 1 or 2 or 3:
                Skip(1);
                break;
            case 4 or 5 or 6:
                Varint();
                break;
            case 7:
                Skip(8);
                break;
            case 8:
                Skip(Varint());
                break;
            case 9 or 10:
                SkipList(depth);
                break;
            case 12:
                SkipStruct(depth + 1);
                break;
            default:
                throw Damaged();
        }
    }

    private void SkipList(int depth)
    {
        var header = Byte();
        var count = header >> 4 == 15 ? Varint() : (ulong)(header >> 4);
        for (var i = 0ul; i < count; i++)
            SkipValue(header & 0x0F, depth + 1);
    }

    private ulong Varint()
    {
        var value = 0ul;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            value |= (next & 0x7Ful) << shift;
            if (next < 0x80)
                return value;
        }
        throw Damaged();
    }

    private byte Byte()
    {
        var value = rest.IsEmpty ? throw Damaged() : rest[0];
        rest = rest[1..];
        return value;
    }

    private void Skip(ulong count) => rest = count <= (ulong)rest.Length ? rest[(int)count..] : throw Damaged();

    private readonly InputException Damaged() => new(path, "is damaged: its footer does not end where it should");
}
