using System.Runtime.InteropServices;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// An immutable sequence of keys of one width. Where keys are grouped (the pixels of a region), <see cref="Groups"/> holds the sizes of
/// consecutive groups and sums to <see cref="Count"/>; otherwise it is empty. Where scores are tied so often that it saves memory,
/// <see cref="Counts"/> says how many rows each key stands for; otherwise it is empty, and each key is one row.
/// </summary>
internal abstract class Chunk(int[] groups, long[] counts)
{
    /// <summary>How many keys are held.</summary>
    public abstract int Count { get; }

    /// <summary>How many rows they stand for.</summary>
    public virtual long Rows => Counts.Length > 0 ? Counts.Sum() : Count;

    /// <summary>Whether a key may stand for several rows.</summary>
    public virtual bool IsCounted => Counts.Length > 0;

    public int[] Groups { get; } = groups;

    public long[] Counts { get; } = counts;

    /// <summary>Whether the scores had 8 or 16 bits when they came, so that many may be tied.</summary>
    public bool IsQuantized { get; init; }

    public abstract Chunk Negated { get; }

    /// <summary>Its groups, or all as one where they do not matter: their keys, how many rows each of those stands for (empty where one), and all rows.</summary>
    public IEnumerable<(Range Keys, ArraySegment<long> Counts, long Rows)> Parts(bool grouped = true)
    {
        var start = 0;
        foreach (var length in grouped ? Groups : [Count])
        {
            var counts = Counts.Length > 0 ? new ArraySegment<long>(Counts, start, length) : ArraySegment<long>.Empty;
            yield return (start..(start + length), counts, Counts.Length > 0 ? Sum(counts) : length);
            start += length;
        }
    }

    /// <summary>The same with keys that can be read in place and with their <see cref="Counts"/>: a <see cref="Chunk{TKey}"/>.</summary>
    public virtual Chunk Plain => this;

    /// <summary>The same keys without groups, in place.</summary>
    public Chunk Ungrouped =>
        Plain switch
        {
            { Groups.Length: 0 } => this,
            Chunk<uint> narrow => new Chunk<uint>(narrow.Keys, [], narrow.Counts),
            var wide => new Chunk<ulong>(((Chunk<ulong>)wide).Keys, [], wide.Counts),
        };

    /// <summary>Copies the keys, widened where the target is wider.</summary>
    public abstract void CopyTo<TTarget>(Span<TTarget> target)
        where TTarget : unmanaged;

    private static long Sum(ReadOnlySpan<long> counts)
    {
        var sum = 0L;
        foreach (var count in counts)
            sum += count;
        return sum;
    }

    /// <summary>Whether both have counts or neither, and both have groups or neither.</summary>
    public static bool Alike(Chunk first, Chunk second) =>
        first.IsCounted == second.IsCounted && first.Groups.Length > 0 == second.Groups.Length > 0;

    /// <summary>Both chunks in one, as wide as the wider. The two must be alike.</summary>
    public static Chunk Concat(Chunk first, Chunk second)
    {
        if (first is PackedRegions packed && second is PackedRegions added)
            return PackedRegions.Concat(packed, added);
        (first, second) = (first.Plain, second.Plain);
        int[] groups = [.. first.Groups, .. second.Groups];
        long[] counts = [.. first.Counts, .. second.Counts];
        return first is Chunk<uint> && second is Chunk<uint>
            ? Join<uint>(first, second, groups, counts)
            : Join<ulong>(first, second, groups, counts);
    }

    private static Chunk<TKey> Join<TKey>(Chunk first, Chunk second, int[] groups, long[] counts)
        where TKey : unmanaged
    {
        var keys = GC.AllocateUninitializedArray<TKey>(first.Count + second.Count);
        first.CopyTo<TKey>(keys);
        second.CopyTo(keys.AsSpan(first.Count));
        return new(keys, groups, counts);
    }
}

/// <inheritdoc/>
internal sealed class Chunk<TKey>(ArraySegment<TKey> keys, int[] groups, long[] counts) : Chunk(groups, counts)
    where TKey : unmanaged
{
    public Chunk(ArraySegment<TKey> keys)
        : this(keys, [], []) { }

    public Chunk(TKey[] keys)
        : this(keys, [], []) { }

    public Chunk(TKey[] keys, int[] groups)
        : this(keys, groups, []) { }

    public Chunk(TKey[] keys, int[] groups, long[] counts)
        : this(new ArraySegment<TKey>(keys), groups, counts) { }

    public ArraySegment<TKey> Keys { get; } = keys;

    public override int Count => Keys.Count;

    public override Chunk Negated
    {
        get
        {
            var negated = Arena<TKey>.OfThread.Take(Keys.Count);
            for (var i = 0; i < negated.Count; i++)
                negated[i] = ScoreKey.Negate(Keys[i]);
            if (!QuantizedKeys.Are(this))
                return new Chunk<TKey>(negated, Groups, Counts) { IsQuantized = IsQuantized };
            // Keys with counts ascend.
            negated.AsSpan().Reverse();
            return new Chunk<TKey>(negated, [], [.. Counts.Reverse()]);
        }
    }

    public override void CopyTo<TTarget>(Span<TTarget> target)
    {
        if (typeof(TKey) == typeof(TTarget))
        {
            MemoryMarshal.Cast<TKey, TTarget>(Keys).CopyTo(target);
            return;
        }
        var wide = MemoryMarshal.Cast<TTarget, ulong>(target);
        ReadOnlySpan<TKey> keys = Keys;
        for (var i = 0; i < keys.Length; i++)
            wide[i] = ScoreKey.Widen(keys[i]);
    }
}
