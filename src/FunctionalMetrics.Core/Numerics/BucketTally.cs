using System.Runtime.CompilerServices;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// Counts rows into buckets. Buckets lie in pages of 1024, and only pages with rows take memory: scores of a few magnitudes fill a small part
/// of all buckets, which then stays in a cache. Used once, by one thread.
/// </summary>
internal sealed unsafe class BucketTally
{
    /// <summary>Fewer bits than these are counted so and then made coarser: a key's other 16 bits must fit in <see cref="packed"/>.</summary>
    private const int LeastBits = 16;

    private const int PageBits = 10;
    private const int PageLength = 1 << PageBits;
    private const ulong Unseen = ulong.MaxValue;

    private readonly int bits;
    private readonly int wanted;
    private readonly bool weighted;

    /// <summary>The first place of each page, or -1 before it has rows.</summary>
    private readonly int[] pages;

    /// <summary>
    /// For float32 keys of one class, in one word that a row changes once: its lowest 32 bits count the rows, the next 16 are the union of the
    /// keys' lower bits, and the last 16 that of their complements. The keys are all the same exactly when no bit is in both.
    /// </summary>
    private ulong[] packed = [];

    private long[] negatives = [];
    private long[] positives = [];
    private ulong[] single = [];
    private UInt128[] weights = [];
    private int used;
    private ulong lowest = ulong.MaxValue;
    private ulong highest;

    private BucketTally(int bits, bool weighted)
    {
        (wanted, this.weighted, this.bits) = (bits, weighted, Math.Max(bits, LeastBits));
        pages = new int[1 << (this.bits - PageBits)];
        Array.Fill(pages, -1);
    }

    /// <summary>The table of these rows. Where it is weighted, the chunks of positives are grouped by region.</summary>
    public static BucketTable Of(Rope negatives, Rope positives, int bits, bool weighted)
    {
        var tally = new BucketTally(bits, weighted);
        foreach (var chunk in negatives.Chunks)
            tally.Add(chunk, false);
        foreach (var chunk in positives.Chunks)
            tally.Add(chunk, true);
        return tally.ToTable();
    }

    private void Add(Chunk chunk, bool positive)
    {
        if (chunk is Chunk<uint> narrow)
            Extend<uint>(narrow.Keys);
        else
            Extend<ulong>(((Chunk<ulong>)chunk).Keys);
        if (chunk is Chunk<uint> { Counts: [] } plain)
            AddPlain(plain.Keys, positive);
        else
            AddEach(chunk, positive);
        if (positive && weighted)
            AddWeights(chunk);
    }

    private void Extend<TKey>(ReadOnlySpan<TKey> keys)
        where TKey : unmanaged
    {
        if (keys.IsEmpty)
            return;
        var (min, max) = KeyExtrema.Of(keys);
        (lowest, highest) = (Math.Min(lowest, ScoreKey.Widen(min)), Math.Max(highest, ScoreKey.Widen(max)));
    }

    /// <summary>Float32 keys, each of one row: the fast way.</summary>
    private void AddPlain(ReadOnlySpan<uint> keys, bool positive)
    {
        const int Block = 4096;
        fixed (uint* all = keys)
        fixed (int* firsts = pages)
            for (var at = 0; at < keys.Length; at += Block)
            {
                // What a block looks up twice is still in the nearest cache, and the counting itself need not look out for new pages.
                var length = Math.Min(Block, keys.Length - at);
                for (var i = 0; i < length; i++)
                    if (firsts[all[at + i] >> (32 - bits + PageBits)] < 0)
                        AddPage((int)(all[at + i] >> (32 - bits + PageBits)));
                fixed (ulong* counts = packed)
                    Count(all + at, length, 32 - bits, firsts, counts);
            }
        var into = positive ? positives : negatives;
        for (var page = 0; page < pages.Length; page++)
            if (pages[page] is >= 0 and var first)
                for (var i = 0; i < PageLength; i++)
                    if (packed[first + i] is not 0 and var word)
                    {
                        Unpack(((uint)page << PageBits) | (uint)i, word, first + i, into);
                        packed[first + i] = 0;
                    }
    }

