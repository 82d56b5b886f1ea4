using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// Finds the slot of keys among ascending distinct thresholds u. A key's cell is a monotone function of it, so only the thresholds that
/// share its cell can stand near it. There are many more cells than thresholds: most keys fall into one that holds none, and then the
/// thresholds below are known by counting the cells that hold some, a bit each. Most others meet a threshold that has its cell alone, and one
/// comparison tells. Where a cell is shared, one vector of its thresholds is compared at once. Only where a cell holds more thresholds than a vector, and all of the vector lie below the
/// key, a binary search of that cell follows.
/// <para>
/// Many thresholds are cut into sections, each with cells as dense as its own thresholds: the tables of a section fit a near cache, and
/// <see cref="SectionBuffers{TKey}"/> brings its keys together. Of two functions, uniform in the score's value or in its key, the one that crowds
/// fewer of the thresholds is taken; where both crowd them, the search bounds the time by log2 m. Immutable.
/// </para>
/// </summary>
internal sealed unsafe class ThresholdIndex<TKey> : IDisposable
    where TKey : unmanaged, IComparable<TKey>
{
    /// <summary>How many keys are looked up together; their positions fit a byte.</summary>
    private const int Block = 256;

    /// <summary>Fewer thresholds than this are one section.</summary>
    private const int Many = 1 << 18;

    /// <summary>The number of cells of a section is a multiple of this.</summary>
    private const int LeastCells = 64;

    /// <summary>A multiple of 8, as they are looked at in eights.</summary>
    private const int MostSections = 256;

    /// <summary>The bytes of a line of the cache.</summary>
    private const int Line = 64;

    /// <summary>float32 arithmetic tells no more cells apart.</summary>
    private const int Most = 1 << 24;

    /// <summary>At 16 cells for each threshold some 6% of keys meet one; with more the bits no longer fit the cache as well.</summary>
    private const int PerThreshold = 16;

    private readonly Section[] sections;

    /// <summary>For 32 cells together: a bit for each that holds thresholds, and above them how many such cells of the section came before.</summary>
    private readonly Scratch<ulong> rentedHeld;

    /// <summary>The only threshold of each cell that holds some, and 0, which is no score's key, where there are more.</summary>
    private readonly Scratch<TKey> rentedAlone;

    /// <summary>The first threshold of each cell that holds some, and behind those of each section the end of its thresholds.</summary>
    private readonly Scratch<int> rentedFirst;

    /// <summary>The thresholds, and behind them a vector of largest keys.</summary>
    private readonly Scratch<TKey> rentedPadded;

    /// <param name="thresholds">The thresholds, at least one.</param>
    /// <param name="threads">On how many threads at most the tables are made.</param>
    public ThresholdIndex(ReadOnlySpan<TKey> thresholds, int threads)
    {
        Thresholds = thresholds.Length;
        sections = new Section[Thresholds < Many ? 1 : MostSections];
        using var rentedPlaces = new Scratch<int>(Thresholds);
        var places = rentedPlaces.Span;
        Leading =
            sections.Length == 1 ? default : KeyGrid<TKey>.Best(thresholds, sections.Length, Thresholds / sections.Length * 4, places);
        rentedPadded = new(Thresholds + CellKernels<TKey>.Window);
        rentedFirst = new(Thresholds + sections.Length);
        rentedAlone = new(Thresholds + sections.Length);
        thresholds.CopyTo(rentedPadded.Span);
        rentedPadded.Span[Thresholds..].Fill(ScoreKey.Key<TKey>(ulong.MaxValue));
        var starts = new int[sections.Length + 1];
        var bits = new int[sections.Length + 1];
        for (var section = 0; section < sections.Length; section++)
        {
            starts[section + 1] = section == sections.Length - 1 ? Thresholds : FirstIn(section + 1);
            bits[section + 1] = bits[section] + CellsOf(starts[section + 1] - starts[section]) / CellKernels.Together;
        }
        rentedHeld = Scratch<ulong>.Zeros(bits[^1]);
        SharedWork.Each(
            sections.Length,
            threads,
            section =>
                sections[section] = SectionOf(starts[section]..starts[section + 1], bits[section], starts[section] + section, rentedPlaces)
        );
    }

    /// <summary>How many thresholds there are.</summary>
    public int Thresholds { get; }

    /// <summary>How many sections they are cut into.</summary>
    public int Sections => sections.Length;

    /// <summary>Tells the section of a key, where there are several.</summary>
    public KeyGrid<TKey> Leading { get; }

    /// <summary>How many counters there are: those of all slots, and room for those of the gaps around the cells that hold thresholds.</summary>
    public int Counters => GapCounts.Slots(Thresholds) + Thresholds + Sections;

    public void Dispose()
    {
        rentedPadded.Dispose();
        rentedHeld.Dispose();
        rentedFirst.Dispose();
        rentedAlone.Dispose();
    }

    /// <summary>Adds one to a counter for each key of a section: that of its slot, or that of its gap.</summary>
    public void Place(int section, TKey* keys, int length, uint* counters)
    {
        var tables = sections[section];
        var gaps = counters + GapCounts.Slots(Thresholds) + tables.FirstRank;
        if (tables.Grid.Count == 0)
        {
            *gaps += (uint)length;
            return;
        }
        var places = stackalloc int[Block];
        var near = stackalloc ulong[Block / CellKernels.Word];
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
                tables.Grid.Of(keys, block, places);
                CellKernels.FindGaps(places, block, held + tables.FirstBits, near);
                var left = CellKernels<TKey>.FindAlone(
                    keys,
                    block,
                    near,
                    alone + tables.FirstRank,
                    firsts + tables.FirstRank,
                    slots,
                    places,
                    undecided
                );
                left = CellKernels<TKey>.FindAmong(keys, undecided, left, thresholds, firsts + tables.FirstRank, slots, places);
                for (var i = 0; i < left; i++)
                    places[undecided[i]] = slots + Search(keys[undecided[i]], tables.FirstRank + places[undecided[i]]);
                CellKernels.CountIn(places, block, gaps);
            }
        }
    }

    /// <summary>Brings the tables of a section into the cache: in order, which is a fraction of what it takes line by line as keys need them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fetch(int section, uint* counters)
    {
        var tables = sections[section];
        fixed (ulong* held = rentedHeld.Span)
        fixed (TKey* alone = rentedAlone.Span)
        {
            Fetch(held + tables.FirstBits, tables.Grid.Count / CellKernels.Together);
            Fetch(alone + tables.FirstRank, tables.Ranks);
            Fetch(counters + GapCounts.Slots(Thresholds) + tables.FirstRank, tables.Ranks);
        }
    }

    /// <summary>Adds the counters to the counts of some thresholds, of which the first is given.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddTo(GapCounts counts, int first, ReadOnlySpan<uint> counters)
    {
        counts.Add(counters, first);
        var gaps = counters[GapCounts.Slots(Thresholds)..];
        foreach (var section in sections)
        {
            // The thresholds that the section's gaps end at ascend.
            var ends = rentedFirst.Span.Slice(section.FirstRank, section.Ranks + 1);
            var (rank, last) = (Ascending.UpTo<int>(ends, first - 1), Ascending.UpTo<int>(ends, first + counts.Gaps - 1));
            for (; rank < last; rank++)
                counts.Between(ends[rank] - first) += gaps[section.FirstRank + rank];
        }
    }

    /// <summary>The slot of a key by binary search among the thresholds of its cell, told by which of those that hold some it is.</summary>
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
        return GapCounts.Slot(low, padded[low].CompareTo(key) == 0);
    }

    /// <summary>The first threshold of a section or a later one.</summary>
    private int FirstIn(int section)
    {
        var padded = rentedPadded.Span;
        var (low, high) = (0, Thresholds);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Leading.Of(padded[middle]) < section)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    /// <summary>How many cells a section with so many thresholds has.</summary>
    private static int CellsOf(int thresholds) =>
        (int)Math.Min(((long)thresholds * PerThreshold + LeastCells - 1) / LeastCells * LeastCells, Most);

    /// <summary>Makes the tables of some thresholds, whose bits and ranks begin at given places.</summary>
    private Section SectionOf(Range range, int firstBits, int firstRank, Scratch<int> rentedPlaces)
    {
        var places = rentedPlaces.Span[range];
        var thresholds = rentedPadded.Span[range];
        var grid = thresholds.IsEmpty
            ? default
            : KeyGrid<TKey>.Best(thresholds, CellsOf(thresholds.Length), CellKernels<TKey>.Window, places);
        var held = rentedHeld.Span.Slice(firstBits, grid.Count / CellKernels.Together);
        return new(grid, firstBits, firstRank, Hold(places, thresholds, held, range.Start.Value, firstRank));
    }

    /// <summary>Notes which cells of a section hold some of its thresholds, whose cells are given, and gives their number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Hold(ReadOnlySpan<int> cells, ReadOnlySpan<TKey> thresholds, Span<ulong> held, int start, int firstRank)
    {
        var first = rentedFirst.Span[firstRank..];
        var alone = rentedAlone.Span[firstRank..];
        var (count, last) = (0, -1);
        for (var i = 0; i < cells.Length; i++)
        {
            var cell = cells[i];
            if (cell == last)
            {
                alone[count - 1] = default;
                continue;
            }
            held[cell / CellKernels.Together] |= 1ul << (cell % CellKernels.Together);
            (first[count], alone[count++], last) = (start + i, thresholds[i], cell);
        }
        first[count] = start + cells.Length;
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

    /// <summary>
    /// The grid of a section, without cells where it has no thresholds; where its bits begin; where its ranks and gaps do, which have room for one more than
    /// its thresholds; and how many of its cells hold some.
    /// </summary>
    private readonly record struct Section(KeyGrid<TKey> Grid, int FirstBits, int FirstRank, int Ranks);
}
