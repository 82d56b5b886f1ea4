using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Numerics;

namespace FunctionalMetrics.IO;

/// <summary>
/// Decodes PNG to one channel of 8 or 16 bits. Our own, because no library at hand keeps 16-bit grey: BigGustave 1.0 drops the low byte and
/// the public calls of StbImageSharp 2.30 round it away, and neither compares checksums. Samples of 1, 2 and 4 bits are scaled to 0..255 as
/// the standard says. Three channels are read when every pixel is grey, palettes then or by their indices, and alpha is dropped when every
/// pixel is opaque.
/// </summary>
internal static class PngDecoder
{
    private const int DeflateMost = 1032;

    /// <summary>The signature and the first chunk: length, type, content and checksum.</summary>
    private const int HeaderBytes = 8 + 4 + 4 + PngHeader.Length + 4;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Reads the first chunk alone; a file that does not begin as it should is refused as if it was decoded.</summary>
    public static PictureHeader Open(FileStream file, string path, bool byIndex)
    {
        var start = new byte[HeaderBytes];
        if (file.ReadAtLeast(start, start.Length, false) < start.Length || !HasHeader(start))
        {
            var decoded = Decode(file, path, byIndex);
            return new(decoded.Height, decoded.Width, NumberType.Of(decoded.Values), 0, () => decoded);
        }
        var header = PngHeader.Parse(start.AsSpan(Signature.Length + 8, PngHeader.Length), path);
        Picture.RequireRoom(path, header.Height, header.Width, header.DecodedBytes, file.Length, DeflateMost);
        return new(
            (int)header.Height,
            (int)header.Width,
            header.BitDepth == 16 ? NumberType.UInt16 : NumberType.UInt8,
            2 * file.Length + PictureHeader.OfChannels(header.Height, header.RowBytes(header.Width), header.Channels),
            () => Decode(file, path, byIndex)
        );
    }

    private static bool HasHeader(byte[] start) =>
        start.AsSpan().StartsWith(Signature)
        && BinaryPrimitives.ReadUInt32BigEndian(start.AsSpan(Signature.Length)) == PngHeader.Length
        && start.AsSpan(Signature.Length + 4, 4).SequenceEqual("IHDR"u8)
        && Crc32.HashToUInt32(start.AsSpan(Signature.Length + 4, 4 + PngHeader.Length))
            == BinaryPrimitives.ReadUInt32BigEndian(start.AsSpan(HeaderBytes - 4));

    private static Picture Decode(FileStream file, string path, bool byIndex)
    {
        if (file.Length > Array.MaxLength)
            throw new InputException(path, "is larger than 2 GiB");
        var bytes = new byte[file.Length];
        file.Position = 0;
        file.ReadExactly(bytes);
        return Reading.Decode(path, "PNG", () => Decode(bytes, path, byIndex));
    }

    private static Picture Decode(byte[] bytes, string path, bool byIndex)
    {
        if (!bytes.AsSpan().StartsWith(Signature))
            throw new InputException(path, "is not a PNG file: it does not begin with the PNG signature");
        PngHeader? header = null;
        var (colours, transparent) = (Array.Empty<byte>(), Array.Empty<byte>());
        var data = new MemoryStream(bytes.Length);
        foreach (var (type, from, length) in Chunks(bytes, path))
        {
            var content = bytes.AsSpan(from, length);
            if (header is null && type != "IHDR")
                throw new InputException(path, $"is damaged: its first chunk is {type}, not IHDR");
            switch (type)
            {
                case "IHDR":
                    header = PngHeader.Parse(content, path);
                    break;
                case "PLTE":
                    colours = content.ToArray();
                    break;
                case "tRNS":
                    transparent = content.ToArray();
                    break;
                case "IDAT":
                    data.Write(content);
                    break;
                default:
                    if (char.IsAsciiLetterUpper(type[0]) && type != "IEND")
                        throw new InputException(path, $"has the critical chunk {type}, which is not known");
                    break;
            }
        }
        if (header is null)
            throw new InputException(path, "is truncated: it has no IHDR chunk");
        Picture.RequireRoom(path, header.Height, header.Width, header.DecodedBytes, data.Length, DeflateMost);
        data.Position = 0;
        using var inflated = new ZLibStream(data, CompressionMode.Decompress);
        var samples = PngPixels.Read(inflated, header, path);
        if (inflated.ReadByte() >= 0)
            throw new InputException(path, "is damaged: it holds more data than its rows and columns take");
        var (height, width) = ((int)header.Height, (int)header.Width);
        return header.HasPalette
            ? new Palette(colours, transparent).Picture(height, width, (byte[])samples, byIndex, path)
            : new(height, width, Numbers(samples, header, transparent, path));
    }

    private static Array Numbers(Array samples, PngHeader header, byte[] transparent, string path)
    {
        var width = (int)header.Width;
        return samples is ushort[] words
            ? Opaque(Picture.OneChannel(words, width, header.Colours, header.HasAlpha, ushort.MaxValue, path), header, transparent, path)
            : Opaque(
                Picture.OneChannel((byte[])samples, width, header.Colours, header.HasAlpha, byte.MaxValue, path),
                header,
                transparent,
                path
            );
    }

    /// <summary>Refuses pixels of the colour that stands for transparent ones, of which there is a uint16 for each channel.</summary>
    private static T[] Opaque<T>(T[] grey, PngHeader header, byte[] transparent, string path)
        where T : INumberBase<T>
    {
        if (transparent.Length == 0 || header.HasAlpha)
            return grey;
        if (transparent.Length != 2 * header.Colours)
            throw new InputException(path, $"is damaged: its tRNS chunk has {transparent.Length} bytes, not {2 * header.Colours}");
        var channels = transparent.Chunk(2).Select(two => BinaryPrimitives.ReadUInt16BigEndian(two)).Distinct().ToList();
        // a colour whose channels differ is none of a grey picture
        return channels is [var colour] && grey.IndexOf(T.CreateTruncating(colour * header.Scale)) is >= 0 and var at
            ? throw Picture.Transparent(path, at, (int)header.Width, "has the colour that its tRNS chunk names")
            : grey;
    }

    private static IEnumerable<(string Type, int From, int Length)> Chunks(byte[] bytes, string path)
    {
        var at = Signature.Length;
        while (true)
        {
            if (bytes.Length - at < 12)
                throw new InputException(path, "is truncated: its IEND chunk is missing");
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));
            if (length > bytes.Length - at - 12)
                throw new InputException(path, "is truncated: a chunk is longer than the rest of the file");
            var type = string.Concat(bytes.AsSpan(at + 4, 4).ToArray().Select(b => (char)b));
            var crc = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at + 8 + (int)length));
            if (Crc32.HashToUInt32(bytes.AsSpan(at + 4, 4 + (int)length)) != crc)
                throw new InputException(path, $"is damaged: the checksum of a chunk at byte {at} is wrong");
            yield return (type, at + 8, (int)length);
            if (type == "IEND")
                yield break;
            at += 12 + (int)length;
        }
    }
}
