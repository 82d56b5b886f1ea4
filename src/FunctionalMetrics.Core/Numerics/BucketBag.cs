namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// A table of buckets with the last rows still as they came, which are counted into it when there are enough of them: a row costs the same
/// however small its batch is, and states share what older ones hold. What is equal to what is said by <see cref="Table"/> alone. Immutable.
/// </summary>
internal sealed class BucketBag
{
    private readonly BucketTable settled;
    private readonly Rope negatives;
    private readonly Rope positives;
    private readonly bool weighted;
    private readonly Lazy<BucketTable> table;

    public BucketBag(BucketTable settled)
        : this(settled.Bits, settled, Rope.Empty, Rope.Empty, settled.IsWeighted) { }

    private BucketBag(int bits, BucketTable settled, Rope negatives, Rope positives, bool weighted)
    {
        Bits = bits;
        (this.settled, this.negatives, this.positives, this.weighted) = (settled, negatives, positives, weighted);
        table = new(() => BucketTally.Of(settled, negatives, positives, bits, weighted));
    }

    public static BucketBag Empty { get; } = new(BucketTable.Empty);

    /// <summary>The resolution, or the finest without rows.</summary>
    public int Bits { get; }

    /// <summary>All rows, counted into buckets.</summary>
    public BucketTable Table => table.Value;

    private long Pending => negatives.Count + positives.Count;

    /// <summary>The bag of these rows; where it is weighted, the chunks of positives are grouped by region.</summary>
    public static BucketBag Of(Rope negatives, Rope positives, int bits, bool weighted) =>
        negatives.Count + positives.Count == 0
            ? Empty
            : new BucketBag(ScoreBuckets.Clamp(bits), BucketTable.Empty, negatives, positives, weighted).Settled();

    /// <summary>The rows of both, at the coarser resolution of the two.</summary>
    public static BucketBag Merge(BucketBag left, BucketBag right)
    {
        if (left.IsEmpty || right.IsEmpty)
            return left.IsEmpty ? right : left;
        var bits = Math.Min(left.Bits, right.Bits);
        return new BucketBag(
            bits,
            BucketTable.Merge(left.settled.Coarsen(bits), right.settled.Coarsen(bits)),
            left.negatives.Join(right.negatives),
            left.positives.Join(right.positives),
            left.weighted
        ).Settled();
    }

    /// <summary>The same rows in fewer buckets.</summary>
    public BucketBag Coarsen(int bits) =>
        IsEmpty || bits >= Bits
            ? this
            : new(ScoreBuckets.Clamp(bits), settled.Coarsen(ScoreBuckets.Clamp(bits)), negatives, positives, weighted);

    /// <summary>The same rows without their regions.</summary>
    public BucketBag Unweighted =>
        IsEmpty ? this
        : table.IsValueCreated ? new(Table.Unweighted)
        : new(Bits, settled.Unweighted, negatives, positives, false);

    public (long Positives, long Negatives) Rows => (settled.Rows.Positives + positives.Count, settled.Rows.Negatives + negatives.Count);

    private bool IsEmpty => settled.Count == 0 && Pending == 0;

    /// <summary>Twice as many rows as there are buckets, and not above 4 million, are kept as they came.</summary>
    private BucketBag Settled() => Pending < 1L << Math.Clamp(Bits + 1, 16, 22) ? this : new(Table);
}
