using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>An unsigned 256-bit sum of products; wraps silently past 2^256, which no sum here comes near.</summary>
internal readonly record struct UInt256(UInt128 High, UInt128 Low)
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt256 operator +(UInt256 a, UInt256 b)
    {
        var low = a.Low + b.Low;
        return new(a.High + b.High + (low < a.Low ? UInt128.One : UInt128.Zero), low);
    }

    public static UInt256 operator *(UInt256 a, ulong b) => Product(a.Low, b) + new UInt256(Product(a.High, b).Low, UInt128.Zero);

    /// <summary>The whole product of 128 by 64 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt256 Product(UInt128 a, ulong b)
    {
        var low = Math.BigMul((ulong)a, b);
        var high = Math.BigMul((ulong)(a >> 64), b) + (low >> 64);
        return new(high >> 64, (high << 64) | (ulong)low);
    }

    /// <summary>value^2 for |value| below 2^127.</summary>
    public static UInt256 Square(Int128 value)
    {
        var magnitude = (UInt128)Int128.Abs(value);
        var upper = Product(magnitude, (ulong)(magnitude >> 64));
        return new UInt256((upper.High << 64) | (upper.Low >> 64), upper.Low << 64) + Product(magnitude, (ulong)magnitude);
    }

    public BigInteger ToBigInteger() => ((BigInteger)High << 128) + Low;
}

/// <summary>
/// A sum of products of 128 by 64 bits in two columns, which carry into each other at the end alone. Exact as long as the factors of 64 bits
/// sum to less than 2^64.
/// </summary>
internal struct ProductSum
{
    private UInt128 low;
    private UInt128 high;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(UInt128 a, ulong b)
    {
        low += Math.BigMul((ulong)a, b);
        high += Math.BigMul((ulong)(a >> 64), b);
    }

    public readonly UInt256 Total => new UInt256(high >> 64, high << 64) + new UInt256(UInt128.Zero, low);
}
