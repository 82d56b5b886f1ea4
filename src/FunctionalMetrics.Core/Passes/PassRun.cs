using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>The passes of one evaluation. Used once.</summary>
internal sealed class PassRun(Func<Pass, IEnumerable<Fin<PassRows>>> read, MemoryLimit limit, bool weighted)
{
    /// <summary>Buckets of half-precision scores have one score each from here on.</summary>
    private const int Bits = 19;

    /// <summary>What a bucket of the table takes, and once more while it is made.</summary>
    private const long BytesPerBucket = 2 * 44;

    /// <summary>What the table of thresholds has for each beside its key twice: its place, the bits of its buckets, and its bucket while it is made.</summary>
    private const int TableBytes = 12;

    /// <summary>Counting takes room for half of the normal keys, and for no more than half of these: 4 MB of 32-bit keys.</summary>
    private const long FewKeys = 1 << 21;

    /// <summary>The same without a limit: 64 MB.</summary>
    private const long ManyKeys = 1 << 25;

    /// <summary>One thread reads about as fast as so many count; each more would take its own counters, and wait.</summary>
    private const int MostThreads = 4;

    private BucketTable table = BucketTable.Empty;
    private long regions;
    private long largest;
    private long tallied;
    private bool isWide;

    /// <summary>The sum of the checksums of the first pass's normal keys.</summary>
    private ulong normals;

    /// <summary>All anomalous keys, unless they are more than there is room for.</summary>
    private GatheredKeys? all;

    public Fin<(RankNumbers Numbers, SweepSums Sums, long Regions)> Run(Option<double> fprLimit, double defaultThreshold) =>
        from surveyed in limit.IsNone ? Gather() : Survey()
        from otherwise in table.Rows.Positives > 0 ? FinSucc(0L) : CountAtLeast(defaultThreshold)
        let sums = new SweepSums(
            table.Rows.Positives,
            table.Rows.Negatives,
            fprLimit.Map(to => new DoubledArea(table.Rows.Negatives, to)).IfNoneUnsafe((DoubledArea?)null)
        )
        from refined in isWide ? Refine<ulong>(sums) : Refine<uint>(sums)
        let fallback = (defaultThreshold + 0.0, new ConfusionMatrix(0, otherwise, 0, table.Rows.Negatives - otherwise))
        select (RankNumbers.Of(table, sums, fallback), sums, regions);

    /// <summary>
    /// The first pass where there is no limit: all anomalous keys, and how many normal ones there are. Where an array cannot hold the former, or
    /// their width changes, it is begun again as with a limit.
    /// </summary>
    private Fin<Unit> Gather()
    {
        var (negatives, extrema) = (0L, ExtremaState.Empty);
        return Each(new(1, 2), 1, Visit)
            .Bind(gathered =>
            {
                if (!gathered)
                    return Survey();
                extrema.Range.IfSome(range => table = BucketTable.One(negatives, all?.Count ?? 0, weighted, range.Min, range.Max));
                return unit;
            });

        bool Visit(PassRows rows, int thread)
        {
            var positives = rows.Positives();
            regions += positives.Groups.Length;
            negatives += rows.Negatives.Rows;
            extrema = ExtremaState.Merge(extrema, ExtremaState.Merge(ExtremaState.Of(rows.Negatives), ExtremaState.Of(positives)));
            isWide |= rows.Negatives is Chunk<ulong> || positives is Chunk<ulong>;
            return Gathers(positives);
        }
    }

    /// <summary>The first pass: rows in buckets, and all anomalous keys for as long as there is room for them.</summary>
    private Fin<Unit> Survey()
    {
        using var tally = new BucketTally(Bits, weighted);
        var gathers = true;
        (regions, isWide, all) = (0, false, null);
        return Each(new(1, 0), 1, Visit)
            .Map(_ =>
            {
                (table, tallied) = (tally.ToTable(), tally.Bytes);
                return unit;
            });

        bool Visit(PassRows rows, int thread)
        {
            var positives = rows.Positives();
            regions += positives.Groups.Length;
            largest = Math.Max(largest, rows.Negatives.Rows + positives.Rows);
            tally.Add([rows.Negatives], [positives]);
            isWide |= rows.Negatives is Chunk<ulong> || positives is Chunk<ulong>;
            gathers = gathers && Gathers(positives);
            return true;
        }
    }

    /// <summary>Gathers anomalous keys with all those before; where they have no room, all are forgotten.</summary>
    private bool Gathers(Chunk positives)
    {
        all ??= GatheredKeys.UpTo((int)Math.Clamp(Room / BytesPerRow(isWide), 0, System.Array.MaxLength / 2), isWide, weighted);
        if (all is GatheredKeys<uint> != isWide && all.TryAdd(positives, null))
            return true;
        all = null;
        return false;
    }

    /// <summary>The pass that looks at thresholds where there is no anomalous row: how many normal rows are at least one.</summary>
    private Fin<long> CountAtLeast(double threshold)
    {
        var count = 0L;
        return Each(new(2, 2), 1, Visit).Map(_ => count);

        bool Visit(PassRows rows, int thread)
        {
            count += KeyBags.CountAtLeast(Rope.Empty.Add(rows.Negatives), threshold);
            return true;
        }
    }

