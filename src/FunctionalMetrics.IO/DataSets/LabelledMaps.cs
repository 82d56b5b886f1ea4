using System.Collections.Immutable;
using FunctionalMetrics.Core;

namespace FunctionalMetrics.IO;

/// <summary>Some consecutive images of a data set: one file of a folder, or a block of a stack.</summary>
/// <param name="Names">The images' names, as in <see cref="MapDataset.Names"/>.</param>
/// <param name="Batch">Their maps and masks, checked.</param>
/// <param name="Anomalous">
/// For each image whether it is anomalous: by its defect folder where it lies in one, otherwise by its mask.
/// </param>
public sealed record LabelledMaps(ImmutableArray<string> Names, MapBatch Batch, ImmutableArray<bool> Anomalous);
