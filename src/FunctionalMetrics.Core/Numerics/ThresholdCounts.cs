using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// How many of many keys lie between and at few thresholds: the heart of every metric. For m ascending distinct thresholds u the result has
/// 2m + 1 counts: at 2i the keys strictly between u[i-1] and u[i], at 2i + 1 the keys equal to u[i], and last those above all.
/// <para>
/// A key's bucket is a monotone function of it, so only the thresholds of that bucket can stand near it; with about one in each, four
/// comparisons without a branch place nearly every key. Of two such functions, uniform in the score's value or in its key, the one that
/// spreads these thresholds better is taken; where both fail, a binary search within the bucket bounds the time.
/// </para>
/// </summary>
internal static class ThresholdCounts
{
    private const int Block = 512;
    private const int Window = 4;

    /// <summary>The plain definition, which the fast way must equal.</summary>
    public static long[] Plain<TKey>(IEnumerable<TKey> keys, TKey[] thresholds)
        where TKey : unmanaged
    {
        var counts = new long[2 * thresholds.Length + 1];
        foreach (var key in keys)
        {
            var found = Array.BinarySearch(thresholds, key);
            counts[found >= 0 ? 2 * found + 1 : 2 * ~found]++;
        }
        return counts;
    }

    public static long[] Count<TKey>(Rope keys, TKey[] thresholds)
        where TKey : unmanaged, IComparable<TKey>
    {
        var counts = new long[2 * thresholds.Length + 1];
        if (thresholds.Length == 0)
        {
            counts[0] = keys.Count;
            return counts;
        }
        var buckets = Buckets<TKey>.Best(thresholds);
        var recent = new uint[counts.Length];
        var pending = 0L;
        foreach (var chunk in keys.Chunks)
        {
            if (pending + chunk.Count > uint.MaxValue)
            {
                Flush(recent, counts);
                pending = 0;
            }
            pending += chunk.Count;
            if (chunk is Chunk<TKey> same)
                buckets.Count(same.Keys, recent);
            else
                CountWidened(((Chunk<uint>)chunk).Keys, buckets, recent);
        }
        Flush(recent, counts);
        return counts;
    }

    private static void CountWidened<TKey>(ReadOnlySpan<uint> keys, Buckets<TKey> buckets, uint[] counts)
        where TKey : unmanaged, IComparable<TKey>
    {
        Span<TKey> wide = stackalloc TKey[Block];
        for (var at = 0; at < keys.Length; at += Block)
        {
            var part = keys.Slice(at, Math.Min(Block, keys.Length - at));
            for (var i = 0; i < part.Length; i++)
                wide[i] = Unsafe.BitCast<ulong, TKey>(ScoreKey.Widen(part[i]));
            buckets.Count(wide[..part.Length], counts);
        }
    }

    private static void Flush(uint[] recent, long[] counts)
    {
        for (var i = 0; i < recent.Length; i++)
            counts[i] += recent[i];
        Array.Clear(recent);
    }

    private sealed class Buckets<TKey>
        where TKey : unmanaged, IComparable<TKey>
    {
        private readonly bool byValue;
        private readonly double lowest;
        private readonly double scale;
        private readonly ulong lowestKey;
        private readonly int shift;

        /// <summary>The first threshold of each bucket, and their number last.</summary>
        private readonly int[] first;

        /// <summary>The thresholds, and behind them enough largest keys to read a window past the end.</summary>
        private readonly TKey[] padded;

        private Buckets(TKey[] thresholds, int count, bool byValue)
        {
            this.byValue = byValue;
            lowest = ScoreKey.Score(thresholds[0]);
            scale = count / (ScoreKey.Score(thresholds[^1]) - lowest);
            scale = double.IsFinite(scale) ? scale : 0;
            lowestKey = Bits(thresholds[0]);
            var range = Bits(thresholds[^1]) - lowestKey;
            while (range >> shift >= (ulong)count)
                shift++;
            padded = new TKey[thresholds.Length + Window];
            thresholds.CopyTo(padded, 0);
            padded.AsSpan(thresholds.Length).Fill(Largest);
            first = new int[count + 1];
            foreach (var threshold in thresholds)
                first[Bucket(threshold, count) + 1]++;
            for (var i = 0; i < count; i++)
                first[i + 1] += first[i];
        }

        private static TKey Largest =>
            typeof(TKey) == typeof(uint) ? Unsafe.BitCast<uint, TKey>(uint.MaxValue) : Unsafe.BitCast<ulong, TKey>(ulong.MaxValue);

        public static Buckets<TKey> Best(TKey[] thresholds)
        {
            var count = 64;
            while (count < thresholds.Length && count < 1 << 22)
                count *= 2;
            var (value, key) = (new Buckets<TKey>(thresholds, count, true), new Buckets<TKey>(thresholds, count, false));
            return value.Crowding <= key.Crowding ? value : key;
        }

        /// <summary>Thresholds that share their bucket with more than a window holds.</summary>
        private long Crowding
        {
            get
            {
                var crowded = 0L;
                for (var i = 1; i < first.Length; i++)
                    crowded += first[i] - first[i - 1] is > Window and var inside ? inside : 0;
                return crowded;
            }
        }

        public void Count(ReadOnlySpan<TKey> keys, uint[] counts)
        {
            foreach (var key in keys)
                Place(key, Bucket(key, first.Length - 1), counts);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private int Bucket(TKey key, int count) =>
            byValue
                ? (int)Math.Clamp((ScoreKey.Score(key) - lowest) * scale, 0, count - 1)
                : (int)Math.Min((Bits(key) < lowestKey ? 0 : Bits(key) - lowestKey) >> shift, (ulong)(count - 1));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Place(TKey key, int bucket, uint[] counts)
        {
            var rank = first[bucket];
            var window = padded.AsSpan(rank, Window);
            var below = Less(window[0], key) + Less(window[1], key) + Less(window[2], key) + Less(window[3], key);
            rank += below;
            if (below == Window)
                rank = Search(key, rank, first[bucket + 1]);
            counts[2 * rank + (padded[rank].CompareTo(key) == 0 ? 1 : 0)]++;
        }

        private int Search(TKey key, int low, int high)
        {
            while (low < high)
            {
                var middle = (low + high) >>> 1;
                if (padded[middle].CompareTo(key) < 0)
                    low = middle + 1;
                else
                    high = middle;
            }
            return low;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static int Less(TKey a, TKey b) =>
            typeof(TKey) == typeof(uint)
                ? (Unsafe.BitCast<TKey, uint>(a) < Unsafe.BitCast<TKey, uint>(b) ? 1 : 0)
                : (Unsafe.BitCast<TKey, ulong>(a) < Unsafe.BitCast<TKey, ulong>(b) ? 1 : 0);

        private static ulong Bits(TKey key) =>
            typeof(TKey) == typeof(uint) ? Unsafe.BitCast<TKey, uint>(key) : Unsafe.BitCast<TKey, ulong>(key);
    }
}
