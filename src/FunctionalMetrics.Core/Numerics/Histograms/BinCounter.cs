using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// Counts rows into bins. Bins lie in pages of 1024, and only pages with rows take memory: scores of a few magnitudes fill a small part
/// of all bins, which then stays in a cache. Used once, by one thread.
/// </summary>
internal sealed unsafe class BinCounter : IDisposable
{
    /// <summary>Fewer bits than these are counted so and then made coarser: a key's other 16 bits must fit in <see cref="packed"/>.</summary>
    private const int LeastBits = 16;

    private const int PageBits = 10;
    private const int PageLength = 1 << PageBits;
    private const ulong Unseen = ulong.MaxValue;

    private readonly int bits;
    private readonly int wanted;
    private readonly bool weighted;

    /// <summary>The first place of each page. Before it has rows that is 0, where rows of such pages are found out.</summary>
    private readonly int[] pages;

    /// <summary>
    /// For float32 keys of one class, in one word that a row changes once: its lowest 32 bits count the rows, the next 16 are the union of the
    /// keys' lower bits, and the last 16 that of their complements. The keys are all the same exactly when no bit is in both.
    /// </summary>
    private Scratch<ulong> packed = new(0);

    private Scratch<Place> places = new(0);
    private Scratch<UInt128> weights = new(0);
    private int used;
    private long pending;
    private ulong lowest = ulong.MaxValue;
    private ulong highest;

    public BinCounter(int bits, bool weighted)
    {
        (wanted, this.weighted, this.bits) = (bits, weighted, Math.Max(bits, LeastBits));
        pages = new int[1 << (this.bits - PageBits)];
        AddPlaces();
    }

    /// <summary>The table of these rows and of those of another. Where it is weighted, the chunks of positives are grouped by region.</summary>
    public static BinTable Of(BinTable settled, KeyBag negatives, KeyBag positives, int bits, bool weighted)
    {
        if (negatives.Count == 0 && positives.Count == 0)
            return settled;
        using var counter = new BinCounter(bits, weighted);
        counter.Add(negatives.Chunks, positives.Chunks);
        if (settled.Bits != counter.bits)
            return BinTable.Merge(settled, counter.ToTable());
        counter.Add(settled);
        return counter.ToTable();
    }

    /// <summary>How many bytes it has taken, those that it outgrew included.</summary>
    public long Bytes => 2L * places.Span.Length * (sizeof(ulong) + sizeof(Place) + (weighted ? sizeof(UInt128) : 0));

    /// <summary>Counts rows; where it is weighted, the chunks of positives are grouped by region.</summary>
    public void Add(IEnumerable<Chunk> negatives, IEnumerable<Chunk> positives)
    {
        foreach (var chunk in negatives)
            Add(chunk, false);
        Unpack(false);
        foreach (var chunk in positives)
            Add(chunk, true);
        Unpack(true);
    }

