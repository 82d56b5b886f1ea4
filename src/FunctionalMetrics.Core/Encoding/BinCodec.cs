using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>
/// Tables of bins as bytes:
/// <code>
///  table  := u8 0                                          without rows
///          | u8 b, the resolution in bits, from 1 to 24
///            the 64-bit keys of the smallest and the largest score, 8 bytes each
///            varint n, the number of occupied bins; n bins in ascending order
///  bin    := varint bin - bin before - 1                   before the first: -1
///            varint normal rows, varint anomalous rows     not both 0
///            u8 0                                          two distinct scores or more
///          | u8 1, 32-bit key                              one score, which float32 holds
///          | u8 2, 64-bit key                              one score, which float32 does not hold
///            weight of the anomalous rows, 16 bytes        in region states, where there are any
/// </code>
/// Keys are those of <see cref="ScoreKey"/>, and the bin of a score is the leading b bits of the 32-bit key of the largest float32 that is
/// not above it. Refused: bins that no score falls into, scores that do not fall into their bin, a smallest or largest score that is
/// in another than the first or the last bin, more than 2^53 rows, and weights that no regions add up to. So a table has one encoding.
/// </summary>
internal static class BinCodec
{
    /// <summary>The fewest bytes of a bin.</summary>
    private const int LeastLength = 4;

    private const int Several = 0;
    private const int Narrow = 1;
    private const int Wide = 2;

    public static void Write(PayloadWriter to, BinTable table)
    {
        to.Byte(table.Count == 0 ? 0 : table.Bits);
        if (table.Count == 0)
            return;
        to.Fixed(table.Lowest, sizeof(ulong));
        to.Fixed(table.Highest, sizeof(ulong));
        to.Varint(table.Count);
        for (var i = 0; i < table.Count; i++)
        {
            to.Varint(table.Bins[i] - (i == 0 ? -1 : table.Bins[i - 1]) - 1);
            to.Varint(table.Negatives[i]);
            to.Varint(table.Positives[i]);
            WriteScore(to, table.Single[i]);
            if (table.IsWeighted && table.Positives[i] > 0)
                to.Fixed(table.Weights[i]);
        }
    }

    /// <summary>A table with the weights of so many regions, or without weights where there is no number of regions.</summary>
    public static BinTable Read(ref PayloadReader from, long? regions)
    {
        var bits = from.Byte();
        from.Require(bits <= ScoreBins.MostBits, "the bins have more than 24 bits");
        if (bits == 0 || !from.Ok)
        {
            from.Require(regions is null or 0, "there are regions without pixels");
            return BinTable.Empty;
        }
        var (lowest, highest) = (from.Fixed(sizeof(ulong)), from.Fixed(sizeof(ulong)));
        from.Require(KeyBlocks.IsFinite<ulong>(lowest) && KeyBlocks.IsFinite<ulong>(highest), KeyBlocks.NotFinite);
        var count = from.Varint();
        if (!from.Require(count > 0, "no bin is occupied"))
            return BinTable.Empty;
        if (!from.Require(count <= from.Left / LeastLength, "there are too few bytes for the bins that were announced"))
            return BinTable.Empty;
        var table = ReadBins(ref from, bits, (int)count, regions is not null).Finish(lowest, highest);
        CheckRange(ref from, table);
        CheckWeights(ref from, table, regions);
        return table;
    }

    private static BinTable.Builder ReadBins(ref PayloadReader from, int bits, int count, bool weighted)
    {
        var table = new BinTable.Builder(bits, count, weighted);
        var (bin, rows) = (-1L, 0L);
        for (var left = count; left > 0; left--)
        {
            bin += from.Varint() + 1;
            var (normal, anomalous) = (from.Varint(), from.Varint());
            from.Require(ScoreBins.Exists(bin, bits), "there is a bin that no score falls into");
            rows += normal + anomalous;
            from.Require(normal > 0 || anomalous > 0, "there is a bin without rows");
            from.Require(rows <= Envelope.MaxRows, "there are more than 2^53 rows");
            var one = ReadScore(ref from);
            from.Require(one == BinTable.Many || ScoreBins.Of(one, bits) == bin, "a score is not in its bin");
            from.Require(one != BinTable.Many || normal + anomalous > 1, "one row has several scores");
            var weight = weighted && anomalous > 0 ? from.Fixed() : UInt128.Zero;
            if (!from.Ok)
                break;
            table.Add((int)bin, normal, anomalous, one, weight);
        }
        return table;
    }

    private static void CheckRange(ref PayloadReader from, BinTable table)
    {
        if (!from.Ok)
            return;
        var (first, last) = (table.Single[0], table.Single[^1]);
        from.Require(
            ScoreBins.Of(table.Lowest, table.Bits) == table.Bins[0]
                && ScoreBins.Of(table.Highest, table.Bits) == table.Bins[^1]
                && (first == BinTable.Many || first == table.Lowest)
                && (last == BinTable.Many || last == table.Highest)
                && (table.Count > 1 || first != BinTable.Many || table.Lowest < table.Highest),
            "the smallest or the largest score is in none of the bins"
        );
    }

    private static void CheckWeights(ref PayloadReader from, BinTable table, long? regions)
    {
        if (!from.Ok || regions is not { } count)
            return;
        var anomalous = table.Rows.Positives;
        const string Impossible = "the weights are none of so many regions";
        if (!from.Require(count < 1L << 40 && count <= anomalous && (count > 0 || anomalous == 0), Impossible))
            return;
        // A region of r pixels weighs at most 2^88, and by less than r units less.
        var left = RegionWeights.Of(1) * (UInt128)count;
        for (var i = 0; i < table.Count && from.Ok; i++)
        {
            var (rows, weight) = ((UInt128)table.Positives[i], table.Weights[i]);
            var least = rows == 0 ? UInt128.Zero : RegionWeights.Of(anomalous);
            if (from.Require(weight <= left && (rows == 0 || weight / rows >= least), Impossible))
                left -= weight;
        }
        from.Require(left <= (ulong)anomalous, Impossible);
    }

    private static void WriteScore(PayloadWriter to, ulong key)
    {
        var narrow = key != BinTable.Many && KeyWidths.IsNarrow(key);
        to.Byte(
            key == BinTable.Many ? Several
            : narrow ? Narrow
            : Wide
        );
        if (narrow)
            to.Fixed(ScoreKey.Of((float)ScoreKey.Score(key)), sizeof(uint));
        else if (key != BinTable.Many)
            to.Fixed(key, sizeof(ulong));
    }

    private static ulong ReadScore(ref PayloadReader from)
    {
        switch (from.Byte())
        {
            case Several:
                return BinTable.Many;
            case Narrow:
                var narrow = from.Fixed(sizeof(uint));
                return from.Require(KeyBlocks.IsFinite<uint>(narrow), KeyBlocks.NotFinite) ? ScoreKey.Widen((uint)narrow) : BinTable.Many;
            case Wide:
                var wide = from.Fixed(sizeof(ulong));
                from.Require(KeyBlocks.IsFinite<ulong>(wide), KeyBlocks.NotFinite);
                return from.Require(!KeyWidths.IsNarrow(wide), "a number that float32 holds is not written as one") ? wide : BinTable.Many;
            default:
                from.Fail("a bin is of a kind that there is not");
                return BinTable.Many;
        }
    }
}
