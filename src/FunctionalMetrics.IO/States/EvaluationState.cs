using System.Buffers.Binary;
using FunctionalMetrics.Core;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.IO;

/// <summary>
/// What the numbers of an evaluation are computed from: the state of the images (or of rows), and that of the pixels where there were maps.
/// High scores are anomalous in it; where the user's low ones are, it holds them negated, and says so. Parameters such as the limit of the
/// false positive rate are no part of it. Compared by value; immutable and safe to share between threads.
/// <para>
/// As bytes, in an <see cref="Envelope"/> of the family <see cref="StateFamily.Evaluation"/>, which is a .fms file; equal evaluations have
/// equal bytes:
/// <code>
///  offset  bytes
///  0       1      flags: bit 0, scores are negated; bit 1, there is a pixel state; the others are 0, or refused
///  1       7      reserved, 0; anything else is refused
///  8       8      n, the length of the image state
///  16      n      image state, in an envelope of its own (rank)
///  16+n           pixel state, in an envelope of its own (region), if there is one
/// </code>
/// </para>
/// </summary>
/// <param name="Images">The scores of the images, or of rows, by class.</param>
/// <param name="Pixels">The pixels with their regions, where there were maps.</param>
/// <param name="LowerIsAnomalous">Whether both hold negated scores, since low ones are the anomalous ones.</param>
public sealed record EvaluationState(RankState Images, Option<RegionState> Pixels, bool LowerIsAnomalous)
{
    private const int HeaderLength = 16;
    private const byte Negated = 1;
    private const byte HasPixels = 2;

    /// <summary>No images seen, and no maps.</summary>
    public static EvaluationState Empty { get; } = new(RankState.Empty, None, false);

    /// <summary>The content of a .fms file.</summary>
    public byte[] Encode()
    {
        var images = StateCodec.Rank.Encode(Images);
        var pixels = Pixels.Map(StateCodec.Region.Encode).IfNone([]);
        var payload = new byte[HeaderLength + images.Length + pixels.Length];
        payload[0] = (byte)((LowerIsAnomalous ? Negated : 0) | (Pixels.IsSome ? HasPixels : 0));
        BinaryPrimitives.WriteInt64LittleEndian(payload.AsSpan(8), images.Length);
        images.CopyTo(payload, HeaderLength);
        pixels.CopyTo(payload, HeaderLength + images.Length);
        return Envelope.Seal(StateFamily.Evaluation, payload);
    }

    /// <summary>Total: what is no evaluation is a fault, as for <see cref="StateCodec{TState}.Decode"/>.</summary>
    public static Validation<Fault, EvaluationState> Decode(ReadOnlySpan<byte> bytes)
    {
        var payload = Envelope.Open(StateFamily.Evaluation, bytes);
        return payload.Case is Range inside ? DecodePayload(bytes[inside]) : payload.Map(_ => Empty);
    }

    private static Validation<Fault, EvaluationState> DecodePayload(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < HeaderLength)
            return Malformed("there is no room for its header", 0);
        if (payload[0] > (Negated | HasPixels))
            return Malformed("unknown flags are set", 0);
        if (payload[1..8].ContainsAnyExcept((byte)0))
            return Malformed("reserved bytes are not 0", 1);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(payload[8..]);
        var states = payload[HeaderLength..];
        if (length > (ulong)states.Length)
            return Malformed("the image state is longer than the bytes that are left", 8);
        var images = StateCodec.Rank.Decode(states[..(int)length]);
        var rest = states[(int)length..];
        var (lower, maps) = ((payload[0] & Negated) > 0, (payload[0] & HasPixels) > 0);
        if (!maps && !rest.IsEmpty)
            return Malformed("bytes follow the image state", (long)length);
        var pixels = maps ? StateCodec.Region.Decode(rest).Map(Some) : Success<Fault, Option<RegionState>>(None);
        return (images, pixels).Apply((rank, regions) => new EvaluationState(rank, regions, lower));
    }

    private static Validation<Fault, EvaluationState> Malformed(string problem, long offset) =>
        Fail<Fault, EvaluationState>(new Fault.Malformed(problem, offset));
}
