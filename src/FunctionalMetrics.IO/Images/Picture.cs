namespace FunctionalMetrics.IO;

/// <summary>A decoded single-channel picture: rows of numbers, top to bottom, left to right.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Values">Height x Width numbers: signed or unsigned numbers of 8, 16 or 32 bits, Half, float or double.</param>
internal sealed record Picture(int Height, int Width, Array Values)
{
    /// <summary>Whether the numbers are indices of a palette of colours.</summary>
    public bool IsByIndex { get; init; }

    /// <summary>Fails when a picture claims more bytes than its file can hold, before anything is allocated for them.</summary>
    /// <param name="path">The file as errors name it.</param>
    /// <param name="height">Rows that the file claims.</param>
    /// <param name="width">Columns that the file claims.</param>
    /// <param name="decodedBytes">What they take when decoded.</param>
    /// <param name="fileBytes">What is there.</param>
    /// <param name="mostCompression">How many bytes the file's compression makes of one at most.</param>
    public static void RequireRoom(string path, long height, long width, Int128 decodedBytes, long fileBytes, int mostCompression)
    {
        if (height <= 0 || width <= 0)
            throw new InputException(path, $"has {height} rows and {width} columns; a picture has at least one of each");
        if (
            decodedBytes > Array.MaxLength
            || (Int128)height * width > Array.MaxLength
            || decodedBytes > ((Int128)fileBytes + 1) * mostCompression
        )
            throw new InputException(
                path,
                $"claims {height} rows and {width} columns, {decodedBytes} bytes, which a file of {fileBytes} bytes cannot hold"
            );
    }

    /// <summary>Whole samples of 1, 2, 4 or 8 bits, the first of a byte in its highest bits, one byte each.</summary>
    /// <param name="row">The packed bytes of a row.</param>
    /// <param name="bits">Bits of a sample.</param>
    /// <param name="samples">Where they go: as many as the row has.</param>
    /// <param name="scale">What each is multiplied with.</param>
    public static void Unpack(ReadOnlySpan<byte> row, int bits, Span<byte> samples, int scale)
    {
        if (bits == 8 && scale == 1)
            row[..samples.Length].CopyTo(samples);
        else
            for (var (i, bit) = (0, 0); i < samples.Length; i++, bit += bits)
                samples[i] = (byte)((row[bit >> 3] >> (8 - bits - (bit & 7)) & ((1 << bits) - 1)) * scale);
    }

    /// <summary>What a grey sample of so few bits is multiplied with, so that the largest becomes 255.</summary>
    public static int ScaleTo255(int bits) => 255 / ((1 << bits) - 1);

    /// <summary>Pixels of several equal channels, with or without an opaque alpha channel behind them, as one channel.</summary>
    /// <param name="samples">The channels of each pixel side by side.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="colours">1 for grey, 3 for red, green and blue.</param>
    /// <param name="hasAlpha">Whether alpha follows them.</param>
    /// <param name="opaque">The alpha of an opaque pixel.</param>
    /// <param name="path">The file as errors name it.</param>
    public static T[] OneChannel<T>(T[] samples, int width, int colours, bool hasAlpha, T opaque, string path)
        where T : unmanaged, IEquatable<T>
    {
        var channels = colours + (hasAlpha ? 1 : 0);
        if (channels == 1)
            return samples;
        var grey = new T[samples.Length / channels];
        for (var i = 0; i < grey.Length; i++)
        {
            var pixel = samples.AsSpan(i * channels, channels);
            if (colours == 3 && !(pixel[0].Equals(pixel[1]) && pixel[1].Equals(pixel[2])))
                throw new InputException(
                    path,
                    FormattableString.Invariant(
                        $"has 3 channels that differ ({Place(i, width)} is red {pixel[0]}, green {pixel[1]}, blue {pixel[2]}); a map or mask has one: save one of them, in Pillow Image.open(IN).getchannel('R').save(OUT)"
                    )
                );
            if (hasAlpha && !pixel[^1].Equals(opaque))
                throw Transparent(path, i, width, FormattableString.Invariant($"has alpha {pixel[^1]} of {opaque}"));
            grey[i] = pixel[0];
        }
        return grey;
    }

    /// <summary>Refuses a picture for a transparent pixel.</summary>
    public static InputException Transparent(string path, int index, int width, string why) =>
        new(
            path,
            $"has a transparent pixel ({Place(index, width)} {why}); a map or mask is opaque: if alpha means nothing, drop it, in Pillow Image.open(IN).convert('RGB').save(OUT)"
        );

    /// <summary>A pixel as people name it, counted from 0.</summary>
    public static string Place(int index, int width) => FormattableString.Invariant($"row {index / width}, column {index % width}");
}
