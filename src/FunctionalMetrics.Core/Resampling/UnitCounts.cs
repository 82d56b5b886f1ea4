using System.Collections.Concurrent;
using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>What is resampled as a whole, an image or a row: its normal scores, and its anomalous ones, grouped by region where there are regions.</summary>
internal readonly record struct ResampledUnit(Chunk Normal, Chunk Anomalous)
{
    public static ResampledUnit OfRow(ulong key, bool isAnomalous) =>
        isAnomalous ? new(Nothing, new Chunk<ulong>([key])) : new(new Chunk<ulong>([key]), Nothing);

    public static Chunk Nothing { get; } = new Chunk<uint>([]);
}

/// <summary>
/// The table that replicates of a level are computed from, scores never again: the distinct anomalous scores in descending order; between two and at
/// each, every unit's count of normal scores; at each, every region's anomalous ones. Immutable and safe to share between threads.
/// </summary>
internal sealed class UnitCounts
{
    /// <summary>To look up so few keys one by one takes less than to count them at all thresholds.</summary>
    private const int Few = 64;

    private readonly ResampledUnit[] units;

    // Every replicate asks for the same few thresholds.
    private readonly ConcurrentDictionary<double, (long[], long[])> reaching = [];

    private UnitCounts(ResampledUnit[] units, bool hasRegions)
    {
        (this.units, HasRegions) = (units, hasRegions);
        Positives = Array.ConvertAll(units, unit => unit.Anomalous.Rows);
        Negatives = Array.ConvertAll(units, unit => unit.Normal.Rows);
        Groups =
        [
            .. units.SelectMany(
                (unit, index) =>
                    unit.Anomalous.Plain.Parts(hasRegions).Where(part => part.Rows > 0).Select(part => new Group(index, part.Rows))
            ),
        ];
        Regions = new long[units.Length];
        if (hasRegions)
            foreach (var group in Groups)
                Regions[group.Unit]++;
        if (units.Any(unit => unit.Anomalous.Plain is Chunk<ulong> || unit.Normal.Plain is Chunk<ulong>))
            (Thresholds, Starts, Found, Rows, Gaps) = Tabled<ulong>();
        else
            (Thresholds, Starts, Found, Rows, Gaps) = Tabled<uint>();
    }

    /// <summary>The table of some units.</summary>
    /// <param name="units">The units.</param>
    /// <param name="hasRegions">Whether anomalous scores are grouped by region.</param>
    public static UnitCounts Of(ResampledUnit[] units, bool hasRegions) => new(units, hasRegions);

    public int Count => units.Length;

    public bool HasRegions { get; }

    /// <summary>How many anomalous scores, normal scores and regions each unit has.</summary>
    public long[] Positives { get; }

    public long[] Negatives { get; }

    public long[] Regions { get; }

    /// <summary>The regions, or the units that have anomalous scores where there are no regions.</summary>
    public Group[] Groups { get; }

    /// <summary>The distinct anomalous scores, highest first.</summary>
    public double[] Thresholds { get; }

    /// <summary>Where what is found at each threshold begins in <see cref="Found"/>, and behind the last where it ends.</summary>
    public int[] Starts { get; }

    /// <summary>Groups that have anomalous scores equal to a threshold.</summary>
    public int[] Found { get; }

    /// <summary>How many of them each has; empty where each entry is one.</summary>
    public long[] Rows { get; }

    /// <summary>The normal scores of each unit between and at the thresholds.</summary>
    public SparseGaps[] Gaps { get; }

    /// <summary>How many scores of each class of each unit reach a threshold.</summary>
    public (long[] Positives, long[] Negatives) AtLeast(double threshold) =>
        reaching.GetOrAdd(threshold, at => (Reaching(unit => unit.Anomalous.Ungrouped, at), Reaching(unit => unit.Normal, at)));

    /// <summary>The smallest and the largest score of a unit.</summary>
    public ExtremaState ExtremaOf(int unit) =>
        ExtremaState.Merge(ExtremaState.Of(units[unit].Normal.Plain), ExtremaState.Of(units[unit].Anomalous.Plain));

