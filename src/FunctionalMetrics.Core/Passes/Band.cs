using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>Some buckets with anomalous rows whose scores are looked at one by one, in one go.</summary>
internal sealed class Band
{
    private Band(BucketTable table, ReadOnlySpan<int> indexes)
    {
        Indexes = indexes.ToArray();
        Buckets = new(table.Bits, [.. Indexes.Reverse().Select(index => table.Buckets[index])]);
        Positives = Indexes.Sum(index => table.Positives[index]);
        Negatives = Indexes.Sum(index => table.Negatives[index]);
    }

    /// <summary>Where the buckets stand in the table, the highest first.</summary>
    public int[] Indexes { get; }

    public BucketSet Buckets { get; }

    /// <summary>The anomalous rows of its buckets, one at least.</summary>
    public long Positives { get; }

    /// <summary>The normal rows of its buckets.</summary>
    public long Negatives { get; }

    /// <summary>
    /// The buckets that leave something open (those with anomalous rows that have seen more than one score), from the highest down, as many
    /// together as have so many anomalous rows at most. Everything else is known from the table.
    /// </summary>
    public static Band[] Cut(BucketTable table, long mostPositives)
    {
        var (bands, open) = (new List<Band>(), Open(table));
        for (int first = 0, end = 0; first < open.Length; first = end)
        {
            for (var rows = 0L; end < open.Length && (rows += table.Positives[open[end]]) <= mostPositives; )
                end++;
            bands.Add(new(table, open.AsSpan(first..end)));
        }
        return [.. bands];
    }

    /// <summary>All buckets with anomalous rows, of which there must be one.</summary>
    public static Band Whole(BucketTable table) =>
        new(table, [.. Enumerable.Range(0, table.Count).Where(index => table.Positives[index] > 0).Reverse()]);

    /// <summary>How many anomalous rows a band must have room for: those of the fullest open bucket.</summary>
    public static long Least(BucketTable table) => Open(table).Select(index => table.Positives[index]).DefaultIfEmpty().Max();

    private static int[] Open(BucketTable table) =>
        [
            .. Enumerable
                .Range(0, table.Count)
                .Where(index => table.Positives[index] > 0 && table.Single[index] == BucketTable.Many)
                .Reverse(),
        ];
}
