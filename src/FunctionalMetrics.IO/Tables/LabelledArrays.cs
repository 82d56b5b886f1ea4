using System.Globalization;

namespace FunctionalMetrics.IO;

/// <summary>Scores and labels as two arrays in one .npz archive, named as the columns of a table would be.</summary>
internal static class LabelledArrays
{
    public static TableFormat Format { get; } =
        new(
            [".npz"],
            NpyReader.Reads,
            (path, columns, rule, most, _) => Parts(path, columns, rule, most),
            (path, _, _) => new(ImageScores.Array(path), [], [])
        )
        {
            ScoreExtensions = [".npy", ".npz"],
        };

    /// <summary>Both in parts of so many rows.</summary>
    private static IEnumerable<TablePart> Parts(string path, TableColumns columns, LabelRule rule, int rows)
    {
        var archive = Archive(path);
        using var scores = NpyReader.Open($"{archive}:{columns.Score}", asScores: true);
        using var labels = NpyReader.Open($"{archive}:{columns.Label}");
        var others = columns.Others.Select(name => NpyReader.Open($"{archive}:{name}")).ToArray();
        try
        {
            var count = ImageScores.CountOf(scores);
            foreach (var (array, name) in others.Zip(columns.Others).Prepend((labels, columns.Label)))
                if (ImageScores.Rows(array, array == labels ? "labels" : "columns") is var length && length != count)
                    throw new InputException(
                        path,
                        $"holds {count} scores in '{columns.Score}' and {length} {(array == labels ? "labels" : "values")} in '{name}'"
                    );
            for (var row = 0L; row < count; row += rows)
            {
                var part = (int)Math.Min(rows, count - row);
                yield return new(
                    scores.Next(part),
                    Labels(labels.Next(part), labels.Type, rule, row),
                    others.Select(array => Texts(array.Next(part), array.Type)).ToArray()
                );
            }
        }
        finally
        {
            foreach (var array in others)
                array.Dispose();
        }
        rule.Finish();
    }

    private static string[] Texts(Array values, NumberType type) =>
        type.IsText
            ? [.. type.Texts(values)]
            :
            [
                .. values
                    .Cast<object>()
                    .Select(value =>
                        type == NumberType.Boolean
                            ? ((byte)value != 0 ? "true" : "false")
                            : Convert.ToString(value, CultureInfo.InvariantCulture)!
                    ),
            ];

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
        if (type.IsText)
            return [.. type.Texts(values).Select((text, index) => rule.Read(text, before + index + 1))];
        var (labels, row) = (new bool[values.Length], 0);
        foreach (var value in values)
            labels[row++] = rule.Read(
                value is Half half ? (double)half : Convert.ToDouble(value, CultureInfo.InvariantCulture),
                before + row
            );
        return labels;
    }
}