    public void Dispose()
    {
        packed.Dispose();
        places.Dispose();
        weights.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(BinTable table)
    {
        (lowest, highest) = (Math.Min(lowest, table.Lowest), Math.Max(highest, table.Highest));
        for (var i = 0; i < table.Count; i++)
        {
            var at = IndexOf(table.Bins[i]);
            ref var place = ref places.Span[at];
            place.Negatives += table.Negatives[i];
            place.Positives += table.Positives[i];
            place.See(table.Single[i]);
            if (weighted)
                weights.Span[at] += table.Weights[i];
        }
    }

    private void Add(Chunk chunk, bool positive)
    {
        if (chunk is Chunk<uint> narrow)
            Extend<uint>(narrow.Keys);
        else
            Extend<ulong>(((Chunk<ulong>)chunk).Keys);
        if (chunk is Chunk<uint> { Counts: [] } plain)
        {
            // A word counts to 2^32.
            if (pending + plain.Count > uint.MaxValue)
                Unpack(positive);
            pending += plain.Count;
            AddPlain(plain.Keys);
        }
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

    /// <summary>Float32 keys, each of one row: the fast way. Keys on new pages come to the first page, and are then counted on theirs.</summary>
    private void AddPlain(ReadOnlySpan<uint> keys)
    {
        const int Block = 4096;
        var shift = 32 - bits;
        fixed (uint* all = keys)
        fixed (int* firsts = pages)
            for (var at = 0; at < keys.Length; at += Block)
            {
                var length = Math.Min(Block, keys.Length - at);
                var newPages = false;
                fixed (ulong* counts = packed.Span)
                {
                    Count(all + at, length, shift, firsts, counts);
                    newPages = AnyOfPage(counts);
                }
                if (newPages)
                    AddOnNewPages(keys.Slice(at, length), shift);
            }
    }

    /// <summary>Whether a word of the first page counts something. The framework's search would be compiled in haste at first, and take longer than the count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool AnyOfPage(ulong* counts)
    {
        var any = Vector256<ulong>.Zero;
        for (nint i = 0; i < PageLength; i += Vector256<ulong>.Count)
            any |= Vector256.Load(counts + i);
        return any != Vector256<ulong>.Zero;
    }

    private void AddOnNewPages(ReadOnlySpan<uint> keys, int shift)
    {
        var (mask, known) = ((1u << shift) - 1, (int[])[.. pages]);
        packed.Span[..PageLength].Clear();
        foreach (var key in keys)
            if (known[key >> (shift + PageBits)] == 0)
            {
                var at = IndexOf((int)(key >> shift));
                packed.Span[at] = (packed.Span[at] + 1) | Seen(key & mask, mask);
            }
    }

    /// <summary>Adds each key to the word of its bin; two halves of the keys in turn, so that neighbours in one bin do not wait for each other.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Count(uint* keys, nint length, int shift, int* firsts, ulong* counts)
    {
        var mask = (1u << shift) - 1;
        var half = length >> 1;
        for (nint i = 0; i < half; i++)
        {
            var (a, b) = (keys[i], keys[half + i]);
            var (placeA, placeB) = (IndexOf(a, shift, firsts), IndexOf(b, shift, firsts));
            counts[placeA] = (counts[placeA] + 1) | Seen(a & mask, mask);
            counts[placeB] = (counts[placeB] + 1) | Seen(b & mask, mask);
        }
        if ((length & 1) > 0)
            counts[IndexOf(keys[length - 1], shift, firsts)] =
                (counts[IndexOf(keys[length - 1], shift, firsts)] + 1) | Seen(keys[length - 1] & mask, mask);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint IndexOf(uint key, int shift, int* firsts) =>
        (nint)((uint)firsts[key >> (shift + PageBits)] + ((key >> shift) & (PageLength - 1)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Seen(uint lower, uint mask) => ((ulong)lower << 32) | ((ulong)(lower ^ mask) << 48);

    /// <summary>Adds what the words count, and clears them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Unpack(bool positive)
    {
        if (pending == 0)
            return;
        pending = 0;
        var words = packed.Span;
        var all = places.Span;
        for (var page = 0; page < pages.Length; page++)
            if (pages[page] is > 0 and var first)
                for (var i = 0; i < PageLength; i++)
                {
                    var word = words[first + i];
                    if (word == 0)
                        continue;
                    words[first + i] = 0;
                    ref var place = ref all[first + i];
                    if (positive)
                        place.Positives += (uint)word;
                    else
                        place.Negatives += (uint)word;
                    var (ones, zeros) = ((uint)(word >> 32) & 0xFFFF, (uint)(word >> 48));
                    var bin = ((uint)page << PageBits) | (uint)i;
                    place.See((ones & zeros) == 0 ? ScoreKey.Widen((bin << (32 - bits)) | ones) : BinTable.Many);
                }
    }

    /// <summary>Keys of any width and count, one by one: the plain definition.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddEach(Chunk chunk, bool positive)
    {
        var keys = new ulong[chunk.Count];
        chunk.CopyTo<ulong>(keys);
        for (var i = 0; i < keys.Length; i++)
        {
            var at = IndexOf(ScoreBins.Of(keys[i], bits));
            ref var place = ref places.Span[at];
            var rows = chunk.Counts.Length > 0 ? chunk.Counts[i] : 1;
            if (positive)
                place.Positives += rows;
            else
                place.Negatives += rows;
            place.See(keys[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddWeights(Chunk chunk)
    {
        var keys = new ulong[chunk.Count];
        chunk.CopyTo<ulong>(keys);
        foreach (var (part, counts, rows) in chunk.Parts())
        {
            var weight = RegionWeights.Of(rows);
            var group = keys.AsSpan(part);
            for (var i = 0; i < group.Length; i++)
                weights.Span[IndexOf(ScoreBins.Of(group[i], bits))] += counts.Count == 0 ? weight : (ulong)counts[i] * weight;
        }
    }

    private int IndexOf(int bin)
    {
        if (pages[bin >> PageBits] == 0)
            AddPage(bin >> PageBits);
        return pages[bin >> PageBits] + (bin & (PageLength - 1));
    }

    private void AddPage(int page) => pages[page] = AddPlaces();

    /// <summary>The first of the places of one more page.</summary>
    private int AddPlaces()
    {
        var first = used;
        used += PageLength;
        if (used > places.Span.Length)
        {
            var length = Math.Max(used, 2 * places.Span.Length);
            (packed, places) = (packed.Grown(length), places.Grown(length));
            weights = weighted ? weights.Grown(length) : weights;
        }
        packed.Span.Slice(first, PageLength).Clear();
        places.Span.Slice(first, PageLength).Fill(new Place { Single = Unseen });
        if (weighted)
            weights.Span.Slice(first, PageLength).Clear();
        return first;
    }

    /// <summary>What was counted, in as many bits as were asked for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public BinTable ToTable()
    {
        var all = places.Span[..used];
        var occupied = 0;
        foreach (ref readonly var place in all)
            occupied += place.Single == Unseen ? 0 : 1;
        var table = new BinTable.Builder(bits, occupied, weighted);
        for (var page = 0; page < pages.Length; page++)
            if (pages[page] is > 0 and var first)
                for (var i = first; i < first + PageLength; i++)
                    if (all[i].Single != Unseen)
                        table.Add(
                            (page << PageBits) | (i - first),
                            all[i].Negatives,
                            all[i].Positives,
                            all[i].Single,
                            weighted ? weights.Span[i] : UInt128.Zero
                        );
        return table.Finish(lowest, highest).Coarsen(wanted);
    }

    /// <summary>What is known of one bin.</summary>
    private struct Place
    {
        public long Negatives;
        public long Positives;

        /// <summary>As in <see cref="BinTable.Single"/>, or <see cref="Unseen"/>.</summary>
        public ulong Single;

        public void See(ulong key) => Single = Single == Unseen || Single == key ? key : BinTable.Many;
    }
}
