using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>Small .npy files, written by hand from the format's description and not by the code under test.</summary>
internal static class Npy
{
    public static string Write(string path, string dtype, int[] shape, float[] values) =>
        WriteDoubles(path, dtype, shape, [.. values.Select(value => (double)value)]);

    public static string WriteDoubles(string path, string dtype, int[] shape, double[] values)
    {
        var text = string.Join(", ", shape.Select(size => size.ToString(CultureInfo.InvariantCulture))) + (shape.Length == 1 ? "," : "");
        var header = $"{{'descr': '{dtype}', 'fortran_order': False, 'shape': ({text}), }}";
        header = header.PadRight((10 + header.Length + 1 + 63) / 64 * 64 - 11) + "\n";
        using var file = new BinaryWriter(File.Create(path));
        file.Write([0x93, .. "NUMPY"u8, 1, 0]);
        file.Write((ushort)header.Length);
        file.Write(Encoding.ASCII.GetBytes(header));
        foreach (var value in values)
            if (dtype == "<f4")
                file.Write((float)value);
            else if (dtype == ">f4")
                file.Write(BinaryPrimitives.ReverseEndianness(BitConverter.SingleToUInt32Bits((float)value)));
            else if (dtype == "<f8")
                file.Write(value);
            else
                file.Write((byte)value);
        return path;
    }

    public static (string Header, double[] Values) Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var start = 10 + BitConverter.ToUInt16(bytes, 8);
        Assert.Equal(0, start % 64);
        var values = new double[(bytes.Length - start) / 8];
        Buffer.BlockCopy(bytes, start, values, 0, bytes.Length - start);
        return (Encoding.ASCII.GetString(bytes, 10, start - 10), values);
    }
}
