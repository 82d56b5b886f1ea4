using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>Sums of keys and of other values in which their order does not show.</summary>
internal static class KeyHash
{
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

    /// <inheritdoc cref="Sum{TKey}"/>
    public static ulong Sum(Chunk chunk) =>
        chunk is Chunk<uint> narrow ? Sum<uint>(narrow.Keys, chunk.Counts) : Sum<ulong>(((Chunk<ulong>)chunk).Keys, chunk.Counts);

    /// <summary>The same for each group, and of those in whatever order.</summary>
    public static ulong SumOfGroups(Chunk chunk)
    {
        using var rented = new Scratch<ulong>(chunk.Count);
        chunk.CopyTo(rented.Span);
        var sum = 0ul;
        foreach (var (part, counts, _) in chunk.Parts())
            sum += Mix(Sum<ulong>(rented.Span[part], counts));
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
}
