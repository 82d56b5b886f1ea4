using FunctionalMetrics.Core;

namespace FunctionalMetrics.IO;

/// <summary>A file of one defect: its pixels have one value, which says of what type it is, and all others have 0.</summary>
internal static class Channel
{
    public static (DefectType Type, Defect Defect) Read(string path, string mapPath, MapShape map, DefectsConfig config)
    {
        using var file = ImageReader.Open(path, asScores: true, byIndex: true, isOne: true);
        if (!file.Type.HoldsScores && file.Type != NumberType.Boolean)
            throw new InputException(path, $"holds {file.Type.Name}; masks hold numbers");
        if (file.Shape != map)
            throw new InputException(
                path,
                FormattableString.Invariant(
                    $"is {Size(file.Shape)}, and its map {mapPath} is {Size(map)}; bring maps to the size of the images before they are judged"
                )
            );
        var values = NumberType.Wide(file.Next(1));
        var first = Array.FindIndex(values, value => value != 0);
        if (first < 0)
            throw new InputException(path, "has no pixel that is not 0; a file of a defect marks its pixels");
        if (config.Of(values[first]) is not { } type)
            throw new InputException(
                path,
                FormattableString.Invariant(
                    $"{Place(first)} is {values[first]}, which {config.Path} does not name; its pixel values are {config.Values}"
                )
            );
        var mask = new bool[values.Length];
        for (var i = 0; i < mask.Length; i++)
            mask[i] =
                values[i] != 0
                && (
                    values[i] == values[first]
                        ? true
                        : throw new InputException(
                            path,
                            FormattableString.Invariant(
                                $"{Place(i)} is {values[i]}, and {Place(first)} is {values[first]}; a file holds one defect, whose pixels have one value"
                            )
                        )
                );
        return (type, Checked.Take(Defect.Create(new(mask, map), type.Saturation), path));

        string Place(int index) => Checked.Place("mask", map, index, 0, 1);
    }

    private static string Size(MapShape shape) => FormattableString.Invariant($"{shape.Height} x {shape.Width}");
}
