namespace FunctionalMetrics.IO;

/// <summary>
/// Decodes uncompressed BMP to one channel of 8 bits: palettes of 1, 4 and 8 bits, and 24 and 32 bits a pixel whose channels are equal, from the
/// bottom up or from the top down. Our own, because no library at hand keeps the indices of palettes.
/// </summary>
internal static class BmpDecoder
{
    public static PictureHeader Open(FileStream file, string path, bool byIndex)
    {
        var start = new byte[Math.Min(file.Length, BmpHeader.MostBytes)];
        file.ReadExactly(start);
        return Reading.Decode(
            path,
            "BMP",
            () =>
            {
                var header = new BmpHeader(start, path);
                var channels = header.Bits <= 8 ? 1 : header.Channels().Length;
                Picture.RequireRoom(path, header.Height, header.Width, header.Height * (Int128)header.RowBytes, file.Length, 1);
                return new PictureHeader(
                    (int)header.Height,
                    (int)header.Width,
                    NumberType.UInt8,
                    file.Length + PictureHeader.OfChannels(header.Height, header.Width * channels, channels),
                    () => Decode(file, path, byIndex)
                );
            }
        );
    }

    private static Picture Decode(FileStream file, string path, bool byIndex)
    {
        if (file.Length > Array.MaxLength)
            throw new InputException(path, "is larger than 2 GiB");
        var bytes = new byte[file.Length];
        file.Position = 0;
        file.ReadExactly(bytes);
        return Reading.Decode(path, "BMP", () => Decode(bytes, path, byIndex));
    }

    private static Picture Decode(byte[] bytes, string path, bool byIndex)
    {
        var header = new BmpHeader(bytes, path);
        Picture.RequireRoom(path, header.Height, header.Width, header.Height * (Int128)header.RowBytes, bytes.Length, 1);
        var (height, width, bits, rowBytes) = ((int)header.Height, (int)header.Width, header.Bits, (int)header.RowBytes);
        if (header.RowsAt < 26 || header.RowsAt > bytes.Length - (long)height * rowBytes)
            throw new InputException(
                path,
                $"is truncated: its rows take {(long)height * rowBytes} bytes from byte {header.RowsAt} on, and it has {bytes.Length}"
            );
        int[] places = bits <= 8 ? [0] : header.Channels();
        var samples = new byte[height * width * places.Length];
        for (var row = 0; row < height; row++)
        {
            var from = bytes.AsSpan((int)header.RowsAt + (header.IsTopDown ? row : height - 1 - row) * rowBytes, rowBytes);
            var to = samples.AsSpan(row * width * places.Length, width * places.Length);
            if (bits <= 8)
                Picture.Unpack(from, bits, to, 1);
            else
                for (var i = 0; i < to.Length; i++)
                    to[i] = from[i / places.Length * (bits / 8) + places[i % places.Length]];
        }
        return bits <= 8
            ? new Palette(header.Colours(), []).Picture(height, width, samples, byIndex, path)
            : new(height, width, Picture.OneChannel(samples, width, 3, places.Length == 4, byte.MaxValue, path));
    }
}
