using System.Collections.Immutable;
using FunctionalMetrics.Core;

namespace FunctionalMetrics.IO;

/// <summary>What the images of a data set are labelled, of all that says something about them: given labels, masks, and folders.</summary>
/// <param name="rules">What images without a mask are.</param>
/// <param name="given">The labels that were given, by name.</param>
/// <param name="masks">The masks, for errors; null where there are none.</param>
internal sealed class ImageLabels(
    MapRules rules,
    ImmutableDictionary<string, (bool IsAnomalous, NoteCounts Notes)>? given,
    ImageFolder? masks
)
{
    /// <summary>The labels that rules name a file of.</summary>
    public static ImageLabels Read(MapRules rules, ImmutableArray<string> names, ImageFolder? masks)
    {
        if (rules.ImageLabels is not { } file)
            return new(rules, null, masks);
        var rule = new LabelRule(file.Path, file.LabelColumn, file.PositiveLabels, file.NormalLabels);
        var labels = ImageTable.Read(
            file.Path,
            names,
            file.FileColumn,
            file.LabelColumn,
            (table, column) => (rule.Read(table.Label(column), table.Row), rule.Taken()),
            default
        );
        rule.Finish();
        return new(rules, names.Zip(labels, KeyValuePair.Create).ToImmutableDictionary(), masks);
    }

    /// <summary>Fails where nothing says what an image without a mask is.</summary>
    public void Require(FolderImage image)
    {
        if (image.MaskPaths.Length > 0)
            return;
        if (given is not null && masks is not null && given[image.Name].IsAnomalous)
            throw new InputException(
                image.MapPath,
                $"has no mask, though {rules.ImageLabels!.Path} says that it is anomalous; looked for {image.Name} below {masks.Root}, where masks are called {masks.Names} (without --masks, labels judge the image level alone)"
            );
        if (given is null && image.NormalFolder is null && !rules.UnmaskedAreNormal)
            throw new InputException(
                image.MapPath,
                $"has no mask; looked for {image.Name} or {image.Name}_mask below {masks!.Root}, where masks are called {masks.Names} ({Unmasked(image)})"
            );
    }

    /// <summary>What would be right of an image without a mask.</summary>
    private string Unmasked(FolderImage image) =>
        rules.NormalFolderAmong(image.MapPath.Split('/', Path.DirectorySeparatorChar).SkipLast(1)) is { } folder
            ? $"{folder} stands in the path that was given, and only a folder below it, or one that {{name}} or * matches, makes a map normal; --unmasked normal says that all maps without a mask are"
            : "only maps in a folder good, ok or normal need none; --normal-folder names others, --unmasked normal says it of all";

    /// <summary>The label of an image whose mask, if it has one, was read.</summary>
    /// <param name="image">The image, labelled by its mask.</param>
    public LabelledImage Of(LabelledImage image)
    {
        var isMasked = image.MaskFiles.Length > 0;
        if (given is not null)
            return image with
            {
                IsAnomalous = given[image.Name].IsAnomalous,
                Reason = isMasked && given[image.Name].IsAnomalous != image.IsAnomalous ? LabelReason.GivenAgainstMask : LabelReason.Given,
            };
        if (image is { Folder: { } folder, IsAnomalous: true })
            throw new InputException(
                image.MaskFiles[0],
                $"has an anomalous pixel, though the map {image.MapFile} lies in the folder {folder} of normal images; one of the two is wrong"
            );
        return image with
        {
            Reason =
                image.IsAnomalous ? LabelReason.Mask
                : isMasked ? LabelReason.EmptyMask
                : image.Folder is not null ? LabelReason.NormalFolder
                : LabelReason.Unmasked,
        };
    }

    /// <summary>What is to be said of a label.</summary>
    public NoteCounts Notes(LabelledImage image) =>
        NoteCounts.Merge(given is null ? NoteCounts.Empty : given[image.Name].Notes, Of(image.Reason, image.Folder));

    private static NoteCounts Of(LabelReason reason, string? folder) =>
        reason switch
        {
            LabelReason.EmptyMask when folder is null => NoteCounts.Of(NoteKind.EmptyMask),
            LabelReason.NormalFolder => NoteCounts.Of(NoteKind.NormalFolder, 1, folder!),
            LabelReason.Unmasked => NoteCounts.Of(NoteKind.Unmasked),
            LabelReason.Given => NoteCounts.Of(NoteKind.GivenLabel),
            LabelReason.GivenAgainstMask => NoteCounts.Merge(NoteCounts.Of(NoteKind.GivenLabel), NoteCounts.Of(NoteKind.GivenAgainstMask)),
            _ => NoteCounts.Empty,
        };
}
