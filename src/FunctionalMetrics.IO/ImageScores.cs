using System.Collections.Immutable;

namespace FunctionalMetrics.IO;

/// <summary>Scores without labels from arrays of shape (n), and image scores matched to image names.</summary>
internal static class ImageScores
{
    /// <summary>A one-dimensional array of scores, in its own width.</summary>
    public static Array Array(string path)
    {
        using var array = NpyReader.Open(path, asScores: true);
        var count = CountOf(array);
        if (count * array.Type.Size > System.Array.MaxLength)
            throw new InputException(array.Path, $"holds {count} scores; at most 2 GiB can be read at once");
        return array.Next((int)count);
    }

    /// <summary>How many scores an open array holds, which must be one of scores.</summary>
    public static long CountOf(NpyReader array)
    {
        if (!array.Type.HoldsScores)
            throw new InputException(array.Path, $"holds {array.Type.Name}; scores are floating-point or whole numbers");
        return Rows(array, "scores");
    }

    /// <summary>How many rows an open array has: of the shape (n,), or a column or a row of numbers.</summary>
    public static long Rows(NpyReader array, string what) =>
        array.Header.Shape is [_] or [_, 1] or [1, _]
            ? array.Header.Shape.Aggregate(1L, (rows, length) => rows * length)
            : throw new InputException(array.Path, $"has the shape {array.Header.ShapeText}; {what} have one dimension, (n,)");

    public static ImmutableArray<double> FromArray(string path, ImmutableArray<string> names)
    {
        var values = Array(path);
        if (values.Length != names.Length)
            throw new InputException(path, $"holds {values.Length} scores; there are {names.Length} images");
        var scores = NumberType.Wide(values);
        return System.Array.FindIndex(scores, score => !double.IsFinite(score)) is >= 0 and var bad
            ? throw new InputException(path, FormattableString.Invariant($"scores[{bad}] is {scores[bad]}; scores must be finite"))
            : [.. scores];
    }

    public static ImmutableArray<double> FromTable(
        string path,
        ImmutableArray<string> names,
        string scoreColumn,
        string fileColumn,
        CancellationToken cancel
    ) => ImageTable.Read(path, names, fileColumn, scoreColumn, (table, column) => table.Number(column), cancel);
}
