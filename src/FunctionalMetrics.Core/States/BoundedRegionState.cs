using System.Collections.Immutable;
using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using LanguageExt.TypeClasses;

namespace FunctionalMetrics.Core;

/// <summary>
/// A state of bounded size for as many maps as there are: what a <see cref="BoundedRankState"/> holds of the pixels, and for each bucket also
/// the weights of its anomalous pixels, 1 / (size of the region) each. Metrics of it are intervals that are certain to hold what a
/// <see cref="RegionState"/> of the same maps gives. A commutative monoid under <see cref="Merge"/>; the unit of its data is the whole image,
/// and states of different resolution merge at the coarser one.
/// <para>
/// Buckets are those of <see cref="BoundedRankState"/>; each with rows takes 44 bytes. Weights are fixed-point numbers of 88 fraction bits in
/// 128, enough for 2^40 regions.
/// </para>
/// <para>
/// Equality is that of the resolution, of the number of regions and of what every bucket holds; a state without pixels is
/// <see cref="Empty"/>, the identity. Immutable and safe to share between threads.
/// </para>
/// </summary>
public sealed class BoundedRegionState : IEquatable<BoundedRegionState>
{
    private static readonly ImmutableArray<Func<MapBatch, BoundedRegionState>> Ways =
    [
        .. Enumerable.Range(0, ScoreBuckets.MostBits + 1).Select(bits => (Func<MapBatch, BoundedRegionState>)(batch => Of(batch, bits))),
    ];

    private readonly BucketBag bag;
    private readonly Lazy<BucketSweeps> sweeps;
    private readonly Lazy<BoundedRankState> rank;

    internal BoundedRegionState(BucketBag bag, long regions)
    {
        this.bag = bag;
        Regions = regions;
        sweeps = new(() => new(bag.Table));
        rank = new(() => new(bag.Unweighted));
    }

    /// <summary>No images seen.</summary>
    public static BoundedRegionState Empty { get; } = new(BucketBag.Empty, 0);

    /// <summary>The resolution: scores fall into 2^bits buckets. The finest there is before any image.</summary>
    public int Bits => bag.Bits;

    /// <summary>R, how many regions were seen.</summary>
    public long Regions { get; }

    /// <summary>The same pixels as rows, their regions forgotten; a homomorphism: it commutes with Of, Merge and Empty.</summary>
    public BoundedRankState Rank => rank.Value;

    internal BucketTable Table => bag.Table;

    internal BucketSweeps Sweeps => sweeps.Value;

    /// <summary>The state of one batch: its regions are found here, image by image.</summary>
    /// <param name="batch">The maps and masks.</param>
    /// <param name="bits">The resolution, from 1 to 24; what is outside counts as the nearest.</param>
    public static BoundedRegionState Of(MapBatch batch, int bits = BoundedRankState.DefaultBits) => Of(RegionState.Of(batch), bits);

    /// <summary>The state of the maps of an exact state; a homomorphism: it commutes with Of, Merge and Empty.</summary>
    /// <param name="exact">The maps and masks.</param>
    /// <param name="bits">The resolution, from 1 to 24; what is outside counts as the nearest.</param>
    public static BoundedRegionState Of(RegionState exact, int bits = BoundedRankState.DefaultBits) =>
        new(BucketBag.Of(exact.NegativeKeys, exact.RegionKeys, bits, true), exact.Regions);

    /// <summary>The state of all images of both, at the coarser resolution of the two.</summary>
    public static BoundedRegionState Merge(BoundedRegionState left, BoundedRegionState right) =>
        new(BucketBag.Merge(left.bag, right.bag), left.Regions + right.Regions);

    /// <summary>The same maps at a resolution of fewer bits; a homomorphism. A state cannot become finer.</summary>
    public BoundedRegionState Coarsen(int bits) => bits >= Bits ? this : new(bag.Coarsen(bits), Regions);

    /// <inheritdoc/>
    public bool Equals(BoundedRegionState? other) => other is not null && Regions == other.Regions && Table.Equals(other.Table);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as BoundedRegionState);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Regions, Table.GetHashCode());

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant(
            $"BoundedRegionState({Regions} regions, {Rank.Positives} positives, {Rank.Negatives} negatives, {Bits} bits)"
        );

    /// <summary>The function from a batch to its state, one for each resolution, so that metrics of one resolution share a state.</summary>
    internal static Func<MapBatch, BoundedRegionState> Way(int bits) => Ways[ScoreBuckets.Clamp(bits)];
}

/// <summary>Bounded region states under <see cref="BoundedRegionState.Merge"/>, as LanguageExt's monoid.</summary>
public readonly struct MBoundedRegionState : Monoid<BoundedRegionState>
{
    /// <inheritdoc/>
    public BoundedRegionState Append(BoundedRegionState x, BoundedRegionState y) => BoundedRegionState.Merge(x, y);

    /// <inheritdoc/>
    public BoundedRegionState Empty() => BoundedRegionState.Empty;
}
