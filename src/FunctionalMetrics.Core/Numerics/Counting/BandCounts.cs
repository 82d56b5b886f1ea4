using System.Runtime.CompilerServices;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// The anomalous keys of some bins, sorted, and how many normal ones of the same bins lie between and at them; the normal keys come
/// batch by batch and are not kept.
/// </summary>
internal sealed class BandCounts<TKey> : IDisposable
    where TKey : unmanaged, IComparable<TKey>
{
    private const int Block = 4096;

    /// <summary>As many slots are added up at a time.</summary>
    private const int Together = 1 << 15;

    private readonly BinSet? bins;
    private readonly ThresholdCounts.Accumulator<TKey> accumulator;

    /// <summary>For each thread the keys that came with counts: few distinct ones, as 8-bit and half-precision maps have.</summary>
    private readonly Dictionary<TKey, long>[] tied;

    private long counted;

    /// <param name="bins">The bins; without any, all keys are counted.</param>
    /// <param name="gathered">Their anomalous keys, at least one, which are sorted here.</param>
    /// <param name="keys">About how many normal keys there will be, or for how many to take room.</param>
    /// <param name="threads">How many threads add them.</param>
    public BandCounts(BinSet? bins, GatheredKeys<TKey> gathered, long keys, int threads)
    {
        (this.bins, Gathered) = (bins, gathered);
        gathered.Sort();
        using var room = new Scratch<TKey>(gathered.Count);
        var distinct = Ascending.Distinct(gathered.Keys, room.Span);
        Distinct = distinct.Length;
        accumulator = new(distinct, keys, threads);
        tied = [.. Enumerable.Range(0, threads).Select(_ => new Dictionary<TKey, long>())];
    }

    /// <summary>The anomalous keys, ascending.</summary>
    public GatheredKeys<TKey> Gathered { get; }

    /// <summary>How many distinct ones there are.</summary>
    public int Distinct { get; }

    /// <summary>How many normal keys were counted.</summary>
    public long Counted => counted + tied.Sum(keys => keys.Values.Sum());

    /// <summary>Counts the normal keys that fall into the bins, on a thread by its number.</summary>
    public void Add(Chunk chunk, int thread)
    {
        if (chunk.Counts.Length > 0)
            AddTied(chunk, tied[thread]);
        else if (chunk is Chunk<TKey> same)
            Add(same.Keys, thread);
        else
        {
            using var rented = new Scratch<TKey>(chunk.Count);
            chunk.CopyTo(rented.Span);
            Add(rented.Span, thread);
        }
    }

    /// <summary>What was counted, in the order of <see cref="ThresholdCounts"/>, from the last slot to the first: no key must be added afterwards.</summary>
    public Descending Slots() => new(this);

    public void Dispose() => accumulator.Dispose();

    /// <summary>The tied keys by the slots that they fall into, ascending.</summary>
    private List<(int Slot, long Rows)> TiedSlots()
    {
        var slots = new List<(int, long)>();
        var keys = Gathered.Keys;
        var (at, below) = (0, 0);
        foreach (var (key, rows) in tied.SelectMany(keys => keys).OrderBy(pair => pair.Key))
        {
            for (; at < keys.Length && keys[at].CompareTo(key) < 0; at++)
                below += at == 0 || keys[at].CompareTo(keys[at - 1]) != 0 ? 1 : 0;
            slots.Add((2 * below + (at < keys.Length && keys[at].CompareTo(key) == 0 ? 1 : 0), rows));
        }
        return slots;
    }

    [SkipLocalsInit]
    private void Add(ReadOnlySpan<TKey> keys, int thread)
    {
        if (bins is null)
        {
            accumulator.Add(keys, thread);
            Interlocked.Add(ref counted, keys.Length);
            return;
        }
        Span<TKey> selected = stackalloc TKey[Block];
        for (var at = 0; at < keys.Length; at += Block)
        {
            var length = bins.Select(keys.Slice(at, Math.Min(Block, keys.Length - at)), selected);
            accumulator.Add(selected[..length], thread);
            Interlocked.Add(ref counted, length);
        }
    }

    private void AddTied(Chunk chunk, Dictionary<TKey, long> tied)
    {
        using var rented = new Scratch<TKey>(chunk.Count);
        chunk.CopyTo(rented.Span);
        for (var i = 0; i < chunk.Count; i++)
            if (bins?.Contains(rented.Span[i]) ?? true)
                tied[rented.Span[i]] = tied.GetValueOrDefault(rented.Span[i]) + chunk.Counts[i];
    }

    /// <summary>Counts of slots, to be asked for from the last to the first: so only some are added up at a time, and need room.</summary>
    public sealed class Descending(BandCounts<TKey> counts)
    {
        private readonly long[] window = new long[Math.Min(Together, 2 * counts.Distinct + 1)];
        private readonly List<(int Slot, long Rows)> tied = counts.TiedSlots();
        private int first = 2 * counts.Distinct + 1;

        /// <summary>The count of the last slot.</summary>
        public long Last => this[2 * counts.Distinct];

        public long this[int slot]
        {
            get
            {
                if (slot < first)
                    AddUp(slot + 1);
                return window[slot - first];
            }
        }

        private void AddUp(int end)
        {
            first = Math.Max(0, end - window.Length);
            Array.Clear(window);
            var here = window.AsSpan(0, end - first);
            counts.accumulator.AddTo(here, first);
            for (; tied.Count > 0 && tied[^1].Slot >= first; tied.RemoveAt(tied.Count - 1))
                here[tied[^1].Slot - first] += tied[^1].Rows;
        }
    }
}