    /// <summary>The passes after the first: the buckets that it left open are gathered, and then counted, band by band.</summary>
    private Fin<Unit> Refine<TKey>(SweepSums sums)
        where TKey : unmanaged, IComparable<TKey>
    {
        var (perRow, least) = (BytesPerRow(Unsafe.SizeOf<TKey>() > sizeof(uint)), Band.Least(table));
        if (Room < least * perRow)
            return new TooLittleMemory(limit.Bytes, limit.Bytes - Room + least * perRow);
        var walk = new SweepWalk(table, sums);
        var gathered = all is GatheredKeys<TKey> whole && whole.Count * perRow <= Room ? whole : null;
        Band[] bands =
            least == 0 ? []
            : gathered is null ? Band.Cut(table, Math.Min(Room / perRow, System.Array.MaxLength / 2))
            : [Band.Whole(table)];
        var (first, passes) = gathered is null ? (0, bands.Length + 2) : (1, bands.Length + 1);
        var most = (int)bands.Select(band => band.Positives).DefaultIfEmpty().Max();
        var spare = gathered is null ? all as GatheredKeys<TKey> : null;
        all = null;
        for (var pass = first; pass <= bands.Length && bands.Length > 0; pass++)
        {
            var next = pass < bands.Length ? bands[pass] : null;
            var filling =
                next is null ? null
                : spare?.Capacity >= most ? spare
                : new GatheredKeys<TKey>(most, weighted);
            filling?.Clear();
            var threads = limit.IsNone && filling is null ? Math.Min(Environment.ProcessorCount, MostThreads) : 1;
            using var counts = pass > 0 ? Counts(bands[pass - 1], gathered!, threads) : null;
            var done = Each(new(passes - bands.Length + pass, passes), threads, Visit);
            if (done.IsFail)
                return done.Map(_ => unit);
            var same = done.IfFail(false) && filling?.Count == next?.Positives;
            if (!same || (counts is not null && !Walked(walk, bands[pass - 1], counts)))
                return new ChangedData();
            (spare, gathered) = (gathered, filling);

            // Keys that became wider are others, and have no room here.
            bool Visit(PassRows rows, int thread)
            {
                if (Unsafe.SizeOf<TKey>() == sizeof(uint) && rows.Negatives is Chunk<ulong>)
                    return false;
                counts?.Add(rows.Negatives, thread);
                return filling is null || filling.TryAdd(rows.Positives(), next!.Buckets);
            }
        }
        walk.Finish();
        return unit;
    }

    private BandCounts<TKey> Counts<TKey>(Band band, GatheredKeys<TKey> gathered, int threads)
        where TKey : unmanaged, IComparable<TKey> =>
        new(band.Buckets, gathered, Math.Min(band.Negatives, limit.IsNone ? ManyKeys : FewKeys), threads);

    private static bool Walked<TKey>(SweepWalk walk, Band band, BandCounts<TKey> counts)
        where TKey : unmanaged, IComparable<TKey>
    {
        using var slots = Rented<long>.Zeros(2 * counts.Distinct + 1);
        counts.AddTo(slots.Span);
        var counted = 0L;
        foreach (var slot in slots.Span)
            counted += slot;
        if (counted != band.Negatives)
            return false;
        walk.Through(band, counts.Gathered, slots.Span);
        return true;
    }

    /// <summary>What the limit leaves for the bands.</summary>
    private long Room =>
        limit.Bytes - limit.Beside - limit.BesidePerRow * largest * (isWide ? 2 : 1) - tallied - table.Count * BytesPerBucket;

    /// <summary>
    /// What an anomalous row takes: its key (with the size of its region) in the band that is counted and in the one that is gathered, and
    /// once more in the room that sorting needs; as a distinct threshold, and in the table of thresholds; its three counters, and its two counts.
    /// </summary>
    private long BytesPerRow(bool wide)
    {
        var (key, size) = (wide ? sizeof(ulong) : sizeof(uint), weighted ? sizeof(int) : 0);
        var overflow = table.Rows.Negatives > uint.MaxValue ? 2 * sizeof(long) : 0;
        return 3 * (key + size) + key + 2 * key + TableBytes + 3 * sizeof(uint) + 2 * sizeof(long) + overflow;
    }

    /// <summary>
    /// Reads a pass, one batch after the other, until a visit says that it leads nowhere, and gives whether none did. Batches are visited on so many
    /// threads at once, which are told their number. The normal keys must be those of the first pass.
    /// </summary>
    private Fin<bool> Each(Pass pass, int threads, Func<PassRows, int, bool> visit)
    {
        using var parts = read(pass).GetEnumerator();
        var (failure, goesOn, sum) = (FinSucc(unit), true, 0ul);
        if (threads == 1)
            Visit(0);
        else
            try
            {
                Parallel.For(0, threads, Visit);
            }
            catch (AggregateException several)
            {
                ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
            }
        if (failure.IsFail || !goesOn)
            return failure.Map(_ => false);
        if (pass.Number == 1)
            normals = sum;
        return normals == sum ? true : new ChangedData();

        void Visit(int thread)
        {
            try
            {
                while (Next() is { } rows)
                {
                    Interlocked.Add(ref sum, Checksum(rows.Negatives));
                    if (!visit(rows, thread))
                        Stop();
                }
            }
            catch
            {
                Stop();
                throw;
            }
        }

        void Stop()
        {
            lock (parts)
                goesOn = false;
        }

        PassRows? Next()
        {
            lock (parts)
            {
                if (!goesOn || failure.IsFail || !parts.MoveNext())
                    return null;
                if (parts.Current.Case is PassRows rows)
                    return rows;
                failure = parts.Current.Map(_ => unit);
                return null;
            }
        }
    }

    private static ulong Checksum(Chunk chunk) =>
        (chunk is Chunk<uint> narrow ? KeyBags.Checksum<uint>(narrow.Keys) : ~KeyBags.Checksum<ulong>(((Chunk<ulong>)chunk).Keys))
        + KeyBags.Checksum<long>(chunk.Counts);
}
