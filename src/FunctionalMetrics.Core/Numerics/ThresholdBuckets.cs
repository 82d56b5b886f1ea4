using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// Finds the slot of keys among ascending distinct thresholds u. A key's bucket is a monotone function of it, so only the thresholds that
/// share its bucket can stand near it. There are many more buckets than thresholds: most keys fall into one that holds none, and then the
/// thresholds below are known by counting the buckets that hold some, a bit each. Most others meet a threshold that has its bucket alone, and one
/// comparison tells. Where a bucket is shared, one vector of its thresholds is compared at once: the slot 2 #{u &lt; key} + #{u = key} is the number
/// of u &lt; key plus the number of u &lt;= key. Only where a bucket holds more thresholds than a vector, and all of the vector lie below the
/// key, a binary search of that bucket follows.
/// <para>
/// Many thresholds are cut into parts, each with buckets as dense as its own thresholds: the tables of a part fit a near cache, and
/// <see cref="ThresholdParts{TKey}"/> brings its keys together. Of two functions, uniform in the score's value or in its key, the one that crowds
/// fewer of the thresholds is taken; where both crowd them, the search bounds the time by log2 m. Immutable.
/// </para>
/// </summary>
internal sealed unsafe class ThresholdBuckets<TKey> : IDisposable
    where TKey : unmanaged, IComparable<TKey>
{
    /// <summary>How many keys are looked up together; their positions fit a byte.</summary>
    private const int Block = 256;

    /// <summary>Fewer thresholds than this are one part.</summary>
    private const int Many = 1 << 18;

    /// <summary>The number of buckets of a part is a multiple of this.</summary>
    private const int LeastBuckets = 64;

    /// <summary>A multiple of 8, as they are looked at in eights.</summary>
    private const int MostParts = 256;

    /// <summary>The bytes of a line of the cache.</summary>
    private const int Line = 64;

    /// <summary>float32 arithmetic tells no more buckets apart.</summary>
    private const int Most = 1 << 24;

    /// <summary>At 16 buckets for each threshold some 6% of keys meet one; with more the bits no longer fit the cache as well.</summary>
    private const int PerThreshold = 16;

    private readonly Part[] parts;

    /// <summary>For 32 buckets together: a bit for each that holds thresholds, and above them how many such buckets of the part came before.</summary>
    private readonly Rented<ulong> rentedHeld;

    /// <summary>The only threshold of each bucket that holds some, and 0, which is no score's key, where there are more.</summary>
    private readonly Rented<TKey> rentedAlone;

    /// <summary>The first threshold of each bucket that holds some, and behind those of each part the end of its thresholds.</summary>
    private readonly Rented<int> rentedFirst;

    /// <summary>The thresholds, and behind them a vector of largest keys.</summary>
    private readonly Rented<TKey> rentedPadded;

    /// <param name="thresholds">The thresholds, at least one.</param>
    /// <param name="threads">On how many threads at most the tables are made.</param>
    public ThresholdBuckets(ReadOnlySpan<TKey> thresholds, int threads)
    {
        Thresholds = thresholds.Length;
        parts = new Part[Thresholds < Many ? 1 : MostParts];
        using var rentedPlaces = new Rented<int>(Thresholds);
        var places = rentedPlaces.Span;
        Leading = parts.Length == 1 ? default : KeyBuckets<TKey>.Best(thresholds, parts.Length, Thresholds / parts.Length * 4, places);
        rentedPadded = new(Thresholds + BucketKernels<TKey>.Window);
        rentedFirst = new(Thresholds + parts.Length);
        rentedAlone = new(Thresholds + parts.Length);
        thresholds.CopyTo(rentedPadded.Span);
        rentedPadded.Span[Thresholds..].Fill(Largest);
        var starts = new int[parts.Length + 1];
        var bits = new int[parts.Length + 1];
        for (var part = 0; part < parts.Length; part++)
        {
            starts[part + 1] = part == parts.Length - 1 ? Thresholds : FirstIn(part + 1);
            bits[part + 1] = bits[part] + BucketsOf(starts[part + 1] - starts[part]) / BucketKernels.Together;
        }
        rentedHeld = Rented<ulong>.Zeros(bits[^1]);
        SharedWork.Each(
            parts.Length,
            threads,
            part => parts[part] = PartOf(starts[part]..starts[part + 1], bits[part], starts[part] + part, rentedPlaces)
        );
    }

    /// <summary>How many thresholds there are.</summary>
    public int Thresholds { get; }

    /// <summary>How many parts they are cut into.</summary>
    public int Parts => parts.Length;

    /// <summary>Tells the part of a key, where there are several.</summary>
    public KeyBuckets<TKey> Leading { get; }

    /// <summary>How many counters there are: those of all slots, and room for those of the gaps around the buckets that hold thresholds.</summary>
    public int Counters => 3 * Thresholds + 1 + Parts;

    public void Dispose()
    {
        rentedPadded.Dispose();
        rentedHeld.Dispose();
        rentedFirst.Dispose();
        rentedAlone.Dispose();
    }

    /// <summary>Adds one to a counter for each key of a part: that of its slot, or that of its gap.</summary>
    public void Place(int part, TKey* keys, int length, uint* counters)
    {
        var tables = parts[part];
        var gaps = counters + 2 * Thresholds + 1 + tables.FirstRank;
        if (tables.Buckets.Count == 0)
        {
            *gaps += (uint)length;
            return;
        }
        var places = stackalloc int[Block];
        var near = stackalloc ulong[Block / BucketKernels.Word];
        var undecided = stackalloc byte[Block];
        var slots = (int)(counters - gaps);
        fixed (TKey* thresholds = rentedPadded.Span)
        fixed (ulong* held = rentedHeld.Span)
        fixed (TKey* alone = rentedAlone.Span)
        fixed (int* firsts = rentedFirst.Span)
        {
            for (; length > 0; keys += Block, length -= Block)
            {
                var block = Math.Min(Block, length);
                tables.Buckets.Of(keys, block, places);
                BucketKernels.FindGaps(places, block, held + tables.FirstBits, near);
                var left = BucketKernels<TKey>.FindAlone(
                    keys,
                    block,
                    near,
                    alone + tables.FirstRank,
                    firsts + tables.FirstRank,
                    slots,
                    places,
                    undecided
                );
                left = BucketKernels<TKey>.FindAmong(keys, undecided, left, thresholds, firsts + tables.FirstRank, slots, places);
                for (var i = 0; i < left; i++)
                    places[undecided[i]] = slots + Search(keys[undecided[i]], tables.FirstRank + places[undecided[i]]);
                BucketKernels.CountIn(places, block, gaps);
            }
        }
    }

    /// <summary>Brings the tables of a part into the cache: in order, which is a fraction of what it takes line by line as keys need them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fetch(int part, uint* counters)
    {
        var tables = parts[part];
        fixed (ulong* held = rentedHeld.Span)
        fixed (TKey* alone = rentedAlone.Span)
        {
            Fetch(held + tables.FirstBits, tables.Buckets.Count / BucketKernels.Together);
            Fetch(alone + tables.FirstRank, tables.Ranks);
            Fetch(counters + 2 * Thresholds + 1 + tables.FirstRank, tables.Ranks);
        }
    }

    /// <summary>Adds the counters to the counts of some slots, of which the first is given.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddTo(Span<long> counts, int start, ReadOnlySpan<uint> counters)
    {
        var slots = counters.Slice(start, counts.Length);
        for (var i = 0; i < slots.Length; i++)
            counts[i] += slots[i];
        var gaps = counters[(2 * Thresholds + 1)..];
        foreach (var part in parts)
        {
            // The thresholds that the part's gaps end at ascend; those are wanted whose slot is.
            var first = rentedFirst.Span.Slice(part.FirstRank, part.Ranks + 1);
            var (rank, end) = (Ascending.UpTo<int>(first, (start - 1) >> 1), Ascending.UpTo<int>(first, (start + counts.Length - 1) >> 1));
            for (; rank < end; rank++)
                counts[2 * first[rank] - start] += gaps[part.FirstRank + rank];
        }
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

    /// <summary>The first threshold of a part or a later one.</summary>
    private int FirstIn(int part)
    {
        var padded = rentedPadded.Span;
        var (low, high) = (0, Thresholds);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Leading.Of(padded[middle]) < part)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    /// <summary>How many buckets a part with so many thresholds has.</summary>
    private static int BucketsOf(int thresholds) =>
        (int)Math.Min(((long)thresholds * PerThreshold + LeastBuckets - 1) / LeastBuckets * LeastBuckets, Most);

    /// <summary>Makes the tables of some thresholds, whose bits and ranks begin at given places.</summary>
    private Part PartOf(Range range, int firstBits, int firstRank, Rented<int> rentedPlaces)
    {
        var places = rentedPlaces.Span[range];
        var thresholds = rentedPadded.Span[range];
        var buckets = thresholds.IsEmpty
            ? default
            : KeyBuckets<TKey>.Best(thresholds, BucketsOf(thresholds.Length), BucketKernels<TKey>.Window, places);
        var held = rentedHeld.Span.Slice(firstBits, buckets.Count / BucketKernels.Together);
        return new(buckets, firstBits, firstRank, Hold(places, thresholds, held, range.Start.Value, firstRank));
    }

    /// <summary>Notes which buckets of a part hold some of its thresholds, whose buckets are given, and gives their number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Hold(ReadOnlySpan<int> buckets, ReadOnlySpan<TKey> thresholds, Span<ulong> held, int start, int firstRank)
    {
        var first = rentedFirst.Span[firstRank..];
        var alone = rentedAlone.Span[firstRank..];
        var (count, last) = (0, -1);
        for (var i = 0; i < buckets.Length; i++)
        {
            var bucket = buckets[i];
            if (bucket == last)
            {
                alone[count - 1] = default;
                continue;
            }
            held[bucket / BucketKernels.Together] |= 1ul << (bucket % BucketKernels.Together);
            (first[count], alone[count++], last) = (start + i, thresholds[i], bucket);
        }
        first[count] = start + buckets.Length;
        var before = 0ul;
        foreach (ref var around in held)
        {
            var inside = BitOperations.PopCount(around);
            around |= before << 32;
            before += (ulong)inside;
        }
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fetch<T>(T* start, nint count)
        where T : unmanaged
    {
        if (Sse.IsSupported)
            for (nint i = 0; i < count; i += Line / sizeof(T))
                Sse.Prefetch0(start + i);
    }

    private static TKey Largest =>
        typeof(TKey) == typeof(uint) ? Unsafe.BitCast<uint, TKey>(uint.MaxValue) : Unsafe.BitCast<ulong, TKey>(ulong.MaxValue);

    /// <summary>
    /// The buckets of a part, none where it has no thresholds; where its bits begin; where its ranks and gaps do, which have room for one more than
    /// its thresholds; and how many of its buckets hold some.
    /// </summary>
    private readonly record struct Part(KeyBuckets<TKey> Buckets, int FirstBits, int FirstRank, int Ranks);
}
