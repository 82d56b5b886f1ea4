using LanguageExt;

namespace FunctionalMetrics.Core;

/// <summary>
/// The states of one family as bytes:
/// <code>
/// byte[] bytes = RankState.Codec.Encode(state);
/// Validation&lt;Fault, RankState&gt; same = RankState.Codec.Decode(bytes);       // total: anything else is a Fault, never an exception
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

    internal StateCodec(ushort id, string name, Action<PayloadWriter, TState> write, Reader read) =>
        (Family, this.write, this.read) = (new(id, name), write, read);

    internal delegate Validation<Fault, TState> Reader(ref PayloadReader from);

    /// <summary>The family's number and name.</summary>
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
