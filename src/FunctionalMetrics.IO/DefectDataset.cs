using System.Collections.Immutable;
using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics.IO;

/// <summary>
/// Anomaly maps with their defects, opened in the layout of MVTec LOCO: the map <c>test/logical_anomalies/000.tiff</c> goes with the folder
/// <c>ground_truth/logical_anomalies/000</c>, in which each file is one defect (a channel), marked by one pixel value that <c>defects_config.json</c>
/// names. Images of a normal folder (good, ok, normal, and those that are named) have no such folder. Files are read as <see cref="MapDataset"/> reads
/// them. Nothing is decoded before it is asked for. Immutable; it may be read any number of times, also at once.
/// </summary>
public sealed class DefectDataset
{
    private DefectDataset(ImmutableArray<DefectImage> images, DefectsConfig config) => (Images, Config) = (images, config);

    /// <summary>The images in the ordinal order of their names.</summary>
    public ImmutableArray<DefectImage> Images { get; }

    /// <summary>The types of defects.</summary>
    public DefectsConfig Config { get; }

    /// <summary>Opens a root that holds the folders anomaly_maps and ground_truth.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="config">The types of defects.</param>
    /// <param name="normalFolders">Names of folders of normal images beside good, ok and normal.</param>
    public static Fin<DefectDataset> TryOpen(string root, DefectsConfig config, IEnumerable<string>? normalFolders = null) =>
        Reading.Try(root, () => ImageFolder.Of(root)).Bind(folders => TryOpen(folders.Maps, folders.Masks, config, normalFolders));

    /// <summary>Opens a folder of maps and one of defects that lie apart: a folder <c>test</c>, and <c>ground_truth</c>.</summary>
    /// <param name="maps">The folder of maps.</param>
    /// <param name="defects">The folder of defects.</param>
    /// <param name="config">The types of defects.</param>
    /// <param name="normalFolders">Names of folders of normal images beside good, ok and normal.</param>
    public static Fin<DefectDataset> TryOpen(
        string maps,
        string defects,
        DefectsConfig config,
        IEnumerable<string>? normalFolders = null
    ) => Reading.Try(maps, () => new DefectDataset(Match(maps, defects, new() { NormalFolders = [.. normalFolders ?? []] }), config));

    /// <summary>The same as <see cref="TryOpen(string, DefectsConfig, IEnumerable{string})"/> for those who prefer exceptions.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="config">The types of defects.</param>
    /// <param name="normalFolders">Names of folders of normal images beside good, ok and normal.</param>
    /// <exception cref="InputException">It is not laid out so; the message says what is wrong, and where.</exception>
    public static DefectDataset Open(string root, DefectsConfig config, IEnumerable<string>? normalFolders = null) =>
        Reading.OrThrow(TryOpen(root, config, normalFolders));

    /// <summary>Decodes the images lazily and in order. The first failure is the last element.</summary>
    /// <param name="cancel">Looked at before each image; the only way for an exception to leave.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was cancelled.</exception>
    public IEnumerable<Fin<ReadDefects>> TryRead(CancellationToken cancel = default) =>
        Sequence.Each(Images, image => Reading.Try(image.MapFile, () => Read(image)), cancel);

    /// <summary>The same for those who prefer exceptions.</summary>
    /// <param name="cancel">Looked at before each image.</param>
    /// <exception cref="InputException">A file is damaged or does not fit; the message says which, and what is wrong.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was cancelled.</exception>
    public IEnumerable<ReadDefects> Read(CancellationToken cancel = default) => TryRead(cancel).Select(Reading.OrThrow);

    private static ImmutableArray<DefectImage> Match(string mapRoot, string defectRoot, MapRules rules)
    {
        foreach (var root in new[] { mapRoot, defectRoot })
            ImageFolder.Require(root);
        var (maps, channels) = (ImageFolder.Maps(mapRoot), ImageFolder.Masks(defectRoot));
        var ofImage = channels
            .Files.OrderBy(channel => channel.Key, StringComparer.Ordinal)
            .ToLookup(channel => Parent(channel.Key), channel => channel.Value[0]);
        foreach (var files in ofImage)
            if (!maps.Files.ContainsKey(files.Key))
                throw new InputException(
                    files.First(),
                    $"is a defect without a map: its folder is called {(files.Key.Length > 0 ? files.Key : ".")} below {channels.Root}, and there is no map of that name below {maps.Root}, where maps are called {maps.Names}"
                );
        return [.. maps.Files.Select(map => Image(map.Key, map.Value[0]))];

        DefectImage Image(string name, string file)
        {
            var image = new DefectImage(name, file, [.. ofImage[name]], rules.NormalFolderAmong(maps.Levels(file)[..^1]));
            return image switch
            {
                { NormalFolder: null, ChannelFiles: [] } => throw new InputException(
                    file,
                    $"has no defects; looked for files in the folder {name} below {channels.Root} (only maps in a folder good, ok or normal need none; --normal-folder names others)"
                ),
                { NormalFolder: { } normal, ChannelFiles: [var channel, ..] } => throw new InputException(
                    channel,
                    $"is a defect, though the map {file} lies in the folder {normal} of normal images; one of the two is wrong"
                ),
                { NormalFolder: null, Folder: "" } => throw new InputException(
                    file,
                    "lies in no folder; the folder says what kind of anomaly an image has, such as logical_anomalies/000.tiff"
                ),
                _ => image,
            };
        }
    }

    private static string Parent(string name) => name[..Math.Max(0, name.LastIndexOf('/'))];

    private ReadDefects Read(DefectImage image)
    {
        using var maps = ImagePair.OpenMaps(image.MapFile, true);
        if (maps.Shape.Count != 1)
            throw new InputException(image.MapFile, $"holds {maps.Shape.Count} maps; in a folder each file holds one");
        var channels = image.ChannelFiles.Select(file => Channel.Read(file, image.MapFile, maps.Shape, Config)).ToList();
        var batch = DefectBatch.Create(new(NumberType.Scores(maps.Next(1)), maps.Shape), channels.Select(channel => channel.Defect));
        return new(image, [.. channels.Select(channel => channel.Type)], Checked.Take(batch, image.MapFile, maps.Shape, 0, 1));
    }
}
