namespace FunctionalMetrics.IO;

/// <summary>
/// Decodes TIFF to one channel: float16, float32, float64 and 1, 2, 4, 8 and 16-bit unsigned samples, in strips or tiles, of either byte order,
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
        Reading.Decode(
            path,
            "TIFF",
            () => new Picture((int)format.Height, (int)format.Width, Numbers(blocks.Read(file), tags, format, byIndex, path))
        );

    private static Array Numbers(Array samples, TiffTags tags, TiffFormat format, bool byIndex, string path)
    {
        var width = (int)format.Width;
        if (format.Bits < 8)
            samples = Unpacked((byte[])samples, format);
        if (format.HasPalette)
            return Colours(tags, format, path).Numbers((byte[])samples, width, byIndex, path);
        return samples switch
        {
            byte[] bytes => OneChannel(bytes, byte.MaxValue),
            ushort[] words => OneChannel(words, ushort.MaxValue),
            Half[] half => OneChannel(half, Half.One),
            float[] single => OneChannel(single, 1),
            _ => OneChannel((double[])samples, 1),
        };

        T[] OneChannel<T>(T[] channels, T opaque)
            where T : unmanaged, IEquatable<T> => Picture.OneChannel(channels, width, format.Colours, format.HasAlpha, opaque, path);
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
