using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// Places keys among many thresholds part by part. The tables of <see cref="ThresholdBuckets{TKey}"/> take some 16 bytes for each
/// threshold; past the size of a cache, a key that goes straight to them waits for memory. So keys are first gathered by the leading bits of
/// their bucket, and a part is placed when its buffer is full: its share of the tables then stays in the nearest cache. At 1.3 million
/// thresholds this takes less than half the time; below <see cref="Worthwhile"/> it gains nothing.
/// </summary>
internal sealed unsafe class ThresholdParts<TKey> : IDisposable
    where TKey : unmanaged, IComparable<TKey>
{
    /// <summary>Fewer thresholds than this are looked up directly.</summary>
    public const int Worthwhile = 1 << 15;

    private const int Parts = 512;
    private const int Capacity = 256;

    private readonly ThresholdBuckets<TKey> buckets;
    private readonly int shift;
    private readonly Rented<TKey> gathered = new(Parts * Capacity);

    /// <summary>Where the next key of each part goes.</summary>
    private readonly int[] next = [.. Enumerable.Range(0, Parts).Select(part => part * Capacity)];

    public ThresholdParts(ThresholdBuckets<TKey> buckets)
    {
        this.buckets = buckets;
        shift = BitOperations.Log2((uint)(buckets.Count / Parts));
    }

    /// <summary>Adds one to the slots of the keys, now or at <see cref="Finish"/>.</summary>
    public void Place(TKey* keys, int length, uint* counts)
    {
        var places = stackalloc int[ThresholdBuckets<TKey>.Block];
        fixed (TKey* all = gathered.Span)
        fixed (int* nexts = next)
            for (var at = 0; at < length; at += ThresholdBuckets<TKey>.Block)
            {
                var block = Math.Min(ThresholdBuckets<TKey>.Block, length - at);
                buckets.Buckets(keys + at, block, places);
                for (var i = Gather(keys + at, places, 0, block, all, nexts, shift); i < block; )
                {
                    var part = places[i] >> shift;
                    buckets.Place(all + part * Capacity, Capacity, counts);
                    nexts[part] = part * Capacity;
                    i = Gather(keys + at, places, i + 1, block, all, nexts, shift);
                }
            }
    }

    /// <summary>Places what is still gathered.</summary>
    public void Finish(uint* counts)
    {
        fixed (TKey* all = gathered.Span)
            for (var part = 0; part < Parts; part++)
            {
                buckets.Place(all + part * Capacity, next[part] - part * Capacity, counts);
                next[part] = part * Capacity;
            }
    }

    public void Dispose() => gathered.Dispose();

    /// <summary>Gathers keys until a part is full, and gives the index of the key that filled it, or the length.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static int Gather(TKey* keys, int* places, nint from, nint length, TKey* all, int* nexts, int shift)
    {
        for (var i = from; i < length; i++)
        {
            var part = (nint)((uint)places[i] >> shift);
            var at = nexts[part];
            all[(nint)(uint)at] = keys[i];
            nexts[part] = ++at;
            if ((at & (Capacity - 1)) == 0)
                return (int)i;
        }
        return (int)length;
    }
}
