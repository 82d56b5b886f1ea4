using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// Keys in ascending order, least significant byte first; linear time, no comparison. A byte that is the same in all keys costs no pass.
/// Optionally a payload moves with the keys; the order of the payloads of equal keys means nothing.
/// </summary>
internal static class RadixSort
{
    private const int Few = 256;

    /// <summary>From here on keys are first split by their leading bits, so that each part is sorted in a cache.</summary>
    private const int Many = 1 << 18;

    private const int LeadingBits = 9;

    public static void Sort<TKey>(Span<TKey> keys)
        where TKey : unmanaged
    {
        if (keys.Length < Many)
        {
            Sort(keys, []);
            return;
        }
        var (least, most) = KeyExtrema.Of<TKey>(keys);
        var lowest = Bits(least);
        var shift = Math.Max(0, BitOperations.Log2(Bits(most) - lowest) + 1 - LeadingBits);
        var next = new int[(1 << LeadingBits) + 1];
        foreach (var key in keys)
            next[(int)((Bits(key) - lowest) >> shift) + 1]++;
        for (var part = 1; part < next.Length; part++)
            next[part] += next[part - 1];
        using var split = new Rented<TKey>(keys.Length);
        Split<TKey>(keys, split.Span, next, lowest, shift);
        split.Span.CopyTo(keys);
        // Each place has moved on to the end of its part.
        for (int part = 0, start = 0; part < next.Length - 1; start = next[part++])
            Sort(keys[start..next[part]], []);
    }

    /// <summary>Sorts both by the keys; a payload of length 0 means none.</summary>
    public static void Sort<TKey>(Span<TKey> keys, Span<int> payload)
        where TKey : unmanaged
    {
        var carries = payload.Length > 0;
        if (keys.Length <= Few)
        {
            if (carries)
                keys.Sort(payload);
            else
                keys.Sort();
            return;
        }
        var bytes = Unsafe.SizeOf<TKey>();
        var counts = Histograms<TKey>(keys, bytes);
        using var otherKeys = new Rented<TKey>(keys.Length);
        using var otherPayload = new Rented<int>(payload.Length);
        var from = keys;
        var to = otherKeys.Span;
        var carried = payload;
        var carriedTo = otherPayload.Span;
        for (var digit = 0; digit < bytes; digit++)
        {
            var next = counts.AsSpan(digit * 256, 256);
            if (next.Contains(keys.Length))
                continue;
            for (int i = 0, sum = 0; i < 256; i++)
                (next[i], sum) = (sum, sum + next[i]);
            if (carries)
                Scatter<TKey>(from, to, carried, carriedTo, next, digit * 8);
            else
                Scatter<TKey>(from, to, next, digit * 8);
            Swap(ref from, ref to);
            Swap(ref carried, ref carriedTo);
        }
        if (from == keys)
            return;
        from.CopyTo(keys);
        carried.CopyTo(payload);
    }

    private static void Swap<T>(ref Span<T> first, ref Span<T> second)
    {
        var kept = first;
        first = second;
        second = kept;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Split<TKey>(ReadOnlySpan<TKey> from, Span<TKey> to, Span<int> next, ulong lowest, int shift)
        where TKey : unmanaged
    {
        foreach (var key in from)
            to[next[(int)((Bits(key) - lowest) >> shift)]++] = key;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int[] Histograms<TKey>(ReadOnlySpan<TKey> keys, int bytes)
        where TKey : unmanaged
    {
        var counts = new int[bytes * 256];
        foreach (var key in keys)
        {
            var bits = Bits(key);
            for (var digit = 0; digit < bytes; digit++, bits >>= 8)
                counts[digit * 256 + (byte)bits]++;
        }
        return counts;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scatter<TKey>(ReadOnlySpan<TKey> from, Span<TKey> to, Span<int> next, int shift)
        where TKey : unmanaged
    {
        foreach (var key in from)
            to[next[(byte)(Bits(key) >> shift)]++] = key;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scatter<TKey>(
        ReadOnlySpan<TKey> from,
        Span<TKey> to,
        ReadOnlySpan<int> carried,
        Span<int> carriedTo,
        Span<int> next,
        int shift
    )
        where TKey : unmanaged
    {
        for (var i = 0; i < from.Length; i++)
        {
            var at = next[(byte)(Bits(from[i]) >> shift)]++;
            to[at] = from[i];
            carriedTo[at] = carried[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bits<TKey>(TKey key)
        where TKey : unmanaged => typeof(TKey) == typeof(uint) ? Unsafe.BitCast<TKey, uint>(key) : Unsafe.BitCast<TKey, ulong>(key);
}
