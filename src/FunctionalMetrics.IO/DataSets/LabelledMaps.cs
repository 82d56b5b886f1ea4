using System.Collections.Immutable;
using FunctionalMetrics.Core;

namespace FunctionalMetrics.IO;

/// <summary>Some consecutive images of a data set: one of a folder, or a block of a stack.</summary>
/// <param name="Images">The images, in their order.</param>
/// <param name="Batch">Their maps and masks, checked. Where a data set has no masks, all pixels count as normal.</param>
/// <param name="Notes">What was decided while they were read.</param>
public sealed record LabelledMaps(ImmutableArray<LabelledImage> Images, MapBatch Batch, NoteCounts Notes)
{
    /// <summary>The images' names, as in <see cref="MapDataset.Names"/>.</summary>
    public ImmutableArray<string> Names => [.. Images.Select(image => image.Name)];

    /// <summary>For each image whether it is anomalous.</summary>
    public ImmutableArray<bool> Anomalous => [.. Images.Select(image => image.IsAnomalous)];

    /// <summary>The maps with their images' names and labels, for what tells images apart: AUPIMO, and tables of images and folders.</summary>
    public MapBatch Named => Batch.WithImages(Images.Select(image => new ImageFacts(image.Name, image.IsAnomalous))).IfFail(Batch);
}

/// <summary>What one image was read from, and what it is labelled.</summary>
/// <param name="Name">Its name, as in <see cref="MapDataset.Names"/>.</param>
/// <param name="IsAnomalous">Whether it is anomalous.</param>
/// <param name="Reason">What says so.</param>
public sealed record LabelledImage(string Name, bool IsAnomalous, LabelReason Reason)
{
    /// <summary>The normal folder that it lies in, if any.</summary>
    public string? Folder { get; init; }

    /// <summary>The file of its map.</summary>
    public required string MapFile { get; init; }

    /// <summary>The files of its masks; none where it has none, several where they are united.</summary>
    public ImmutableArray<string> MaskFiles { get; init; } = [];

    /// <summary>How many of its pixels are left out.</summary>
    public int Ignored { get; init; }

    /// <summary>Rows and columns of its map as it is stored.</summary>
    public required (int Height, int Width) MapSize { get; init; }

    /// <summary>Rows and columns of its mask as it is stored, if it has one.</summary>
    public (int Height, int Width)? MaskSize { get; init; }
}

/// <summary>What says that an image is anomalous or normal.</summary>
public enum LabelReason
{
    /// <summary>Its mask has an anomalous pixel.</summary>
    Mask,

    /// <summary>Its mask has none.</summary>
    EmptyMask,

    /// <summary>It has no mask and lies in a normal folder.</summary>
    NormalFolder,

    /// <summary>It has no mask, and all images without are said to be normal.</summary>
    Unmasked,

    /// <summary>Its label was given.</summary>
    Given,

    /// <summary>Its label was given, and its mask says the opposite.</summary>
    GivenAgainstMask,
}
