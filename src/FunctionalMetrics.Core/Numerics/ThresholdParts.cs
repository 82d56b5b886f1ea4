using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// Places keys among many thresholds part by part. The tables of <see cref="ThresholdBuckets{TKey}"/> take some 28 bytes for each
/// threshold; past the size of a cache, a key that goes straight to them waits for memory. So keys are first gathered by their part, and a part
/// is placed when its buffer is full: its share of the tables then stays in the nearest cache. For few
/// thresholds it gains nothing.
/// </summary>
internal sealed unsafe class ThresholdParts<TKey> : IDisposable
    where TKey : unmanaged, IComparable<TKey>
{
    /// <summary>Neighbouring keys are alike and would wait for each other at one part: so four places are gathered from in turn.</summary>
    private const int Places = 4;

    private const int Run = ThresholdBuckets<TKey>.Block / Places;

    private readonly ThresholdBuckets<TKey> buckets;

    /// <summary>How many keys a part has room for, a power of two: the more, the less often its share of the tables is fetched.</summary>
    private readonly int capacity;

    private readonly Rented<TKey> gathered;

    /// <summary>Where the next key of each part goes.</summary>
    private readonly int[] next;

    /// <param name="buckets">The thresholds.</param>
    /// <param name="keys">About how many keys there will be.</param>
    public ThresholdParts(ThresholdBuckets<TKey> buckets, long keys)
    {
        this.buckets = buckets;
        capacity = 1 << BitOperations.Log2((uint)Math.Clamp(keys / (2 * buckets.Parts), 1024, 32768));
        gathered = new(buckets.Parts * capacity);
        next = [.. Enumerable.Range(0, buckets.Parts).Select(part => part * capacity)];
    }

    /// <summary>Adds one to the counters of the keys, now or at <see cref="Finish"/>.</summary>
    public void Place(TKey* keys, int length, uint* counters)
    {
        var places = stackalloc int[Places * Run];
        var full = stackalloc int[Places * Run];
        var leading = buckets.Leading;
        var quarter = (nint)length / Places / Run * Run;
        fixed (TKey* all = gathered.Span)
        fixed (int* nexts = next)
        {
            for (nint at = 0; at < quarter; at += Run)
            {
                for (var i = 0; i < Places; i++)
                    leading.Of(keys + i * quarter + at, Run, places + i * Run);
                var filled = Assign(places, Places * Run, nexts, capacity, full);
                for (var i = 0; i < Places; i++)
                    Move(keys + i * quarter + at, places + i * Run, Run, all);
                Empty(full, filled, all, nexts, counters);
            }
            for (var at = Places * quarter; at < length; at += Places * Run)
            {
                var rest = Math.Min(Places * Run, length - (int)at);
                leading.Of(keys + at, rest, places);
                var filled = Assign(places, rest, nexts, capacity, full);
                Move(keys + at, places, rest, all);
                Empty(full, filled, all, nexts, counters);
            }
        }
    }

    /// <summary>Places what is still gathered.</summary>
    public void Finish(uint* counters)
    {
        fixed (TKey* all = gathered.Span)
        fixed (int* nexts = next)
            for (var part = 0; part < buckets.Parts; part++)
                Empty(part, all, nexts, counters);
    }

    public void Dispose() => gathered.Dispose();

    private void Empty(int* full, int filled, TKey* all, int* nexts, uint* counters)
    {
        for (var i = 0; i < filled; i++)
            Empty(full[i], all, nexts, counters);
    }

    private void Empty(int part, TKey* all, int* nexts, uint* counters)
    {
        buckets.Place(part, all + part * capacity, nexts[part] - part * capacity, counters);
        nexts[part] = part * capacity;
    }

    /// <summary>
    /// Turns the parts of keys into where each key goes, a quarter of them in turn with the others, and notes the parts that have no room for
    /// another call, whose number it gives.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static int Assign(int* places, nint length, int* nexts, int capacity, int* full)
    {
        var filled = 0;
        var quarter = length / Places;
        int* second = places + quarter,
            third = second + quarter,
            fourth = third + quarter;
        for (nint i = 0; i < quarter; i++)
        {
            Assign(places + i, nexts, capacity, full, ref filled);
            Assign(second + i, nexts, capacity, full, ref filled);
            Assign(third + i, nexts, capacity, full, ref filled);
            Assign(fourth + i, nexts, capacity, full, ref filled);
        }
        for (var i = Places * quarter; i < length; i++)
            Assign(places + i, nexts, capacity, full, ref filled);
        return filled;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Assign(int* place, int* nexts, int capacity, int* full, ref int filled)
    {
        var part = (nint)(uint)*place;
        var at = nexts[part];
        *place = at;
        nexts[part] = ++at;
        if ((at & (capacity - 1)) == capacity - Places * Run)
            full[filled++] = (int)part;
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
