using System.Collections.Immutable;
using FunctionalMetrics.Core;

namespace FunctionalMetrics.IO;

/// <summary>An image of a <see cref="DefectDataset"/>, before it is read.</summary>
/// <param name="Name">Its path below the folder of maps, without test level and extension: <c>logical_anomalies/000</c>.</param>
/// <param name="MapFile">The file of its map.</param>
/// <param name="ChannelFiles">One file for each of its defects; none where it is normal.</param>
/// <param name="NormalFolder">The normal folder that it lies in, if any.</param>
public sealed record DefectImage(string Name, string MapFile, ImmutableArray<string> ChannelFiles, string? NormalFolder)
{
    /// <summary>Its folder, which says what kind of anomaly it has: <c>logical_anomalies</c>.</summary>
    public string Folder => Name[..Math.Max(0, Name.LastIndexOf('/'))];
}

/// <summary>An image of a <see cref="DefectDataset"/>, read.</summary>
/// <param name="Image">Which one.</param>
/// <param name="Types">The type of each of its defects, in the order of the batch.</param>
/// <param name="Batch">Its map and its defects, checked.</param>
public sealed record ReadDefects(DefectImage Image, ImmutableArray<DefectType> Types, DefectBatch Batch);
