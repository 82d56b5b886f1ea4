using System.IO.Compression;
using Parquet;

namespace FunctionalMetrics.IO.Tests;

/// <summary>Sound files, of which damaged ones are made.</summary>
internal static class Corpus
{
    private static readonly string[] Extensions = [".npy", ".npz", ".csv", ".tsv", ".png", ".tiff", ".bmp", ".parquet"];

    /// <summary>The least file of each format.</summary>
    public static (string Name, byte[] Bytes)[] Small { get; } =
    [
        ("small.tiff", Make.Tiff(2, 2, 1, 2, 3, 4)),
        ("small.png", Make.Png(2, 2, 1, 2, 3, 4)),
        ("small.bmp", Make.Bmp(40, 2, 2, 8, [1, 1, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 1, 1, 1, 0])),
        ("small.npy", Make.Npy("<f4", "(1, 2, 2)", 1f, 2f, 3f, 4f)),
        ("small.npz", Make.Npz(CompressionLevel.Optimal, ("maps.npy", Make.Npy("<f4", "(1, 2, 2)", 1f, 2f, 3f, 4f)))),
        ("small.parquet", Make.Parquet([1, 2, 0.5, 2], ["0", "1", "1", "0"])),
        ("small.csv", [.. "score,label\n1,0\n2,1\n"u8]),
    ];

    /// <summary>Those of the other programs that write the formats, what was found to do harm, and the least ones.</summary>
    public static (string Name, byte[] Bytes)[] Files { get; } =
    [
        .. Directory
            .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "fixtures"), "*", SearchOption.AllDirectories)
            .Where(path => Extensions.Contains(Path.GetExtension(path)))
            .Order(StringComparer.Ordinal)
            .Select(path => (Path.GetFileName(path)!, File.ReadAllBytes(path))),
        .. Small,
    ];

    /// <summary>A table in each way in which Parquet packs pages.</summary>
    public static byte[][] Packed { get; } =
    [
        .. Enum.GetValues<CompressionMethod>()
            .Where(packed => packed is not (CompressionMethod.Lzo or CompressionMethod.LZ4))
            .Select(packed =>
                Make.Parquet(
                    [.. Enumerable.Range(0, 40).Select(row => row / 8.0)],
                    [.. Enumerable.Range(0, 40).Select(row => $"{row % 2}")],
                    packed
                )
            ),
    ];
}
