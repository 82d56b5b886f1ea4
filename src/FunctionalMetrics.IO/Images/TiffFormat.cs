using System.Collections.Frozen;

namespace FunctionalMetrics.IO;

/// <summary>
/// What the tags of a TIFF directory say about its picture; anything that is not one plain channel is refused by name. Bits are those of a sample;
/// colours are 1 for grey and palettes, 3 for red, green and blue; the predictor is 1 for samples as they are, 2 for differences of neighbours and 3
/// for those of the bytes of floats; reversed bytes begin with their lowest bit.
/// </summary>
internal sealed record TiffFormat(
    long Height,
    long Width,
    int Bits,
    bool IsFloat,
    bool IsSigned,
    int Colours,
    bool HasAlpha,
    bool HasPalette,
    TiffCompression Compression,
    int Predictor,
    bool IsReversed,
    bool IsBigEndian
)
{
    private static readonly FrozenDictionary<long, string> Photometrics = new Dictionary<long, string>
    {
        [4] = "MASK",
        [5] = "CMYK",
        [6] = "YCBCR",
        [8] = "CIELAB",
        [9] = "ICCLAB",
        [10] = "ITULAB",
        [32803] = "CFA",
        [32844] = "LOGL",
        [32845] = "LOGLUV",
        [34892] = "LinearRaw",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<long, string> Kinds = new Dictionary<long, string>
    {
        [1] = "UINT",
        [2] = "INT",
        [3] = "IEEEFP",
        [4] = "VOID",
        [5] = "COMPLEXINT",
        [6] = "COMPLEXIEEEFP",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<long, string> Compressions = new Dictionary<long, string>
    {
        [2] = "CCITT (modified Huffman)",
        [3] = "CCITT Group 3",
        [4] = "CCITT Group 4",
        [6] = "JPEG (of TIFF 6.0)",
        [7] = "JPEG",
        [9] = "JBIG",
        [10] = "JBIG",
        [32766] = "NeXT",
        [32771] = "CCITT (modified Huffman, by words)",
        [32809] = "ThunderScan",
        [32908] = "PixarFilm",
        [32909] = "PixarLog",
        [32947] = "DCS",
        [33003] = "JPEG 2000",
        [33005] = "JPEG 2000",
        [34661] = "JBIG",
        [34676] = "SGI LogLuv",
        [34677] = "SGI LogLuv",
        [34712] = "JPEG 2000",
        [34887] = "LERC",
        [34892] = "JPEG",
        [34925] = "LZMA",
        [34926] = "Zstandard",
        [34927] = "WebP",
        [34933] = "PNG",
        [34934] = "JPEG XR",
        [50000] = "Zstandard",
        [50001] = "WebP",
        [50002] = "JPEG XL",
        [52546] = "JPEG XL",
    }.ToFrozenDictionary();

    private const string Converts = "in Python tifffile.imwrite(OUT, tifffile.imread(IN))";

    /// <summary>The type of a sample; of less than 8 bits, of those that are packed in a byte.</summary>
    public NumberType Type =>
        (Bits, IsFloat, IsSigned) switch
        {
            (64, _, _) => NumberType.Float64,
            (32, true, _) => NumberType.Float32,
            (32, _, true) => NumberType.Int32,
            (32, _, _) => NumberType.UInt32,
            (16, true, _) => NumberType.Float16,
            (16, _, true) => NumberType.Int16,
            (16, _, _) => NumberType.UInt16,
            (8, _, true) => NumberType.Int8,
            _ => NumberType.UInt8,
        };

    /// <summary>Samples of a pixel.</summary>
    public int Channels => Colours + (HasAlpha ? 1 : 0);

    /// <summary>How many bytes a row of so many pixels takes.</summary>
    public long RowBytes(long pixels) => (long)(((Int128)pixels * Bits * Channels + 7) / 8);

    public static TiffFormat Of(TiffTags tags, string path)
    {
        if (!tags.Has(256) || !tags.Has(257))
            throw new InputException(path, "is damaged: it does not say how many rows and columns it has");
        var (channels, photometric) = (tags.One(277, 1), tags.One(262, 1));
        if (photometric == 0)
            throw new InputException(path, "is stored min-is-white, so that its numbers run backwards; save it as min-is-black");
        if (photometric is not (1 or 2 or 3))
            throw new InputException(path, $"has the colours {Name(Photometrics, photometric)}; a map or mask has one grey channel");
        var colours = photometric == 2 ? 3 : 1;
        if (channels != colours && (channels != colours + 1 || photometric == 3))
            throw new InputException(path, $"has {channels} channels; a map or mask has one");
        if (channels > 1 && tags.One(284, 1) != 1)
            throw new InputException(path, $"stores its {channels} channels apart (planar configuration 2); a map or mask has one");
        if (tags.One(274, 1) != 1)
            throw new InputException(path, "is stored turned or mirrored (its orientation is not top-left); save it upright");
        var compression =
            TiffCompression.Of(tags.One(259, 1))
            ?? throw new InputException(
                path,
                $"is compressed with {Name(Compressions, tags.One(259, 1))}; none, LZW, deflate and PackBits can be read: save it so, {Converts}"
            );
        var (bits, isFloat, isSigned) = Samples(tags, photometric == 3, channels, path);
        return new(
            tags.One(257, 0),
            tags.One(256, 0),
            bits,
            isFloat,
            isSigned,
            colours,
            channels > colours,
            photometric == 3,
            compression,
            compression.HasPredictor ? Predicted(tags.One(317, 1), bits, isFloat, path) : 1,
            tags.One(266, 1) == 2,
            tags.IsBigEndian
        );
    }

    private static (int Bits, bool IsFloat, bool IsSigned) Samples(TiffTags tags, bool hasPalette, long channels, string path)
    {
        var (all, kinds) = (tags.All(258, channels), tags.All(339, channels));
        var (bits, kind) = (all is [var first, ..] ? first : 1, kinds is [var same, ..] ? same : 1);
        if (all.Any(other => other != bits) || kinds.Any(other => other != kind))
            throw new InputException(path, "has channels of different types; a map or mask has one");
        var read = kind switch
        {
            3 => bits is 16 or 32 or 64 && !hasPalette,
            1 or 4 => bits is 8 || (bits is 1 or 2 or 4 && channels == 1) || (bits is 16 or 32 && !hasPalette),
            2 => bits is 8 or 16 or 32 && !hasPalette,
            _ => false,
        };
        return read
            ? ((int)bits, kind == 3, kind == 2)
            : throw new InputException(
                path,
                $"has samples of {bits} bits, {Name(Kinds, kind)}; float16, float32, float64, whole numbers of 8, 16 and 32 bits and unsigned ones of 1, 2 and 4 can be read"
            );
    }

    private static int Predicted(long predictor, int bits, bool isFloat, string path) =>
        predictor switch
        {
            1 => 1,
            2 when bits >= 8 => 2,
            3 when isFloat => 3,
            _ => throw new InputException(
                path,
                $"has the predictor {predictor}{PredictorName(predictor)} with samples of {bits} bits, which is not read here; save it without, {Converts}"
            ),
        };

    private static string PredictorName(long predictor) =>
        predictor switch
        {
            2 => " (horizontal differencing)",
            3 => " (floating point)",
            _ => "",
        };

    private static string Name(FrozenDictionary<long, string> names, long number) =>
        names.TryGetValue(number, out var name) ? name : FormattableString.Invariant($"{number}");
}
