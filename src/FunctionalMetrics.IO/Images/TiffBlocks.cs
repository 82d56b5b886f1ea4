using BitMiracle.LibTiff.Classic;

namespace FunctionalMetrics.IO;

/// <summary>Strips and tiles, put together to rows.</summary>
internal static class TiffBlocks
{
    public static void ReadStrips(Tiff tiff, TiffFormat format, byte[] rows, string path, TiffMessages messages)
    {
        var rowBytes = rows.Length / format.Height;
        for (var row = 0; row < format.Height; row++)
            if (!tiff.ReadScanline(rows, row * rowBytes, row, 0))
                throw new InputException(path, $"is damaged in row {row} of {format.Height}: {messages.First ?? "it cannot be decoded"}");
    }

    public static void ReadTiles(Tiff tiff, TiffFormat format, byte[] rows, string path, TiffMessages messages)
    {
        var (height, width) = (tiff.GetField(TiffTag.TILELENGTH)[0].ToInt(), tiff.GetField(TiffTag.TILEWIDTH)[0].ToInt());
        // a tile reaches over the border by less than its own size, so a sane one is not much larger than the picture
        if (height <= 0 || width <= 0 || (long)height * width > 4L * (format.Height + 1024L) * (format.Width + 1024L))
            throw new InputException(
                path,
                $"has tiles of {height} rows and {width} columns, more than its {format.Height} x {format.Width} need"
            );
        var (rowBytes, tileRowBytes) = (rows.Length / format.Height, tiff.TileRowSize());
        var tile = new byte[tiff.TileSize()];
        for (var top = 0; top < format.Height; top += height)
        for (var left = 0; left < format.Width; left += width)
        {
            if (tiff.ReadTile(tile, 0, left, top, 0, 0) < 0)
                throw new InputException(
                    path,
                    $"is damaged in the tile at row {top}, column {left}: {messages.First ?? "it cannot be decoded"}"
                );
            var from = left * format.BitsPerSample / 8;
            var length = Math.Min(tileRowBytes, rowBytes - from);
            for (var row = top; row < Math.Min(format.Height, top + height); row++)
                Array.Copy(tile, (row - top) * tileRowBytes, rows, row * rowBytes + from, length);
        }
    }
}
