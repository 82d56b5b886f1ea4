using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// Finds the slot of keys among ascending distinct thresholds u. A key's bucket is a monotone function of it, so only the thresholds that
/// share its bucket can stand near it. There are many more buckets than thresholds: most keys fall into one that holds none, and then the
/// thresholds below are known by counting the buckets that hold some, a bit each. In the others one vector of thresholds is compared at once: the slot
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

    private const int Together = 32;

    /// <summary>At 16 buckets for each threshold some 3% of keys meet one; at 64 the bits no longer fit the cache as well.</summary>
    private const int PerThreshold = 16;

    /// <summary>float32 arithmetic tells no more buckets apart.</summary>
    private const int Most = 1 << 24;

    private readonly bool byValue;
    private readonly double lowest;
    private readonly double scale;
    private readonly ulong lowestKey;
    private readonly int shift;

    /// <summary>For 32 buckets together: a bit for each that holds thresholds, and above them how many such buckets came before.</summary>
    private readonly Rented<ulong> rentedHeld;

    /// <summary>The first threshold of each bucket that holds some, and the number of all thresholds last.</summary>
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
        rentedHeld = Rented<ulong>.Zeros(count / Together);
        rentedFirst = new(thresholds.Length + 1);
        Held = Hold(thresholds);
    }

    /// <summary>How many buckets there are, a power of two.</summary>
    public int Count { get; }

    /// <summary>How many thresholds there are.</summary>
    public int Thresholds { get; }

    /// <summary>How many counters <see cref="Place(TKey*, int, uint*)"/> adds to: those of all slots, and one for each gap between buckets that hold thresholds.</summary>
    public int Counters => 2 * Thresholds + 1 + Held + 1;

    /// <summary>How many buckets hold thresholds.</summary>
    private int Held { get; }

    private static int Window => Vector256<TKey>.Count;

    /// <summary>Thresholds that share their bucket with more than a vector holds.</summary>
    private long Crowded
    {
        get
        {
            var crowded = 0L;
            var first = rentedFirst.Span;
            for (var i = 1; i <= Held; i++)
                crowded += first[i] - first[i - 1] is var inside && inside > Window ? inside : 0;
            return crowded;
        }
    }

    public static ThresholdBuckets<TKey> Best(ReadOnlySpan<TKey> thresholds)
    {
        var count = (int)Math.Clamp(BitOperations.RoundUpToPowerOf2((uint)thresholds.Length) * (ulong)PerThreshold, 1024, Most);
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
        rentedHeld.Dispose();
        rentedFirst.Dispose();
    }

    /// <summary>Adds one to a counter for each key: that of its slot, or that of its gap.</summary>
    public void Place(TKey* keys, int length, uint* counters)
    {
        var buckets = stackalloc int[Block];
        var near = stackalloc TKey[Block];
        var rare = stackalloc int[Block];
        var gaps = counters + 2 * Thresholds + 1;
        fixed (TKey* thresholds = rentedPadded.Span)
        fixed (ulong* held = rentedHeld.Span)
        fixed (int* firsts = rentedFirst.Span)
            for (var at = 0; at < length; at += Block)
            {
                var part = Math.Min(Block, length - at);
                Buckets(keys + at, part, buckets);
                var close = PlaceFar(keys + at, part, buckets, held, gaps, near);
                var left = PlaceNear(near, close, buckets, thresholds, firsts, counters, rare);
                for (var i = 0; i < left; i++)
                    counters[Search(near[rare[i]], buckets[rare[i]])]++;
            }
    }

    /// <summary>Adds the counters to the counts of the slots.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddTo(Span<long> counts, ReadOnlySpan<uint> counters)
    {
        var slots = counters[..(2 * Thresholds + 1)];
        var gaps = counters[slots.Length..];
        var first = rentedFirst.Span;
        for (var i = 0; i < slots.Length; i++)
            counts[i] += slots[i];
        for (var i = 0; i <= Held; i++)
            counts[2 * first[i]] += gaps[i];
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

    /// <summary>Places the keys whose bucket holds no threshold; of the others, whose number it gives, it keeps the keys and which bucket that holds some it was.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static int PlaceFar(TKey* keys, nint length, int* buckets, ulong* held, uint* gaps, TKey* near)
    {
        nint close = 0;
        for (nint i = 0; i < length; i++)
        {
            var bucket = (uint)buckets[i];
            var around = held[bucket / Together];
            var (bits, bit) = ((uint)around, (int)(bucket % Together));
            var before = (nint)(around >> 32) + BitOperations.PopCount(bits & ((1u << bit) - 1));
            if ((bits >> bit & 1) == 0)
                gaps[before]++;
            else
            {
                near[close] = keys[i];
                buckets[close++] = (int)before;
            }
        }
        return (int)close;
    }

    /// <summary>
    /// Places what a vector of thresholds decides and notes the rest, whose number it gives. Nothing is called from the loop, so that all
    /// of it stays in registers: with the search inside it took twice the time.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static int PlaceNear(TKey* keys, nint length, int* buckets, TKey* thresholds, int* firsts, uint* counts, int* rare)
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

    /// <summary>The slot of a key by binary search among the thresholds of its bucket, told by which of those that hold some it is.</summary>
    private int Search(TKey key, int held)
    {
        var first = rentedFirst.Span;
        var padded = rentedPadded.Span;
        var (low, high) = (first[held], first[held + 1]);
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

    /// <summary>Notes which buckets hold thresholds, and gives their number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Hold(ReadOnlySpan<TKey> thresholds)
    {
        var held = rentedHeld.Span;
        var first = rentedFirst.Span;
        var (count, last) = (0, -1);
        for (var i = 0; i < thresholds.Length; i++)
        {
            var bucket = Bucket(thresholds[i]);
            if (bucket == last)
                continue;
            held[bucket / Together] |= 1ul << (bucket % Together);
            (first[count++], last) = (i, bucket);
        }
        first[count] = thresholds.Length;
        var before = 0ul;
        foreach (ref var around in held)
        {
            var inside = BitOperations.PopCount(around);
            around |= before << 32;
            before += (ulong)inside;
        }
        return count;
    }

    private static TKey Largest =>
        typeof(TKey) == typeof(uint) ? Unsafe.BitCast<uint, TKey>(uint.MaxValue) : Unsafe.BitCast<ulong, TKey>(ulong.MaxValue);

    private static ulong Bits(TKey key) =>
        typeof(TKey) == typeof(uint) ? Unsafe.BitCast<TKey, uint>(key) : Unsafe.BitCast<TKey, ulong>(key);
}
