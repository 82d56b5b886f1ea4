using System.Collections.Immutable;

namespace FunctionalMetrics.IO;

/// <summary>
/// One image of a folder layout: its map's file, its masks', which a normal image need not have, that of what is left out, and the normal folder that
/// it lies in, if any.
/// </summary>
internal sealed record FolderImage(
    string Name,
    string MapPath,
    ImmutableArray<string> MaskPaths,
    ImmutableArray<string> IgnorePaths,
    string? NormalFolder
)
{
    /// <summary>Pairs maps with masks by name, in ordinal order. A mask without a map is an error, and what is a mask of a map is none.</summary>
    /// <param name="maps">The maps.</param>
    /// <param name="masks">The masks; null where there are none.</param>
    /// <param name="ignored">What is left out; null where nothing is.</param>
    /// <param name="rules">Which folders are normal.</param>
    public static ImmutableArray<FolderImage> Match(ImageFolder maps, ImageFolder? masks, ImageFolder? ignored, MapRules rules)
    {
        maps = maps.Without(masks).Without(ignored);
        (masks, ignored) = (masks?.Alike(maps), ignored?.Alike(maps));
        foreach (var (folder, kind) in new[] { (masks, "a mask"), (ignored, "an ignore mask") })
        foreach (var (name, files) in folder?.Files.AsEnumerable() ?? [])
            if (!maps.Files.ContainsKey(name))
                throw new InputException(
                    files[0],
                    $"is {kind} without a map; there is no map {name} below {maps.Root}, where maps are called {maps.Names} (of any other layout patterns say what an image is called, such as 'maps/{{name}}.tiff' and 'masks/{{name}}/*.png')"
                );
        return
        [
            .. maps.Files.Select(map => new FolderImage(
                map.Key,
                map.Value[0],
                Of(masks, map.Key),
                Of(ignored, map.Key),
                rules.NormalFolderAmong(maps.Levels(map.Value[0])[..^1])
            )),
        ];
    }

    private static ImmutableArray<string> Of(ImageFolder? folder, string name) => [.. folder?.Files.GetValueOrDefault(name) ?? []];
}
