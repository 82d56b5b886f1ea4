using System.IO.Compression;

namespace FunctionalMetrics.IO;

/// <summary>How the bytes of a strip or tile are compressed, without loss.</summary>
/// <param name="Most">How many bytes one stands for at most.</param>
/// <param name="HasPredictor">Whether samples may be stored as differences.</param>
/// <param name="Decode">Fills a block, and gives how much of it: less where the data ends early or is damaged. Null where nothing is compressed.</param>
internal sealed record TiffCompression(int Most, bool HasPredictor, TiffCompression.Decoder? Decode)
{
    private const int Codes = 4096;

    private static readonly TiffCompression None = new(1, false, null);

    // a code of 12 bits can stand for almost 4096 bytes
    private static readonly TiffCompression OfLzw = new(Codes, true, Lzw);
    private static readonly TiffCompression OfDeflate = new(1032, true, Deflate);
    private static readonly TiffCompression OfPackBits = new(64, false, PackBits);

    public delegate int Decoder(ArraySegment<byte> data, Span<byte> block);

    /// <summary>The compression of a number, or null when it is none that is read here.</summary>
    public static TiffCompression? Of(long number) =>
        number switch
        {
            1 => None,
            5 => OfLzw,
            8 or 32946 => OfDeflate,
            32773 => OfPackBits,
            _ => null,
        };

    /// <summary>
    /// Codes of 9 to 12 bits, the highest bit first: 256 clears the table, 257 ends. Each other code appends a string: its byte, or what was
    /// appended before with the byte behind it. So strings are not kept: each is a place in the block.
    /// </summary>
    private static int Lzw(ArraySegment<byte> data, Span<byte> block)
    {
        const int Clear = 256;
        const int End = 257;
        ReadOnlySpan<byte> codes = data;
        if (codes is [0, var second, ..] && (second & 1) == 1)
            throw new InvalidDataException("it is compressed with the LZW of before TIFF 5.0, lowest bits first");
        Span<(int From, int Length)> strings = stackalloc (int, int)[Codes];
        var (buffer, bits, width, next, at, length) = (0u, 0, 9, End + 1, 0, 0);
        foreach (var code8 in codes)
        {
            buffer = buffer << 8 | code8;
            bits += 8;
            if (bits < width)
                continue;
            bits -= width;
            var code = (int)(buffer >> bits) & ((1 << width) - 1);
            if (code == End || at == block.Length)
                break;
            if (code == Clear)
            {
                (width, next, length) = (9, End + 1, 0);
                continue;
            }
            if (length > 0 && next < Codes)
            {
                strings[next++] = (at - length, length + 1);
                // the encoder knows this string one code later
                if (next == (1 << width) - 1 && width < 12)
                    width++;
            }
            if (code < Clear)
            {
                block[at++] = (byte)code;
                length = 1;
                continue;
            }
            if (code >= next)
                break;
            var from = strings[code].From;
            length = Math.Min(strings[code].Length, block.Length - at);
            // byte by byte: the string may be the one that ends with the byte that it begins with here
            for (var end = at + length; at < end; )
                block[at++] = block[from++];
        }
        return at;
    }

    private static int Deflate(ArraySegment<byte> data, Span<byte> block)
    {
        using var inflated = new ZLibStream(new MemoryStream(data.Array!, data.Offset, data.Count), CompressionMode.Decompress);
        return inflated.ReadAtLeast(block, block.Length, false);
    }

    /// <summary>A byte n and n + 1 bytes as they are, or 257 - n and a byte that is repeated so often; 128 means nothing.</summary>
    private static int PackBits(ArraySegment<byte> data, Span<byte> block)
    {
        ReadOnlySpan<byte> packed = data;
        var at = 0;
        while (packed.Length > 1 && at < block.Length)
        {
            int n = packed[0];
            packed = packed[1..];
            if (n == 128)
                continue;
            var length = Math.Min(n < 128 ? n + 1 : 257 - n, block.Length - at);
            var taken = n < 128 ? Math.Min(length, packed.Length) : 1;
            if (n < 128)
                packed[..taken].CopyTo(block[at..]);
            else
                block.Slice(at, length).Fill(packed[0]);
            at += n < 128 ? taken : length;
            packed = packed[taken..];
        }
        return at;
    }
}
