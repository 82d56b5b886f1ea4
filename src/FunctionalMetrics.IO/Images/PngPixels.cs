using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalMetrics.IO;

/// <summary>The inflated rows of a PNG: their filters undone, and their pixels put where interlacing says.</summary>
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

    /// <summary>Height x Width x Channels samples: ushort where they have 16 bits; else bytes, those of grey pixels scaled to 0..255.</summary>
    /// <param name="inflated">The filtered rows.</param>
    /// <param name="header">What they hold.</param>
    /// <param name="path">The file as errors name it.</param>
    public static Array Read(Stream inflated, PngHeader header, string path)
    {
        var (height, width) = ((int)header.Height, (int)header.Width);
        var type = header.BitDepth == 16 ? NumberType.UInt16 : NumberType.UInt8;
        var samples = PictureArrays.Take(type, height * width * header.Channels);
        if (header.Interlaced)
            foreach (var pass in Passes)
                ReadPass(pass);
        else if (header.BitDepth < 8)
            ReadPass((0, 0, 1, 1));
        else
            ReadRows();
        if (type == NumberType.UInt16 && BitConverter.IsLittleEndian)
            type.SwapBytes(type.Bytes(samples));
        return samples;

        // rows that lie in the picture as they lie in the file are unfiltered to their place
        void ReadRows()
        {
            var bytes = type.Bytes(samples);
            var length = (int)header.RowBytes(width);
            var filtered = new byte[1 + length];
            ReadOnlySpan<byte> above = new byte[length];
            for (var r = 0; r < height; r++)
            {
                var row = bytes.Slice(r * length, length);
                Next(filtered, above, row, r);
                above = row;
            }
        }

        void ReadPass((int X, int Y, int StepX, int StepY) pass)
        {
            var bytes = type.Bytes(samples);
            var columns = (width - pass.X + pass.StepX - 1) / pass.StepX;
            if (columns <= 0)
                return;
            var (length, pixelBytes) = ((int)header.RowBytes(columns), header.PixelStride);
            var (filtered, row, above) = (new byte[1 + length], new byte[length], new byte[length]);
            var unpacked = header.BitDepth < 8 ? new byte[columns] : [];
            for (var r = pass.Y; r < height; r += pass.StepY)
            {
                Next(filtered, above, row, r);
                if (header.BitDepth < 8)
                    Picture.Unpack(row, header.BitDepth, unpacked, header.Scale);
                var pixels = header.BitDepth < 8 ? unpacked : row;
                for (var c = 0; c < columns; c++)
                    pixels.AsSpan(c * pixelBytes, pixelBytes).CopyTo(bytes[((r * width + pass.X + c * pass.StepX) * pixelBytes)..]);
                (row, above) = (above, row);
            }
        }

        void Next(byte[] filtered, ReadOnlySpan<byte> above, Span<byte> row, int r)
        {
            if (inflated.ReadAtLeast(filtered, filtered.Length, false) < filtered.Length)
                throw new InputException(path, $"is truncated: its data ends in row {r} of {height}");
            Unfilter(filtered[0], filtered.AsSpan(1), above, row, header.PixelStride, path);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Unfilter(int filter, ReadOnlySpan<byte> raw, ReadOnlySpan<byte> above, Span<byte> row, int stride, string path)
    {
        raw = raw[..row.Length];
        above = above[..row.Length];
        switch (filter)
        {
            case 0:
                raw.CopyTo(row);
                break;
            case 1 when stride == 1:
                // the byte before stays in a register: written and read again it takes three times as long
                byte before = 0;
                for (var i = 0; i < row.Length; i++)
                    row[i] = before = (byte)(raw[i] + before);
                break;
            case 1:
                raw[..stride].CopyTo(row);
                for (var i = stride; i < row.Length; i++)
                    row[i] = (byte)(raw[i] + row[i - stride]);
                break;
            case 2:
                Add(raw, above, row);
                break;
            case 3:
                for (var i = 0; i < row.Length; i++)
                    row[i] = (byte)(raw[i] + ((i < stride ? 0 : row[i - stride]) + above[i]) / 2);
                break;
            case 4:
                Add(raw[..stride], above, row);
                for (var i = stride; i < row.Length; i++)
                    row[i] = (byte)(raw[i] + Paeth(row[i - stride], above[i], above[i - stride]));
                break;
            default:
                throw new InputException(path, $"is damaged: a row has the filter {filter}");
        }
    }

    private static void Add(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> above, Span<byte> row)
    {
        var i = 0;
        for (; i + Vector<byte>.Count <= raw.Length; i += Vector<byte>.Count)
            (new Vector<byte>(raw[i..]) + new Vector<byte>(above[i..])).CopyTo(row[i..]);
        for (; i < raw.Length; i++)
            row[i] = (byte)(raw[i] + above[i]);
    }

    private static byte Paeth(byte left, byte above, byte corner)
    {
        var (toLeft, toAbove, toCorner) = (Math.Abs(above - corner), Math.Abs(left - corner), Math.Abs(left + above - 2 * corner));
        return toLeft <= toAbove && toLeft <= toCorner ? left
            : toAbove <= toCorner ? above
            : corner;
    }
}
