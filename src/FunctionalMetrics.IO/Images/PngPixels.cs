using System.Buffers.Binary;

namespace FunctionalMetrics.IO;

/// <summary>The inflated rows of a PNG: their filters undone, their samples taken apart and put where interlacing says.</summary>
internal static class PngPixels
{
    // first column and row of each pass, and the steps to the next (Adam7)
    private static readonly (int X, int Y, int StepX, int StepY)[] Passes =
    [
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    ];

    public static Picture Read(Stream rows, PngHeader header, byte[]? palette, string path)
    {
        var (height, width) = ((int)header.Height, (int)header.Width);
        var values = header.BitDepth == 16 ? new ushort[height * width] : (Array)new byte[height * width];
        foreach (var (x, y, stepX, stepY) in header.Interlaced ? Passes : [(0, 0, 1, 1)])
        {
            var columns = (width - x + stepX - 1) / stepX;
            if (columns <= 0)
                continue;
            var (row, above) = (new byte[header.RowBytes(columns)], new byte[header.RowBytes(columns)]);
            for (var r = y; r < height; r += stepY)
            {
                var filter = rows.ReadByte();
                if (filter < 0 || rows.ReadAtLeast(row, row.Length, false) < row.Length)
                    throw new InputException(path, $"is truncated: its data ends in row {r} of {height}");
                Unfilter(filter, row, above, header.PixelStride, path);
                for (var c = 0; c < columns; c++)
                    Put(values, r * width + x + c * stepX, row, c, header, palette, path);
                (row, above) = (above, row);
            }
        }
        return new(height, width, values);
    }

    private static void Unfilter(int filter, Span<byte> row, ReadOnlySpan<byte> above, int stride, string path)
    {
        for (var i = 0; i < row.Length; i++)
        {
            var (left, corner) = i >= stride ? (row[i - stride], above[i - stride]) : (default, default);
            row[i] += filter switch
            {
                0 => 0,
                1 => left,
                2 => above[i],
                3 => (byte)((left + above[i]) / 2),
                4 => Paeth(left, above[i], corner),
                _ => throw new InputException(path, $"is damaged: a row has the filter {filter}"),
            };
        }
    }

    private static byte Paeth(byte left, byte above, byte corner)
    {
        var (toLeft, toAbove, toCorner) = (Math.Abs(above - corner), Math.Abs(left - corner), Math.Abs(left + above - 2 * corner));
        return toLeft <= toAbove && toLeft <= toCorner ? left
            : toAbove <= toCorner ? above
            : corner;
    }

    private static void Put(Array values, int index, ReadOnlySpan<byte> row, int column, PngHeader header, byte[]? palette, string path)
    {
        if (values is ushort[] words)
            words[index] = Grey(Word(row, column, 0, header), Word(row, column, 1, header), Word(row, column, 2, header), header, path);
        else if (header.HasPalette)
        {
            var entry = Sample(row, column, header.BitDepth) * 3;
            if (palette is null || entry + 2 >= palette.Length)
                throw new InputException(path, "is damaged: a pixel's colour is not in its palette");
            ((byte[])values)[index] = (byte)Grey(palette[entry], palette[entry + 1], palette[entry + 2], header, path);
        }
        else if (header.Channels == 3)
            ((byte[])values)[index] = (byte)Grey(row[column * 3], row[column * 3 + 1], row[column * 3 + 2], header, path);
        else
            ((byte[])values)[index] = (byte)(Sample(row, column, header.BitDepth) * (255 / ((1 << header.BitDepth) - 1)));
    }

    private static ushort Word(ReadOnlySpan<byte> row, int column, int channel, PngHeader header) =>
        BinaryPrimitives.ReadUInt16BigEndian(row[(2 * (column * header.Channels + Math.Min(channel, header.Channels - 1)))..]);

    private static int Sample(ReadOnlySpan<byte> row, int column, int depth)
    {
        var bit = column * depth;
        return row[bit >> 3] >> (8 - depth - (bit & 7)) & ((1 << depth) - 1);
    }

    private static ushort Grey(ushort red, ushort green, ushort blue, PngHeader header, string path) =>
        red == green && green == blue
            ? red
            : throw new InputException(
                path,
                $"{(header.HasPalette ? "has a palette of colours" : "has 3 channels that differ")} (a pixel is red {red}, green {green}, blue {blue}); a map or mask has one channel"
            );
}
