using System.Runtime.CompilerServices;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// How many of many keys lie between and at few thresholds: the heart of every metric. For m ascending distinct thresholds u the result has
/// 2m + 1 counts: at 2i the keys strictly between u[i-1] and u[i], at 2i + 1 the keys equal to u[i], and last those above all.
/// </summary>
internal static class ThresholdCounts
{
    private const int Block = 512;

    /// <summary>The plain definition, which the fast way must equal.</summary>
    public static long[] Plain<TKey>(IEnumerable<TKey> keys, TKey[] thresholds)
        where TKey : unmanaged
    {
        var counts = new long[2 * thresholds.Length + 1];
        foreach (var key in keys)
            counts[Slot(key, thresholds)]++;
        return counts;
    }

    public static unsafe long[] Count<TKey>(Rope keys, TKey[] thresholds)
        where TKey : unmanaged, IComparable<TKey>
    {
        var counts = new long[2 * thresholds.Length + 1];
        if (thresholds.Length == 0)
        {
            counts[0] = keys.Count;
            return counts;
        }
        var buckets = ThresholdBuckets<TKey>.Best(thresholds);
        var parts = thresholds.Length >= ThresholdParts<TKey>.Worthwhile ? new ThresholdParts<TKey>(buckets) : null;
        var recent = new uint[counts.Length];
        var pending = 0L;
        fixed (uint* slots = recent)
        {
            foreach (var chunk in keys.Chunks)
            {
                if (chunk.Counts.Length > 0)
                {
                    CountTied(chunk, thresholds, counts);
                    continue;
                }
                if (pending + chunk.Count > uint.MaxValue)
                {
                    parts?.Finish(slots);
                    Flush(recent, counts);
                    pending = 0;
                }
                pending += chunk.Count;
                if (chunk is Chunk<TKey> same)
                    Place(same.Keys, buckets, parts, slots);
                else
                    PlaceWidened(((Chunk<uint>)chunk).Keys, buckets, parts, slots);
            }
            parts?.Finish(slots);
        }
        Flush(recent, counts);
        return counts;
    }

    /// <summary>Few distinct keys that stand for many rows: the plain definition is fast enough.</summary>
    private static void CountTied<TKey>(Chunk tied, TKey[] thresholds, long[] counts)
        where TKey : unmanaged
    {
        var keys = new TKey[tied.Count];
        tied.CopyTo<TKey>(keys);
        for (var i = 0; i < keys.Length; i++)
            counts[Slot(keys[i], thresholds)] += tied.Counts[i];
    }

    private static int Slot<TKey>(TKey key, TKey[] thresholds)
        where TKey : unmanaged
    {
        var found = Array.BinarySearch(thresholds, key);
        return found >= 0 ? 2 * found + 1 : 2 * ~found;
    }

    private static unsafe void Place<TKey>(
        ReadOnlySpan<TKey> keys,
        ThresholdBuckets<TKey> buckets,
        ThresholdParts<TKey>? parts,
        uint* counts
    )
        where TKey : unmanaged, IComparable<TKey>
    {
        fixed (TKey* first = keys)
            if (parts is null)
                buckets.Place(first, keys.Length, counts);
            else
                parts.Place(first, keys.Length, counts);
    }

    private static unsafe void PlaceWidened<TKey>(
        ReadOnlySpan<uint> keys,
        ThresholdBuckets<TKey> buckets,
        ThresholdParts<TKey>? parts,
        uint* counts
    )
        where TKey : unmanaged, IComparable<TKey>
    {
        Span<TKey> wide = stackalloc TKey[Block];
        for (var at = 0; at < keys.Length; at += Block)
        {
            var part = keys.Slice(at, Math.Min(Block, keys.Length - at));
            for (var i = 0; i < part.Length; i++)
                wide[i] = Unsafe.BitCast<ulong, TKey>(ScoreKey.Widen(part[i]));
            Place(wide[..part.Length], buckets, parts, counts);
        }
    }

    private static void Flush(uint[] recent, long[] counts)
    {
        for (var i = 0; i < recent.Length; i++)
            counts[i] += recent[i];
        Array.Clear(recent);
    }
}
