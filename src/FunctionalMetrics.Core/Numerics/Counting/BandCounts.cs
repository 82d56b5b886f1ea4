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

    /// <summary>The counts of as many thresholds are added up at a time.</summary>
    private const int Together = 1 << 14;

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

    /// <summary>What was counted, from the highest threshold down: no key must be added afterwards.</summary>
    public Descending FromAbove() => new(this);

    public void Dispose() => accumulator.Dispose();

    /// <summary>The tied keys, ascending, by how many thresholds lie below, and whether they are equal to the next.</summary>
    private List<(int Below, bool Equal, long Rows)> Tied()
    {
        var all = new List<(int, bool, long)>();
        var keys = Gathered.Keys;
        var (at, below) = (0, 0);
        foreach (var (key, rows) in tied.SelectMany(keys => keys).OrderBy(pair => pair.Key))
        {
            for (; at < keys.Length && keys[at].CompareTo(key) < 0; at++)
                below += at == 0 || keys[at].CompareTo(keys[at - 1]) != 0 ? 1 : 0;
            all.Add((below, at < keys.Length && keys[at].CompareTo(key) == 0, rows));
        }
        return all;
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

    /// <summary>Counts, to be asked for from the highest threshold to the lowest: so only some are added up at a time, and need room.</summary>
    public sealed class Descending
    {
        private readonly BandCounts<TKey> counts;
        private readonly long[] room;
        private readonly List<(int Below, bool Equal, long Rows)> tied;
        private int first;

        public Descending(BandCounts<TKey> counts)
        {
            (this.counts, tied) = (counts, counts.Tied());
            room = new long[GapCounts.Slots(Math.Min(Together, counts.Distinct))];
            Above = AddUp(counts.Distinct).Above;
        }

        /// <summary>Normal keys above all thresholds.</summary>
        public long Above { get; }

        /// <summary>Those at a threshold, and those between it and the next lower one.</summary>
        public (long At, long Below) this[int threshold]
        {
            get
            {
                var here = threshold < first ? AddUp(threshold + 1) : new(room);
                return (here.At(threshold - first), here.Between(threshold - first));
            }
        }

        private GapCounts AddUp(int end)
        {
            first = Math.Max(0, end - Together);
            Array.Clear(room);
            var here = new GapCounts(room).Part(0..(end - first));
            counts.accumulator.AddTo(here, first);
            for (; tied.Count > 0 && tied[^1].Below >= first; tied.RemoveAt(tied.Count - 1))
                (tied[^1].Equal ? ref here.At(tied[^1].Below - first) : ref here.Between(tied[^1].Below - first)) += tied[^1].Rows;
            return here;
        }
    }
}
