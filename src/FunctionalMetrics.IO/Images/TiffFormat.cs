using BitMiracle.LibTiff.Classic;

namespace FunctionalMetrics.IO;

/// <summary>What the tags of a TIFF directory say about its picture; anything that is not one plain channel is refused by name.</summary>
internal sealed record TiffFormat(int Height, int Width, int BitsPerSample, bool IsFloat)
{
    public static TiffFormat Of(Tiff tiff, string path)
    {
        var channels = Tag(tiff, TiffTag.SAMPLESPERPIXEL, 1);
        if (channels != 1)
            throw new InputException(path, $"has {channels} channels; a map or mask has one");
        RequireLossless(tiff, path);
        var photometric = (Photometric)Tag(tiff, TiffTag.PHOTOMETRIC, (int)Photometric.MINISBLACK);
        if (photometric == Photometric.MINISWHITE)
            throw new InputException(path, "is stored min-is-white, so that its numbers run backwards; save it as min-is-black");
        if (photometric != Photometric.MINISBLACK)
            throw new InputException(path, $"has the colours {photometric}; a map or mask has one grey channel");
        if (Tag(tiff, TiffTag.ORIENTATION, (int)Orientation.TOPLEFT) != (int)Orientation.TOPLEFT)
            throw new InputException(path, "is stored turned or mirrored (its orientation is not top-left); save it upright");
        var bits = Tag(tiff, TiffTag.BITSPERSAMPLE, 1);
        var kind = (SampleFormat)Tag(tiff, TiffTag.SAMPLEFORMAT, (int)SampleFormat.UINT);
        var isFloat = kind == SampleFormat.IEEEFP;
        if (!(isFloat ? bits is 16 or 32 or 64 : kind is SampleFormat.UINT or SampleFormat.VOID && bits is 1 or 8 or 16))
            throw new InputException(
                path,
                $"has samples of {bits} bits, {kind}; float16, float32, float64 and 1, 8 and 16-bit unsigned can be read"
            );
        return new(Tag(tiff, TiffTag.IMAGELENGTH, 0), Tag(tiff, TiffTag.IMAGEWIDTH, 0), bits, isFloat);
    }

    /// <summary>Rows of bytes as numbers.</summary>
    public Array Samples(byte[] rows, int rowBytes)
    {
        if (BitsPerSample == 8)
            return rows;
        if (BitsPerSample == 1)
        {
            var pixels = new byte[Height * Width];
            for (var i = 0; i < pixels.Length; i++)
                pixels[i] = (rows[i / Width * rowBytes + i % Width / 8] >> (7 - i % Width % 8) & 1) == 0 ? (byte)0 : (byte)255;
            return pixels;
        }
        var type = (BitsPerSample, IsFloat) switch
        {
            (64, _) => NumberType.Float64,
            (32, _) => NumberType.Float32,
            (_, true) => NumberType.Float16,
            _ => NumberType.UInt16,
        };
        var values = type.Allocate(rows.Length / type.Size);
        rows.CopyTo(type.Bytes(values));
        return values;
    }

    private static void RequireLossless(Tiff tiff, string path)
    {
        var compression = (Compression)Tag(tiff, TiffTag.COMPRESSION, (int)Compression.NONE);
        if (
            compression
            is not (Compression.NONE or Compression.LZW or Compression.DEFLATE or Compression.ADOBE_DEFLATE or Compression.PACKBITS)
        )
            throw new InputException(path, $"is compressed with {compression}; none, LZW, deflate and PackBits can be read");
    }

    private static int Tag(Tiff tiff, TiffTag tag, int otherwise) => tiff.GetField(tag) is [var value, ..] ? value.ToInt() : otherwise;
}
