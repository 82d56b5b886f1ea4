using System.Buffers.Binary;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// Reads what <see cref="PayloadWriter"/> wrote, from bytes that anyone may have made. The first thing wrong is kept, and from then on there
/// are no bytes left: every read gives 0, so a decoder needs to look only before it allocates or loops.
/// </summary>
internal ref struct PayloadReader(ReadOnlySpan<byte> bytes, int at, int end)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;
    private readonly int end = end;
    private Fault? fault;
    private int at = at;

    public readonly bool Ok => fault is null;

    public readonly int Left => fault is null ? end - at : 0;

    public void Fail(string problem) => fault ??= new Fault.Malformed(problem, at);

    /// <summary>Fails unless it holds; gives whether all is well so far.</summary>
    public bool Require(bool holds, string problem)
    {
        if (!holds)
            Fail(problem);
        return Ok;
    }

    /// <summary>The state, unless something was wrong or bytes are left.</summary>
    public Validation<Fault, TState> End<TState>(Func<TState> state)
    {
        Require(Left == 0, "bytes follow the state");
        return fault is null ? Success<Fault, TState>(state()) : Fail<Fault, TState>(fault);
    }

    public int Byte() => Bytes(1) is [var value] ? value : 0;

    /// <summary>A number of at most <see cref="KeyBlocks.MaxRows"/>, in as few bytes as it needs.</summary>
    public long Varint()
    {
        var value = 0L;
        for (var shift = 0; shift <= 49; shift += 7)
        {
            var part = Byte();
            value |= (long)(part & 0x7F) << shift;
            if (part >= 0x80)
                continue;
            return
                Require(part > 0 || shift == 0, "a number has more bytes than it needs")
                && Require(value <= KeyBlocks.MaxRows, "a number is larger than 2^53")
                ? value
                : 0;
        }
        Fail("a number is larger than 2^53");
        return 0;
    }

    public ulong Fixed(int count)
    {
        Span<byte> whole = stackalloc byte[sizeof(ulong)];
        Bytes(count).CopyTo(whole);
        return BinaryPrimitives.ReadUInt64LittleEndian(whole);
    }

    public UInt128 Fixed() => Bytes(16) is { Length: 16 } whole ? BinaryPrimitives.ReadUInt128LittleEndian(whole) : 0;

    public void Bits(scoped Span<ulong> values, int width)
    {
        Span<byte> source = stackalloc byte[KeyBlocks.Length * sizeof(ulong) + 2 * sizeof(ulong)];
        var packed = Bytes((values.Length * width + 7) / 8);
        packed.CopyTo(source);
        var mask = width == 64 ? ulong.MaxValue : (1ul << width) - 1;
        var bit = 0;
        for (var i = 0; i < values.Length; i++, bit += width)
        {
            var (first, shift) = (bit >> 3, bit & 7);
            var word = BinaryPrimitives.ReadUInt64LittleEndian(source[first..]) >> shift;
            if (shift + width > 64)
                word |= (ulong)source[first + 8] << (64 - shift);
            values[i] = word & mask;
        }
        Require((bit & 7) == 0 || source[bit >> 3] >> (bit & 7) == 0, "bits after the last packed value are not 0");
    }

    /// <summary>The bytes that were read since so many were left.</summary>
    public readonly ReadOnlySpan<byte> Since(int left) => bytes[(end - left)..at];

    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (!Require(count <= Left, "it ends too early"))
            return [];
        at += count;
        return bytes.Slice(at - count, count);
    }
}
