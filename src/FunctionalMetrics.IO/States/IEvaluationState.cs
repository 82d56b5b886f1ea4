using System.Buffers.Binary;
using FunctionalMetrics.Core;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.IO;

/// <summary>
/// What the numbers of an evaluation are computed from, as a .fms file holds it: an <see cref="EvaluationState"/>, or a
/// <see cref="BoundedEvaluationState"/>. High scores are anomalous in it; where the user's low ones are, it holds them negated, and says so.
/// <para>
/// As bytes, in an <see cref="Envelope"/> of the family <see cref="StateFamily.Evaluation"/>; equal evaluations have equal bytes:
/// <code>
///  offset  bytes
///  0       1      flags: bit 0, scores are negated; bit 1, there is a pixel state; bit 2, states are bounded; the others are 0, or refused
///  1       7      reserved, 0; anything else is refused
///  8       8      n, the length of the image state
///  16      n      image state, in an envelope of its own (rank, or bounded rank)
///  16+n           pixel state, in an envelope of its own (region, or bounded region), if there is one
/// </code>
/// </para>
/// </summary>
public interface IEvaluationState
{
    /// <summary>Whether negated scores are held, since low ones are the anomalous ones.</summary>
    bool LowerIsAnomalous { get; }

    /// <summary>Whether there were maps.</summary>
    bool HasMaps { get; }

    /// <summary>How many rows there are at the level that has most.</summary>
    long Rows { get; }

    /// <summary>The content of a .fms file.</summary>
    byte[] Encode();
}

/// <summary>The bytes of both kinds of evaluation.</summary>
internal static class EvaluationBytes
{
    private const int HeaderLength = 16;
    private const byte Negated = 1;
    private const byte HasPixels = 2;
    private const byte Bounded = 4;

    public static byte[] Encode(bool bounded, bool lower, byte[] images, Option<byte[]> pixels)
    {
        var maps = pixels.IfNone([]);
        var payload = new byte[HeaderLength + images.Length + maps.Length];
        payload[0] = (byte)((lower ? Negated : 0) | (pixels.IsSome ? HasPixels : 0) | (bounded ? Bounded : 0));
        BinaryPrimitives.WriteInt64LittleEndian(payload.AsSpan(8), images.Length);
        images.CopyTo(payload, HeaderLength);
        maps.CopyTo(payload, HeaderLength + images.Length);
        return Envelope.Seal(StateFamily.Evaluation, payload);
    }

    /// <summary>Total: what is no evaluation is a fault, as for <see cref="StateCodec{TState}.Decode"/>.</summary>
    public static Validation<Fault, IEvaluationState> Decode(ReadOnlySpan<byte> bytes)
    {
        var payload = Envelope.Open(StateFamily.Evaluation, bytes);
        return payload.Case is Range inside ? DecodePayload(bytes[inside]) : payload.Map(IEvaluationState (_) => EvaluationState.Empty);
    }

    private static Validation<Fault, IEvaluationState> DecodePayload(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < HeaderLength)
            return Malformed("there is no room for its header", 0);
        if (payload[0] > (Negated | HasPixels | Bounded))
            return Malformed("unknown flags are set", 0);
        if (payload[1..8].ContainsAnyExcept((byte)0))
            return Malformed("reserved bytes are not 0", 1);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(payload[8..]);
        var states = payload[HeaderLength..];
        if (length > (ulong)states.Length)
            return Malformed("the image state is longer than the bytes that are left", 8);
        var images = states[..(int)length];
        var pixels = states[(int)length..];
        var (lower, maps) = ((payload[0] & Negated) > 0, (payload[0] & HasPixels) > 0);
        if (!maps && !pixels.IsEmpty)
            return Malformed("bytes follow the image state", (long)length);
        return (payload[0] & Bounded) > 0
            ? (StateCodec.BoundedRank.Decode(images), Decode(StateCodec.BoundedRegion, maps, pixels)).Apply(
                IEvaluationState (rows, regions) => new BoundedEvaluationState(rows, regions, lower)
            )
            : (StateCodec.Rank.Decode(images), Decode(StateCodec.Region, maps, pixels)).Apply(
                IEvaluationState (rows, regions) => new EvaluationState(rows, regions, lower)
            );
    }

    private static Validation<Fault, Option<TState>> Decode<TState>(StateCodec<TState> codec, bool there, ReadOnlySpan<byte> bytes)
        where TState : notnull => there ? codec.Decode(bytes).Map(Some) : Success<Fault, Option<TState>>(None);

    private static Validation<Fault, IEvaluationState> Malformed(string problem, long offset) =>
        Fail<Fault, IEvaluationState>(new Fault.Malformed(problem, offset));
}
