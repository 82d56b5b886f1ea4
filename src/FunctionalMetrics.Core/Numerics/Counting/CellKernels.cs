using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>The steps by which a block of keys is placed with the tables of <see cref="ThresholdIndex{TKey}"/>, and counted: those that know no keys.</summary>
internal static unsafe class CellKernels
{
    /// <summary>Cells that have a word of the table together.</summary>
    public const int Together = 32;

    /// <summary>Keys that are near a threshold are noted in as many bits.</summary>
    public const int Word = 64;

    /// <summary>
    /// Turns cells into gaps: how many of those up to each hold thresholds, itself among them. Notes the keys whose own cell does, a bit each.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void FindGaps(int* cells, nint length, ulong* held, ulong* near)
    {
        nint i = 0;
        if (Avx2.IsSupported)
            for (; i + Word <= length; i += Word)
            for (nint j = 0; j < Word; j += Vector256<int>.Count)
                ((byte*)near)[(i + j) / 8] = FindGaps(cells + i + j, held);
        for (; i < length; i += Word)
        {
            var bits = 0ul;
            for (nint j = 0; j < Word && i + j < length; j++)
            {
                var cell = (uint)cells[i + j];
                var around = held[cell / Together];
                var upTo = (uint)around << (int)~cell;
                cells[i + j] = (int)(around >> 32) + BitOperations.PopCount(upTo);
                bits |= (ulong)(upTo >> 31) << (int)j;
            }
            near[i / Word] = bits;
        }
    }

    /// <summary>The same for eight keys.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte FindGaps(int* cells, ulong* held)
    {
        var cell = Vector256.Load(cells);
        var word = Vector256.ShiftRightLogical(cell, BitOperations.Log2(Together));
        var low = Avx2.GatherVector256((long*)held, word.GetLower(), sizeof(ulong)).AsSingle();
        var high = Avx2.GatherVector256((long*)held, word.GetUpper(), sizeof(ulong)).AsSingle();
        // The lower and the upper halves of eight words, in order.
        var bits = Avx2.Permute4x64(Avx.Shuffle(low, high, 0b10_00_10_00).AsUInt64(), 0b11_01_10_00).AsUInt32();
        var before = Avx2.Permute4x64(Avx.Shuffle(low, high, 0b11_01_11_01).AsInt64(), 0b11_01_10_00).AsInt32();
        // The bits up to the cell's own, which becomes the sign.
        var upTo = Avx2.ShiftLeftLogicalVariable(bits, (~cell & Vector256.Create(Together - 1)).AsUInt32());
        (before + PopCount(upTo.AsByte())).Store(cells);
        return (byte)upTo.ExtractMostSignificantBits();
    }

    /// <summary>How many bits are set in each 32: counted for four together, and summed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> PopCount(Vector256<byte> bits)
    {
        var counts = Vector256.Create(Vector128.Create((byte)0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4));
        var four = Vector256.Create((byte)15);
        var each =
            Avx2.Shuffle(counts, bits & four) + Avx2.Shuffle(counts, Vector256.ShiftRightLogical(bits.AsUInt16(), 4).AsByte() & four);
        return Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(each, Vector256<sbyte>.One), Vector256<short>.One);
    }

    /// <summary>
    /// Adds one at each place. All of a block are known by now: a counter that was added to as soon as its place had been found made the keys
    /// behind it wait. Four in a row spare a fiftieth of the whole count.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void CountIn(int* places, nint length, uint* counters)
    {
        nint i = 0;
        for (; i + 4 <= length; i += 4)
        {
            counters[(nint)places[i]]++;
            counters[(nint)places[i + 1]]++;
            counters[(nint)places[i + 2]]++;
            counters[(nint)places[i + 3]]++;
        }
        for (; i < length; i++)
            counters[(nint)places[i]]++;
    }
}

/// <summary>The steps that compare keys with thresholds.</summary>
internal static unsafe class CellKernels<TKey>
    where TKey : unmanaged, IComparable<TKey>
{
    /// <summary>How many thresholds are compared at once.</summary>
    public static int Window => Vector256<TKey>.Count;

    /// <summary>
    /// Finds the places of the noted keys that meet one threshold alone: the gap below or above it, or its slot. Of the others, whose number it
    /// gives, it keeps the positions, and for each which cell that holds some it was.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static int FindAlone(TKey* keys, nint length, ulong* near, TKey* alone, int* firsts, int slots, int* places, byte* undecided)
    {
        nint left = 0;
        for (nint word = 0; word * CellKernels.Word < length; word++)
        for (var bits = near[word]; bits != 0; bits &= bits - 1)
        {
            var i = word * CellKernels.Word + BitOperations.TrailingZeroCount(bits);
            var rank = (nint)(uint)places[i] - 1;
            var (key, threshold) = (ScoreKey.Bits(keys[i]), ScoreKey.Bits(alone[rank]));
            if (threshold == 0)
            {
                places[i] = (int)rank;
                undecided[left++] = (byte)i;
            }
            else if (key == threshold)
                places[i] = slots + GapCounts.Slot(firsts[rank], true);
            else
                places[i] = (int)rank + (key > threshold ? 1 : 0);
        }
        return (int)left;
    }

    /// <summary>Finds the slots that a vector of thresholds decides, and keeps the rest, whose number it gives.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static int FindAmong(TKey* keys, byte* undecided, nint length, TKey* thresholds, int* firsts, int slots, int* places)
    {
        nint left = 0;
        var all = (1u << Window) - 1;
        for (nint i = 0; i < length; i++)
        {
            var position = undecided[i];
            var start = firsts[(nint)(uint)places[position]];
            var window = Vector256.Load(thresholds + start);
            var key = Vector256.Create(keys[position]);
            var below = Vector256.LessThan(window, key).ExtractMostSignificantBits();
            var most = Vector256.LessThanOrEqual(window, key).ExtractMostSignificantBits();
            if (below == all)
                undecided[left++] = position;
            else
                places[position] = slots + GapCounts.Slot(start, below, most, Window);
        }
        return (int)left;
    }
}
