using System.Collections.Immutable;
using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>A kind of state that travels, its types forgotten, so that every law is one test for all that Core declares.</summary>
internal sealed record CodecCase(
    string Name,
    StateFamily Family,
    Func<Sample, Choices?, object> State,
    Func<object, object, object> Merge,
    Func<object, byte[]> Encode,
    Func<byte[], (object? State, Fault? Fault)> Decode
)
{
    public static ImmutableArray<CodecCase> All { get; } =
    [.. States.All.Where(kind => kind.Family is not null).Select(kind => (CodecCase)Of((dynamic)kind))];

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
    private static CodecCase Of<TBatch, TState>(State<TBatch, TState> kind)
        where TState : notnull
    {
        var (codec, monoid) = (kind.Codec!, new MonoidOf<TState>(kind.Empty, kind.Merge, (a, b) => a.Equals(b)));
        return new(
            $"{codec.Family} of {typeof(TBatch).Name}",
            codec.Family,
            (sample, choices) =>
                choices is null
                    ? Batching.Whole<TBatch>(sample).Aggregate(kind.Empty, kind.Update)
                    : Trees.Merge([.. Batching.Cut<TBatch>(sample, choices).Select(kind.Of)], monoid, choices),
            (a, b) => kind.Merge((TState)a, (TState)b),
            state => codec.Encode((TState)state),
            bytes => codec.Decode(bytes).Match(state => ((object?)state, (Fault?)null), faults => (null, faults.Head))
        );
    }
}
