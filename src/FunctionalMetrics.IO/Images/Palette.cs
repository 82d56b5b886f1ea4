namespace FunctionalMetrics.IO;

/// <summary>The colours that the pixels of a palette picture name by their index.</summary>
/// <param name="Colours">Red, green and blue of each entry.</param>
/// <param name="Alpha">Alpha of the first entries; those behind it are opaque.</param>
internal sealed record Palette(byte[] Colours, byte[] Alpha)
{
    /// <summary>Whether some entry is a colour; a palette of greys alone has values.</summary>
    private bool HasColours => Enumerable.Range(0, Colours.Length / 3).Any(entry => !IsGrey(entry));

    /// <summary>A picture with one number for each pixel, in place of its index.</summary>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="indices">Height x Width indices.</param>
    /// <param name="byIndex">
    /// Whether the numbers of a palette with a colour are its indices; else they are greys, and pixels of a colour are refused.
    /// </param>
    /// <param name="path">The file as errors name it.</param>
    public Picture Picture(int height, int width, byte[] indices, bool byIndex, string path)
    {
        byIndex &= HasColours;
        return new(height, width, Numbers(indices, width, byIndex, path)) { IsByIndex = byIndex };
    }

    private byte[] Numbers(byte[] indices, int width, bool byIndex, string path)
    {
        Span<bool> refused = stackalloc bool[256];
        for (var entry = 0; entry < 256; entry++)
            refused[entry] = entry >= Colours.Length / 3 || !IsOpaque(entry) || !(byIndex || IsGrey(entry));
        for (var i = 0; i < indices.Length; i++)
        {
            if (refused[indices[i]])
                throw Refused(indices[i], i, width, path);
            if (!byIndex)
                indices[i] = Colours[3 * indices[i]];
        }
        return indices;
    }

    private bool IsOpaque(int entry) => entry >= Alpha.Length || Alpha[entry] == 255;

    private bool IsGrey(int entry) => Colours[3 * entry] == Colours[3 * entry + 1] && Colours[3 * entry] == Colours[3 * entry + 2];

    private InputException Refused(int entry, int index, int width, string path)
    {
        var place = IO.Picture.Place(index, width);
        if (entry >= Colours.Length / 3)
            return new(path, $"is damaged: {place} has the index {entry}, which is not in its palette of {Colours.Length / 3} colours");
        return IsOpaque(entry)
            ? new(
                path,
                $"has a palette of colours ({place} has the index {entry}: red {Colours[3 * entry]}, green {Colours[3 * entry + 1]}, blue {Colours[3 * entry + 2]}); --mask-threshold T takes palette indices of T or more as anomalous, and a map has one grey channel"
            )
            : IO.Picture.Transparent(path, index, width, $"has the index {entry}, with alpha {Alpha[entry]} of 255");
    }
}
