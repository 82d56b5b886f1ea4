using System.Runtime.CompilerServices;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// The anomalous keys of some buckets, sorted, and how many normal ones of the same buckets lie between and at them; the normal keys come
/// batch by batch and are not kept.
/// </summary>
internal sealed class BandCounts<TKey> : IDisposable
    where TKey : unmanaged, IComparable<TKey>
{
    private const int Block = 4096;

    private readonly BucketSet? buckets;
    private readonly ThresholdCounts.Running<TKey> running;

    /// <summary>For each thread the keys that came with counts: few distinct ones, as 8-bit and half-precision maps have.</summary>
    private readonly Dictionary<TKey, long>[] tied;

    /// <param name="buckets">The buckets; without any, all keys are counted.</param>
    /// <param name="gathered">Their anomalous keys, at least one, which are sorted here.</param>
    /// <param name="keys">About how many normal keys there will be.</param>
    /// <param name="threads">How many threads add them.</param>
    public BandCounts(BucketSet? buckets, GatheredKeys<TKey> gathered, long keys, int threads)
    {
        (this.buckets, Gathered) = (buckets, gathered);
        gathered.Sort();
        using var rented = new Rented<TKey>(gathered.Count);
        var distinct = 0;
        foreach (var key in gathered.Keys)
            if (distinct == 0 || rented.Span[distinct - 1].CompareTo(key) != 0)
                rented.Span[distinct++] = key;
        Distinct = distinct;
        running = new(rented.Span[..distinct], keys, threads);
        tied = [.. Enumerable.Range(0, threads).Select(_ => new Dictionary<TKey, long>())];
    }

    /// <summary>The anomalous keys, ascending.</summary>
    public GatheredKeys<TKey> Gathered { get; }

    /// <summary>How many distinct ones there are.</summary>
    public int Distinct { get; }

    /// <summary>Counts the normal keys that fall into the buckets, on a thread by its number.</summary>
    public void Add(Chunk chunk, int thread)
    {
        if (chunk.Counts.Length > 0)
            AddTied(chunk, tied[thread]);
        else if (chunk is Chunk<TKey> same)
            Add(same.Keys, thread);
        else
        {
            using var rented = new Rented<TKey>(chunk.Count);
            chunk.CopyTo(rented.Span);
            Add(rented.Span, thread);
        }
    }

    /// <summary>Adds what was counted, in the order of <see cref="ThresholdCounts"/>.</summary>
    public void AddTo(Span<long> counts)
    {
        running.AddTo(counts);
        foreach (var keys in tied)
            AddTo(counts, keys);
    }

    public void Dispose() => running.Dispose();

    private void AddTo(Span<long> counts, Dictionary<TKey, long> tied)
    {
        var keys = Gathered.Keys;
        var (at, below) = (0, 0);
        foreach (var (key, rows) in tied.OrderBy(pair => pair.Key))
        {
            for (; at < keys.Length && keys[at].CompareTo(key) < 0; at++)
                below += at == 0 || keys[at].CompareTo(keys[at - 1]) != 0 ? 1 : 0;
            counts[2 * below + (at < keys.Length && keys[at].CompareTo(key) == 0 ? 1 : 0)] += rows;
        }
    }

    [SkipLocalsInit]
    private void Add(ReadOnlySpan<TKey> keys, int thread)
    {
        if (buckets is null)
        {
            running.Add(keys, thread);
            return;
        }
        Span<TKey> selected = stackalloc TKey[Block];
        for (var at = 0; at < keys.Length; at += Block)
            running.Add(selected[..buckets.Select(keys.Slice(at, Math.Min(Block, keys.Length - at)), selected)], thread);
    }

    private void AddTied(Chunk chunk, Dictionary<TKey, long> tied)
    {
        using var rented = new Rented<TKey>(chunk.Count);
        chunk.CopyTo(rented.Span);
        for (var i = 0; i < chunk.Count; i++)
            if (buckets?.Contains(rented.Span[i]) ?? true)
                tied[rented.Span[i]] = tied.GetValueOrDefault(rented.Span[i]) + chunk.Counts[i];
    }
}
