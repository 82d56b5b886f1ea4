using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>Ropes as multisets of numbers: equality and hash whatever the order and the width, and counts from a threshold up.</summary>
internal static class KeyBags
{
    public static bool Equal(Rope a, Rope b) =>
        ReferenceEquals(a, b)
        || (
            a.Count == b.Count
            && (a.IsWide || b.IsWide ? KeyRuns<ulong>.Of(a).Equals(KeyRuns<ulong>.Of(b)) : KeyRuns<uint>.Of(a).Equals(KeyRuns<uint>.Of(b)))
        );

    public static int Hash(Rope bag)
    {
        var sum = 0ul;
        foreach (var chunk in bag.Chunks)
            sum += chunk is Chunk<uint> narrow
                ? Sum<uint>(narrow.Keys, chunk.Counts)
                : Sum<ulong>(((Chunk<ulong>)chunk).Keys, chunk.Counts);
        return HashCode.Combine(bag.Count, sum);
    }

    /// <summary>A hash of a multiset of keys that neither their order, their width nor the use of counts changes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Sum<TKey>(ReadOnlySpan<TKey> keys, ReadOnlySpan<long> counts)
        where TKey : unmanaged
    {
        var sum = 0ul;
        for (var i = 0; i < keys.Length; i++)
            sum += Mix(ScoreKey.Widen(keys[i])) * (counts.IsEmpty ? 1 : (ulong)counts[i]);
        return sum;
    }

    /// <summary>
    /// A sum over values of one width, in whatever order, that almost surely tells others from them. A library's hash does so too, but a process
    /// that has just begun runs it before it is compiled in full: it took a quarter of the time of an evaluation.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Checksum<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        const uint Odd = 0x9E37_79B1;
        var words = MemoryMarshal.Cast<T, uint>(values);
        ref var first = ref MemoryMarshal.GetReference(words);
        var sums = Vector256<ulong>.Zero;
        var i = 0;
        for (; i + Vector256<uint>.Count <= words.Length; i += Vector256<uint>.Count)
        {
            var word = Vector256.LoadUnsafe(ref first, (nuint)i);
            var mixed = (word ^ (word >>> 15)) * Odd;
            var (low, high) = Vector256.Widen(mixed ^ (mixed >>> 13));
            sums += low + high;
        }
        var sum = Vector256.Sum(sums) + (ulong)values.Length;
        for (; i < words.Length; i++)
        {
            var mixed = (words[i] ^ (words[i] >>> 15)) * Odd;
            sum += mixed ^ (mixed >>> 13);
        }
        return sum;
    }

    /// <summary>A bijection that spreads each bit over all (the finalizer of SplitMix64).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58_476D_1CE4_E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D0_49BB_1331_11EB;
        return bits ^ (bits >> 31);
    }

    public static long CountAtLeast(Rope bag, double threshold)
    {
        var count = 0L;
        foreach (var chunk in bag.Chunks)
            count += chunk is Chunk<uint> narrow
                ? CountAtLeast(narrow.Keys, chunk.Counts, ScoreKey.AtLeast<uint>(threshold))
                : CountAtLeast(((Chunk<ulong>)chunk).Keys, chunk.Counts, ScoreKey.AtLeast<ulong>(threshold));
        return count;
    }

    /// <summary>How many scores are at least each threshold.</summary>
    public static long[] CountAtLeast(Rope bag, ReadOnlySpan<double> thresholds) =>
        bag.IsWide ? CountAtLeast<ulong>(bag, thresholds) : CountAtLeast<uint>(bag, thresholds);

    private static long[] CountAtLeast<TKey>(Rope bag, ReadOnlySpan<double> thresholds)
        where TKey : unmanaged, IComparable<TKey>
    {
        TKey[] keys = [.. thresholds.ToArray().Select(ScoreKey.AtLeast<TKey>)];
        TKey[] distinct = [.. keys.Distinct().Order()];
        var counts = ThresholdCounts.Count<TKey>(bag, distinct);
        var atLeast = new long[distinct.Length + 1];
        for (var u = distinct.Length - 1; u >= 0; u--)
            atLeast[u] = atLeast[u + 1] + counts[2 * u + 2] + counts[2 * u + 1];
        return [.. keys.Select(key => atLeast[Array.BinarySearch(distinct, key)])];
    }

    private static long CountAtLeast<TKey>(ReadOnlySpan<TKey> keys, ReadOnlySpan<long> counts, TKey least)
        where TKey : unmanaged, IComparable<TKey>
    {
        var count = 0L;
        if (counts.IsEmpty)
            foreach (var key in keys)
                count += key.CompareTo(least) >= 0 ? 1 : 0;
        else
            for (var i = 0; i < keys.Length; i++)
                count += keys[i].CompareTo(least) >= 0 ? counts[i] : 0;
        return count;
    }
}
