using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>The passes of one evaluation in limited memory, or of one for which <see cref="TwoPasses"/> do not do. Used once.</summary>
internal sealed class PassRun(Func<Pass, IEnumerable<Fin<PassRows>>> read, MemoryLimit limit, bool weighted)
{
    /// <summary>Bins of half-precision scores have one score each from here on.</summary>
    private const int Bits = 19;

    /// <summary>What a bin of the table takes, and once more while it is made.</summary>
    private const long BytesPerBin = 2 * 44;

    /// <summary>What the table of thresholds has for each beside its key twice: its place, the bits of its cells, and its cell while it is made.</summary>
    private const int TableBytes = 12;

    /// <summary>Counting takes room for half of the normal keys, and for no more than half of these: 4 MB of 32-bit keys.</summary>
    private const long FewKeys = 1 << 21;

    private BinTable table = BinTable.Empty;
    private long regions;
    private long largest;
    private long counterBytes;
    private bool isWide;

    /// <summary>The sum of the checksums of the first pass's normal keys.</summary>
    private ulong normals;

    /// <summary>All anomalous keys, unless they are more than there is room for.</summary>
    private GatheredKeys? all;

    public Fin<PassRanking> Run(PassSums sums, ImmutableArray<double> thresholds) =>
        from called in Survey(thresholds)
        from refined in isWide ? Refine<ulong>(sums) : Refine<uint>(sums)
        select new PassRanking(
            table.Rows.Positives,
            table.Rows.Negatives,
            weighted ? Some(regions) : None,
            ExtremaState.Between(table.Lowest, table.Highest),
            sums,
            called
        )
        {
            IsWide = isWide,
        };

    /// <summary>The first pass: rows in bins, and all anomalous keys for as long as there is room for them.</summary>
    private Fin<PassCounts> Survey(ImmutableArray<double> thresholds)
    {
        using var counter = new BinCounter(Bits, weighted);
        var (gathers, called) = (true, new PassCounts(thresholds));
        return Each(new(1, 0), Visit)
            .Map(_ =>
            {
                (table, counterBytes) = (counter.ToTable(), counter.Bytes);
                return called;
            });

        bool Visit(PassRows rows)
        {
            var positives = rows.Positives();
            called.Add(rows.Negatives, positives);
            regions += positives.Groups.Length;
            largest = Math.Max(largest, rows.Negatives.Rows + positives.Rows);
            counter.Add([rows.Negatives], [positives]);
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

    /// <summary>The passes after the first: the bins that it left open are gathered, and then counted, band by band.</summary>
    private Fin<Unit> Refine<TKey>(PassSums sums)
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
            using var counts = pass > 0 ? Counts(bands[pass - 1], gathered!) : null;
            var done = Each(new(passes - bands.Length + pass, passes), Visit);
            if (done.IsFail)
                return done.Map(_ => unit);
            var same = done.IfFail(false) && filling?.Count == next?.Positives;
            if (!same || (counts is not null && counts.Counted != bands[pass - 1].Negatives))
                return new ChangedData();
            if (counts is not null)
                walk.Through(bands[pass - 1], counts);
            (spare, gathered) = (gathered, filling);

            // Keys that became wider are others, and have no room here.
            bool Visit(PassRows rows)
            {
                if (Unsafe.SizeOf<TKey>() == sizeof(uint) && rows.Negatives is Chunk<ulong>)
                    return false;
                counts?.Add(rows.Negatives, 0);
                return filling is null || filling.TryAdd(rows.Positives(), next!.Bins);
            }
        }
        walk.Finish();
        return unit;
    }

    private static BandCounts<TKey> Counts<TKey>(Band band, GatheredKeys<TKey> gathered)
        where TKey : unmanaged, IComparable<TKey> => new(band.Bins, gathered, Math.Min(band.Negatives, FewKeys), 1);

    /// <summary>What the limit leaves for the bands.</summary>
    private long Room =>
        limit.Bytes - limit.Beside - limit.BesidePerRow * largest * (isWide ? 2 : 1) - counterBytes - table.Count * BytesPerBin;

    /// <summary>
    /// What an anomalous row takes: its key (with the size of its region) in the band that is counted and in the one that is gathered, and
    /// once more in the room that sorting needs; as a distinct threshold, and in the table of thresholds; and its three counters, with two that go on where those overflow.
    /// </summary>
    private long BytesPerRow(bool wide)
    {
        var (key, size) = (wide ? sizeof(ulong) : sizeof(uint), weighted ? sizeof(int) : 0);
        var overflow = table.Rows.Negatives > uint.MaxValue ? 2 * sizeof(long) : 0;
        return 3 * (key + size) + key + 2 * key + TableBytes + 3 * sizeof(uint) + overflow;
    }

    /// <summary>
    /// Reads a pass until a visit says that it leads nowhere, and gives whether none did. The normal keys must be those of the first pass.
    /// </summary>
    private Fin<bool> Each(Pass pass, Func<PassRows, bool> visit)
    {
        var sum = 0ul;
        var done = PassReader.Each(
            read(pass),
            1,
            (rows, _) =>
            {
                sum += Checksum(rows.Negatives);
                return visit(rows);
            }
        );
        if (!done.IfFail(false))
            return done;
        if (pass.Number == 1)
            normals = sum;
        return normals == sum ? true : new ChangedData();
    }

    private static ulong Checksum(Chunk chunk) =>
        (chunk is Chunk<uint> narrow ? KeyHash.Checksum<uint>(narrow.Keys) : ~KeyHash.Checksum<ulong>(((Chunk<ulong>)chunk).Keys))
        + KeyHash.Checksum<long>(chunk.Counts);
}
