using System.Globalization;

namespace FunctionalMetrics.IO;

/// <summary>Scores and labels as two arrays of shape (n) in one .npz archive, named as the columns of a table would be.</summary>
internal static class LabelledArrays
{
    public static (Array Scores, bool[] Labels) Read(string path, string scoreName, string labelName)
    {
        if (NpzPath.Parse(path) is not { Array: null, File: var archive } || Reading.Extension(archive) != ".npz")
            throw new InputException(path, "is one array, which has no labels beside its scores; an .npz with both, or a table, is needed");
        var scores = ImageScores.Array($"{archive}:{scoreName}");
        var labels = Labels($"{archive}:{labelName}");
        return scores.Length == labels.Length
            ? (scores, labels)
            : throw new InputException(path, $"holds {scores.Length} scores in '{scoreName}' and {labels.Length} labels in '{labelName}'");
    }

    private static bool[] Labels(string path)
    {
        using var array = NpyReader.Open(path);
        if (array.Header.Shape is not [var count])
            throw new InputException(array.Path, $"has the shape {array.Header.ShapeText}; labels have one dimension, (n,)");
        if (count * array.Header.Type.Size > Array.MaxLength)
            throw new InputException(array.Path, $"holds {count} labels; at most 2 GiB can be read at once");
        var labels = new bool[count];
        var row = 0;
        foreach (var value in array.Next((int)count))
        {
            var number = value is Half half ? (double)half : Convert.ToDouble(value, CultureInfo.InvariantCulture);
            labels[row++] = number is 0 or 1
                ? number == 1
                : throw new InputException(array.Path, FormattableString.Invariant($"labels[{row - 1}] is {value}; labels are 0 or 1"));
        }
        return labels;
    }
}
