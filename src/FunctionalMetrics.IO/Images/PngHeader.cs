using System.Buffers.Binary;

namespace FunctionalMetrics.IO;

/// <summary>
/// The IHDR chunk: width and height as big-endian uint32, then bit depth, colour type, compression, filter and interlace method. Colours are 1 for
/// grey and palettes, 3 for red, green and blue.
/// </summary>
internal sealed record PngHeader(long Width, long Height, int BitDepth, int Colours, bool HasAlpha, bool HasPalette, bool Interlaced)
{
    /// <summary>Bytes of the chunk's content.</summary>
    public const int Length = 13;

    /// <summary>Samples of a pixel.</summary>
    public int Channels => Colours + (HasAlpha ? 1 : 0);

    /// <summary>Bytes from one pixel to the next in a filtered row, at least 1.</summary>
    public int PixelStride => Math.Max(1, BitDepth * Channels / 8);

    /// <summary>What samples are multiplied with: grey ones of few bits, so that the largest becomes 255.</summary>
    public int Scale => HasPalette || BitDepth >= 8 ? 1 : Picture.ScaleTo255(BitDepth);

    /// <summary>What all rows take, without their filter bytes.</summary>
    public Int128 DecodedBytes => (Int128)Height * RowBytes(Width);

    /// <summary>How many bytes a row of so many pixels takes, without its filter byte.</summary>
    public long RowBytes(long pixels) => (pixels * BitDepth * Channels + 7) / 8;

    public static PngHeader Parse(ReadOnlySpan<byte> content, string path)
    {
        if (content.Length != Length)
            throw new InputException(path, $"is damaged: its IHDR chunk has {content.Length} bytes, not {Length}");
        var (depth, colour, interlace) = (content[8], content[9], content[12]);
        var known = colour switch
        {
            0 => depth is 1 or 2 or 4 or 8 or 16,
            3 => depth is 1 or 2 or 4 or 8,
            2 or 4 or 6 => depth is 8 or 16,
            _ => throw new InputException(path, $"is damaged: its colour type is {colour}"),
        };
        if (!known || content[10] != 0 || content[11] != 0 || interlace > 1)
            throw new InputException(
                path,
                $"is damaged: bit depth {depth}, colour type {colour} and interlace {interlace} do not go together"
            );
        return new(
            BinaryPrimitives.ReadUInt32BigEndian(content),
            BinaryPrimitives.ReadUInt32BigEndian(content[4..]),
            depth,
            colour is 2 or 6 ? 3 : 1,
            colour is 4 or 6,
            colour == 3,
            interlace == 1
        );
    }
}
