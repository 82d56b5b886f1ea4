namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// A table of bins with the last rows still as they came, which are counted into it when there are enough of them: a row costs the same
/// however small its batch is, and states share what older ones hold. What is equal to what is said by <see cref="Table"/> alone. Immutable.
/// </summary>
internal sealed class BinnedRows
{
    private readonly BinTable settled;
    private readonly KeyBag negatives;
    private readonly KeyBag positives;
    private readonly bool weighted;
    private readonly Lazy<BinTable> table;

    public BinnedRows(BinTable settled)
        : this(settled.Bits, settled, KeyBag.Empty, KeyBag.Empty, settled.IsWeighted) { }

    private BinnedRows(int bits, BinTable settled, KeyBag negatives, KeyBag positives, bool weighted)
    {
        Bits = bits;
        (this.settled, this.negatives, this.positives, this.weighted) = (settled, negatives, positives, weighted);
        table = new(() => BinCounter.Of(settled, negatives, positives, bits, weighted));
    }

    public static BinnedRows Empty { get; } = new(BinTable.Empty);

    /// <summary>The resolution, or the finest without rows.</summary>
    public int Bits { get; }

    /// <summary>All rows, counted into bins.</summary>
    public BinTable Table => table.Value;

    private long Pending => negatives.Count + positives.Count;

    /// <summary>These rows; where they are weighted, the chunks of positives are grouped by region.</summary>
    public static BinnedRows Of(KeyBag negatives, KeyBag positives, int bits, bool weighted) =>
        negatives.Count + positives.Count == 0
            ? Empty
            : new BinnedRows(ScoreBins.Clamp(bits), BinTable.Empty, negatives, positives, weighted).Settled();

    /// <summary>The rows of both, at the coarser resolution of the two.</summary>
    public static BinnedRows Merge(BinnedRows left, BinnedRows right)
    {
        if (left.IsEmpty || right.IsEmpty)
            return left.IsEmpty ? right : left;
        var bits = Math.Min(left.Bits, right.Bits);
        return new BinnedRows(
            bits,
            BinTable.Merge(left.settled.Coarsen(bits), right.settled.Coarsen(bits)),
            left.negatives.Join(right.negatives),
            left.positives.Join(right.positives),
            left.weighted
        ).Settled();
    }

    /// <summary>The same rows in fewer bins.</summary>
    public BinnedRows Coarsen(int bits) =>
        IsEmpty || bits >= Bits ? this : new(ScoreBins.Clamp(bits), settled.Coarsen(ScoreBins.Clamp(bits)), negatives, positives, weighted);

    /// <summary>The same rows without their regions.</summary>
    public BinnedRows Unweighted =>
        IsEmpty ? this
        : table.IsValueCreated ? new(Table.Unweighted)
        : new(Bits, settled.Unweighted, negatives, positives, false);

    public (long Positives, long Negatives) Rows => (settled.Rows.Positives + positives.Count, settled.Rows.Negatives + negatives.Count);

    private bool IsEmpty => settled.Count == 0 && Pending == 0;

    /// <summary>Twice as many rows as there are bins, and not above 4 million, are kept as they came.</summary>
    private BinnedRows Settled() => Pending < 1L << Math.Clamp(Bits + 1, 16, 22) ? this : new(Table);
}
