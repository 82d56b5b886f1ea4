using System.Runtime.InteropServices;

namespace FunctionalMetrics.IO;

/// <summary>Arrays whose first dimension runs fastest, as numpy gives them for a transposed array, put into the order in which the last does.</summary>
internal static class FortranOrder
{
    /// <param name="from">The numbers in Fortran order.</param>
    /// <param name="to">As much room.</param>
    /// <param name="shape">The lengths of the dimensions.</param>
    /// <param name="size">Bytes of one number: 1, 2, 4 or 8.</param>
    public static void ToC(ReadOnlySpan<byte> from, Span<byte> to, ReadOnlySpan<long> shape, int size)
    {
        if (size == 1)
            ToC(from, to, shape);
        else if (size == 2)
            ToC<ushort>(from, to, shape);
        else if (size == 4)
            ToC<uint>(from, to, shape);
        else
            ToC<ulong>(from, to, shape);
    }

    private static void ToC<T>(ReadOnlySpan<byte> from, Span<byte> to, ReadOnlySpan<long> shape)
        where T : unmanaged => ToC(MemoryMarshal.Cast<byte, T>(from), MemoryMarshal.Cast<byte, T>(to), shape);

    private static void ToC<T>(ReadOnlySpan<T> from, Span<T> to, ReadOnlySpan<long> shape)
    {
        if (to.IsEmpty)
            return;
        var outer = shape[..^1];
        var (length, stride) = ((int)shape[^1], to.Length / (int)shape[^1]);
        var indices = new long[outer.Length];
        for (var row = 0; row < to.Length; row += length)
        {
            var start = 0L;
            for (var dimension = outer.Length - 1; dimension >= 0; dimension--)
                start = start * outer[dimension] + indices[dimension];
            for (var i = 0; i < length; i++)
                to[row + i] = from[(int)start + i * stride];
            for (var dimension = outer.Length - 1; dimension >= 0 && ++indices[dimension] == outer[dimension]; dimension--)
                indices[dimension] = 0;
        }
    }
}
