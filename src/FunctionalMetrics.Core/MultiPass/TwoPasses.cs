using System.Collections.Immutable;
using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// An evaluation in memory for the anomalous keys alone: the first pass gathers them, the second counts the normal ones between them. All that
/// the numbers take from normal rows comes from the second pass, so that the first need not read any. Used once.
/// </summary>
internal sealed class TwoPasses(Func<Pass, IEnumerable<Fin<PassRows>>> read, bool weighted)
{
    /// <summary>One thread reads about as fast as so many count; each more would take its own counters, and wait.</summary>
    private const int MostThreads = 4;

    /// <summary>Among many thresholds each thread takes room for half of these: 16 MB of 32-bit keys.</summary>
    private const long ManyKeys = 1 << 23;

    private readonly Lock extending = new();
    private GatheredKeys? positives;
    private ExtremaState extrema = ExtremaState.Empty;
    private long regions;
    private long negatives;

    /// <summary>The sum of the checksums of the anomalous rows: both passes must find the same.</summary>
    private ulong checksum;

    /// <summary>
    /// The numbers; none where the anomalous keys are more than an array holds or of several widths, or narrower than normal ones: then a table
    /// of bins is needed.
    /// </summary>
    public Fin<Option<PassRanking>> Run(PassSums sums, ImmutableArray<double> thresholds) =>
        from gathered in PassReader.Each(read(new(1, 2, true)), 1, Gather)
        from numbers in !gathered ? FinSucc(Option<PassRanking>.None)
        : positives is GatheredKeys<ulong> wide ? Count(wide, sums, thresholds)
        : Count((GatheredKeys<uint>?)positives ?? new(0, weighted), sums, thresholds)
        select numbers;

    private bool Gather(PassRows rows, int thread)
    {
        var chunk = rows.Positives();
        regions += chunk.Groups.Length;
        checksum += Checksum(chunk);
        if (chunk.Count == 0)
            return true;
        extrema = ExtremaState.Merge(extrema, ExtremaState.Of(chunk));
        var isWide = chunk is Chunk<ulong>;
        positives ??= GatheredKeys.UpTo(System.Array.MaxLength / 2, isWide, weighted);
        return (positives is GatheredKeys<ulong> || !isWide) && positives.TryAdd(chunk, null);
    }

    private Fin<Option<PassRanking>> Count<TKey>(GatheredKeys<TKey> positives, PassSums sums, ImmutableArray<double> thresholds)
        where TKey : unmanaged, IComparable<TKey>
    {
        var threads = Math.Min(Environment.ProcessorCount, MostThreads);
        using var counts = positives.Count > 0 ? new BandCounts<TKey>(null, positives, threads * ManyKeys, threads) : null;
        // The default threshold is asked for only where no row is anomalous.
        var called = new PassCounts(positives.Count > 0 ? thresholds[1..] : thresholds);
        var again = 0ul;
        return PassReader
            .Each(read(new(2, 2)), threads, Visit)
            .Bind(counted =>
                !counted ? FinSucc(Option<PassRanking>.None)
                : again != checksum ? new ChangedData()
                : Some(Walked(positives, counts, sums, called))
            );

        bool Visit(PassRows rows, int thread)
        {
            if (counts is not null && rows.Negatives is not Chunk<TKey> && rows.Negatives is Chunk<ulong>)
                return false;
            var anomalous = rows.Positives();
            called.Add(rows.Negatives, anomalous);
            Interlocked.Add(ref again, Checksum(anomalous));
            Interlocked.Add(ref negatives, rows.Negatives.Rows);
            counts?.Add(rows.Negatives, thread);
            var here = ExtremaState.Of(rows.Negatives);
            lock (extending)
                extrema = ExtremaState.Merge(extrema, here);
            return true;
        }
    }

    private PassRanking Walked<TKey>(GatheredKeys<TKey> positives, BandCounts<TKey>? counts, PassSums sums, PassCounts called)
        where TKey : unmanaged, IComparable<TKey>
    {
        if (counts is not null)
        {
            var (lowest, highest) = extrema.Range.IfNone((0, 0));
            var table = BinTable.One(negatives, positives.Count, weighted, lowest, highest);
            var walk = new SweepWalk(table, sums);
            walk.Through(Band.Whole(table), counts);
            walk.Finish();
        }
        return new(positives.Count, negatives, weighted ? Some(regions) : None, extrema, sums, called)
        {
            // Without an anomalous key none says how wide the normal ones are.
            IsWide = typeof(TKey) == typeof(ulong) || counts is null,
        };
    }

    /// <summary>The same for the same rows in other batches, in whatever order and form; with regions, of each region its own.</summary>
    private ulong Checksum(Chunk chunk) => weighted ? KeyHash.SumOfGroups(chunk) : KeyHash.Sum(chunk);
}
