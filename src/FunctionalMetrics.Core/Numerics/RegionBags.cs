namespace FunctionalMetrics.Core.Numerics;

/// <summary>Grouped ropes as multisets of regions, each a multiset of numbers: equality and hash.</summary>
internal static class RegionBags
{
    public static bool Equal(Rope a, Rope b) =>
        ReferenceEquals(a, b)
        || (a.Count == b.Count && Sorted(a).Zip(Sorted(b)).All(pair => pair.Item1.AsSpan().SequenceEqual(pair.Item2)));

    public static int Hash(Rope regions)
    {
        var sum = 0ul;
        foreach (var region in Regions(regions))
            sum += KeyBags.Mix(KeyBags.Sum<ulong>(region));
        return HashCode.Combine(regions.Count, sum);
    }

    private static List<ulong[]> Sorted(Rope rope)
    {
        var regions = Regions(rope).ToList();
        foreach (var region in regions)
            region.AsSpan().Sort();
        regions.Sort((a, b) => a.Length != b.Length ? a.Length.CompareTo(b.Length) : a.AsSpan().SequenceCompareTo(b));
        return regions;
    }

    private static IEnumerable<ulong[]> Regions(Rope rope)
    {
        foreach (var chunk in rope.Chunks)
        {
            var keys = new ulong[chunk.Count];
            chunk.CopyTo<ulong>(keys);
            var at = 0;
            foreach (var size in chunk.Groups)
            {
                yield return keys[at..(at + size)];
                at += size;
            }
        }
    }
}
