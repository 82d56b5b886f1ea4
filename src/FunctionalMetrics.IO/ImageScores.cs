using System.Collections.Immutable;
using System.Globalization;

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
        var scores = Wide(values);
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
    )
    {
        using var table = DelimitedFile.Open(path);
        var (file, score) = (table.Column(fileColumn), table.Column(scoreColumn));
        var indices = names.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => pair.index);
        var scores = new double[names.Length];
        var rows = new long[names.Length];
        while (table.Next(cancel))
        {
            var text = table.Text(file).ToString();
            var image = Candidates(text).Select(name => indices.GetValueOrDefault(name, -1)).FirstOrDefault(index => index >= 0, -1)
                is >= 0
                    and var index
                ? index
                : throw new InputException(path, $"row {table.Row}, column '{fileColumn}': '{text}' is none of the images{Example(names)}");
            if (rows[image] > 0)
                throw new InputException(
                    path,
                    $"row {table.Row} gives the image {names[image]} a second score; row {rows[image]} has given one"
                );
            (scores[image], rows[image]) = (table.Number(score), table.Row);
        }
        return System.Array.IndexOf(rows, 0) is >= 0 and var missing
            ? throw new InputException(path, $"has no row for the image {names[missing]}")
            : [.. scores];
    }

    // as written, then without its extension, then without the levels above the defect's folder, one by one
    private static IEnumerable<string> Candidates(string file)
    {
        var name = file.Trim().Replace('\\', '/');
        yield return name;
        var slash = name.LastIndexOf('/');
        if (name.LastIndexOf('.') is var dot && dot > slash + 1)
            name = name[..dot];
        yield return name;
        while (name.IndexOf('/') is >= 0 and var end)
            yield return name = name[(end + 1)..];
    }

    private static string Example(ImmutableArray<string> names) => names.IsEmpty ? "" : $", which are called like {names[0]}";

    private static double[] Wide(Array values) =>
        values switch
        {
            double[] wide => wide,
            float[] single => System.Array.ConvertAll(single, value => (double)value),
            Half[] half => System.Array.ConvertAll(half, value => (double)value),
            ushort[] words => System.Array.ConvertAll(words, value => (double)value),
            _ => System.Array.ConvertAll((byte[])values, value => (double)value),
        };
}
