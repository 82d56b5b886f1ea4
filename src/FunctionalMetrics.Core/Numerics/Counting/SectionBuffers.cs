using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// Places keys among many thresholds section by section. The tables of <see cref="ThresholdIndex{TKey}"/> take some 28 bytes for each
/// threshold; past the size of a cache, a key that goes straight to them waits for memory. So keys are first gathered by their section, on as many
/// pages as come together; when none is left, the section that has most is placed: its share of the tables is then fetched into the nearest cache
/// once for all of them. For few thresholds it gains nothing.
/// </summary>
internal sealed unsafe class SectionBuffers<TKey> : IDisposable
    where TKey : unmanaged, IComparable<TKey>
{
    /// <summary>Neighbouring keys are alike and would wait for each other at one section: so four places are gathered from in turn.</summary>
    private const int Places = 4;

    /// <summary>So many keys in a row from each.</summary>
    private const int Stretch = 128;

    private const int Together = Places * Stretch;

    /// <summary>How many keys a page has room for, a power of two.</summary>
    private const int Page = 2048;

    /// <summary>More room than for so many keys gains nothing: by then the tables are fetched seldom, and the keys leave the cache.</summary>
    private const int MostKeys = 1 << 23;

    private readonly ThresholdIndex<TKey> index;
    private readonly Scratch<TKey> pages;

    /// <summary>Where the next key of each section goes.</summary>
    private readonly int[] next;

    /// <summary>The pages of each section that are full, from their first key to the end of their last.</summary>
    private readonly List<Range>[] full;

    /// <summary>Where the pages begin that no section has.</summary>
    private readonly Stack<int> free;

    /// <param name="index">The thresholds.</param>
    /// <param name="keys">About how many keys there will be.</param>
    public SectionBuffers(ThresholdIndex<TKey> index, long keys)
    {
        this.index = index;
        var count = (int)Math.Clamp(keys / 2, 2 * index.Sections * Page, MostKeys) / Page;
        pages = new(count * Page);
        free = new(Enumerable.Range(0, count).Select(page => page * Page).Reverse());
        next = [.. Enumerable.Range(0, index.Sections).Select(_ => free.Pop())];
        full = [.. next.Select(_ => new List<Range>())];
    }

    /// <summary>Adds one to the counters of the keys, now or at <see cref="Finish"/>.</summary>
    public void Place(TKey* keys, int length, uint* counters)
    {
        var sections = stackalloc int[Together];
        var leading = index.Leading;
        var quarter = (nint)length / Places / Stretch * Stretch;
        fixed (TKey* all = pages.Span)
        fixed (int* nexts = next)
        {
            for (nint at = 0; at < quarter; at += Stretch)
            {
                for (var i = 0; i < Places; i++)
                    leading.Of(keys + i * quarter + at, Stretch, sections + i * Stretch);
                Move(keys + at, quarter, sections, all, nexts);
                TurnPages(all, nexts, counters);
            }
            for (var at = Places * quarter; at < length; at += Together)
            {
                var rest = Math.Min(Together, length - (int)at);
                leading.Of(keys + at, rest, sections);
                Move(keys + at, sections, rest, all, nexts);
                TurnPages(all, nexts, counters);
            }
        }
    }

    /// <summary>Places what is still gathered.</summary>
    public void Finish(uint* counters)
    {
        fixed (TKey* all = pages.Span)
        fixed (int* nexts = next)
            for (var section = 0; section < index.Sections; section++)
                Empty(section, all, nexts, counters);
    }

    public void Dispose() => pages.Dispose();

    /// <summary>Gives new pages to the sections whose page has no room for another call.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void TurnPages(TKey* all, int* nexts, uint* counters)
    {
        var (inside, most) = (Vector256.Create(Page - 1), Vector256.Create(Page - Together - 1));
        for (var section = 0; section < index.Sections; section += Vector256<int>.Count)
            if (Vector256.GreaterThanAny(Vector256.Load(nexts + section) & inside, most))
                for (var i = section; i < section + Vector256<int>.Count; i++)
                    if ((nexts[i] & (Page - 1)) >= Page - Together)
                        TurnPage(i, all, nexts, counters);
    }

    private void TurnPage(int section, TKey* all, int* nexts, uint* counters)
    {
        if (free.Count == 0)
            Empty(Fullest(), all, nexts, counters);
        // The fullest section may have been this one.
        if (nexts[section] % Page == 0)
            return;
        full[section].Add((nexts[section] & -Page)..nexts[section]);
        nexts[section] = free.Pop();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Fullest()
    {
        var fullest = 0;
        for (var section = 1; section < full.Length; section++)
            if (full[section].Count > full[fullest].Count)
                fullest = section;
        return fullest;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Empty(int section, TKey* all, int* nexts, uint* counters)
    {
        var first = nexts[section] & -Page;
        if (full[section].Count > 0)
            index.Fetch(section, counters);
        index.Place(section, all + first, nexts[section] - first, counters);
        nexts[section] = first;
        foreach (var page in full[section])
        {
            index.Place(section, all + page.Start.Value, page.End.Value - page.Start.Value, counters);
            free.Push(page.Start.Value);
        }
        full[section].Clear();
    }

    /// <summary>Moves keys to the pages of their sections, those of four places in turn.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Move(TKey* keys, nint apart, int* sections, TKey* all, int* nexts)
    {
        var second = keys + apart;
        var third = second + apart;
        var fourth = third + apart;
        for (nint i = 0; i < Stretch; i++)
        {
            Move(keys[i], nexts + (nint)(uint)sections[i], all);
            Move(second[i], nexts + (nint)(uint)sections[Stretch + i], all);
            Move(third[i], nexts + (nint)(uint)sections[2 * Stretch + i], all);
            Move(fourth[i], nexts + (nint)(uint)sections[3 * Stretch + i], all);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Move(TKey* keys, int* sections, nint length, TKey* all, int* nexts)
    {
        for (nint i = 0; i < length; i++)
            Move(keys[i], nexts + (nint)(uint)sections[i], all);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Move(TKey key, int* next, TKey* all)
    {
        var to = all + (nint)(uint)(*next)++;
        *to = key;
        if (Sse.IsSupported)
            Sse.Prefetch0(to + KeyPointer<TKey>.Ahead / sizeof(TKey));
    }
}
