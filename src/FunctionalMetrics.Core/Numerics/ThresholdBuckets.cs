using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// Finds the slot of keys among ascending distinct thresholds u. A key's bucket is a monotone function of it, so only the thresholds that
/// share its bucket can stand near it. One vector of thresholds, read from the first of the bucket on, is compared at once: the slot
/// 2 #{u &lt; key} + #{u = key} is the number of u &lt; key plus the number of u &lt;= key. Only where a bucket holds more thresholds than a
/// vector, and all of the vector lie below the key, a binary search of that bucket follows.
/// <para>
/// Of two functions, uniform in the score's value or in its key, the one that crowds fewer of these thresholds is taken; where both crowd
/// them, the search bounds the time by log2 m. Immutable.
/// </para>
/// </summary>
internal sealed unsafe class ThresholdBuckets<TKey> : IDisposable
    where TKey : unmanaged, IComparable<TKey>
{
    private const double Whole = 1L << 52;

    /// <summary>How many keys are looked up together.</summary>
    public const int Block = 256;

    private readonly bool byValue;
    private readonly double lowest;
    private readonly double scale;
    private readonly ulong lowestKey;
    private readonly int shift;

    /// <summary>The first threshold of each bucket, and their number last.</summary>
    private readonly Rented<int> rentedFirst;

    /// <summary>The thresholds, and behind them a vector of largest keys.</summary>
    private readonly Rented<TKey> rentedPadded;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ThresholdBuckets(ReadOnlySpan<TKey> thresholds, int count, bool byValue)
    {
        this.byValue = byValue;
        Count = count;
        Thresholds = thresholds.Length;
        lowest = ScoreKey.Score(thresholds[0]);
        scale = count / (ScoreKey.Score(thresholds[^1]) - lowest);
        // Narrow scores are placed in float32 arithmetic; both ends of its range are left to the other function.
        scale = scale is > 1e-30 and < 1e30 ? (float)scale : 0;
        lowestKey = Bits(thresholds[0]);
        var range = Bits(thresholds[^1]) - lowestKey;
        while (range >> shift >= (ulong)count)
            shift++;
        rentedPadded = new(thresholds.Length + Window);
        var padded = rentedPadded.Span;
        thresholds.CopyTo(padded);
        padded[thresholds.Length..].Fill(Largest);
        rentedFirst = Rented<int>.Zeros(count + 1);
        var first = rentedFirst.Span;
        foreach (var threshold in thresholds)
            first[Bucket(threshold) + 1]++;
        for (var i = 0; i < count; i++)
            first[i + 1] += first[i];
    }

    /// <summary>How many buckets there are, a power of two.</summary>
    public int Count { get; }

    /// <summary>How many thresholds there are.</summary>
    public int Thresholds { get; }

    private static int Window => Vector256<TKey>.Count;

    /// <summary>Thresholds that share their bucket with more than a vector holds.</summary>
    private long Crowded
    {
        get
        {
            var crowded = 0L;
            var first = rentedFirst.Span;
            for (var i = 1; i < first.Length; i++)
                crowded += first[i] - first[i - 1] is var inside && inside > Window ? inside : 0;
            return crowded;
        }
    }

    public static ThresholdBuckets<TKey> Best(ReadOnlySpan<TKey> thresholds)
    {
        // A vector of wide keys holds half as many, so that it wants half as many thresholds in a bucket.
        var perBucket = sizeof(TKey) / sizeof(uint);
        var count = (int)Math.Clamp(BitOperations.RoundUpToPowerOf2((uint)thresholds.Length) * perBucket, 1024, 1 << 22);
        var value = new ThresholdBuckets<TKey>(thresholds, count, true);
        if (value.Crowded * 8 <= thresholds.Length)
            return value;
        var key = new ThresholdBuckets<TKey>(thresholds, count, false);
        var (best, other) = value.Crowded <= key.Crowded ? (value, key) : (key, value);
        other.Dispose();
        return best;
    }

    public void Dispose()
    {
        rentedPadded.Dispose();
        rentedFirst.Dispose();
    }

    /// <summary>Adds one to the slot of each key.</summary>
    public void Place(TKey* keys, int length, uint* counts)
    {
        var buckets = stackalloc int[Block];
        var rare = stackalloc int[Block];
        fixed (TKey* thresholds = rentedPadded.Span)
        fixed (int* firsts = rentedFirst.Span)
            for (var at = 0; at < length; at += Block)
            {
                var part = Math.Min(Block, length - at);
                Buckets(keys + at, part, buckets);
                var left = Place(keys + at, part, buckets, thresholds, firsts, counts, rare);
                for (var i = 0; i < left; i++)
                    counts[Search(keys[at + rare[i]], buckets[rare[i]])]++;
            }
    }

    /// <summary>The buckets of at most <see cref="Block"/> keys.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Buckets(TKey* keys, int length, int* buckets)
    {
        var i = 0;
        if (typeof(TKey) == typeof(uint) && byValue)
        {
            var sign = Vector256.Create(ScoreKey.NarrowSign);
            var (low, factor) = (Vector256.Create((float)lowest), Vector256.Create((float)scale));
            var (zero, last) = (Vector256<float>.Zero, Vector256.Create((float)(Count - 1)));
            for (; i + Vector256<uint>.Count <= length; i += Vector256<uint>.Count)
            {
                var key = Vector256.Load((uint*)keys + i);
                var flip = Vector256.ShiftRightArithmetic(~key.AsInt32(), 31).AsUInt32() | sign;
                var place = ((key ^ flip).AsSingle() - low) * factor;
                // The native forms differ from the others only for NaN, which is 0 times infinity here and goes to bucket 0 either way.
                Vector256.ConvertToInt32Native(Vector256.MinNative(Vector256.MaxNative(place, zero), last)).Store(buckets + i);
            }
        }
        if (typeof(TKey) == typeof(ulong) && byValue)
        {
            var sign = Vector256.Create(ScoreKey.WideSign);
            var (low, factor) = (Vector256.Create(lowest), Vector256.Create(scale));
            var (zero, last, whole) = (Vector256<double>.Zero, Vector256.Create((double)(Count - 1)), Vector256.Create(Whole));
            for (; i + 2 * Vector256<ulong>.Count <= length; i += 2 * Vector256<ulong>.Count)
                Vector256
                    .Narrow(
                        Places(Vector256.Load((ulong*)keys + i), sign, low, factor, zero, last, whole),
                        Places(Vector256.Load((ulong*)keys + i + Vector256<ulong>.Count), sign, low, factor, zero, last, whole)
                    )
                    .AsInt32()
                    .Store(buckets + i);
        }
        for (; i < length; i++)
            buckets[i] = Bucket(keys[i]);
    }

    /// <summary>The nearest whole number stands in the last bits of a double to which 2^52 is added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Places(
        Vector256<ulong> key,
        Vector256<ulong> sign,
        Vector256<double> low,
        Vector256<double> factor,
        Vector256<double> zero,
        Vector256<double> last,
        Vector256<double> whole
    )
    {
        var flip = Vector256.ShiftRightArithmetic(~key.AsInt64(), 63).AsUInt64() | sign;
        var place = ((key ^ flip).AsDouble() - low) * factor;
        return (Vector256.MinNative(Vector256.MaxNative(place, zero), last) + whole).AsUInt64();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Bucket(TKey key) =>
        !byValue ? (int)Math.Min((Bits(key) < lowestKey ? 0 : Bits(key) - lowestKey) >> shift, (ulong)(Count - 1))
        : typeof(TKey) == typeof(uint)
            ? (int)Math.Clamp(((float)ScoreKey.Score(key) - (float)lowest) * (float)scale, 0f, (float)(Count - 1))
        : (int)BitConverter.DoubleToUInt64Bits(Math.Clamp((ScoreKey.Score(key) - lowest) * scale, 0, Count - 1) + Whole);

    /// <summary>
    /// Places what a vector of thresholds decides and notes the rest, whose number it gives. Nothing is called from the loop, so that all
    /// of it stays in registers: with the search inside it took twice the time.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static int Place(TKey* keys, nint length, int* buckets, TKey* thresholds, int* firsts, uint* counts, int* rare)
    {
        var left = 0;
        var all = (1u << Window) - 1;
        for (nint i = 0; i < length; i++)
        {
            var start = (nint)(uint)firsts[(nint)(uint)buckets[i]];
            var window = Vector256.Load(thresholds + start);
            var key = Vector256.Create(keys[i]);
            var below = Vector256.LessThan(window, key).ExtractMostSignificantBits();
            var most = Vector256.LessThanOrEqual(window, key).ExtractMostSignificantBits();
            if (below == all)
                rare[left++] = (int)i;
            else
                counts[2 * start + (nint)(uint)BitOperations.PopCount(below | (most << Window))]++;
        }
        return left;
    }

    /// <summary>The slot of a key by binary search among the thresholds of its bucket.</summary>
    private int Search(TKey key, int bucket)
    {
        var first = rentedFirst.Span;
        var padded = rentedPadded.Span;
        var (low, high) = (first[bucket], first[bucket + 1]);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (padded[middle].CompareTo(key) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        return 2 * low + (padded[low].CompareTo(key) == 0 ? 1 : 0);
    }

    private static TKey Largest =>
        typeof(TKey) == typeof(uint) ? Unsafe.BitCast<uint, TKey>(uint.MaxValue) : Unsafe.BitCast<ulong, TKey>(ulong.MaxValue);

    private static ulong Bits(TKey key) =>
        typeof(TKey) == typeof(uint) ? Unsafe.BitCast<TKey, uint>(key) : Unsafe.BitCast<TKey, ulong>(key);
}
