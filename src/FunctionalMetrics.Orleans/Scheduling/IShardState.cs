using FunctionalMetrics.Core;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Orleans;

/// <summary>What workers hold, merge and send: a <see cref="ShardState"/>, or a <see cref="BoundedShardState"/>. Those of one job are of one kind.</summary>
internal interface IShardState
{
    /// <summary>Equal for equal states on every machine.</summary>
    ulong Checksum { get; }

    StateBytes Encode();
}

/// <summary>Both kinds of state.</summary>
internal static class ShardStates
{
    public static IShardState Empty(JobKind kind) => kind == JobKind.Bounded ? BoundedShardState.Empty : ShardState.Empty;

    /// <summary>A shard as a job holds it: in buckets of at most the job's resolution, or as it is.</summary>
    public static IShardState Kept(IShardState state, JobKind kind, int bits) =>
        (state, kind) switch
        {
            (ShardState exact, JobKind.Bounded) => BoundedShardState.Of(exact, bits),
            (BoundedShardState bounded, JobKind.Bounded) => bounded.Coarsen(bits),
            _ => state,
        };

    /// <summary>The state of the data of both; none where they are not of one kind.</summary>
    public static Option<IShardState> Merge(IShardState left, IShardState right) =>
        (left, right) switch
        {
            (ShardState a, ShardState b) => Some<IShardState>(ShardState.Merge(a, b)),
            (BoundedShardState a, BoundedShardState b) => Some<IShardState>(BoundedShardState.Merge(a, b)),
            _ => None,
        };

    /// <summary>Total: what came over the wire passes the decoder that a file passes.</summary>
    public static Validation<Fault, IShardState> Decode(StateBytes bytes) =>
        bytes.Bounded
            ? (StateCodec.BoundedRank.Decode(bytes.Rows ?? []), StateCodec.BoundedRegion.Decode(bytes.Pixels ?? [])).Apply(
                IShardState (rows, pixels) => new BoundedShardState(rows, pixels)
            )
            : (StateCodec.Rank.Decode(bytes.Rows ?? []), StateCodec.Region.Decode(bytes.Pixels ?? [])).Apply(
                IShardState (rows, pixels) => new ShardState(rows, pixels)
            );
}
