using System.IO.Compression;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using BitMiracle.LibTiff.Classic;
using Parquet;
using Parquet.Schema;

namespace FunctionalMetrics.IO.Tests;

/// <summary>Small files as bytes, written as plainly as the formats allow.</summary>
internal static class Make
{
    public static byte[] Npy(string header, byte[] data, byte major = 1)
    {
        var text = Encoding.Latin1.GetBytes(header + "\n");
        byte[] length = major == 1 ? [(byte)text.Length, (byte)(text.Length >> 8)] : BitConverter.GetBytes(text.Length);
        return [0x93, .. "NUMPY"u8, major, 0, .. length, .. text, .. data];
    }

    public static byte[] Npy<T>(string descr, string shape, params T[] values)
        where T : unmanaged =>
        Npy($"{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}", MemoryMarshal.AsBytes<T>(values).ToArray());

    public static byte[] Npz(CompressionLevel level, params (string Name, byte[] Npy)[] arrays)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, true))
            foreach (var (name, npy) in arrays)
            {
                using var entry = archive.CreateEntry(name, level).Open();
                entry.Write(npy);
            }
        return stream.ToArray();
    }

    /// <summary>A PNG of raw rows, each of which begins with its filter byte.</summary>
    public static byte[] Png(
        int width,
        int height,
        int depth,
        int colour,
        byte[] rows,
        bool interlaced = false,
        params (string, byte[])[] before
    )
    {
        var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Optimal, true))
            zlib.Write(rows);
        byte[] header = [.. Big(width), .. Big(height), (byte)depth, (byte)colour, 0, 0, interlaced ? (byte)1 : (byte)0];
        return
        [
            0x89,
            .. "PNG\r\n"u8,
            0x1A,
            0x0A,
            .. Chunk("IHDR", header),
            .. before.SelectMany(chunk => Chunk(chunk.Item1, chunk.Item2)),
            .. Chunk("IDAT", data.ToArray()),
            .. Chunk("IEND", []),
        ];
    }

    /// <summary>An 8-bit grey PNG.</summary>
    public static byte[] Png(int width, int height, params byte[] pixels) =>
        Png(width, height, 8, 0, [.. Enumerable.Range(0, height).SelectMany(row => (byte[])[0, .. pixels.AsSpan(row * width, width)])]);

    public static byte[] Tiff(int width, int height, params float[] pixels) =>
        Tiff(width, height, pixels, Compression.NONE, Predictor.NONE, height);

    public static byte[] Tiff(int width, int height, float[] pixels, Compression compression, Predictor predictor, int rows)
    {
        var path = Path.GetTempFileName();
        try
        {
            using (var tiff = BitMiracle.LibTiff.Classic.Tiff.Open(path, "w"))
            {
                tiff.SetField(TiffTag.IMAGEWIDTH, width);
                tiff.SetField(TiffTag.IMAGELENGTH, height);
                tiff.SetField(TiffTag.BITSPERSAMPLE, 32);
                tiff.SetField(TiffTag.SAMPLESPERPIXEL, 1);
                tiff.SetField(TiffTag.SAMPLEFORMAT, SampleFormat.IEEEFP);
                tiff.SetField(TiffTag.PHOTOMETRIC, Photometric.MINISBLACK);
                tiff.SetField(TiffTag.ROWSPERSTRIP, rows);
                tiff.SetField(TiffTag.COMPRESSION, compression);
                if (predictor != Predictor.NONE)
                    tiff.SetField(TiffTag.PREDICTOR, predictor);
                for (var row = 0; row < height; row++)
                    tiff.WriteScanline(MemoryMarshal.AsBytes(pixels.AsSpan(row * width, width)).ToArray(), row);
            }
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>A BMP of raw rows, each in whole words of 32 bits, with a header of so many bytes and the fields that it has room for.</summary>
    public static byte[] Bmp(
        int header,
        int width,
        int height,
        int bits,
        byte[] rows,
        byte[] palette,
        int compression = 0,
        params uint[] masks
    )
    {
        var own = new byte[header];
        BitConverter.GetBytes(header).CopyTo(own, 0);
        if (header == 12)
        {
            BitConverter.GetBytes((short)width).CopyTo(own, 4);
            BitConverter.GetBytes((short)height).CopyTo(own, 6);
            own[8] = 1;
            own[10] = (byte)bits;
        }
        else
        {
            BitConverter.GetBytes(width).CopyTo(own, 4);
            BitConverter.GetBytes(height).CopyTo(own, 8);
            own[12] = 1;
            own[14] = (byte)bits;
            if (header >= 40)
                own[16] = (byte)compression;
        }
        byte[] fields = [.. masks.SelectMany(BitConverter.GetBytes)];
        if (header > 40)
            fields.CopyTo(own, 40);
        byte[] behind = header == 40 ? fields : [];
        var at = 14 + header + behind.Length + palette.Length;
        return
        [
            .. "BM"u8,
            .. BitConverter.GetBytes(at + rows.Length),
            0,
            0,
            0,
            0,
            .. BitConverter.GetBytes(at),
            .. own,
            .. behind,
            .. palette,
            .. rows,
        ];
    }

    /// <summary>A Parquet file with the columns score (float64) and label (text).</summary>
    public static byte[] Parquet(double[] scores, string[] labels, CompressionMethod packed = CompressionMethod.Snappy)
    {
        var (score, label) = (new DataField<double>("score"), new DataField<string>("label"));
        var stream = new MemoryStream();
        Write().GetAwaiter().GetResult();
        return stream.ToArray();

        async Task Write()
        {
            await using var writer = await ParquetWriter.CreateAsync(
                new ParquetSchema(score, label),
                stream,
                new() { CompressionMethod = packed }
            );
            using var group = writer.CreateRowGroup();
            await group.WriteAsync<double>(score, scores.AsMemory());
            await group.WriteAsync(label, labels);
        }
    }

    private static byte[] Chunk(string type, byte[] content)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. content];
        return [.. Big(content.Length), .. named, .. Big((int)Crc32.HashToUInt32(named))];
    }

    private static byte[] Big(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
}
