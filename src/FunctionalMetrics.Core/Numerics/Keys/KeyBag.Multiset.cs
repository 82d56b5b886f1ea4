namespace FunctionalMetrics.Core.Numerics;

// The bag as a multiset of numbers: equality and hash whatever the order and the width, and counts from a threshold up.
internal sealed partial class KeyBag
{
    public static bool Equal(KeyBag a, KeyBag b) =>
        ReferenceEquals(a, b)
        || (
            a.Count == b.Count
            && (
                a.IsWide || b.IsWide
                    ? DistinctKeys<ulong>.Of(a).Equals(DistinctKeys<ulong>.Of(b))
                    : DistinctKeys<uint>.Of(a).Equals(DistinctKeys<uint>.Of(b))
            )
        );

    public static int Hash(KeyBag bag) => HashCode.Combine(bag.Count, bag.Chunks.Aggregate(0ul, (sum, chunk) => sum + KeyHash.Sum(chunk)));

    public static long CountAtLeast(KeyBag bag, double threshold)
    {
        var count = 0L;
        foreach (var chunk in bag.Chunks)
            count += chunk is Chunk<uint> narrow
                ? CountAtLeast(narrow.Keys, chunk.Counts, ScoreKey.AtLeast<uint>(threshold))
                : CountAtLeast(((Chunk<ulong>)chunk).Keys, chunk.Counts, ScoreKey.AtLeast<ulong>(threshold));
        return count;
    }

    /// <summary>How many scores are at least each threshold.</summary>
    public static long[] CountAtLeast(KeyBag bag, ReadOnlySpan<double> thresholds) =>
        bag.IsWide ? CountAtLeast<ulong>(bag, thresholds) : CountAtLeast<uint>(bag, thresholds);

    /// <summary>The smallest score above a number; +inf where there is none.</summary>
    public static double SmallestAbove(KeyBag bag, double number)
    {
        var (next, smallest) = (Math.BitIncrement(number), double.PositiveInfinity);
        foreach (var chunk in bag.Chunks)
            smallest = Math.Min(
                smallest,
                chunk is Chunk<uint> narrow
                    ? Smallest<uint>(narrow.Keys, ScoreKey.AtLeast<uint>(next))
                    : Smallest<ulong>(((Chunk<ulong>)chunk).Keys, ScoreKey.AtLeast<ulong>(next))
            );
        return smallest;
    }

    private static double Smallest<TKey>(ReadOnlySpan<TKey> keys, TKey least)
        where TKey : unmanaged, IComparable<TKey>
    {
        var smallest = ScoreKey.AtLeast<TKey>(double.PositiveInfinity);
        foreach (var key in keys)
            if (key.CompareTo(least) >= 0 && key.CompareTo(smallest) < 0)
                smallest = key;
        return ScoreKey.Score(smallest);
    }

    private static long[] CountAtLeast<TKey>(KeyBag bag, ReadOnlySpan<double> thresholds)
        where TKey : unmanaged, IComparable<TKey>
    {
        TKey[] keys = [.. thresholds.ToArray().Select(ScoreKey.AtLeast<TKey>)];
        TKey[] distinct = [.. keys.Distinct().Order()];
        var counts = ThresholdCounts.Count<TKey>(bag, distinct);
        var atLeast = new long[distinct.Length + 1];
        for (var u = distinct.Length - 1; u >= 0; u--)
            atLeast[u] = atLeast[u + 1] + counts.Between(u + 1) + counts.At(u);
        return [.. keys.Select(key => atLeast[Array.BinarySearch(distinct, key)])];
    }

    private static long CountAtLeast<TKey>(ReadOnlySpan<TKey> keys, ReadOnlySpan<long> counts, TKey least)
        where TKey : unmanaged, IComparable<TKey>
    {
        var count = 0L;
        if (counts.IsEmpty)
            foreach (var key in keys)
                count += key.CompareTo(least) >= 0 ? 1 : 0;
        else
            for (var i = 0; i < keys.Length; i++)
                count += keys[i].CompareTo(least) >= 0 ? counts[i] : 0;
        return count;
    }
}
