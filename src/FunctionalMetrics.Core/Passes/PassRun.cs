using System.Runtime.CompilerServices;
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

    private BucketTable table = BucketTable.Empty;
    private long regions;
    private long largest;
    private long tallied;
    private bool isWide;

    /// <summary>All anomalous keys, unless they are more than there is room for.</summary>
    private GatheredKeys? all;

    public Fin<(RankNumbers Numbers, SweepSums Sums, long Regions)> Run(Option<double> fprLimit, double defaultThreshold) =>
        from surveyed in Survey()
        from otherwise in table.Rows.Positives > 0 ? FinSucc(0L) : CountAtLeast(defaultThreshold)
        let sums = new SweepSums(
            table.Rows.Positives,
            table.Rows.Negatives,
            fprLimit.Map(to => new DoubledArea(table.Rows.Negatives, to)).IfNoneUnsafe((DoubledArea?)null)
        )
        from refined in isWide ? Refine<ulong>(sums) : Refine<uint>(sums)
        let fallback = (defaultThreshold + 0.0, new ConfusionMatrix(0, otherwise, 0, table.Rows.Negatives - otherwise))
        select (RankNumbers.Of(table, sums, fallback), sums, regions);

    /// <summary>The first pass: rows in buckets, and all anomalous keys for as long as there is room for them.</summary>
    private Fin<Unit> Survey()
    {
        using var tally = new BucketTally(Bits, weighted);
        var gathers = true;
        return Each(new(1, 0), Visit)
            .Map(_ =>
            {
                (table, tallied) = (tally.ToTable(), tally.Bytes);
                return unit;
            });

        void Visit(PassRows rows)
        {
            var positives = rows.Positives();
            regions += positives.Groups.Length;
            largest = Math.Max(largest, rows.Negatives.Rows + positives.Rows);
            tally.Add([rows.Negatives], [positives]);
            isWide |= rows.Negatives is Chunk<ulong> || positives is Chunk<ulong>;
            if (!gathers)
                return;
            all ??= GatheredKeys.UpTo((int)Math.Clamp(Room / BytesPerRow(isWide), 0, System.Array.MaxLength / 2), isWide, weighted);
            gathers = all is GatheredKeys<uint> != isWide && all.TryAdd(positives, null);
            if (!gathers)
                all = null;
        }
    }

    /// <summary>The pass that looks at thresholds where there is no anomalous row: how many normal rows are at least one.</summary>
    private Fin<long> CountAtLeast(double threshold)
    {
        var count = 0L;
        return Each(new(2, 2), rows => count += KeyBags.CountAtLeast(Rope.Empty.Add(rows.Negatives), threshold)).Map(_ => count);
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
            using var counts = pass > 0 ? new BandCounts<TKey>(bands[pass - 1].Buckets, gathered!) : null;
            var same = true;
            var done = Each(
                new(passes - bands.Length + pass, passes),
                rows =>
                {
                    counts?.Add(rows.Negatives);
                    same = same && (filling?.TryAdd(rows.Positives(), next!.Buckets) ?? true);
                }
            );
            if (done.IsFail)
                return done;
            if (!same || filling?.Count != next?.Positives || (counts is not null && !Walked(walk, bands[pass - 1], counts)))
                return new ChangedData();
            (spare, gathered) = (gathered, filling);
        }
        walk.Finish();
        return unit;
    }

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

    private Fin<Unit> Each(Pass pass, Action<PassRows> visit)
    {
        foreach (var part in read(pass))
        {
            if (part.Case is not PassRows rows)
                return part.Map(_ => unit);
            visit(rows);
        }
        return unit;
    }
}
