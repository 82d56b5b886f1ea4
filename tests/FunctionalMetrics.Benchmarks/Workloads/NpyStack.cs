using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace FunctionalMetrics.Benchmarks;

/// <summary>A .npy array of shape (N, H, W), wholly in memory, as the benchmarks need it.</summary>
internal static partial class NpyStack
{
    private const int Part = 1 << 24;

    public static (T[] Values, int Count, int Height, int Width) Read<T>(string path, string dtype)
        where T : unmanaged
    {
        using var file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[10];
        file.ReadExactly(start);
        var header = new byte[BitConverter.ToUInt16(start[8..])];
        file.ReadExactly(header);
        var text = Encoding.ASCII.GetString(header);
        var shape = Shape().Match(text);
        if (!text.Contains($"'{dtype}'") || !shape.Success)
            throw new InvalidDataException($"{path}: expected {dtype} of shape (N, H, W), found {text.Trim()}");
        var (n, h, w) = (Number(1), Number(2), Number(3));
        var values = new T[(long)n * h * w];
        for (var at = 0; at < values.Length; at += Part)
            file.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan(at, Math.Min(Part, values.Length - at))));
        return (values, n, h, w);

        int Number(int group) => int.Parse(shape.Groups[group].ValueSpan, provider: CultureInfo.InvariantCulture);
    }

    public static void Write<T>(string path, T[] values, string dtype, int count, int height, int width)
        where T : unmanaged
    {
        using var file = Create(path, dtype, count, height, width);
        Append(file, values);
    }

    /// <summary>A file with the header of a stack, for values that are appended part by part.</summary>
    public static FileStream Create(string path, string dtype, int count, int height, int width)
    {
        var file = File.Create(path);
        var shape = FormattableString.Invariant($"{{'descr': '{dtype}', 'fortran_order': False, 'shape': ({count}, {height}, {width}), }}");
        var header = Encoding.ASCII.GetBytes(shape.PadRight((shape.Length + 11 + 63) / 64 * 64 - 11) + "\n");
        file.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8), .. header]);
        return file;
    }

    public static void Append<T>(FileStream file, T[] values)
        where T : unmanaged
    {
        for (var at = 0; at < values.Length; at += Part)
            file.Write(MemoryMarshal.AsBytes(values.AsSpan(at, Math.Min(Part, values.Length - at))));
    }

    [GeneratedRegex(@"'fortran_order': False, 'shape': \((\d+), (\d+), (\d+)\)")]
    private static partial Regex Shape();
}
