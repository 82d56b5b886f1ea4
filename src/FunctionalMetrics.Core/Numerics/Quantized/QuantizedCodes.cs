using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// Scores of 8 and 16 bits as whole numbers of 16 bits in the order of the scores. Those of halves are to their bits what
/// <see cref="ScoreKey"/> is to longer ones; a number of 8 or 16 bits stands for itself.
/// </summary>
internal static class QuantizedCodes
{
    private const ushort Sign = 0x8000;

    /// <summary>The codes of the infinite halves.</summary>
    private const ushort MinusInfinity = 0x03FF;
    private const ushort Infinity = 0xFC00;

    private const int Block = 64;

    /// <summary>The codes of halves, at least one, and the lowest and the highest of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (ushort Lowest, ushort Highest) Of(ReadOnlySpan<ushort> halves, Span<ushort> codes)
    {
        ref var source = ref MemoryMarshal.GetReference(halves);
        ref var target = ref MemoryMarshal.GetReference(codes);
        var sign = Vector256.Create(Sign);
        var (low, high) = (Vector256<ushort>.AllBitsSet, Vector256<ushort>.Zero);
        var i = 0;
        for (; i + Vector256<ushort>.Count <= halves.Length; i += Vector256<ushort>.Count)
        {
            var half = Vector256.LoadUnsafe(ref source, (nuint)i);
            half = Vector256.AndNot(half, Vector256.Equals(half, sign));
            var code = half ^ (Vector256.ShiftRightArithmetic(half.AsInt16(), 15).AsUInt16() | sign);
            (low, high) = (Vector256.Min(low, code), Vector256.Max(high, code));
            code.StoreUnsafe(ref target, (nuint)i);
        }
        var (lowest, highest) = (ushort.MaxValue, ushort.MinValue);
        for (var lane = 0; lane < Vector256<ushort>.Count; lane++)
            (lowest, highest) = (Math.Min(lowest, low[lane]), Math.Max(highest, high[lane]));
        for (; i < halves.Length; i++)
        {
            codes[i] = (ushort)(halves[i] == Sign ? Sign : halves[i] ^ ((short)halves[i] >> 15 | Sign));
            (lowest, highest) = (Math.Min(lowest, codes[i]), Math.Max(highest, codes[i]));
        }
        return (lowest, highest);
    }

    /// <summary>Whether the halves whose codes lie in a range are finite.</summary>
    public static bool AreFinite(ushort lowest, ushort highest) => lowest > MinusInfinity && highest < Infinity;

    /// <summary>The keys of the same scores in float32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Keys(ReadOnlySpan<ushort> codes, bool areHalves, Span<uint> keys)
    {
        Span<ushort> words = stackalloc ushort[Block];
        Span<uint> bits = stackalloc uint[Block];
        for (var at = 0; at < codes.Length; at += Block)
        {
            var length = Math.Min(Block, codes.Length - at);
            for (var i = 0; i < length; i++)
                words[i] = areHalves ? (ushort)(codes[at + i] ^ ((codes[at + i] >> 15) - 1 | Sign)) : codes[at + i];
            var kind = areHalves ? ScoreValues.Format.Half : ScoreValues.Format.UInt16;
            Widening.Widen(ScoreValues.Of(MemoryMarshal.AsBytes(words[..length]), kind), 0, bits[..length]);
            KeyKernels.Convert<uint>(bits[..length], keys.Slice(at, length));
        }
    }
}
