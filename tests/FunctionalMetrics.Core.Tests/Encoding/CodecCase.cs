using System.Collections.Immutable;
using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>A codec with its type of state forgotten, so that every law is one test for all of them.</summary>
internal sealed record CodecCase(
    string Name,
    Func<Sample, Choices?, object> State,
    Func<object, object, object> Merge,
    Func<object, byte[]> Encode,
    Func<byte[], (object? State, Fault? Fault)> Decode
)
{
    public static ImmutableArray<CodecCase> All { get; } =
    [
        Of<ScoreBatch, RankState>(StateCodec.Rank, RankState.Empty, RankState.Of, RankState.Merge),
        Of<MapBatch, RegionState>(StateCodec.Region, RegionState.Empty, RegionState.Of, RegionState.Merge),
        Of<Scores, ExtremaState>(StateCodec.Extrema, ExtremaState.Empty, ExtremaState.Of, ExtremaState.Merge),
        Of<Maps, LogMomentState>(StateCodec.LogMoment, LogMomentState.Empty, LogMomentState.Of, LogMomentState.Merge),
        Of<ScoreBatch, BoundedRankState>(
            StateCodec.BoundedRank,
            BoundedRankState.Empty,
            batch => BoundedRankState.Of(batch),
            BoundedRankState.Merge
        ),
        Of<MapBatch, BoundedRegionState>(
            StateCodec.BoundedRegion,
            BoundedRegionState.Empty,
            batch => BoundedRegionState.Of(batch),
            BoundedRegionState.Merge
        ),
    ];

    public static TheoryData<string> Names => [.. All.Select(one => one.Name)];

    public static CodecCase Named(string name) => All.Single(one => one.Name == name);

    /// <summary>The state that must come back.</summary>
    public object Decoded(byte[] bytes)
    {
        var (state, fault) = Decode(bytes);
        Assert.True(fault is null, fault?.Message);
        return state!;
    }

    /// <summary>Merged in one go, or cut, shuffled, in mixed widths and in an arbitrary tree.</summary>
    private static CodecCase Of<TBatch, TState>(
        StateCodec<TState> codec,
        TState empty,
        Func<TBatch, TState> of,
        Func<TState, TState, TState> merge
    )
        where TState : notnull
    {
        var monoid = new MonoidOf<TState>(empty, merge, (a, b) => a.Equals(b));
        return new(
            codec.Family.ToString(),
            (sample, choices) =>
                choices is null
                    ? Batching.Whole<TBatch>(sample).Select(of).Aggregate(empty, merge)
                    : Trees.Merge([.. Batching.Cut<TBatch>(sample, choices).Select(of)], monoid, choices),
            (a, b) => merge((TState)a, (TState)b),
            state => codec.Encode((TState)state),
            bytes => codec.Decode(bytes).Match(state => ((object?)state, (Fault?)null), faults => (null, faults.Head))
        );
    }
}
