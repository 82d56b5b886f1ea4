using BitMiracle.LibTiff.Classic;

namespace FunctionalMetrics.IO;

/// <summary>
/// Decodes single-channel TIFF through LibTiff.NET: float16, float32, float64 and 1, 8 and 16-bit unsigned samples, in strips or tiles, of
/// either byte order, uncompressed or compressed without loss. Samples of 1 bit become 0 and 255.
/// </summary>
internal static class TiffDecoder
{
    // an LZW code of 12 bits can stand for almost 4096 bytes; deflate and PackBits stay below that
    private const int MostCompression = 4096;

    public static Picture Decode(FileStream file, string path)
    {
        TiffDirectory.Check(file, path);
        file.Position = 0;
        using var messages = TiffMessages.Collect();
        return Reading.Decode(path, "TIFF", () => Decode(file, path, messages));
    }

    private static Picture Decode(FileStream file, string path, TiffMessages messages)
    {
        using var tiff =
            Tiff.ClientOpen(path, "r", file, new TiffStream())
            ?? throw new InputException(path, $"is damaged or not a TIFF file: {messages.First ?? "it cannot be opened"}");
        var format = TiffFormat.Of(tiff, path);
        var rowBytes = ((long)format.Width * format.BitsPerSample + 7) / 8;
        Picture.RequireRoom(path, format.Height, format.Width, (Int128)rowBytes * format.Height, file.Length, MostCompression);
        RequireBlocksInFile(tiff, tiff.IsTiled() ? TiffTag.TILEBYTECOUNTS : TiffTag.STRIPBYTECOUNTS, file.Length, path);
        var rows = new byte[rowBytes * format.Height];
        if (tiff.IsTiled())
            TiffBlocks.ReadTiles(tiff, format, rows, path, messages);
        else
            TiffBlocks.ReadStrips(tiff, format, rows, path, messages);
        return new(format.Height, format.Width, format.Samples(rows, (int)rowBytes));
    }

    // LibTiff allocates what a strip or tile claims to take before it looks whether so much is there
    private static void RequireBlocksInFile(Tiff tiff, TiffTag byteCounts, long fileBytes, string path)
    {
        if (tiff.GetField(byteCounts) is [var counts, ..] && Array.Exists(counts.ToIntArray(), count => count < 0 || count > fileBytes))
            throw new InputException(path, "is damaged: a strip or tile claims more bytes than the file holds");
    }
}
