namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// An immutable bag of keys, kept as a list of chunks. Adding shares all older chunks but the small ones in front, which join like the
/// digits of a binary counter: while the front chunk is no larger than the new one and both fit in <see cref="Small"/> keys, they become one.
/// So a key is copied at most log2(Small) times, a million one-row batches leave a few hundred chunks, and an older bag is never changed.
/// Some chunks of distinct keys with counts become one whatever their size, so tied scores take a few times the memory of their values.
/// </summary>
internal sealed partial class KeyBag
{
    /// <summary>Chunks up to this size join; 8192 wide keys stay below the large-object heap.</summary>
    internal const int Small = 8192;

    public static readonly KeyBag Empty = new(null, 0, 0, 0, false, false);

    private readonly Node? front;
    private readonly int chunks;

    private KeyBag(Node? front, int chunks, long keys, long count, bool wide, bool counted) =>
        (this.front, this.chunks, Keys, Count, IsWide, IsCounted) = (front, chunks, keys, count, wide, counted);

    /// <summary>How many rows the bag holds.</summary>
    public long Count { get; }

    /// <summary>How many keys are held for them; fewer than rows where a chunk has counts.</summary>
    public long Keys { get; }

    /// <summary>Whether a chunk holds 64-bit keys.</summary>
    public bool IsWide { get; }

    /// <summary>Whether a chunk has counts.</summary>
    public bool IsCounted { get; }

    /// <summary>The chunks as plain ones, in an order that means nothing.</summary>
    public IEnumerable<Chunk> Chunks
    {
        get
        {
            for (var node = front; node is not null; node = node.Rest)
                yield return node.Chunk.Plain;
        }
    }

    public KeyBag Add(Chunk chunk)
    {
        if (chunk.Count == 0)
            return this;
        var (rest, depth, joined, replaced) = (front, chunks, chunk, 0L);
        if (QuantizedKeys.Are(chunk))
            Gather(ref rest, ref depth, ref joined, ref replaced);
        else
            while (rest is not null && Joins(rest.Chunk, joined))
                (joined, replaced, rest, depth) = (Chunk.Concat(rest.Chunk, joined), replaced + rest.Chunk.Count, rest.Rest, depth - 1);
        return new(
            new(joined, rest),
            depth + 1,
            Keys - replaced + joined.Count,
            checked(Count + chunk.Rows),
            IsWide || chunk is Chunk<ulong>,
            IsCounted || chunk.IsCounted
        );
    }

    private static bool Joins(Chunk front, Chunk added) =>
        !QuantizedKeys.Are(front) && front.Count <= added.Count && front.Count + added.Count <= Small && Chunk.Alike(front, added);

    /// <summary>Makes one chunk of the counted ones in front, where they are as many as go together.</summary>
    private static void Gather(ref Node? rest, ref int depth, ref Chunk joined, ref long replaced)
    {
        var together = new List<Chunk> { joined };
        var after = rest;
        for (; after is not null && QuantizedKeys.Are(after.Chunk); after = after.Rest)
            together.Add(after.Chunk);
        if (together.Count < QuantizedKeys.Together)
            return;
        replaced = together.Sum(chunk => (long)chunk.Count) - joined.Count;
        (joined, rest, depth) = (QuantizedKeys.Union(together), after, depth + 1 - together.Count);
    }

    /// <summary>Both bags in one; costs the number of chunks of the one that has fewer.</summary>
    public KeyBag Join(KeyBag other)
    {
        var (large, few) = chunks >= other.chunks ? (this, other) : (other, this);
        for (var node = few.front; node is not null; node = node.Rest)
            large = large.Add(node.Chunk);
        return large;
    }

    /// <summary>
    /// The chunks of each bag that the other does not share, unless they have more rows than so many. A bag that grew out of another shares all of
    /// that but a few small ones.
    /// </summary>
    public (KeyBag Here, KeyBag There)? Apart(KeyBag other, long most)
    {
        var (here, there, ours, theirs) = (Empty, Empty, front, other.front);
        for (var (left, right) = (chunks, other.chunks); !ReferenceEquals(ours, theirs); )
        {
            if (left >= right)
                (here, ours, left) = (here.Add(ours!.Chunk), ours.Rest, left - 1);
            else
                (there, theirs, right) = (there.Add(theirs!.Chunk), theirs.Rest, right - 1);
            if (here.Count + there.Count > most)
                return null;
        }
        return (here, there);
    }

    /// <summary>All keys held; how many rows each stands for is said by <see cref="Counts"/>.</summary>
    public TKey[] ToArray<TKey>()
        where TKey : unmanaged
    {
        var keys = GC.AllocateUninitializedArray<TKey>(checked((int)Keys));
        CopyTo<TKey>(keys);
        return keys;
    }

    /// <summary>The same into room for as many.</summary>
    public void CopyTo<TKey>(Span<TKey> keys)
        where TKey : unmanaged
    {
        for (var node = front; node is not null; keys = keys[node.Chunk.Count..], node = node.Rest)
            node.Chunk.CopyTo(keys);
    }

    /// <summary>How many rows each key of <see cref="ToArray"/> stands for; empty where each is one row.</summary>
    public long[] Counts()
    {
        if (!IsCounted)
            return [];
        var counts = GC.AllocateUninitializedArray<long>(checked((int)Keys));
        var at = 0;
        foreach (var chunk in Chunks)
        {
            if (chunk.IsCounted)
                chunk.Counts.CopyTo(counts, at);
            else
                counts.AsSpan(at, chunk.Count).Fill(1);
            at += chunk.Count;
        }
        return counts;
    }

    private sealed record Node(Chunk Chunk, Node? Rest);
}
