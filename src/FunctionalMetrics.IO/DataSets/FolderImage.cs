using System.Collections.Immutable;

namespace FunctionalMetrics.IO;

/// <summary>One image of a folder layout: its map's file, and its mask's, which a normal image need not have.</summary>
internal sealed record FolderImage(string Name, string MapPath, string? MaskPath)
{
    private const string Good = "good";

    /// <summary>
    /// Whether the image lies in a defect folder and is anomalous, lies in one called good and is normal, or lies in none (null).
    /// </summary>
    public bool? Anomalous => IsIn(Name) is { } good ? !good : null;

    /// <summary>
    /// Pairs maps with masks by name, in ordinal order. Anything left over, but for normal images without a mask, is an error.
    /// </summary>
    public static ImmutableArray<FolderImage> Match(ImageFolder maps, ImageFolder masks)
    {
        foreach (var (name, mask) in masks.Files)
            if (!maps.Files.ContainsKey(name))
                throw new InputException(mask, $"is a mask without a map; there is no map {name} below {maps.Root}");
        return [.. maps.Files.Select(map => new FolderImage(map.Key, map.Value, Mask(map.Key, map.Value, masks)))];
    }

    /// <summary>Decodes the image's files and checks them.</summary>
    public LabelledMaps Read(MaskRule rule)
    {
        using var pair = ImagePair.Open(MapPath, MaskPath);
        if (pair.Count != 1)
            throw new InputException(MapPath, $"holds {pair.Count} maps; in a folder each file holds one");
        var block = pair.Next(rule)!;
        return new([Name], block.Batch, Anomalous is { } known ? [known] : block.Anomalous);
    }

    private static string? Mask(string name, string map, ImageFolder masks) =>
        masks.Files.TryGetValue(name, out var mask) ? mask
        : IsIn(name) == true ? null
        : throw new InputException(
            map,
            $"has no mask; looked for {name} or {name}_mask below {masks.Root} (only maps in a folder '{Good}' need none)"
        );

    private static bool? IsIn(string name) =>
        name.Split('/') is [.. { Length: > 0 } folders, _] ? folders.Contains(Good, StringComparer.Ordinal) : null;
}
