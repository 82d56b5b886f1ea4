using System.Collections.Immutable;

namespace FunctionalMetrics.IO;

/// <summary>
/// One image of a folder layout: its map's file, its mask's, which a normal image need not have, and the normal folder that it lies in, if any.
/// </summary>
internal sealed record FolderImage(string Name, string MapPath, string? MaskPath, string? NormalFolder)
{
    /// <summary>
    /// Pairs maps with masks by name, in ordinal order. Anything left over, but for normal images without a mask, is an error.
    /// </summary>
    public static ImmutableArray<FolderImage> Match(ImageFolder maps, ImageFolder masks, MapRules rules)
    {
        foreach (var (name, mask) in masks.Files)
            if (!maps.Files.ContainsKey(name))
                throw new InputException(
                    mask,
                    $"is a mask without a map; there is no map {name} below {maps.Root}, where maps are called {Some(maps)}"
                );
        return
        [
            .. maps.Files.Select(map =>
                rules.NormalFolderOf(map.Key) is var normal && masks.Files.TryGetValue(map.Key, out var mask)
                    ? new FolderImage(map.Key, map.Value, mask, normal)
                : normal is not null || rules.UnmaskedAreNormal ? new FolderImage(map.Key, map.Value, null, normal)
                : throw new InputException(
                    map.Value,
                    $"has no mask; looked for {map.Key} or {map.Key}_mask below {masks.Root}, where masks are called {Some(masks)} (only maps in a folder good, ok or normal need none; --normal-folder names others, --unmasked normal says it of all)"
                )
            ),
        ];
    }

    /// <summary>Decodes the image's files and checks them.</summary>
    public LabelledMaps Read(MaskRule rule)
    {
        using var pair = ImagePair.Open(MapPath, MaskPath);
        if (pair.Count != 1)
            throw new InputException(MapPath, $"holds {pair.Count} maps; in a folder each file holds one");
        var block = pair.Next(rule)!;
        return NormalFolder is { } folder && block.Anomalous[0]
            ? throw new InputException(
                MaskPath!,
                $"has an anomalous pixel, though the map {MapPath} lies in the folder {folder} of normal images; one of the two is wrong"
            )
            : new([Name], block.Batch, block.Anomalous);
    }

    private static string Some(ImageFolder folder) =>
        folder.Files.Keys.Take(2).ToList() is [var first, var second] ? $"{first} and {second}" : folder.Files.Keys.First();
}
