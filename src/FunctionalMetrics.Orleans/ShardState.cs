using FunctionalMetrics.Core;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Orleans;

/// <summary>
/// What a shard amounts to: the state of its images (or rows), and that of its pixels, which is empty where there are no maps. A commutative
/// monoid under <see cref="Merge"/>, made of the two. Compared by value; immutable and safe to share between threads.
/// </summary>
/// <param name="Rows">The scores of the images, or of rows, by class.</param>
/// <param name="Pixels">The pixels with their regions.</param>
public sealed record ShardState(RankState Rows, RegionState Pixels) : IShardState
{
    /// <summary>No data.</summary>
    public static ShardState Empty { get; } = new(RankState.Empty, RegionState.Empty);

    /// <summary>The state of a batch of rows.</summary>
    public static ShardState Of(ScoreBatch rows) => new(RankState.Of(rows), RegionState.Empty);

    /// <summary>The state of a batch of images and of their maps.</summary>
    public static ShardState Of(ScoreBatch images, MapBatch maps) => new(RankState.Of(images), RegionState.Of(maps));

    /// <summary>The state of the data of both.</summary>
    public static ShardState Merge(ShardState left, ShardState right) =>
        new(RankState.Merge(left.Rows, right.Rows), RegionState.Merge(left.Pixels, right.Pixels));

    /// <summary>How many rows and pixels there are.</summary>
    public long Items => Rows.Rows + Pixels.Rank.Rows;

    /// <summary>The anomalous scores alone; see <see cref="StateParts"/>.</summary>
    internal ShardState Anomalous => new(Rows.Anomalous(), Pixels.Anomalous());

    /// <inheritdoc/>
    ulong IShardState.Checksum => Rows.Checksum() * 3 + Pixels.Checksum();

    internal ShardState NormalAt(Thresholds at) => new(Rows.NormalAt(at.Rows), Pixels.NormalAt(at.Pixels));

    /// <inheritdoc/>
    StateBytes IShardState.Encode() => new(StateCodec.Rank.Encode(Rows), StateCodec.Region.Encode(Pixels), false);
}

/// <summary>The distinct anomalous scores of all shards, at which each shard counts its normal ones.</summary>
internal sealed record Thresholds(RankState Rows, RankState Pixels)
{
    /// <param name="anomalous">The anomalous scores of all shards.</param>
    /// <param name="otherwise">Where to count when there is none.</param>
    public static Thresholds Of(ShardState anomalous, double otherwise) =>
        new(anomalous.Rows.Thresholds(otherwise), anomalous.Pixels.Thresholds(otherwise));

    public StateBytes Encode() => new(StateCodec.Rank.Encode(Rows), StateCodec.Rank.Encode(Pixels), false);

    public static Validation<Fault, Thresholds> Decode(StateBytes bytes) =>
        (StateCodec.Rank.Decode(bytes.Rows ?? []), StateCodec.Rank.Decode(bytes.Pixels ?? [])).Apply(
            (rows, pixels) => new Thresholds(rows, pixels)
        );
}
