namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// A multiset of keys in the one form that equal multisets share: the distinct keys in ascending order, and how many rows have each;
/// without counts each is one row.
/// </summary>
internal sealed record DistinctKeys<TKey>(TKey[] Keys, long[] Counts)
    where TKey : unmanaged
{
    /// <summary>How many rows there are.</summary>
    public long Rows => Counts.Length > 0 ? Counts.Sum() : Keys.Length;

    public long CountAt(int index) => Counts.Length > 0 ? Counts[index] : 1;

    public static DistinctKeys<TKey> Of(KeyBag bag) => Of(bag.ToArray<TKey>(), bag.Counts());

    /// <summary>Takes both arrays over and sorts them; no counts means one row for each key.</summary>
    public static DistinctKeys<TKey> Of(TKey[] keys, long[] counts)
    {
        if (counts.Length == 0)
        {
            RadixSort.Sort<TKey>(keys);
            return Distinct(keys, counts, []);
        }
        int[] order = [.. Enumerable.Range(0, keys.Length)];
        RadixSort.Sort<TKey>(keys, order);
        return Distinct(keys, counts, order);
    }

    public bool Equals(DistinctKeys<TKey>? other) =>
        other is not null
        && Keys.AsSpan().SequenceEqual(other.Keys, EqualityComparer<TKey>.Default)
        && Counts.AsSpan().SequenceEqual(other.Counts);

    public override int GetHashCode() => HashCode.Combine(Keys.Length, Rows);

    private static DistinctKeys<TKey> Distinct(TKey[] sorted, long[] counts, int[] order)
    {
        var same = EqualityComparer<TKey>.Default;
        var distinct = sorted.Length == 0 ? 0 : 1;
        for (var i = 1; i < sorted.Length; i++)
            distinct += same.Equals(sorted[i], sorted[i - 1]) ? 0 : 1;
        if (distinct == sorted.Length && counts.All(count => count == 1))
            return new(sorted, []);
        var (keys, rows) = (GC.AllocateUninitializedArray<TKey>(distinct), new long[distinct]);
        for (int i = 0, at = -1; i < sorted.Length; i++)
        {
            if (i == 0 || !same.Equals(sorted[i], sorted[i - 1]))
                keys[++at] = sorted[i];
            rows[at] += order.Length > 0 ? counts[order[i]] : 1;
        }
        return new(keys, rows);
    }
}
