using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// How many keys of one image lie between and at descending thresholds: those slots alone that hold some. What lies below the last threshold is
/// forgotten. Thresholds come in blocks, each of which has slots of its own: 2 k for keys between its threshold k and the one above, 2 k + 1 for those
/// at it. Immutable.
/// </summary>
internal sealed class SparseGaps
{
    /// <summary>How many thresholds a block has: the sums of its slots for some replicates fit a near cache.</summary>
    public const int Block = 1 << 12;

    /// <summary>How many replicates are summed side by side.</summary>
    public const int Lanes = 16;

    private const int RowBits = 4;

    /// <summary>So many keys or more do not fit beside a step.</summary>
    private const int Many = (1 << RowBits) - 1;

    private const int LongestStep = ushort.MaxValue >> RowBits;

    /// <summary>
    /// How many slots it is from the one before, or from the first of the block, and in the low bits how many keys the slot holds; where these are
    /// <see cref="Many"/>, their number follows in two further entries.
    /// </summary>
    private readonly ushort[] entries;

    /// <summary>Where the entries of each block begin, and behind the last where they end.</summary>
    private readonly int[] starts;

    private SparseGaps(ushort[] entries, int[] starts) => (this.entries, this.starts) = (entries, starts);

    /// <summary>How many blocks so many thresholds have.</summary>
    public static int Blocks(int thresholds) => (thresholds + Block - 1) / Block;

    /// <summary>Those of counts at ascending thresholds.</summary>
    public static SparseGaps Of(GapCounts counts)
    {
        var thresholds = counts.Gaps - 1;
        var building = new Builder(thresholds);
        for (var k = 0; k < thresholds; k++)
        {
            var ascending = thresholds - 1 - k;
            building.Add(2 * (long)k, counts.Between(ascending + 1));
            building.Add(2 * (long)k + 1, counts.At(ascending));
        }
        return building.Build();
    }

    /// <summary>The same of few keys, each with how many rows it stands for, at ascending thresholds.</summary>
    public static SparseGaps Of<TKey>(ReadOnlySpan<TKey> keys, ReadOnlySpan<long> rows, ReadOnlySpan<TKey> thresholds)
        where TKey : unmanaged, IComparable<TKey>
    {
        var slots = new long[keys.Length];
        var counts = new long[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            var found = thresholds.BinarySearch(keys[i]);
            // A key between two thresholds lies above the lower one of them, which descends before it.
            slots[i] = found >= 0 ? 2 * (long)(thresholds.Length - 1 - found) + 1 : 2 * (long)(thresholds.Length - ~found);
            counts[i] = rows.IsEmpty ? 1 : rows[i];
        }
        Array.Sort(slots, counts);
        var building = new Builder(thresholds.Length);
        for (int i = 0, next; i < slots.Length && slots[i] < 2 * (long)thresholds.Length; i = next)
        {
            var sum = counts[i];
            for (next = i + 1; next < slots.Length && slots[next] == slots[i]; next++)
                sum += counts[next];
            building.Add(slots[i], sum);
        }
        return building.Build();
    }

    /// <summary>Adds the keys of a block to the sums of its slots, each replicate's as often as it has the image.</summary>
    /// <typeparam name="TLane">uint where no sum can pass 2^32, else ulong.</typeparam>
    /// <param name="block">The block.</param>
    /// <param name="times">How often each of <see cref="Lanes"/> replicates has the image.</param>
    /// <param name="sums">The sums, those of the replicates side by side for each slot.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddTo<TLane>(int block, ReadOnlySpan<uint> times, Span<TLane> sums)
        where TLane : unmanaged, INumber<TLane>
    {
        ref var first = ref MemoryMarshal.GetReference(sums);
        var some = entries.AsSpan(starts[block]..starts[block + 1]);
        if (some.IsEmpty)
            return;
        var each = Vector512.Create(times);
        for (int i = 0, slot = 0; i < some.Length; i++)
        {
            var rows = (uint)some[i] & Many;
            slot += some[i] >> RowBits;
            if (rows == Many)
                rows = some[++i] | (uint)some[++i] << 16;
            if (typeof(TLane) == typeof(uint))
            {
                ref var narrow = ref Unsafe.Add(ref Unsafe.As<TLane, uint>(ref first), (nint)slot * Lanes);
                (Vector512.LoadUnsafe(ref narrow) + each * Vector512.Create(rows)).StoreUnsafe(ref narrow);
                continue;
            }
            var at = sums.Slice(slot * Lanes, Lanes);
            for (var lane = 0; lane < Lanes; lane++)
                at[lane] += TLane.CreateTruncating((ulong)times[lane] * rows);
        }
    }

    private sealed class Builder(int thresholds)
    {
        private readonly List<ushort> entries = [];
        private readonly int[] starts = new int[Blocks(thresholds) + 1];
        private int block;
        private int last;

        /// <summary>Adds a slot, which none before is above.</summary>
        public void Add(long slot, long rows)
        {
            if (rows == 0)
                return;
            for (; slot / 2 / Block > block; last = 0)
                starts[++block] = entries.Count;
            var here = (int)(slot - 2 * (long)block * Block);
            for (; here - last > LongestStep; last += LongestStep)
                entries.Add(LongestStep << RowBits);
            for (; rows > 0; last = here, rows -= Math.Min(rows, uint.MaxValue))
            {
                entries.Add((ushort)((here - last) << RowBits | (int)Math.Min(rows, Many)));
                if (rows >= Many && (uint)Math.Min(rows, uint.MaxValue) is var all)
                    entries.AddRange([(ushort)all, (ushort)(all >> 16)]);
            }
        }

        public SparseGaps Build()
        {
            while (block < starts.Length - 1)
                starts[++block] = entries.Count;
            return new([.. entries], starts);
        }
    }
}
