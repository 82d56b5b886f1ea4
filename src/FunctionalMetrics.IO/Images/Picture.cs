namespace FunctionalMetrics.IO;

/// <summary>A decoded single-channel picture: rows of numbers, top to bottom, left to right.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Values">Height x Width numbers: byte, ushort, Half, float or double.</param>
internal sealed record Picture(int Height, int Width, Array Values)
{
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
}
