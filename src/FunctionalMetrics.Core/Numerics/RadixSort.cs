using System.Runtime.CompilerServices;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// Keys in ascending order, least significant byte first; linear time, no comparison. A byte that is the same in all keys costs no pass.
/// Optionally a payload moves with the keys; the order of the payloads of equal keys means nothing.
/// </summary>
internal static class RadixSort
{
    private const int Few = 256;

    public static void Sort<TKey>(TKey[] keys)
        where TKey : unmanaged => Sort(keys, (int[])[]);

    /// <summary>Sorts both arrays by the keys; a payload array of length 0 means none.</summary>
    public static void Sort<TKey>(TKey[] keys, int[] payload)
        where TKey : unmanaged
    {
        var carries = payload.Length > 0;
        if (keys.Length <= Few)
        {
            if (carries)
                Array.Sort(keys, payload);
            else
                keys.AsSpan().Sort();
            return;
        }
        var bytes = Unsafe.SizeOf<TKey>();
        var counts = Histograms(keys, bytes);
        var (from, to) = (keys, GC.AllocateUninitializedArray<TKey>(keys.Length));
        var (carried, carriedTo) = (payload, carries ? GC.AllocateUninitializedArray<int>(keys.Length) : []);
        for (var digit = 0; digit < bytes; digit++)
        {
            var next = counts.AsSpan(digit * 256, 256);
            if (next.Contains(keys.Length))
                continue;
            for (int i = 0, sum = 0; i < 256; i++)
                (next[i], sum) = (sum, sum + next[i]);
            if (carries)
                Scatter(from, to, carried, carriedTo, next, digit * 8);
            else
                Scatter(from, to, next, digit * 8);
            (from, to) = (to, from);
            (carried, carriedTo) = (carriedTo, carried);
        }
        if (from == keys)
            return;
        from.CopyTo(keys, 0);
        if (carries)
            carried.CopyTo(payload, 0);
    }

    private static int[] Histograms<TKey>(TKey[] keys, int bytes)
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

    private static void Scatter<TKey>(TKey[] from, TKey[] to, Span<int> next, int shift)
        where TKey : unmanaged
    {
        foreach (var key in from)
            to[next[(byte)(Bits(key) >> shift)]++] = key;
    }

    private static void Scatter<TKey>(TKey[] from, TKey[] to, int[] carried, int[] carriedTo, Span<int> next, int shift)
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
