using System.Buffers;
using System.Buffers.Binary;

namespace FunctionalMetrics.Core;

/// <summary>Writes a payload: little-endian numbers, varints and packed bits.</summary>
internal sealed class PayloadWriter
{
    private readonly ArrayBufferWriter<byte> buffer = new();

    public ReadOnlySpan<byte> Written => buffer.WrittenSpan;

    public void Byte(int value) => Take(1)[0] = checked((byte)value);

    /// <summary>Seven bits a byte, the lowest first, the high bit set on all but the last byte.</summary>
    public void Varint(long value)
    {
        for (; value >= 0x80; value >>= 7)
            Byte((int)(value & 0x7F) | 0x80);
        Byte((int)value);
    }

    /// <summary>The lowest bytes of a number.</summary>
    public void Fixed(ulong value, int bytes)
    {
        Span<byte> whole = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(whole, value);
        whole[..bytes].CopyTo(Take(bytes));
    }

    public void Bytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    public void Fixed(UInt128 value) => BinaryPrimitives.WriteUInt128LittleEndian(Take(16), value);

    /// <summary>The values side by side, so many bits each, the lowest bit first; the last byte is filled up with zeros.</summary>
    public void Bits(ReadOnlySpan<ulong> values, int width)
    {
        var target = Take((values.Length * width + 7) / 8);
        var (word, used) = (0ul, 0);
        foreach (var value in values)
        {
            word |= value << used;
            used += width;
            if (used < 64)
                continue;
            BinaryPrimitives.WriteUInt64LittleEndian(target, word);
            target = target[8..];
            used -= 64;
            word = used == 0 ? 0 : value >> (width - used);
        }
        for (; !target.IsEmpty; target = target[1..], word >>= 8)
            target[0] = (byte)word;
    }

    private Span<byte> Take(int count)
    {
        var span = buffer.GetSpan(count)[..count];
        buffer.Advance(count);
        return span;
    }
}
