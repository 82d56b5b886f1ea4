using System.Collections.Immutable;
using LanguageExt;

namespace FunctionalMetrics.Core;

/// <summary>
/// What resampling says of a number of a level: how much it moves as images are drawn again. Two detectors that judged the same images, with the same seed
/// and number of replicates, have the same images in replicate b. Compared by value; immutable.
/// </summary>
/// <param name="Level">The level: <see cref="Levels.Image"/> or <see cref="Levels.Pixel"/>.</param>
/// <param name="Key">Its key in JSON; metrics. and the name where it was asked for by name.</param>
/// <param name="Value">The number of the images as they are, or why there is none.</param>
/// <param name="Replicates">That of each replicate.</param>
/// <param name="LeftOut">That without one image, for each image of each class: the normal images first, then the anomalous ones.</param>
public sealed record Resampled(
    string Level,
    string Key,
    Fin<double> Value,
    ImmutableArray<Fin<double>> Replicates,
    ImmutableArray<ImmutableArray<Fin<double>>> LeftOut
)
{
    /// <inheritdoc/>
    public bool Equals(Resampled? other) =>
        other is not null
        && (Level, Key) == (other.Level, other.Key)
        && Value.Equals(other.Value)
        && Replicates.SequenceEqual(other.Replicates)
        && LeftOut.SequenceEqual(other.LeftOut, EqualityComparer<ImmutableArray<Fin<double>>>.Create((a, b) => a.SequenceEqual(b)));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Level, Key, Replicates.Length);
}

/// <summary>Some of the replicates, computed; <see cref="ReplicateTable.Join"/> puts all of them together.</summary>
public sealed class ReplicatePart
{
    internal ReplicatePart(ImmutableArray<ImmutableArray<Fin<double>>> values) => Values = values;

    /// <summary>How many replicates these are.</summary>
    public int Count => Values.Length;

    /// <summary>For each replicate all numbers.</summary>
    internal ImmutableArray<ImmutableArray<Fin<double>>> Values { get; }
}
