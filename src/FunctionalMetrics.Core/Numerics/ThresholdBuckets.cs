using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// Finds the place of keys among ascending distinct thresholds u. A key's bucket is a monotone function of it, so only the thresholds that
/// share its bucket can stand near it. One vector of thresholds, read from the first of the bucket on, is compared at once: the slot
/// 2 #{u &lt; key} + #{u = key} is the number of u &lt; key plus the number of u &lt;= key. Only where a bucket holds more thresholds than a
/// vector, and all of the vector lie below the key, a binary search of that bucket follows.
/// <para>
/// Of two functions, uniform in the score's value or in its key, the one that crowds fewer of these thresholds is taken; where both crowd
/// them, the search bounds the time by log2 m.
/// </para>
/// </summary>
internal sealed class ThresholdBuckets<TKey>
    where TKey : unmanaged, IComparable<TKey>
{
    private const int Block = 256;

    private static int Window => Vector256<TKey>.Count;

    private readonly bool byValue;
    private readonly int count;
    private readonly double lowest;
    private readonly double scale;
    private readonly ulong lowestKey;
    private readonly int shift;

    /// <summary>The first threshold of each bucket, and their number last.</summary>
    private readonly int[] first;

    /// <summary>The thresholds, and behind them a vector of largest keys.</summary>
    private readonly TKey[] padded;

    private ThresholdBuckets(TKey[] thresholds, int count, bool byValue)
    {
        this.byValue = byValue;
        this.count = count;
        lowest = ScoreKey.Score(thresholds[0]);
        scale = count / (ScoreKey.Score(thresholds[^1]) - lowest);
        // Narrow scores are placed in float32 arithmetic; both ends of its range are left to the other function.
        scale = scale is > 1e-30 and < 1e30 ? (float)scale : 0;
        lowestKey = Bits(thresholds[0]);
        var range = Bits(thresholds[^1]) - lowestKey;
        while (range >> shift >= (ulong)count)
            shift++;
        padded = new TKey[thresholds.Length + Window];
        thresholds.CopyTo(padded, 0);
        padded.AsSpan(thresholds.Length).Fill(Largest);
        first = new int[count + 1];
        foreach (var threshold in thresholds)
            first[Bucket(threshold) + 1]++;
        for (var i = 0; i < count; i++)
            first[i + 1] += first[i];
    }

    /// <summary>Thresholds that share their bucket with more than a vector holds.</summary>
    private long Crowded
    {
        get
        {
            var crowded = 0L;
            for (var i = 1; i < first.Length; i++)
                crowded += first[i] - first[i - 1] is var inside && inside > Window ? inside : 0;
            return crowded;
        }
    }

    public static ThresholdBuckets<TKey> Best(TKey[] thresholds)
    {
        var count = (int)Math.Clamp(BitOperations.RoundUpToPowerOf2((uint)thresholds.Length), 64, 1 << 22);
        var value = new ThresholdBuckets<TKey>(thresholds, count, true);
        if (value.Crowded * 8 <= thresholds.Length)
            return value;
        var key = new ThresholdBuckets<TKey>(thresholds, count, false);
        return value.Crowded <= key.Crowded ? value : key;
    }

    /// <summary>Adds one to the slot of each key.</summary>
    public void Count(ReadOnlySpan<TKey> keys, uint[] counts)
    {
        Span<int> buckets = stackalloc int[Block];
        for (var at = 0; at < keys.Length; at += Block)
        {
            var part = keys.Slice(at, Math.Min(Block, keys.Length - at));
            Buckets(part, buckets);
            Place(part, buckets, counts);
        }
    }

    private void Buckets(ReadOnlySpan<TKey> keys, Span<int> buckets)
    {
        var i = 0;
        if (typeof(TKey) == typeof(uint) && byValue)
        {
            var sign = Vector256.Create(ScoreKey.NarrowSign);
            var (low, factor) = (Vector256.Create((float)lowest), Vector256.Create((float)scale));
            var (zero, last) = (Vector256<float>.Zero, Vector256.Create((float)(count - 1)));
            ref var source = ref Unsafe.As<TKey, uint>(ref MemoryMarshal.GetReference(keys));
            ref var target = ref MemoryMarshal.GetReference(buckets);
            for (; i + Vector256<uint>.Count <= keys.Length; i += Vector256<uint>.Count)
            {
                var key = Vector256.LoadUnsafe(ref source, (nuint)i);
                var flip = Vector256.ShiftRightArithmetic(~key.AsInt32(), 31).AsUInt32() | sign;
                var place = ((key ^ flip).AsSingle() - low) * factor;
                Vector256.ConvertToInt32(Vector256.Min(Vector256.Max(place, zero), last)).StoreUnsafe(ref target, (nuint)i);
            }
        }
        for (; i < keys.Length; i++)
            buckets[i] = Bucket(keys[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Bucket(TKey key) =>
        !byValue ? (int)Math.Min((Bits(key) < lowestKey ? 0 : Bits(key) - lowestKey) >> shift, (ulong)(count - 1))
        : typeof(TKey) == typeof(uint)
            ? (int)Math.Clamp(((float)ScoreKey.Score(key) - (float)lowest) * (float)scale, 0f, (float)(count - 1))
        : (int)Math.Clamp((ScoreKey.Score(key) - lowest) * scale, 0, count - 1);

    private void Place(ReadOnlySpan<TKey> keys, ReadOnlySpan<int> buckets, uint[] counts)
    {
        ref var thresholds = ref MemoryMarshal.GetArrayDataReference(padded);
        ref var firsts = ref MemoryMarshal.GetArrayDataReference(first);
        ref var slots = ref MemoryMarshal.GetArrayDataReference(counts);
        for (var i = 0; i < keys.Length; i++)
        {
            var start = Unsafe.Add(ref firsts, buckets[i]);
            var window = Vector256.LoadUnsafe(ref thresholds, (nuint)start);
            var key = Vector256.Create(keys[i]);
            var below = BitOperations.PopCount(Vector256.LessThan(window, key).ExtractMostSignificantBits());
            var most = BitOperations.PopCount(Vector256.LessThanOrEqual(window, key).ExtractMostSignificantBits());
            if (below == Window)
            {
                below = Search(keys[i], start + below, Unsafe.Add(ref firsts, buckets[i] + 1)) - start;
                most = below + (padded[start + below].CompareTo(keys[i]) == 0 ? 1 : 0);
            }
            Unsafe.Add(ref slots, 2 * start + below + most)++;
        }
    }

    /// <summary>The first threshold in [low, high) that is not below the key, or the larger of low and high.</summary>
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

    private static TKey Largest =>
        typeof(TKey) == typeof(uint) ? Unsafe.BitCast<uint, TKey>(uint.MaxValue) : Unsafe.BitCast<ulong, TKey>(ulong.MaxValue);

    private static ulong Bits(TKey key) =>
        typeof(TKey) == typeof(uint) ? Unsafe.BitCast<TKey, uint>(key) : Unsafe.BitCast<TKey, ulong>(key);
}
