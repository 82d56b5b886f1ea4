using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// Order-preserving unsigned keys of IEEE numbers: a &lt; b as numbers exactly when key(a) &lt; key(b) as integers, and -0.0 has the key of
/// +0.0. Negating a number complements its key, but for zero, which keeps its own.
/// </summary>
internal static class ScoreKey
{
    internal const uint NarrowSign = 0x8000_0000;
    internal const ulong WideSign = 0x8000_0000_0000_0000;

    public static uint Of(float score) => OfBits(BitConverter.SingleToUInt32Bits(score));

    public static ulong Of(double score) => OfBits(BitConverter.DoubleToUInt64Bits(score));

    public static uint OfBits(uint bits) => bits == NarrowSign ? NarrowSign : bits ^ ((uint)((int)bits >> 31) | NarrowSign);

    public static ulong OfBits(ulong bits) => bits == WideSign ? WideSign : bits ^ ((ulong)((long)bits >> 63) | WideSign);

    public static float Score(uint key) => BitConverter.UInt32BitsToSingle(key ^ ((key >> 31) - 1 | NarrowSign));

    public static double Score(ulong key) => BitConverter.UInt64BitsToDouble(key ^ ((key >> 63) - 1 | WideSign));

    /// <summary>A key of either width as a whole number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Bits<TKey>(TKey key)
        where TKey : unmanaged => typeof(TKey) == typeof(uint) ? Unsafe.BitCast<TKey, uint>(key) : Unsafe.BitCast<TKey, ulong>(key);

    /// <summary>The key of either width that is a whole number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TKey Key<TKey>(ulong bits)
        where TKey : unmanaged => typeof(TKey) == typeof(uint) ? Unsafe.BitCast<uint, TKey>((uint)bits) : Unsafe.BitCast<ulong, TKey>(bits);

    /// <summary>The key of zero.</summary>
    public static ulong Zero<TKey>()
        where TKey : unmanaged => typeof(TKey) == typeof(uint) ? NarrowSign : WideSign;

    /// <summary>The number behind a key of either width; widening is exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Score<TKey>(TKey key)
        where TKey : unmanaged =>
        typeof(TKey) == typeof(uint) ? Score(Unsafe.BitCast<TKey, uint>(key)) : Score(Unsafe.BitCast<TKey, ulong>(key));

    /// <summary>The key of the same number in 64 bits.</summary>
    public static ulong Widen(uint key) => Of((double)Score(key));

    public static ulong Widen<TKey>(TKey key)
        where TKey : unmanaged => typeof(TKey) == typeof(uint) ? Widen(Unsafe.BitCast<TKey, uint>(key)) : Unsafe.BitCast<TKey, ulong>(key);

    public static TKey OfBits<TKey>(TKey bits)
        where TKey : unmanaged =>
        typeof(TKey) == typeof(uint)
            ? Unsafe.BitCast<uint, TKey>(OfBits(Unsafe.BitCast<TKey, uint>(bits)))
            : Unsafe.BitCast<ulong, TKey>(OfBits(Unsafe.BitCast<TKey, ulong>(bits)));

    public static TKey Negate<TKey>(TKey key)
        where TKey : unmanaged => Bits(key) == Zero<TKey>() ? key : Key<TKey>(~Bits(key));

    /// <summary>The smallest key whose number is at least the threshold; above every finite key when there is none, as for NaN.</summary>
    public static TKey AtLeast<TKey>(double threshold)
        where TKey : unmanaged
    {
        threshold = double.IsNaN(threshold) ? double.PositiveInfinity : threshold;
        if (typeof(TKey) == typeof(ulong))
            return Unsafe.BitCast<ulong, TKey>(Of(threshold));
        var nearest = (float)threshold;
        var above = nearest < threshold ? MathF.BitIncrement(nearest) : nearest;
        return Unsafe.BitCast<uint, TKey>(Of(above));
    }

    /// <summary>Keys of one vector of IEEE bits, the same as <see cref="OfBits{TKey}(TKey)"/> on each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TKey> OfBits<TKey>(Vector256<TKey> bits)
        where TKey : unmanaged
    {
        if (typeof(TKey) == typeof(uint))
        {
            var sign = Vector256.Create(NarrowSign);
            var narrow = bits.As<TKey, uint>();
            narrow = Vector256.AndNot(narrow, Vector256.Equals(narrow, sign));
            return (narrow ^ (Vector256.ShiftRightArithmetic(narrow.AsInt32(), 31).AsUInt32() | sign)).As<uint, TKey>();
        }
        var signs = Vector256.Create(WideSign);
        var wide = bits.As<TKey, ulong>();
        wide = Vector256.AndNot(wide, Vector256.Equals(wide, signs));
        return (wide ^ (Vector256.ShiftRightArithmetic(wide.AsInt64(), 63).AsUInt64() | signs)).As<ulong, TKey>();
    }

    /// <summary>All ones in each lane whose IEEE bits are NaN or infinite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TKey> NotFinite<TKey>(Vector256<TKey> bits)
        where TKey : unmanaged
    {
        if (typeof(TKey) == typeof(uint))
        {
            var exponent = Vector256.Create(0x7F80_0000u);
            return Vector256.Equals(bits.As<TKey, uint>() & exponent, exponent).As<uint, TKey>();
        }
        var exponents = Vector256.Create(0x7FF0_0000_0000_0000ul);
        return Vector256.Equals(bits.As<TKey, ulong>() & exponents, exponents).As<ulong, TKey>();
    }

    public static bool IsFiniteBits<TKey>(TKey bits)
        where TKey : unmanaged =>
        typeof(TKey) == typeof(uint)
            ? (Unsafe.BitCast<TKey, uint>(bits) & 0x7F80_0000u) != 0x7F80_0000u
            : (Unsafe.BitCast<TKey, ulong>(bits) & 0x7FF0_0000_0000_0000ul) != 0x7FF0_0000_0000_0000ul;
}
