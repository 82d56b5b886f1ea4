using System.Buffers.Binary;
using System.Numerics;

namespace FunctionalMetrics.IO;

/// <summary>
/// The header of a BMP file, little-endian: <c>BM</c>, the file's length, four bytes without meaning, the offset of the rows, and a header that
/// begins with its own length. That of OS/2 has 12 bytes, with a width and height of 16 bits; the others begin with those of 32 bits, planes and
/// bits of 16, compression, bytes of the rows, two resolutions, and how many colours the palette has. Masks of red, green, blue and alpha stand
/// at byte 54 where the compression is that of bit fields, also behind a header that ends there.
/// </summary>
internal readonly ref struct BmpHeader
{
    /// <summary>All headers end before this byte.</summary>
    public const int MostBytes = 256;

    private const int Own = 14;
    private const int MasksAt = 54;

    private readonly ReadOnlySpan<byte> bytes;
    private readonly string path;

    public BmpHeader(byte[] bytes, string path)
    {
        this.bytes = bytes;
        this.path = path;
        if (!this.bytes.StartsWith("BM"u8))
            throw new InputException(path, "is not a BMP file: it does not begin with 'BM'");
        if (bytes.Length < Own + 4 || bytes.Length < Own + OwnBytes)
            throw new InputException(path, "is truncated: it ends inside its header");
        if (OwnBytes is not (12 or 16 or 40 or 52 or 56 or 64 or 108 or 124))
            throw new InputException(path, $"is damaged: its header claims {OwnBytes} bytes, which none has");
        if (Compression != 0 && !HasFields)
            throw new InputException(path, $"is compressed with {CompressionName}; only uncompressed BMP is read: save it as PNG");
        if (!(HasFields ? Bits == 32 : Bits is 1 or 4 or 8 or 24 or 32))
            throw new InputException(
                path,
                $"has {Bits} bits a pixel{(HasFields ? " in bit fields" : "")}; 1, 4, 8, 24 and 32 can be read: save it as PNG"
            );
    }

    public long Width => IsCore ? U16(18) : (int)U32(18);

    public long Height => IsCore ? U16(20) : Math.Abs((long)(int)U32(22));

    /// <summary>Whether the first row is the upper one.</summary>
    public bool IsTopDown => !IsCore && (int)U32(22) < 0;

    /// <summary>Bits of a pixel.</summary>
    public int Bits => U16(IsCore ? 24 : 28);

    /// <summary>What a row takes, in whole words of 32 bits.</summary>
    public long RowBytes => (Width * Bits + 31) / 32 * 4;

    /// <summary>Where the rows begin.</summary>
    public long RowsAt => U32(10);

    /// <summary>Which byte of a pixel is red, green, blue and, if it has one, alpha.</summary>
    public int[] Channels()
    {
        if (!HasFields)
            return [2, 1, 0];
        var count = OwnBytes >= 56 || Compression == 6 ? 4 : 3;
        if (bytes.Length < MasksAt + 4 * count)
            throw new InputException(path, "is truncated: it ends inside its header");
        var places = new List<int>();
        for (var channel = 0; channel < count; channel++)
            if (U32(MasksAt + 4 * channel) is var mask && (mask != 0 || channel < 3))
                places.Add(
                    mask is 0xFF or 0xFF00 or 0xFF0000 or 0xFF000000
                        ? BitOperations.TrailingZeroCount(mask) / 8
                        : throw new InputException(path, $"has the bit field {mask:X8}, which is no whole byte; save it as PNG")
                );
        return [.. places];
    }

    /// <summary>As many colours as stand before the rows, in the order that they are named in: red, green and blue.</summary>
    public byte[] Colours()
    {
        var (from, size) = (Own + (int)OwnBytes, IsCore ? 3 : 4);
        var named = OwnBytes >= 40 && U32(46) is > 0 and <= 256 and var used ? (int)used : 1 << Bits;
        var colours = new byte[3 * Math.Clamp((Math.Min(RowsAt, bytes.Length) - from) / size, 0, Math.Min(named, 1 << Bits))];
        for (var i = 0; i < colours.Length; i++)
            colours[i] = bytes[from + i / 3 * size + 2 - i % 3];
        return colours;
    }

    private uint OwnBytes => U32(Own);

    private bool IsCore => OwnBytes == 12;

    private uint Compression => OwnBytes >= 40 ? U32(30) : 0;

    /// <summary>Whether masks say which bits are red, green and blue; in OS/2 the same number is a compression.</summary>
    private bool HasFields => OwnBytes != 64 && Compression is 3 or 6;

    private string CompressionName =>
        (Compression, OwnBytes) switch
        {
            (1, _) => "RLE8",
            (2, _) => "RLE4",
            (3, 64) => "Huffman codes",
            (4, 64) => "RLE24",
            (4, _) => "JPEG",
            (5, _) => "PNG",
            var (other, _) => FormattableString.Invariant($"{other}"),
        };

    private ushort U16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private uint U32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}
