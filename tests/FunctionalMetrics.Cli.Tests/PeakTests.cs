using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using System.Text.RegularExpressions;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>A limit of memory holds of the process, as the system counts its pages: one that is too small is refused before a picture is decoded.</summary>
[Trait("Category", "Slow")]
public sealed partial class PeakTests : IDisposable
{
    private const int Side = 5000;

    /// <summary>What the runtime takes before anything is read.</summary>
    private const double Refusal = 80;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableTheory]
    [InlineData("png")]
    [InlineData("tiff")]
    public void A_refusal_decodes_nothing_and_the_least_that_it_names_is_the_peak_within_a_third(string format)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "reads /proc");
        Write($"maps/cut/0.{format}", format == "png" ? Png : Tiff);
        Write("masks/cut/0.png", Png);
        string[] evaluate = ["evaluate", "--maps", "maps", "--masks", "masks", "--mask-threshold", "1", "--json", "a.json"];
        var refused = Peak([.. evaluate, "--max-memory", "20MB"]);
        Assert.Equal(2, refused.Exit);
        Assert.InRange(refused.Megabytes, 1, Refusal);
        var least = double.Parse(
            Least().Match(refused.Error).Groups[1].Value.Replace(",", "", StringComparison.Ordinal),
            CultureInfo.InvariantCulture
        );
        var held = Peak([.. evaluate, "--max-memory", $"{least}MB"]);
        Assert.True(held.Exit == 0, held.Error);
        Assert.InRange(least / held.Megabytes, 1, 1.34);
    }

    private (int Exit, string Error, double Megabytes) Peak(string[] arguments)
    {
        var command = DotnetCommand.In(folder.Path, [Fmetrics.Dll, .. arguments]);
        (command.RedirectStandardError, command.RedirectStandardOutput) = (true, true);
        using var process = Process.Start(command)!;
        var (error, output, most) = (process.StandardError.ReadToEndAsync(), process.StandardOutput.ReadToEndAsync(), 0.0);
        // The mark only rises; what is read last before the process ends is its peak.
        while (!process.WaitForExit(2))
            if (HighWater().Match(Status(process.Id)) is { Success: true } found)
                most = double.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture) * 1024 / 1e6;
        process.WaitForExit();
        output.Wait();
        return (process.ExitCode, error.Result, most);
    }

    private static string Status(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/status");
        }
        catch (IOException)
        {
            return "";
        }
    }

    private void Write(string name, Func<byte[]> picture) => folder.Write(name, picture());

    /// <summary>8 bits, black but for a square.</summary>
    private static byte[] Png()
    {
        using var file = new MemoryStream();
        file.Write([0x89, .. "PNG\r\n\u001a\n"u8]);
        Chunk("IHDR", [.. Big(Side), .. Big(Side), 8, 0, 0, 0, 0]);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, true))
            for (var row = 0; row < Side; row++)
            {
                var line = new byte[1 + Side];
                if (row is >= 100 and < 200)
                    line.AsSpan(101, 100).Fill(255);
                zlib.Write(line);
            }
        Chunk("IDAT", packed.ToArray());
        Chunk("IEND", []);
        return file.ToArray();

        void Chunk(string name, byte[] content)
        {
            byte[] named = [.. Encoding.ASCII.GetBytes(name), .. content];
            file.Write(Big(content.Length));
            file.Write(named);
            file.Write(Big((int)Crc32.HashToUInt32(named)));
        }

        static byte[] Big(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
    }

    /// <summary>float32 in one strip that nothing packs, each score another.</summary>
    private static byte[] Tiff()
    {
        (ushort Tag, ushort Type, int Value)[] tags =
        [
            (256, 4, Side),
            (257, 4, Side),
            (258, 3, 32),
            (259, 3, 1),
            (262, 3, 1),
            (273, 4, 256),
            (277, 3, 1),
            (278, 4, Side),
            (279, 4, 4 * Side * Side),
            (339, 3, 3),
        ];
        var file = new byte[256 + 4L * Side * Side];
        using var writer = new BinaryWriter(new MemoryStream(file));
        writer.Write("II"u8);
        writer.Write((ushort)42);
        writer.Write(8);
        writer.Write((ushort)tags.Length);
        foreach (var (tag, type, value) in tags)
        {
            writer.Write(tag);
            writer.Write(type);
            writer.Write(1);
            writer.Write(value);
        }
        writer.Write(0);
        writer.BaseStream.Position = 256;
        for (var i = 0; i < Side * Side; i++)
            writer.Write(i * 7919L % (Side * Side) / (float)(Side * Side));
        return file;
    }

    [GeneratedRegex(@" ([\d,.]+) MB is the least that would do")]
    private static partial Regex Least();

    [GeneratedRegex(@"VmHWM:\s+(\d+) kB")]
    private static partial Regex HighWater();
}
