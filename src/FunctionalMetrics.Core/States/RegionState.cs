using FunctionalMetrics.Core.Numerics;
using LanguageExt.TypeClasses;

namespace FunctionalMetrics.Core;

/// <summary>
/// The scores of the normal pixels, and for each 8-connected region of anomalous pixels the scores of its pixels: all that every pixel-level
/// metric needs, AUPRO included. A commutative monoid under <see cref="Merge"/>; the unit of its data is the whole image.
/// <para>
/// Equality is that of the multiset of normal scores and of the multiset of regions, each a multiset of scores; order, batches and width do
/// not count. <see cref="Empty"/> is the identity and the state before any image. Immutable and safe to share between threads.
/// </para>
/// </summary>
public sealed class RegionState : IEquatable<RegionState>
{
    private readonly Rope negatives;
    private readonly Rope regions;
    private readonly LazySweep sweep;
    private readonly Lazy<RankState> rank;

    internal RegionState(Rope negatives, Rope regions, long regionCount, KnownCounts? known = null)
    {
        this.negatives = negatives;
        this.regions = regions;
        Regions = regionCount;
        sweep = new(negatives, counts => ThresholdSweep.OfRegions(negatives, regions, counts), known);
        rank = new(() => new(negatives, regions, new LazySweep(negatives, _ => sweep.Value.OfRows)));
    }

    /// <summary>No images seen.</summary>
    public static RegionState Empty { get; } = new(Rope.Empty, Rope.Empty, 0);

    /// <summary>R, how many regions were seen.</summary>
    public long Regions { get; }

    /// <summary>The same pixels as rows, their regions forgotten; a homomorphism: it commutes with Of, Merge and Empty.</summary>
    public RankState Rank => rank.Value;

    internal Rope NegativeKeys => negatives;

    /// <summary>The anomalous pixels, grouped by region.</summary>
    internal Rope RegionKeys => regions;

    /// <summary>Counts and region weights at each distinct anomalous score; <see cref="Rank"/> uses the same counts.</summary>
    internal ThresholdSweep Sweep => sweep.Value;

    /// <summary>The counts that <see cref="Sweep"/> will begin with, if any.</summary>
    internal KnownCounts? Known => sweep.Known;

    /// <summary>The state of one batch: its regions are found here, image by image.</summary>
    public static RegionState Of(MapBatch batch)
    {
        var grouped = RegionKernels.Group(batch);
        return new(Rope.Empty.Add(TiedScores.Compact(batch.NegativeKeys)), Rope.Empty.Add(grouped), grouped.Groups.Length);
    }

    /// <summary>The state of all images of both.</summary>
    public static RegionState Merge(RegionState left, RegionState right) =>
        left.IsEmpty ? right
        : right.IsEmpty ? left
        : new(
            left.negatives.Join(right.negatives),
            left.regions.Join(right.regions),
            left.Regions + right.Regions,
            LazySweep.Of(left.sweep, right.sweep)
        );

    private bool IsEmpty => negatives.Count == 0 && regions.Count == 0;

    /// <inheritdoc/>
    public bool Equals(RegionState? other) =>
        other is not null
        && Regions == other.Regions
        && KeyBags.Equal(negatives, other.negatives)
        && RegionBags.Equal(regions, other.regions);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RegionState);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(KeyBags.Hash(negatives), RegionBags.Hash(regions));

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"RegionState({Regions} regions, {regions.Count} positives, {negatives.Count} negatives)");
}

/// <summary>Region states under <see cref="RegionState.Merge"/>, as LanguageExt's monoid.</summary>
public readonly struct MRegionState : Monoid<RegionState>
{
    /// <inheritdoc/>
    public RegionState Append(RegionState x, RegionState y) => RegionState.Merge(x, y);

    /// <inheritdoc/>
    public RegionState Empty() => RegionState.Empty;
}
