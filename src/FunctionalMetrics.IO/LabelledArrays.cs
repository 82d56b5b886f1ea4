using System.Globalization;

namespace FunctionalMetrics.IO;

/// <summary>Scores and labels as two arrays of shape (n) in one .npz archive, named as the columns of a table would be.</summary>
internal static class LabelledArrays
{
    public static (Array Scores, bool[] Labels) Read(string path, string scoreName, string labelName)
    {
        var archive = Archive(path);
        var scores = ImageScores.Array($"{archive}:{scoreName}");
        var labels = Labels($"{archive}:{labelName}");
        RequireEqual(path, scoreName, scores.Length, labelName, labels.Length);
        return (scores, labels);
    }

    /// <summary>The same in parts of so many rows.</summary>
    public static IEnumerable<(Array Scores, bool[] Labels)> Parts(string path, string scoreName, string labelName, int rows)
    {
        var archive = Archive(path);
        using var scores = NpyReader.Open($"{archive}:{scoreName}");
        using var labels = NpyReader.Open($"{archive}:{labelName}");
        var count = ImageScores.CountOf(scores);
        RequireEqual(path, scoreName, count, labelName, CountOf(labels));
        for (var row = 0L; row < count; row += rows)
        {
            var part = (int)Math.Min(rows, count - row);
            yield return (scores.Next(part), Labels(labels, part, row));
        }
    }

    private static string Archive(string path) =>
        NpzPath.Parse(path) is { Array: null, File: var archive } && Reading.Extension(archive) == ".npz"
            ? archive
            : throw new InputException(
                path,
                "is one array, which has no labels beside its scores; an .npz with both, or a table, is needed"
            );

    private static void RequireEqual(string path, string scoreName, long scores, string labelName, long labels)
    {
        if (scores != labels)
            throw new InputException(path, $"holds {scores} scores in '{scoreName}' and {labels} labels in '{labelName}'");
    }

    private static long CountOf(NpyReader labels) =>
        labels.Header.Shape is [var count]
            ? count
            : throw new InputException(labels.Path, $"has the shape {labels.Header.ShapeText}; labels have one dimension, (n,)");

    private static bool[] Labels(string path)
    {
        using var array = NpyReader.Open(path);
        var count = CountOf(array);
        if (count * array.Header.Type.Size > Array.MaxLength)
            throw new InputException(array.Path, $"holds {count} labels; at most 2 GiB can be read at once");
        return Labels(array, (int)count, 0);
    }

    private static bool[] Labels(NpyReader array, int count, long first)
    {
        var labels = new bool[count];
        var row = 0;
        foreach (var value in array.Next(count))
        {
            var number = value is Half half ? (double)half : Convert.ToDouble(value, CultureInfo.InvariantCulture);
            labels[row++] = number is 0 or 1
                ? number == 1
                : throw new InputException(
                    array.Path,
                    FormattableString.Invariant($"labels[{first + row - 1}] is {value}; labels are 0 or 1")
                );
        }
        return labels;
    }
}