    /// <summary>Adds each key to the word of its bucket; two runs of keys in turn, so that neighbours in one bucket do not wait for each other.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Count(uint* keys, nint length, int shift, int* firsts, ulong* counts)
    {
        var mask = (1u << shift) - 1;
        var half = length >> 1;
        for (nint i = 0; i < half; i++)
        {
            var (a, b) = (keys[i], keys[half + i]);
            var (placeA, placeB) = (Place(a, shift, firsts), Place(b, shift, firsts));
            counts[placeA] = (counts[placeA] + 1) | Seen(a & mask, mask);
            counts[placeB] = (counts[placeB] + 1) | Seen(b & mask, mask);
        }
        if ((length & 1) > 0)
            counts[Place(keys[length - 1], shift, firsts)] =
                (counts[Place(keys[length - 1], shift, firsts)] + 1) | Seen(keys[length - 1] & mask, mask);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Place(uint key, int shift, int* firsts) =>
        (nint)((uint)firsts[key >> (shift + PageBits)] + ((key >> shift) & (PageLength - 1)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Seen(uint lower, uint mask) => ((ulong)lower << 32) | ((ulong)(lower ^ mask) << 48);

    private void Unpack(uint bucket, ulong word, int place, long[] into)
    {
        var (ones, zeros) = ((uint)(word >> 32) & 0xFFFF, (uint)(word >> 48));
        into[place] += (uint)word;
        See(place, (ones & zeros) == 0 ? ScoreKey.Widen((bucket << (32 - bits)) | ones) : BucketTable.Many);
    }

    /// <summary>Keys of any width and count, one by one: the plain definition.</summary>
    private void AddEach(Chunk chunk, bool positive)
    {
        var keys = new ulong[chunk.Count];
        chunk.CopyTo<ulong>(keys);
        for (var i = 0; i < keys.Length; i++)
        {
            var place = PlaceOf(keys[i]);
            (positive ? positives : negatives)[place] += chunk.Counts.Length > 0 ? chunk.Counts[i] : 1;
            See(place, keys[i]);
        }
    }

    private void AddWeights(Chunk chunk)
    {
        var keys = new ulong[chunk.Count];
        chunk.CopyTo<ulong>(keys);
        var at = 0;
        foreach (var length in chunk.Groups)
        {
            var counts = chunk.Counts.Length > 0 ? chunk.Counts.AsSpan(at, length) : [];
            var weight = ThresholdSweep.WeightOf(counts.IsEmpty ? length : Sum(counts));
            for (var i = 0; i < length; i++)
                weights[PlaceOf(keys[at + i])] += counts.IsEmpty ? weight : (ulong)counts[i] * weight;
            at += length;
        }
    }

    private static long Sum(ReadOnlySpan<long> counts)
    {
        var sum = 0L;
        foreach (var count in counts)
            sum += count;
        return sum;
    }

    private void See(int place, ulong key) => single[place] = single[place] == Unseen || single[place] == key ? key : BucketTable.Many;

    private int PlaceOf(ulong key)
    {
        var bucket = ScoreBuckets.Of(key, bits);
        if (pages[bucket >> PageBits] < 0)
            AddPage(bucket >> PageBits);
        return pages[bucket >> PageBits] + (bucket & (PageLength - 1));
    }

    private void AddPage(int page)
    {
        var first = used;
        used += PageLength;
        if (used > single.Length)
        {
            var length = Math.Max(used, 2 * single.Length);
            Array.Resize(ref packed, length);
            Array.Resize(ref negatives, length);
            Array.Resize(ref positives, length);
            Array.Resize(ref single, length);
            Array.Resize(ref weights, weighted ? length : 0);
        }
        Array.Fill(single, Unseen, first, PageLength);
        pages[page] = first;
    }

    private BucketTable ToTable()
    {
        var occupied = used - single.AsSpan(0, used).Count(Unseen);
        var table = new BucketTable.Filling(bits, occupied, weighted);
        for (var page = 0; page < pages.Length; page++)
            if (pages[page] is >= 0 and var first)
                for (var place = first; place < first + PageLength; place++)
                    if (single[place] != Unseen)
                        table.Add(
                            (page << PageBits) | (place - first),
                            negatives[place],
                            positives[place],
                            single[place],
                            weighted ? weights[place] : UInt128.Zero
                        );
        return table.Finish(lowest, highest).Coarsen(wanted);
    }
}
