namespace FunctionalMetrics.Core.Numerics;

/// <summary>Grouped bags as multisets of regions, each a multiset of numbers: equality, hash and the one order of regions.</summary>
internal static class RegionComparison
{
    public static bool Equal(KeyBag a, KeyBag b) => ReferenceEquals(a, b) || (a.Count == b.Count && Sorted(a).SequenceEqual(Sorted(b)));

    public static int Hash(KeyBag regions) =>
        HashCode.Combine(regions.Count, regions.Chunks.Aggregate(0ul, (sum, chunk) => sum + KeyHash.SumOfGroups(chunk)));

    /// <summary>The regions by size, those of one size by their ascending scores, compared one by one.</summary>
    public static DistinctKeys<ulong>[] Sorted(KeyBag bag)
    {
        (long Size, DistinctKeys<ulong> Region)[] regions = [.. Regions(bag).Select(region => (region.Rows, region))];
        Array.Sort(
            regions,
            (a, b) =>
                a.Size != b.Size ? a.Size.CompareTo(b.Size) : Compare<ulong>(a.Region.Keys, a.Region.Counts, b.Region.Keys, b.Region.Counts)
        );
        return Array.ConvertAll(regions, region => region.Region);
    }

    /// <summary>
    /// The order of two regions of the same size, from their sorted keys. At the first key that one has more often, the other goes on with a higher
    /// score where the one repeats the lower: so more of a key comes before less.
    /// </summary>
    public static int Compare<TKey>(ReadOnlySpan<TKey> a, ReadOnlySpan<long> countsOfA, ReadOnlySpan<TKey> b, ReadOnlySpan<long> countsOfB)
        where TKey : unmanaged, IComparable<TKey>
    {
        for (var i = 0; i < Math.Min(a.Length, b.Length); i++)
        {
            var order = a[i].CompareTo(b[i]);
            if (order == 0)
                order = (countsOfB.IsEmpty ? 1 : countsOfB[i]).CompareTo(countsOfA.IsEmpty ? 1 : countsOfA[i]);
            if (order != 0)
                return order;
        }
        return 0;
    }

    private static IEnumerable<DistinctKeys<ulong>> Regions(KeyBag bag)
    {
        foreach (var chunk in bag.Chunks)
        {
            var keys = new ulong[chunk.Count];
            chunk.CopyTo<ulong>(keys);
            foreach (var (part, counts, _) in chunk.Parts())
                yield return DistinctKeys<ulong>.Of(keys[part], [.. counts]);
        }
    }
}
