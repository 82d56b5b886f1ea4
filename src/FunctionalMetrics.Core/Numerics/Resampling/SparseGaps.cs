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

    private const int SlotBits = 13;
    private const uint MostRows = uint.MaxValue >> SlotBits;

    /// <summary>A slot within its block, and above that how many keys it holds; one that holds more stands several times.</summary>
    private readonly uint[] entries;

    /// <summary>Where the entries of each block begin, and behind the last where they end.</summary>
    private readonly int[] starts;

    private SparseGaps(uint[] entries, int[] starts) => (this.entries, this.starts) = (entries, starts);

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
        if (typeof(TLane) == typeof(uint))
        {
            var each = Vector512.Create(times);
            ref var narrow = ref Unsafe.As<TLane, uint>(ref first);
            foreach (var entry in some)
            {
                ref var at = ref Unsafe.Add(ref narrow, (nint)(entry & ((1 << SlotBits) - 1)) * Lanes);
                (Vector512.LoadUnsafe(ref at) + each * Vector512.Create(entry >> SlotBits)).StoreUnsafe(ref at);
            }
            return;
        }
        foreach (var entry in some)
        {
            var at = sums.Slice((int)(entry & ((1 << SlotBits) - 1)) * Lanes, Lanes);
            for (var lane = 0; lane < Lanes; lane++)
                at[lane] += TLane.CreateTruncating((ulong)times[lane] * (entry >> SlotBits));
        }
    }

    private sealed class Builder(int thresholds)
    {
        private readonly List<uint> entries = [];
        private readonly int[] starts = new int[Blocks(thresholds) + 1];
        private int block;

        /// <summary>Adds a slot, which none before is above.</summary>
        public void Add(long slot, long rows)
        {
            for (; slot / 2 / Block > block; starts[++block] = entries.Count) { }
            var here = (uint)(slot - 2 * (long)block * Block);
            for (; rows > 0; rows -= Math.Min(rows, MostRows))
                entries.Add(here | (uint)Math.Min(rows, MostRows) << SlotBits);
        }

        public SparseGaps Build()
        {
            while (block < starts.Length - 1)
                starts[++block] = entries.Count;
            return new([.. entries], starts);
        }
    }
}
