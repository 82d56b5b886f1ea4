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

    private readonly BucketSet buckets;
    private readonly ThresholdCounts.Running<TKey> running;

    /// <summary>Keys that came with counts: few distinct ones, as 8-bit and half-precision maps have.</summary>
    private readonly Dictionary<TKey, long> tied = [];

    /// <param name="buckets">The buckets.</param>
    /// <param name="gathered">Their anomalous keys, at least one, which are sorted here.</param>
    public BandCounts(BucketSet buckets, GatheredKeys<TKey> gathered)
    {
        (this.buckets, Gathered) = (buckets, gathered);
        gathered.Sort();
        using var rented = new Rented<TKey>(gathered.Count);
        var distinct = 0;
        foreach (var key in gathered.Keys)
            if (distinct == 0 || rented.Span[distinct - 1].CompareTo(key) != 0)
                rented.Span[distinct++] = key;
        Distinct = distinct;
        running = new(rented.Span[..distinct]);
    }

    /// <summary>The anomalous keys, ascending.</summary>
    public GatheredKeys<TKey> Gathered { get; }

    /// <summary>How many distinct ones there are.</summary>
    public int Distinct { get; }

    /// <summary>Counts the normal keys that fall into the buckets.</summary>
    [SkipLocalsInit]
    public void Add(Chunk chunk)
    {
        if (chunk.Counts.Length > 0)
            AddTied(chunk);
        else if (chunk is Chunk<TKey> same)
            Add(same.Keys);
        else
        {
            using var rented = new Rented<TKey>(chunk.Count);
            chunk.CopyTo(rented.Span);
            Add(rented.Span);
        }
    }

    /// <summary>Adds what was counted, in the order of <see cref="ThresholdCounts"/>.</summary>
    public void AddTo(Span<long> counts)
    {
        running.AddTo(counts);
        var keys = Gathered.Keys;
        var (at, below) = (0, 0);
        foreach (var (key, rows) in tied.OrderBy(pair => pair.Key))
        {
            for (; at < keys.Length && keys[at].CompareTo(key) < 0; at++)
                below += at == 0 || keys[at].CompareTo(keys[at - 1]) != 0 ? 1 : 0;
            counts[2 * below + (at < keys.Length && keys[at].CompareTo(key) == 0 ? 1 : 0)] += rows;
        }
    }

    public void Dispose() => running.Dispose();

    private void Add(ReadOnlySpan<TKey> keys)
    {
        Span<TKey> selected = stackalloc TKey[Block];
        for (var at = 0; at < keys.Length; at += Block)
            running.Add(selected[..buckets.Select(keys.Slice(at, Math.Min(Block, keys.Length - at)), selected)]);
    }

    private void AddTied(Chunk chunk)
    {
        using var rented = new Rented<TKey>(chunk.Count);
        chunk.CopyTo(rented.Span);
        for (var i = 0; i < chunk.Count; i++)
            if (buckets.Contains(rented.Span[i]))
                tied[rented.Span[i]] = tied.GetValueOrDefault(rented.Span[i]) + chunk.Counts[i];
    }
}
