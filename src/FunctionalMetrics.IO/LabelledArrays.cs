using System.Globalization;

namespace FunctionalMetrics.IO;

/// <summary>Scores and labels as two arrays in one .npz archive, named as the columns of a table would be.</summary>
internal static class LabelledArrays
{
    /// <summary>Both in parts of so many rows.</summary>
    public static IEnumerable<(Array Scores, bool[] Labels)> Parts(
        string path,
        string scoreName,
        string labelName,
        LabelRule rule,
        int rows
    )
    {
        var archive = Archive(path);
        using var scores = NpyReader.Open($"{archive}:{scoreName}", asScores: true);
        using var labels = NpyReader.Open($"{archive}:{labelName}");
        var (count, labelled) = (ImageScores.CountOf(scores), ImageScores.Rows(labels, "labels"));
        if (count != labelled)
            throw new InputException(path, $"holds {count} scores in '{scoreName}' and {labelled} labels in '{labelName}'");
        for (var row = 0L; row < count; row += rows)
        {
            var part = (int)Math.Min(rows, count - row);
            yield return (scores.Next(part), Labels(labels.Next(part), labels.Type, rule, row));
        }
        rule.Finish();
    }

    private static string Archive(string path) =>
        NpzPath.Parse(path) is { Array: null, File: var archive } && Reading.Extension(archive) == ".npz"
            ? archive
            : throw new InputException(
                path,
                "is one array, which has no labels beside its scores; an .npz with both, or a table, is needed"
            );

    private static bool[] Labels(Array values, NumberType type, LabelRule rule, long before)
    {
        if (type == NumberType.Boolean)
            return Array.ConvertAll((byte[])values, value => rule.Read(value != 0));
        var (labels, row) = (new bool[values.Length], 0);
        foreach (var value in values)
            labels[row++] = rule.Read(
                value is Half half ? (double)half : Convert.ToDouble(value, CultureInfo.InvariantCulture),
                before + row
            );
        return labels;
    }
}
