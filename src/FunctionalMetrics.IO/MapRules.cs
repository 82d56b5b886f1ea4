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
    /// The smallest mask value that is anomalous; without it every mask of a data set holds only 0 and 1, or every one only 0 and 255.
    /// </summary>
    public double? MaskThreshold { get; init; }

    /// <summary>Names of folders of normal images beside good, ok and normal, in any case and at any level.</summary>
    public ImmutableArray<string> NormalFolders { get; init; } = [];

    /// <summary>Whether a map without a mask is normal wherever it lies.</summary>
    public bool UnmaskedAreNormal { get; init; }

    /// <summary>The normal folder that an image lies in, by its name; null where it lies in none.</summary>
    internal string? NormalFolderOf(string image) => image.Split('/')[..^1].FirstOrDefault(IsNormal);

    private bool IsNormal(string folder) => Usual.Contains(folder) || NormalFolders.Contains(folder, StringComparer.OrdinalIgnoreCase);
}
