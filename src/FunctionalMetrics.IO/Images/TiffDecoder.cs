namespace FunctionalMetrics.IO;

/// <summary>
/// Decodes TIFF to one channel: float16, float32, float64 and whole samples of 8, 16 and 32 bits, unsigned ones of 1, 2 and 4 too, in strips or tiles, of either byte order,
/// classic or BigTIFF, uncompressed or compressed without loss. Our own, because LibTiff.NET 2.4 allocates what a small file claims to hold,
/// counts tiles that are not there for minutes, and reads neither differences of 64 bits nor uncompressed strips at once. Grey samples of less
/// than 8 bits are scaled to 0..255. Three channels, palettes and alpha are read as from PNG.
/// </summary>
internal static class TiffDecoder
{
    public static PictureHeader Open(FileStream file, string path, bool byIndex) =>
        Reading.Decode(
            path,
            "TIFF",
            () =>
            {
                var tags = TiffTags.Read(file, path);
                var format = TiffFormat.Of(tags, path);
                Picture.RequireRoom(
                    path,
                    format.Height,
                    format.Width,
                    format.Height * (Int128)format.RowBytes(format.Width),
                    file.Length,
                    format.Compression.Most
                );
                var blocks = new TiffBlocks(tags, format, file.Length, path);
                var rowBytes = format.RowBytes(format.Width);
                return new PictureHeader(
                    (int)format.Height,
                    (int)format.Width,
                    format.Type,
                    blocks.Beside
                        + (format.Bits < 8 ? format.Height * rowBytes : PictureHeader.OfChannels(format.Height, rowBytes, format.Channels)),
                    () => Decode(file, blocks, tags, format, byIndex, path)
                );
            }
        );

    private static Picture Decode(FileStream file, TiffBlocks blocks, TiffTags tags, TiffFormat format, bool byIndex, string path) =>
        Reading.Decode(path, "TIFF", () => Decoded(blocks.Read(file), tags, format, byIndex, path));

    private static Picture Decoded(Array samples, TiffTags tags, TiffFormat format, bool byIndex, string path)
    {
        var (height, width) = ((int)format.Height, (int)format.Width);
        if (format.Bits < 8)
            samples = Unpacked((byte[])samples, format);
        return format.HasPalette
            ? Colours(tags, format, path).Picture(height, width, (byte[])samples, byIndex, path)
            : new(height, width, Numbers());

        // By the type's name: to a pattern match, an array of signed numbers passes for one of unsigned numbers of the same size.
        Array Numbers() =>
            format.Type.Name switch
            {
                "uint8" => OneChannel(byte.MaxValue),
                "int8" => OneChannel(sbyte.MaxValue),
                "uint16" => OneChannel(ushort.MaxValue),
                "int16" => OneChannel(short.MaxValue),
                "uint32" => OneChannel(uint.MaxValue),
                "int32" => OneChannel(int.MaxValue),
                "float16" => OneChannel(Half.One),
                "float32" => OneChannel(1f),
                _ => OneChannel(1.0),
            };

        T[] OneChannel<T>(T opaque)
            where T : unmanaged, IEquatable<T> => Picture.OneChannel((T[])samples, width, format.Colours, format.HasAlpha, opaque, path);
    }

    private static byte[] Unpacked(byte[] packed, TiffFormat format)
    {
        var (width, rowBytes) = ((int)format.Width, (int)format.RowBytes(format.Width));
        var samples = new byte[format.Height * width];
        for (var row = 0; row < format.Height; row++)
            Picture.Unpack(
                packed.AsSpan(row * rowBytes, rowBytes),
                format.Bits,
                samples.AsSpan(row * width, width),
                format.HasPalette ? 1 : Picture.ScaleTo255(format.Bits)
            );
        return samples;
    }

    /// <summary>All red, then all green, then all blue, of 16 bits each; some programs write 8.</summary>
    private static Palette Colours(TiffTags tags, TiffFormat format, string path)
    {
        var count = 1 << format.Bits;
        var levels = tags.All(320, 3 * count);
        if (levels.Length < 3 * count)
            throw new InputException(path, $"is damaged: its palette has {levels.Length} levels, not {3 * count}");
        var shift = levels.Max() < 256 ? 0 : 8;
        return new([.. Enumerable.Range(0, 3 * count).Select(i => (byte)(levels[i % 3 * count + i / 3] >> shift))], []);
    }
}
