using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>Some bins with anomalous rows whose scores are looked at one by one, in one go.</summary>
internal sealed class Band
{
    private Band(BinTable table, ReadOnlySpan<int> indexes)
    {
        Indexes = indexes.ToArray();
        Bins = table.Bits > 0 ? new(table.Bits, [.. Indexes.Reverse().Select(index => table.Bins[index])]) : null;
        Positives = Indexes.Sum(index => table.Positives[index]);
        Negatives = Indexes.Sum(index => table.Negatives[index]);
    }

    /// <summary>Where the bins stand in the table, the highest first.</summary>
    public int[] Indexes { get; }

    /// <summary>Which keys fall into them; absent where there is one bin for all.</summary>
    public BinSet? Bins { get; }

    /// <summary>The anomalous rows of its bins, one at least.</summary>
    public long Positives { get; }

    /// <summary>The normal rows of its bins.</summary>
    public long Negatives { get; }

    /// <summary>
    /// The bins that leave something open (those with anomalous rows that have seen more than one score), from the highest down, in as few
    /// bands as have so many anomalous rows at most, and these as even as that allows. Everything else is known from the table.
    /// </summary>
    public static Band[] Cut(BinTable table, long mostPositives)
    {
        var open = Open(table);
        var (fewest, low, high) = (Ends(table, open, mostPositives).Count, Least(table), mostPositives);
        while (low < high)
            if (low + (high - low) / 2 is var middle && Ends(table, open, middle).Count > fewest)
                low = middle + 1;
            else
                high = middle;
        var (bands, first) = (new List<Band>(), 0);
        foreach (var end in Ends(table, open, high))
        {
            bands.Add(new(table, open.AsSpan(first..end)));
            first = end;
        }
        return [.. bands];
    }

    /// <summary>Where the bands end when each takes as many bins as it can.</summary>
    private static List<int> Ends(BinTable table, int[] open, long mostPositives)
    {
        var (ends, rows) = (new List<int>(), 0L);
        for (var i = 0; i < open.Length; i++)
        {
            var more = table.Positives[open[i]];
            if (rows > 0 && rows + more > mostPositives)
            {
                ends.Add(i);
                rows = 0;
            }
            rows += more;
        }
        if (open.Length > 0)
            ends.Add(open.Length);
        return ends;
    }

    /// <summary>All bins with anomalous rows, of which there must be one.</summary>
    public static Band Whole(BinTable table) =>
        new(table, [.. Enumerable.Range(0, table.Count).Where(index => table.Positives[index] > 0).Reverse()]);

    /// <summary>How many anomalous rows a band must have room for: those of the fullest open bin.</summary>
    public static long Least(BinTable table) => Open(table).Select(index => table.Positives[index]).DefaultIfEmpty().Max();

    private static int[] Open(BinTable table) =>
        [.. Enumerable.Range(0, table.Count).Where(index => table.Positives[index] > 0 && table.Single[index] == BinTable.Many).Reverse()];
}
