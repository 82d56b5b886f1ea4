using FunctionalMetrics.Core;

namespace FunctionalMetrics.Orleans;

/// <summary>
/// What a <see cref="ShardState"/> amounts to in buckets, in a size that does not grow with the data: metrics of it are intervals that are
/// certain to hold the exact numbers. A commutative monoid under <see cref="Merge"/>; states of different resolution merge at the coarser
/// one. Compared by value; immutable and safe to share between threads.
/// </summary>
/// <param name="Rows">The scores of the images, or of rows, by class and bucket.</param>
/// <param name="Pixels">The pixels with the weights of their regions.</param>
public sealed record BoundedShardState(BoundedRankState Rows, BoundedRegionState Pixels) : IShardState
{
    /// <summary>No data.</summary>
    public static BoundedShardState Empty { get; } = new(BoundedRankState.Empty, BoundedRegionState.Empty);

    /// <summary>The state of the data of an exact state; a homomorphism: it commutes with Merge and Empty.</summary>
    /// <param name="exact">The data.</param>
    /// <param name="bits">The resolution, from 1 to 24; what is outside counts as the nearest.</param>
    public static BoundedShardState Of(ShardState exact, int bits = BoundedRankState.DefaultBits) =>
        new(BoundedRankState.Of(exact.Rows, bits), BoundedRegionState.Of(exact.Pixels, bits));

    /// <summary>The state of the data of both.</summary>
    public static BoundedShardState Merge(BoundedShardState left, BoundedShardState right) =>
        new(BoundedRankState.Merge(left.Rows, right.Rows), BoundedRegionState.Merge(left.Pixels, right.Pixels));

    /// <summary>The same data at a resolution of fewer bits. A state cannot become finer.</summary>
    public BoundedShardState Coarsen(int bits) => new(Rows.Coarsen(bits), Pixels.Coarsen(bits));

    /// <summary>The checksum that stands at the end of encoded bytes.</summary>
    ulong IShardState.Checksum =>
        BitConverter.ToUInt64(StateCodec.BoundedRank.Encode(Rows).AsSpan(^sizeof(ulong))) * 3
        + BitConverter.ToUInt64(StateCodec.BoundedRegion.Encode(Pixels).AsSpan(^sizeof(ulong)));

    StateBytes IShardState.Encode() => new(StateCodec.BoundedRank.Encode(Rows), StateCodec.BoundedRegion.Encode(Pixels), true);
}
