namespace FunctionalMetrics.IO;

/// <summary>A picture of which only the header was read.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Type">The type of its numbers when it is decoded.</param>
/// <param name="Beside">How many bytes decoding takes beside its numbers, at most.</param>
/// <param name="Decode">Decodes it.</param>
internal sealed record PictureHeader(int Height, int Width, NumberType Type, long Beside, Func<Picture> Decode)
{
    /// <summary>What decoding several channels takes beside the one that is kept.</summary>
    /// <param name="height">Rows.</param>
    /// <param name="rowBytes">What a row of all channels takes.</param>
    /// <param name="channels">How many channels the file has.</param>
    public static long OfChannels(long height, long rowBytes, int channels) => channels > 1 ? height * rowBytes : 0;
}
