using System.Buffers.Binary;
using System.Text;

namespace FunctionalMetrics.IO;

/// <summary>Writes arrays that numpy reads.</summary>
public static class NpyFile
{
    /// <summary>
    /// Writes float64 values as a .npy array, version 1.0, little-endian, in C order; the header is padded so that the numbers begin at a
    /// multiple of 64 bytes.
    /// </summary>
    /// <param name="target">Where to write; it stays open.</param>
    /// <param name="values">The values, the last dimension running fastest.</param>
    /// <param name="shape">The lengths of the dimensions; their product must be the number of values.</param>
    /// <exception cref="ArgumentException">The shape does not ask for as many values as there are.</exception>
    public static void Write(Stream target, ReadOnlySpan<double> values, params ReadOnlySpan<int> shape)
    {
        Int128 count = 1;
        var lengths = new StringBuilder();
        foreach (var length in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(length, nameof(shape));
            count *= length;
            lengths.Append(FormattableString.Invariant($"{length}, "));
        }
        if (count != values.Length)
            throw new ArgumentException($"the shape ({lengths}) asks for {count} values, there are {values.Length}", nameof(shape));
        var tuple = lengths.ToString().TrimEnd(shape.Length == 1 ? [' '] : [' ', ',']);
        var text = $"{{'descr': '<f8', 'fortran_order': False, 'shape': ({tuple}), }}";
        const int start = 10;
        var padded = (start + text.Length + 1 + 63) / 64 * 64 - start;
        Span<byte> prefix = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, (byte)padded, (byte)(padded >> 8)];
        target.Write(prefix);
        target.Write(Encoding.ASCII.GetBytes(text.PadRight(padded - 1) + "\n"));
        Span<byte> buffer = new byte[Math.Min(values.Length, 8192) * sizeof(double)];
        while (!values.IsEmpty)
        {
            var piece = values[..Math.Min(values.Length, 8192)];
            for (var i = 0; i < piece.Length; i++)
                BinaryPrimitives.WriteDoubleLittleEndian(buffer[(i * sizeof(double))..], piece[i]);
            target.Write(buffer[..(piece.Length * sizeof(double))]);
            values = values[piece.Length..];
        }
    }
}
