using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// Quantized scores as a table: how many rows have each code from the lowest on. Two tables become one by addition, many codes at once, where
/// keys with counts would have to be sorted again: a whole run of 10M pixels in half precision would take 1.7 times as long.
/// </summary>
internal sealed class QuantizedCounts : Chunk
{
    private readonly bool areHalves;
    private readonly bool negated;
    private readonly int lowest;
    private readonly uint[] table;

    public QuantizedCounts(bool areHalves, int lowest, uint[] table)
        : this(areHalves, false, lowest, table, Totals(table)) { }

    private QuantizedCounts(bool areHalves, bool negated, int lowest, uint[] table, (int Seen, long Rows) totals)
        : base([], [])
    {
        (this.areHalves, this.negated, this.lowest, this.table) = (areHalves, negated, lowest, table);
        (Count, Rows) = totals;
    }

    public override int Count { get; }

    public override long Rows { get; }

    public override bool IsCounted => true;

    public override Chunk Negated => new QuantizedCounts(areHalves, !negated, lowest, table, (Count, Rows));

    public override Chunk Plain
    {
        get
        {
            using var rented = new Scratch<ushort>(Count);
            var codes = rented.Span;
            var counts = new long[Count];
            for (int i = 0, seen = 0; seen < codes.Length; i++)
                if (table[i] != 0)
                    (codes[seen], counts[seen++]) = ((ushort)(lowest + i), table[i]);
            var keys = new uint[Count];
            QuantizedCodes.Keys(codes, areHalves, keys);
            var plain = new Chunk<uint>(keys, [], counts);
            return negated ? plain.Negated : plain;
        }
    }

    /// <summary>One for all tables of the same codes; where a count might no longer fit, those tables as they are.</summary>
    public static IEnumerable<QuantizedCounts> Sums(IEnumerable<QuantizedCounts> tables) =>
        tables
            .GroupBy(one => (one.areHalves, one.negated))
            .SelectMany(same => same.Sum(one => one.Rows) > uint.MaxValue ? same : (IEnumerable<QuantizedCounts>)[Sum([.. same])]);

    private static QuantizedCounts Sum(QuantizedCounts[] tables)
    {
        var lowest = tables.Min(one => one.lowest);
        var sum = new uint[tables.Max(one => one.lowest + one.table.Length) - lowest];
        foreach (var one in tables)
            Add(one.table, sum.AsSpan(one.lowest - lowest));
        return new(tables[0].areHalves, tables[0].negated, lowest, sum, Totals(sum));
    }

    public override void CopyTo<TTarget>(Span<TTarget> target) => Plain.CopyTo(target);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(ReadOnlySpan<uint> table, Span<uint> sum)
    {
        ref var from = ref MemoryMarshal.GetReference(table);
        ref var to = ref MemoryMarshal.GetReference(sum);
        var i = 0;
        for (; i + Vector256<uint>.Count <= table.Length; i += Vector256<uint>.Count)
            (Vector256.LoadUnsafe(ref to, (nuint)i) + Vector256.LoadUnsafe(ref from, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        for (; i < table.Length; i++)
            sum[i] += table[i];
    }

    /// <summary>How many codes were seen, and in how many rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (int Seen, long Rows) Totals(ReadOnlySpan<uint> table)
    {
        var (seen, rows) = (0, 0L);
        ref var from = ref MemoryMarshal.GetReference(table);
        var sums = Vector256<ulong>.Zero;
        var i = 0;
        for (; i + Vector256<uint>.Count <= table.Length; i += Vector256<uint>.Count)
        {
            var here = Vector256.LoadUnsafe(ref from, (nuint)i);
            var (low, high) = Vector256.Widen(here);
            sums += low + high;
            seen +=
                Vector256<uint>.Count - BitOperations.PopCount(Vector256.Equals(here, Vector256<uint>.Zero).ExtractMostSignificantBits());
        }
        for (; i < table.Length; i++)
            (seen, rows) = (seen + (table[i] != 0 ? 1 : 0), rows + table[i]);
        return (seen, rows + (long)Vector256.Sum(sums));
    }
}
