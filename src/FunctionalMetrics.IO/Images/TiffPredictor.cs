using System.Numerics;
using System.Runtime.InteropServices;

namespace FunctionalMetrics.IO;

/// <summary>Rows whose samples are stored as differences, as samples.</summary>
internal static class TiffPredictor
{
    public static void Undo(TiffFormat format, Span<byte> row)
    {
        if (format.Predictor == 3)
            Floats(row, format.Type.Size, format.Channels);
        else if (format.Bits == 8)
            Sum(row, format.Channels);
        else if (format.Bits == 16)
            Sum(MemoryMarshal.Cast<byte, ushort>(row), format.Channels);
        else if (format.Bits == 32)
            Sum(MemoryMarshal.Cast<byte, uint>(row), format.Channels);
        else
            Sum(MemoryMarshal.Cast<byte, ulong>(row), format.Channels);
    }

    /// <summary>Each but the first of a row is what it adds to its left neighbour of the same channel, as a whole number that wraps.</summary>
    private static void Sum<T>(Span<T> row, int channels)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (var i = channels; i < row.Length; i++)
            row[i] += row[i - channels];
    }

    /// <summary>The highest bytes of all floats, then the next of all, and so on to the lowest, and differences of all these bytes.</summary>
    private static void Floats(Span<byte> row, int size, int channels)
    {
        Sum(row, channels);
        var (planes, count) = (row.ToArray(), row.Length / size);
        for (var plane = 0; plane < size; plane++)
        {
            var to = BitConverter.IsLittleEndian ? size - 1 - plane : plane;
            for (var i = 0; i < count; i++)
                row[i * size + to] = planes[plane * count + i];
        }
    }
}
