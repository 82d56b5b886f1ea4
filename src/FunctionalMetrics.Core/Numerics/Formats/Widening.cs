using System.Numerics;
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
        if (scores.Kind == ScoreValues.Format.Half)
            Widen(scores.As<Half>().Slice(from, bits.Length), bits);
        else if (scores.Kind == ScoreValues.Format.Byte)
            Widen(scores.Bytes.Slice(from, bits.Length), bits);
        else
            Widen(scores.As<ushort>().Slice(from, bits.Length), bits);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Widen<T>(ReadOnlySpan<T> scores, Span<uint> bits)
        where T : unmanaged, INumberBase<T>
    {
        ref var target = ref MemoryMarshal.GetReference(bits);
        var i = 0;
        for (; i + Lanes <= scores.Length; i += Lanes)
        {
            ref var source = ref Unsafe.As<T, byte>(ref Unsafe.Add(ref MemoryMarshal.GetReference(scores), i));
            var (low, high) = Vector256.Widen(
                typeof(T) == typeof(byte)
                    ? Vector256.WidenLower(Vector128.LoadUnsafe(ref source).ToVector256())
                    : Vector256.LoadUnsafe(ref source).AsUInt16()
            );
            (typeof(T) == typeof(Half) ? Single(low) : Vector256.ConvertToSingle(low.AsInt32()).AsUInt32()).StoreUnsafe(
                ref target,
                (nuint)i
            );
            (typeof(T) == typeof(Half) ? Single(high) : Vector256.ConvertToSingle(high.AsInt32()).AsUInt32()).StoreUnsafe(
                ref target,
                (nuint)i + Lanes / 2
            );
        }
        for (; i < scores.Length; i++)
            bits[i] = BitConverter.SingleToUInt32Bits(float.CreateTruncating(scores[i]));
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
}
