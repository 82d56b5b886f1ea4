using System.Diagnostics.Contracts;
using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// The smallest and the largest score seen. A commutative, idempotent monoid under <see cref="Merge"/>. Equality is that of the numbers,
/// whatever width they came in; <see cref="Empty"/> is the identity and the state before any score. Immutable and safe to share between
/// threads.
/// </summary>
public sealed record ExtremaState
{
    internal ExtremaState(Option<(double Min, double Max)> range) => Range = range;

    /// <summary>Both extremes; none before any score.</summary>
    public Option<(double Min, double Max)> Range { get; }

    /// <summary>No scores seen.</summary>
    public static ExtremaState Empty { get; } = new(Option<(double, double)>.None);

    /// <summary>
    /// The states as bytes.
    /// <code>payload := u8 0 before any score; else u8 1, then the 64-bit keys of the smallest and the largest score, 8 bytes each</code>
    /// </summary>
    public static StateCodec<ExtremaState> Codec { get; } = new(3, "Extrema", Write, Read);

    /// <summary>The kind of state.</summary>
    public static State<Scores, ExtremaState> State { get; } = new(Empty, Of, Merge, Codec);

    /// <summary>The extremes of one batch.</summary>
    public static ExtremaState Of(Scores batch) => batch.Chunks.Select(Of).Fold(Empty, Merge);

    /// <summary>The extremes of both.</summary>
    [Pure]
    public static ExtremaState Merge(ExtremaState left, ExtremaState right) =>
        left.Range.IsNone ? right
        : right.Range.IsNone ? left
        : new(from a in left.Range from b in right.Range select (Math.Min(a.Min, b.Min), Math.Max(a.Max, b.Max)));

    /// <summary>The extremes by their 64-bit keys; none where the first is above the second.</summary>
    internal static ExtremaState Between(ulong lowest, ulong highest) =>
        lowest > highest ? Empty : new(Some((ScoreKey.Score(lowest), ScoreKey.Score(highest))));

    internal static ExtremaState Of(Chunk chunk) =>
        chunk.Count == 0 ? Empty
        : chunk is Chunk<uint> narrow ? Of<uint>(narrow.Keys)
        : Of<ulong>(((Chunk<ulong>)chunk).Keys);

    private static void Write(PayloadWriter to, ExtremaState state)
    {
        to.Byte(state.Range.IsSome ? 1 : 0);
        state.Range.IfSome(range =>
        {
            to.Fixed(ScoreKey.Of(range.Min), sizeof(ulong));
            to.Fixed(ScoreKey.Of(range.Max), sizeof(ulong));
        });
    }

    private static Validation<Fault, ExtremaState> Read(ref PayloadReader from)
    {
        var seen = from.Byte();
        if (!from.Require(seen <= 1, "the first byte is neither 0 nor 1") || seen == 0)
            return from.End(() => Empty);
        var (min, max) = (from.Fixed(sizeof(ulong)), from.Fixed(sizeof(ulong)));
        from.Require(KeyBlocks.IsFinite<ulong>(min) && KeyBlocks.IsFinite<ulong>(max), KeyBlocks.NotFinite);
        from.Require(min <= max, "the smallest score is above the largest");
        return from.End(() => new ExtremaState(Some((ScoreKey.Score(min), ScoreKey.Score(max)))));
    }

    private static ExtremaState Of<TKey>(ReadOnlySpan<TKey> keys)
        where TKey : unmanaged
    {
        var (min, max) = KeyExtrema.Of(keys);
        return new(Some((ScoreKey.Score(min), ScoreKey.Score(max))));
    }
}
