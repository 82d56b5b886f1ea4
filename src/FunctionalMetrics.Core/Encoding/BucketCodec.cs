using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>
/// Tables of buckets as bytes:
/// <code>
///  table  := u8 0                                          without rows
///          | u8 b, the resolution in bits, from 1 to 24
///            the 64-bit keys of the smallest and the largest score, 8 bytes each
///            varint n, the number of occupied buckets; n buckets in ascending order
///  bucket := varint bucket - bucket before - 1             before the first: -1
///            varint normal rows, varint anomalous rows     not both 0
///            u8 0                                          two distinct scores or more
///          | u8 1, 32-bit key                              one score, which float32 holds
///          | u8 2, 64-bit key                              one score, which float32 does not hold
///            weight of the anomalous rows, 16 bytes        in region states, where there are any
/// </code>
/// Keys are those of <see cref="ScoreKey"/>, and the bucket of a score is the leading b bits of the 32-bit key of the largest float32 that is
/// not above it. Refused: buckets that no score falls into, scores that do not fall into their bucket, a smallest or largest score that is
/// in another than the first or the last bucket, more than 2^53 rows, and weights that no regions add up to. So a table has one encoding.
/// </summary>
internal static class BucketCodec
{
    /// <summary>The fewest bytes of a bucket.</summary>
    private const int LeastLength = 4;

    private const int Several = 0;
    private const int Narrow = 1;
    private const int Wide = 2;

    public static void Write(PayloadWriter to, BucketTable table)
    {
        to.Byte(table.Count == 0 ? 0 : table.Bits);
        if (table.Count == 0)
            return;
        to.Fixed(table.Lowest, sizeof(ulong));
        to.Fixed(table.Highest, sizeof(ulong));
        to.Varint(table.Count);
        for (var i = 0; i < table.Count; i++)
        {
            to.Varint(table.Buckets[i] - (i == 0 ? -1 : table.Buckets[i - 1]) - 1);
            to.Varint(table.Negatives[i]);
            to.Varint(table.Positives[i]);
            WriteScore(to, table.Single[i]);
            if (table.IsWeighted && table.Positives[i] > 0)
                to.Fixed(table.Weights[i]);
        }
    }

    /// <summary>A table with the weights of so many regions, or without weights where there is no number of regions.</summary>
    public static BucketTable Read(ref PayloadReader from, long? regions)
    {
        var bits = from.Byte();
        from.Require(bits <= ScoreBuckets.MostBits, "the buckets have more than 24 bits");
        if (bits == 0 || !from.Ok)
        {
            from.Require(regions is null or 0, "there are regions without pixels");
            return BucketTable.Empty;
        }
        var (lowest, highest) = (from.Fixed(sizeof(ulong)), from.Fixed(sizeof(ulong)));
        from.Require(KeyBlocks.IsFinite<ulong>(lowest) && KeyBlocks.IsFinite<ulong>(highest), KeyBlocks.NotFinite);
        var count = from.Varint();
        if (!from.Require(count > 0, "no bucket is occupied"))
            return BucketTable.Empty;
        if (!from.Require(count <= from.Left / LeastLength, "there are too few bytes for the buckets that were announced"))
            return BucketTable.Empty;
        var table = ReadBuckets(ref from, bits, (int)count, regions is not null).Finish(lowest, highest);
        CheckRange(ref from, table);
        CheckWeights(ref from, table, regions);
        return table;
    }

    private static BucketTable.Filling ReadBuckets(ref PayloadReader from, int bits, int count, bool weighted)
    {
        var table = new BucketTable.Filling(bits, count, weighted);
        var (bucket, rows) = (-1L, 0L);
        for (var left = count; left > 0; left--)
        {
            bucket += from.Varint() + 1;
            var (normal, anomalous) = (from.Varint(), from.Varint());
            from.Require(ScoreBuckets.Exists(bucket, bits), "there is a bucket that no score falls into");
            rows += normal + anomalous;
            from.Require(normal > 0 || anomalous > 0, "there is a bucket without rows");
            from.Require(rows <= Envelope.MaxRows, "there are more than 2^53 rows");
            var one = ReadScore(ref from);
            from.Require(one == BucketTable.Many || ScoreBuckets.Of(one, bits) == bucket, "a score is not in its bucket");
            from.Require(one != BucketTable.Many || normal + anomalous > 1, "one row has several scores");
            var weight = weighted && anomalous > 0 ? from.Fixed() : UInt128.Zero;
            if (!from.Ok)
                break;
            table.Add((int)bucket, normal, anomalous, one, weight);
        }
        return table;
    }

    private static void CheckRange(ref PayloadReader from, BucketTable table)
    {
        if (!from.Ok)
            return;
        var (first, last) = (table.Single[0], table.Single[^1]);
        from.Require(
            ScoreBuckets.Of(table.Lowest, table.Bits) == table.Buckets[0]
                && ScoreBuckets.Of(table.Highest, table.Bits) == table.Buckets[^1]
                && (first == BucketTable.Many || first == table.Lowest)
                && (last == BucketTable.Many || last == table.Highest)
                && (table.Count > 1 || first != BucketTable.Many || table.Lowest < table.Highest),
            "the smallest or the largest score is in none of the buckets"
        );
    }

    private static void CheckWeights(ref PayloadReader from, BucketTable table, long? regions)
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
        var narrow = key != BucketTable.Many && KeyWidths.IsNarrow(key);
        to.Byte(
            key == BucketTable.Many ? Several
            : narrow ? Narrow
            : Wide
        );
        if (narrow)
            to.Fixed(ScoreKey.Of((float)ScoreKey.Score(key)), sizeof(uint));
        else if (key != BucketTable.Many)
            to.Fixed(key, sizeof(ulong));
    }

    private static ulong ReadScore(ref PayloadReader from)
    {
        switch (from.Byte())
        {
            case Several:
                return BucketTable.Many;
            case Narrow:
                var narrow = from.Fixed(sizeof(uint));
                return from.Require(KeyBlocks.IsFinite<uint>(narrow), KeyBlocks.NotFinite)
                    ? ScoreKey.Widen((uint)narrow)
                    : BucketTable.Many;
            case Wide:
                var wide = from.Fixed(sizeof(ulong));
                from.Require(KeyBlocks.IsFinite<ulong>(wide), KeyBlocks.NotFinite);
                return from.Require(!KeyWidths.IsNarrow(wide), "a number that float32 holds is not written as one")
                    ? wide
                    : BucketTable.Many;
            default:
                from.Fail("a bucket is of a kind that there is not");
                return BucketTable.Many;
        }
    }
}
