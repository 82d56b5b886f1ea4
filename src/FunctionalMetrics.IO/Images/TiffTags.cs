using System.Buffers.Binary;

namespace FunctionalMetrics.IO;

/// <summary>
/// The tags of a TIFF file's first directory, checked against the file's length before anything is allocated for them. A classic file begins with
/// <c>II*\0</c> or <c>MM\0*</c> and the directory's offset; there stand a uint16 count, entries of 12 bytes (tag, type, count, value or
/// offset), and the offset of the next directory, 0 for none. In a BigTIFF, whose version is 43, offsets and counts have 64 bits.
/// </summary>
internal sealed class TiffTags
{
    private readonly Dictionary<int, Entry> entries = [];
    private readonly FileStream file;
    private readonly string path;
    private readonly bool isBig;

    private TiffTags(FileStream file, string path)
    {
        (this.file, this.path) = (file, path);
        Span<byte> header = stackalloc byte[16];
        header = header[..file.ReadAtLeast(header, 16, false)];
        if (header.Length < 8)
            throw new InputException(path, "is not a TIFF file: it is shorter than a TIFF header");
        IsBigEndian = header.StartsWith("MM"u8);
        var version = Whole(header[2..4]);
        if (!(IsBigEndian || header.StartsWith("II"u8)) || version is not (42 or 43))
            throw new InputException(path, "is not a TIFF file: it begins neither with 'II*' nor with 'MM' and '*'");
        isBig = version == 43;
        if (isBig && (header.Length < 16 || Whole(header[4..6]) != 8))
            throw new InputException(path, "is damaged: it is a BigTIFF file whose offsets have not 8 bytes");
        ReadDirectory(isBig ? Whole(header[8..]) : Whole(header[4..8]));
    }

    /// <summary>Whether numbers in the file begin with their highest byte.</summary>
    public bool IsBigEndian { get; }

    /// <summary>Fails when the file is no TIFF, has more than one page, or a tag claims more values than the file holds.</summary>
    public static TiffTags Read(FileStream file, string path) => new(file, path);

    public bool Has(int tag) => entries.ContainsKey(tag);

    /// <summary>The first value of a tag, which is a whole number.</summary>
    public long One(int tag, long otherwise) => All(tag, 1) is [var first] ? first : otherwise;

    /// <summary>The values of a tag, which are whole numbers, or the first so many of them; none when it is not there.</summary>
    public long[] All(int tag, long most)
    {
        if (!entries.TryGetValue(tag, out var entry))
            return [];
        if (entry.Type is not (1 or 3 or 4 or 13 or 16 or 18))
            throw new InputException(path, $"is damaged: tag {tag} has the type {entry.Type}, which is none of whole numbers");
        var (size, values) = (SizeOf(entry.Type), new long[Math.Min(most, entry.Count)]);
        var bytes = entry.Count * size <= entry.Inline.Length ? entry.Inline : At(Whole(entry.Inline), values.Length * (long)size);
        for (var i = 0; i < values.Length; i++)
            values[i] = Whole(bytes.AsSpan(i * size, size));
        return values;
    }

    private void ReadDirectory(long offset)
    {
        var (countSize, offsetSize) = isBig ? (8, 8) : (2, 4);
        var entrySize = 4 + 2 * offsetSize;
        var count = Whole(At(offset, countSize));
        if (count < 0 || count > file.Length / entrySize)
            throw new InputException(path, "is truncated: it ends inside its directory");
        ReadOnlySpan<byte> directory = At(offset + countSize, count * entrySize + offsetSize);
        for (; directory.Length > offsetSize; directory = directory[entrySize..])
        {
            var (tag, type, values) = ((int)Whole(directory[..2]), (int)Whole(directory[2..4]), Whole(directory.Slice(4, offsetSize)));
            if (values < 0 || values > file.Length / SizeOf(type))
                throw new InputException(path, $"is damaged: tag {tag} claims more values than the file holds");
            entries.TryAdd(tag, new(type, values, directory.Slice(4 + offsetSize, offsetSize).ToArray()));
        }
        if (Whole(directory) != 0)
            throw new InputException(path, "has several pages; a map or mask is a file of one page");
    }

    private static int SizeOf(int type) =>
        type switch
        {
            3 or 8 => 2,
            4 or 9 or 11 or 13 => 4,
            5 or 10 or 12 or 16 or 17 or 18 => 8,
            _ => 1,
        };

    private byte[] At(long offset, long length)
    {
        if (offset < 0 || offset > file.Length - length)
            throw new InputException(path, "is truncated: it ends inside its directory");
        var bytes = new byte[length];
        file.Position = offset;
        file.ReadExactly(bytes);
        return bytes;
    }

    private long Whole(ReadOnlySpan<byte> bytes) =>
        (bytes.Length, IsBigEndian) switch
        {
            (1, _) => bytes[0],
            (2, false) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            (2, true) => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            (4, false) => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            (4, true) => BinaryPrimitives.ReadUInt32BigEndian(bytes),
            (_, false) => BinaryPrimitives.ReadInt64LittleEndian(bytes),
            (_, true) => BinaryPrimitives.ReadInt64BigEndian(bytes),
        };

    private sealed record Entry(int Type, long Count, byte[] Inline);
}
