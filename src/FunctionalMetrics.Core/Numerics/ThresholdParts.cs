using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// Places keys among many thresholds part by part. The tables of <see cref="ThresholdBuckets{TKey}"/> take some 28 bytes for each
/// threshold; past the size of a cache, a key that goes straight to them waits for memory. So keys are first gathered by their part, on as many
/// pages as come together; when none is left, the part that has most is placed: its share of the tables is then fetched into the nearest cache
/// once for all of them. For few thresholds it gains nothing.
/// </summary>
internal sealed unsafe class ThresholdParts<TKey> : IDisposable
    where TKey : unmanaged, IComparable<TKey>
{
    /// <summary>Neighbouring keys are alike and would wait for each other at one part: so four places are gathered from in turn.</summary>
    private const int Places = 4;

    private const int Run = ThresholdBuckets<TKey>.Block / Places;

    /// <summary>How many keys a page has room for, a power of two.</summary>
    private const int Page = 1024;

    /// <summary>More room than for so many keys gains nothing: by then the tables are fetched seldom, and the keys leave the cache.</summary>
    private const int MostKeys = 1 << 23;

    private readonly ThresholdBuckets<TKey> buckets;
    private readonly Rented<TKey> pages;

    /// <summary>Where the next key of each part goes.</summary>
    private readonly int[] next;

    /// <summary>The pages of each part that are full, from their first key to the end of their last.</summary>
    private readonly List<Range>[] full;

    /// <summary>Where the pages begin that no part has.</summary>
    private readonly Stack<int> free;

    /// <param name="buckets">The thresholds.</param>
    /// <param name="keys">About how many keys there will be.</param>
    public ThresholdParts(ThresholdBuckets<TKey> buckets, long keys)
    {
        this.buckets = buckets;
        var count = (int)Math.Clamp(keys / 2, 2 * buckets.Parts * Page, MostKeys) / Page;
        pages = new(count * Page);
        free = new(Enumerable.Range(0, count).Select(page => page * Page).Reverse());
        next = [.. Enumerable.Range(0, buckets.Parts).Select(_ => free.Pop())];
        full = [.. next.Select(_ => new List<Range>())];
    }

    /// <summary>Adds one to the counters of the keys, now or at <see cref="Finish"/>.</summary>
    public void Place(TKey* keys, int length, uint* counters)
    {
        var places = stackalloc int[Places * Run];
        var filled = stackalloc int[Places * Run];
        var leading = buckets.Leading;
        var quarter = (nint)length / Places / Run * Run;
        fixed (TKey* all = pages.Span)
        fixed (int* nexts = next)
        {
            for (nint at = 0; at < quarter; at += Run)
            {
                for (var i = 0; i < Places; i++)
                    leading.Of(keys + i * quarter + at, Run, places + i * Run);
                var some = Assign(places, Places * Run, nexts, filled);
                for (var i = 0; i < Places; i++)
                    Move(keys + i * quarter + at, places + i * Run, Run, all);
                TurnPages(filled, some, all, nexts, counters);
            }
            for (var at = Places * quarter; at < length; at += Places * Run)
            {
                var rest = Math.Min(Places * Run, length - (int)at);
                leading.Of(keys + at, rest, places);
                var some = Assign(places, rest, nexts, filled);
                Move(keys + at, places, rest, all);
                TurnPages(filled, some, all, nexts, counters);
            }
        }
    }

    /// <summary>Places what is still gathered.</summary>
    public void Finish(uint* counters)
    {
        fixed (TKey* all = pages.Span)
        fixed (int* nexts = next)
            for (var part = 0; part < buckets.Parts; part++)
                Empty(part, all, nexts, counters);
    }

    public void Dispose() => pages.Dispose();

    /// <summary>Gives new pages to the parts that have filled theirs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TurnPages(int* filled, int some, TKey* all, int* nexts, uint* counters)
    {
        for (var i = 0; i < some; i++)
        {
            if (free.Count == 0)
                Empty(Fullest(), all, nexts, counters);
            // The fullest part may have been this one.
            if (nexts[filled[i]] % Page == 0)
                continue;
            full[filled[i]].Add((nexts[filled[i]] & -Page)..nexts[filled[i]]);
            nexts[filled[i]] = free.Pop();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Fullest()
    {
        var fullest = 0;
        for (var part = 1; part < full.Length; part++)
            if (full[part].Count > full[fullest].Count)
                fullest = part;
        return fullest;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Empty(int part, TKey* all, int* nexts, uint* counters)
    {
        var first = nexts[part] & -Page;
        if (full[part].Count > 0)
            buckets.Fetch(part, counters);
        buckets.Place(part, all + first, nexts[part] - first, counters);
        nexts[part] = first;
        foreach (var page in full[part])
        {
            buckets.Place(part, all + page.Start.Value, page.End.Value - page.Start.Value, counters);
            free.Push(page.Start.Value);
        }
        full[part].Clear();
    }

    /// <summary>
    /// Turns the parts of keys into where each key goes, a quarter of them in turn with the others, and notes the parts whose page has no room
    /// for another call, whose number it gives.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static int Assign(int* places, nint length, int* nexts, int* filled)
    {
        var some = 0;
        var quarter = length / Places;
        int* second = places + quarter,
            third = second + quarter,
            fourth = third + quarter;
        for (nint i = 0; i < quarter; i++)
        {
            Assign(places + i, nexts, filled, ref some);
            Assign(second + i, nexts, filled, ref some);
            Assign(third + i, nexts, filled, ref some);
            Assign(fourth + i, nexts, filled, ref some);
        }
        for (var i = Places * quarter; i < length; i++)
            Assign(places + i, nexts, filled, ref some);
        return some;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Assign(int* place, int* nexts, int* filled, ref int some)
    {
        var part = (nint)(uint)*place;
        var at = nexts[part];
        *place = at;
        nexts[part] = ++at;
        if ((at & (Page - 1)) == Page - Places * Run)
            filled[some++] = (int)part;
    }

    /// <summary>
    /// Moves keys to their places. Those of a whole call are known before its first key moves: where each key moved as soon as its place had been
    /// read, gathering took half as long again.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Move(TKey* keys, int* places, nint length, TKey* all)
    {
        for (nint i = 0; i < length; i++)
            all[(nint)(uint)places[i]] = keys[i];
    }
}
