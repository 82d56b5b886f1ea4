using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace FunctionalMetrics.Benchmarks;

/// <summary>A .npy stack of shape (N, H, W), wholly in memory, as the benchmarks need it.</summary>
internal static partial class NpyStack
{
    public static (T[] Values, int Count, int Height, int Width) Read<T>(string path, string dtype)
        where T : unmanaged
    {
        using var file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[10];
        file.ReadExactly(start);
        var header = new byte[BitConverter.ToUInt16(start[8..])];
        file.ReadExactly(header);
        var text = System.Text.Encoding.ASCII.GetString(header);
        var shape = Shape().Match(text);
        if (!text.Contains($"'{dtype}'") || !shape.Success)
            throw new InvalidDataException($"{path}: expected {dtype} of shape (N, H, W), found {text.Trim()}");
        var (n, h, w) = (Number(1), Number(2), Number(3));
        var values = new T[(long)n * h * w];
        for (var at = 0; at < values.Length; at += 1 << 24)
            file.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan(at, Math.Min(1 << 24, values.Length - at))));
        return (values, n, h, w);

        int Number(int group) => int.Parse(shape.Groups[group].ValueSpan, provider: System.Globalization.CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"'fortran_order': False, 'shape': \((\d+), (\d+), (\d+)\)")]
    private static partial Regex Shape();
}