    /// <summary>Whether no sum of so many units' normal scores, whichever they are, can pass 2^32.</summary>
    public bool IsNarrow => (Int128)(Negatives.Length == 0 ? 0 : Negatives.Max()) * units.Length <= uint.MaxValue;

    private long[] Reaching(Func<ResampledUnit, Chunk> keys, double threshold) =>
        Array.ConvertAll(units, unit => KeyBag.CountAtLeast(KeyBag.Empty.Add(keys(unit)), threshold));

    private (double[], int[], int[], long[], SparseGaps[]) Tabled<TKey>()
        where TKey : unmanaged, IComparable<TKey>
    {
        var (keys, groups, rows) = Gathered<TKey>();
        // What moves with the keys: their group, or where rows differ the place of both.
        int[] payload = rows.Length == 0 ? groups : [.. Enumerable.Range(0, keys.Length)];
        RadixSort.Sort<TKey>(keys, payload);
        var distinct = Ascending.Distinct<TKey>(keys, new TKey[keys.Length]).ToArray();

        var (thresholds, starts) = (new double[distinct.Length], new int[distinct.Length + 1]);
        var (found, counts) = (new int[keys.Length], new long[rows.Length]);
        for (int k = 0, at = 0; k < distinct.Length; k++)
        {
            var key = distinct[^(k + 1)];
            for (; at < keys.Length && keys[^(at + 1)].CompareTo(key) == 0; at++)
            {
                var carried = payload[^(at + 1)];
                found[at] = rows.Length == 0 ? carried : groups[carried];
                if (rows.Length > 0)
                    counts[at] = rows[carried];
            }
            (thresholds[k], starts[k + 1]) = (ScoreKey.Score(key), at);
        }
        return (thresholds, starts, found, counts, GapsOf(distinct));
    }

    private SparseGaps[] GapsOf<TKey>(TKey[] ascending)
        where TKey : unmanaged, IComparable<TKey>
    {
        var gaps = new SparseGaps[units.Length];
        var many = new List<int>();
        for (var i = 0; i < units.Length; i++)
            if (units[i].Normal.Count <= Few || ascending.Length == 0)
                gaps[i] = Looked(ascending.Length == 0 ? ResampledUnit.Nothing : units[i].Normal.Plain, ascending);
            else
                many.Add(i);
        if (many.Count > 0)
            ThresholdCounts.Each(
                [.. many.Select(i => units[i].Normal.Plain)],
                ascending,
                (chunk, counts) => gaps[many[chunk]] = SparseGaps.Of(counts)
            );
        return gaps;
    }

    private static SparseGaps Looked<TKey>(Chunk normal, TKey[] ascending)
        where TKey : unmanaged, IComparable<TKey>
    {
        Span<TKey> keys = stackalloc TKey[Few];
        normal.CopyTo(keys);
        return SparseGaps.Of<TKey>(keys[..normal.Count], normal.Counts, ascending);
    }

    /// <summary>All anomalous keys, the group of each, and how many rows it stands for, unless each is one.</summary>
    private (TKey[] Keys, int[] Groups, long[] Rows) Gathered<TKey>()
        where TKey : unmanaged
    {
        var all = units.Sum(unit => (long)unit.Anomalous.Count);
        var (keys, groups) = (new TKey[checked((int)all)], new int[all]);
        var rows = new long[units.Any(unit => unit.Anomalous.IsCounted) ? all : 0];
        var (at, group) = (0, 0);
        foreach (var unit in units)
        {
            var chunk = unit.Anomalous.Plain;
            chunk.CopyTo(keys.AsSpan(at));
            foreach (var (part, counts, size) in chunk.Parts(HasRegions))
            {
                var (start, length) = part.GetOffsetAndLength(chunk.Count);
                if (size == 0)
                    continue;
                groups.AsSpan(at + start, length).Fill(group++);
                if (rows.Length > 0 && counts.Count > 0)
                    counts.AsSpan().CopyTo(rows.AsSpan(at + start));
                else if (rows.Length > 0)
                    rows.AsSpan(at + start, length).Fill(1);
            }
            at += chunk.Count;
        }
        return (keys, groups, rows);
    }

    /// <summary>A region, or the anomalous scores of a unit: which unit it belongs to, and how many scores it has.</summary>
    public readonly record struct Group(int Unit, long Size);
}
