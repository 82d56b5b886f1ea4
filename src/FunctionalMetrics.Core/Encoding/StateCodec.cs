using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// The states of one family as bytes:
/// <code>
/// byte[] bytes = StateCodec.Rank.Encode(state);
/// Validation&lt;Fault, RankState&gt; same = StateCodec.Rank.Decode(bytes);       // total: anything else is a Fault, never an exception
/// </code>
/// Equal states give equal bytes, on every machine, and decoding gives an equal state. What decoding allocates is bounded by the length of
/// the bytes, whatever they claim. Bytes are at most 2 GiB, the largest array; a bag of scores has at most 2^53 rows. Immutable and safe to
/// share between threads.
/// </summary>
/// <typeparam name="TState">The state.</typeparam>
public sealed class StateCodec<TState>
    where TState : notnull
{
    private readonly Action<PayloadWriter, TState> write;
    private readonly Reader read;

    internal StateCodec(StateFamily family, Action<PayloadWriter, TState> write, Reader read) =>
        (Family, this.write, this.read) = (family, write, read);

    internal delegate Validation<Fault, TState> Reader(ref PayloadReader from);

    /// <summary>The family's number in the registry.</summary>
    public StateFamily Family { get; }

    /// <summary>The state as bytes, in the <see cref="Envelope"/> of the family.</summary>
    public byte[] Encode(TState state)
    {
        var payload = new PayloadWriter();
        write(payload, state);
        return Envelope.Seal(Family, payload.Written);
    }

    /// <summary>
    /// The state that was encoded. Fails with what <see cref="Envelope.Open"/> fails with, and with <see cref="Fault.Malformed"/> for bytes
    /// that no encoder writes.
    /// </summary>
    public Validation<Fault, TState> Decode(ReadOnlySpan<byte> bytes)
    {
        var payload = Envelope.Open(Family, bytes);
        if (payload.Case is not Range range)
            return payload.Map(_ => default(TState)!);
        var (start, length) = range.GetOffsetAndLength(bytes.Length);
        var reader = new PayloadReader(bytes, start, start + length);
        return read(ref reader);
    }
}

/// <summary>The codecs of all states.</summary>
public static class StateCodec
{
    /// <summary>
    /// The most rows in a bag of scores that is decoded, 2^53: more than any data set has, few enough that the counts of a thousand states
    /// add up in 64 bits.
    /// </summary>
    public const long MaxRows = 1L << 53;

    /// <summary>
    /// Rank states; <see cref="KeyCodec"/> draws what a bag is.
    /// <code>payload := bag of the normal scores, bag of the anomalous scores</code>
    /// </summary>
    public static StateCodec<RankState> Rank { get; } =
        new(
            StateFamily.Rank,
            (to, state) =>
            {
                KeyCodec.WriteBag(to, state.NegativeKeys);
                KeyCodec.WriteBag(to, state.PositiveKeys);
            },
            (ref from) =>
            {
                var (negatives, positives) = (KeyCodec.ReadBag(ref from), KeyCodec.ReadBag(ref from));
                return from.End(() => new RankState(negatives, positives));
            }
        );

    /// <summary>
    /// Region states; <see cref="KeyCodec"/> draws what bags and regions are.
    /// <code>payload := bag of the normal scores, regions</code>
    /// </summary>
    public static StateCodec<RegionState> Region { get; } =
        new(
            StateFamily.Region,
            (to, state) =>
            {
                KeyCodec.WriteBag(to, state.NegativeKeys);
                KeyCodec.WriteRegions(to, state.RegionKeys);
            },
            (ref from) =>
            {
                var (negatives, (regions, count)) = (KeyCodec.ReadBag(ref from), KeyCodec.ReadRegions(ref from));
                return from.End(() => new RegionState(negatives, regions, count));
            }
        );

    /// <summary>
    /// Extrema.
    /// <code>payload := u8 0 before any score; else u8 1, then the 64-bit keys of the smallest and the largest score, 8 bytes each</code>
    /// </summary>
    public static StateCodec<ExtremaState> Extrema { get; } = new(StateFamily.Extrema, WriteExtrema, ReadExtrema);

    /// <summary>Log-moment states; <see cref="LogMomentCodec"/> draws the payload.</summary>
    public static StateCodec<LogMomentState> LogMoment { get; } = new(StateFamily.LogMoment, LogMomentCodec.Write, LogMomentCodec.Read);

    /// <summary>
    /// Bounded rank states; <see cref="BucketCodec"/> draws the table.
    /// <code>payload := table</code>
    /// </summary>
    public static StateCodec<BoundedRankState> BoundedRank { get; } =
        new(
            StateFamily.BoundedRank,
            (to, state) => BucketCodec.Write(to, state.Table),
            (ref from) =>
            {
                var table = BucketCodec.Read(ref from, null);
                return from.End(() => new BoundedRankState(new BucketBag(table)));
            }
        );

    /// <summary>
    /// Bounded region states; <see cref="BucketCodec"/> draws the table.
    /// <code>payload := varint R, the number of regions; table with weights</code>
    /// </summary>
    public static StateCodec<BoundedRegionState> BoundedRegion { get; } =
        new(
            StateFamily.BoundedRegion,
            (to, state) =>
            {
                to.Varint(state.Regions);
                BucketCodec.Write(to, state.Table);
            },
            (ref from) =>
            {
                var regions = from.Varint();
                var table = BucketCodec.Read(ref from, regions);
                return from.End(() => new BoundedRegionState(new BucketBag(table), regions));
            }
        );

    private static void WriteExtrema(PayloadWriter to, ExtremaState state)
    {
        to.Byte(state.Range.IsSome ? 1 : 0);
        state.Range.IfSome(range =>
        {
            to.Fixed(ScoreKey.Of(range.Min), sizeof(ulong));
            to.Fixed(ScoreKey.Of(range.Max), sizeof(ulong));
        });
    }

    private static Validation<Fault, ExtremaState> ReadExtrema(ref PayloadReader from)
    {
        var seen = from.Byte();
        if (!from.Require(seen <= 1, "the first byte is neither 0 nor 1") || seen == 0)
            return from.End(() => ExtremaState.Empty);
        var (min, max) = (from.Fixed(sizeof(ulong)), from.Fixed(sizeof(ulong)));
        from.Require(KeyBlocks.IsFinite<ulong>(min) && KeyBlocks.IsFinite<ulong>(max), KeyBlocks.NotFinite);
        from.Require(min <= max, "the smallest score is above the largest");
        return from.End(() => new ExtremaState(Some((ScoreKey.Score(min), ScoreKey.Score(max)))));
    }
}
