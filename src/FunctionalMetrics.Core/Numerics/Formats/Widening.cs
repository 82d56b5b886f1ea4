using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>8-bit, 16-bit and half-precision scores as the IEEE bits of the same numbers in float32; widening is exact.</summary>
internal static class Widening
{
    private const int Lanes = 16;

    /// <summary>2^112, the difference of the exponents' biases.</summary>
    private const float Back = 5192296858534827628530496329220096f;

    /// <summary>The scores from an index on, as many as there is room for.</summary>
    public static void Widen(ScoreValues scores, int from, Span<uint> bits)
    {
        switch (scores.Kind)
        {
            case ScoreValues.Format.Half:
                Halves(scores.As<ushort>().Slice(from, bits.Length), bits);
                break;
            case ScoreValues.Format.Byte:
                Bytes(scores.Bytes.Slice(from, bits.Length), bits);
                break;
            default:
                Words(scores.As<ushort>().Slice(from, bits.Length), bits);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Halves(ReadOnlySpan<ushort> halves, Span<uint> bits)
    {
        ref var source = ref MemoryMarshal.GetReference(halves);
        ref var target = ref MemoryMarshal.GetReference(bits);
        var i = 0;
        for (; i + Lanes <= halves.Length; i += Lanes)
        {
            var (low, high) = Vector256.Widen(Vector256.LoadUnsafe(ref source, (nuint)i));
            Single(low).StoreUnsafe(ref target, (nuint)i);
            Single(high).StoreUnsafe(ref target, (nuint)i + Lanes / 2);
        }
        for (; i < halves.Length; i++)
            bits[i] = BitConverter.SingleToUInt32Bits((float)BitConverter.UInt16BitsToHalf(halves[i]));
    }

    /// <summary>
    /// Exponent and mantissa moved to their places make a number 2^112 times too small, subnormal or not; infinite and NaN get an exponent
    /// of ones back.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Single(Vector256<uint> half)
    {
        var magnitude = (half & Vector256.Create(0x7FFFu)) << 13;
        var scaled = (magnitude.AsSingle() * Vector256.Create(Back)).AsUInt32();
        var notFinite = Vector256.GreaterThanOrEqual(magnitude, Vector256.Create(0x7C00u << 13)) & Vector256.Create(0x7F80_0000u);
        return scaled | notFinite | (half & Vector256.Create(0x8000u)) << 16;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Bytes(ReadOnlySpan<byte> bytes, Span<uint> bits)
    {
        ref var source = ref MemoryMarshal.GetReference(bytes);
        ref var target = ref MemoryMarshal.GetReference(bits);
        var i = 0;
        for (; i + Lanes <= bytes.Length; i += Lanes)
        {
            var (low, high) = Vector256.Widen(Vector256.WidenLower(Vector128.LoadUnsafe(ref source, (nuint)i).ToVector256()));
            Vector256.ConvertToSingle(low.AsInt32()).AsUInt32().StoreUnsafe(ref target, (nuint)i);
            Vector256.ConvertToSingle(high.AsInt32()).AsUInt32().StoreUnsafe(ref target, (nuint)i + Lanes / 2);
        }
        for (; i < bytes.Length; i++)
            bits[i] = BitConverter.SingleToUInt32Bits(bytes[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Words(ReadOnlySpan<ushort> words, Span<uint> bits)
    {
        ref var source = ref MemoryMarshal.GetReference(words);
        ref var target = ref MemoryMarshal.GetReference(bits);
        var i = 0;
        for (; i + Lanes <= words.Length; i += Lanes)
        {
            var (low, high) = Vector256.Widen(Vector256.LoadUnsafe(ref source, (nuint)i));
            Vector256.ConvertToSingle(low.AsInt32()).AsUInt32().StoreUnsafe(ref target, (nuint)i);
            Vector256.ConvertToSingle(high.AsInt32()).AsUInt32().StoreUnsafe(ref target, (nuint)i + Lanes / 2);
        }
        for (; i < words.Length; i++)
            bits[i] = BitConverter.SingleToUInt32Bits(words[i]);
    }
}
