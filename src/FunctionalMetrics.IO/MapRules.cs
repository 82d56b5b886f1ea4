using System.Collections.Immutable;

namespace FunctionalMetrics.IO;

/// <summary>
/// What images and their pixels are labelled: an image is anomalous when its mask has an anomalous pixel. One without a mask must lie in a normal
/// folder, and one in a normal folder must have no anomalous pixel. Immutable.
/// </summary>
public sealed record MapRules
{
    private static readonly ImmutableHashSet<string> Usual = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "good",
        "ok",
        "normal"
    );

    /// <summary>
    /// The smallest mask value that is anomalous; without it every mask of a data set holds only 0 and 1, or every one only 0 and 255. A palette of
    /// greys has values; with a threshold, or with a value to ignore, one that has a colour is read by its indices.
    /// </summary>
    public double? MaskThreshold { get; init; }

    /// <summary>Pixels of this mask value are left out of everything, also those that another mask of the image calls anomalous.</summary>
    public double? IgnoreValue { get; init; }

    /// <summary>A folder, pattern or stack of masks whose anomalous pixels are left out of everything; an image need not have one.</summary>
    public string? Ignore { get; init; }

    /// <summary>What is done where a map and its mask differ in size.</summary>
    public Resizing Resize { get; init; }

    /// <summary>Names of folders of normal images beside good, ok and normal, in any case and at any level.</summary>
    public ImmutableArray<string> NormalFolders { get; init; } = [];

    /// <summary>Whether a map without a mask is normal wherever it lies.</summary>
    public bool UnmaskedAreNormal { get; init; }

    /// <summary>Labels of the images, which win over masks and folders.</summary>
    public ImageLabelFile? ImageLabels { get; init; }

    /// <summary>The normal folder among some levels; null where there is none.</summary>
    internal string? NormalFolderAmong(IEnumerable<string> levels) => levels.FirstOrDefault(IsNormal);

    private bool IsNormal(string folder) => Usual.Contains(folder) || NormalFolders.Contains(folder, StringComparer.OrdinalIgnoreCase);
}

/// <summary>What is done where a map and its mask differ in size.</summary>
public enum Resizing
{
    /// <summary>It is an error.</summary>
    None,

    /// <summary>The mask is brought to the map's size: the nearest pixel by pixel centres.</summary>
    Masks,

    /// <summary>The map is brought to the mask's size: bilinear by pixel centres, without antialiasing, edges held, in float64.</summary>
    Maps,
}

/// <summary>A table with the label of each image: .csv or .tsv, also with .gz.</summary>
/// <param name="Path">The file.</param>
public sealed record ImageLabelFile(string Path)
{
    /// <summary>The column of files, which are names of images or paths that end in them.</summary>
    public string FileColumn { get; init; } = "file";

    /// <summary>The column of labels.</summary>
    public string LabelColumn { get; init; } = "label";

    /// <summary>The labels that mean anomalous; <c>*</c> is every label that is not named.</summary>
    public ImmutableArray<string> PositiveLabels { get; init; } = [];

    /// <summary>The labels that mean normal; <c>*</c> is every label that is not named.</summary>
    public ImmutableArray<string> NormalLabels { get; init; } = [];
}
