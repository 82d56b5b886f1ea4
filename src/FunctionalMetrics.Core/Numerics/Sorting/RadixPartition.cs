using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// Splits many keys into ascending parts that each fit a cache. A part is a range of leading values, cut where enough keys have come together,
/// so that the parts are of like size unless nearly all bits that differ are beyond the leading ones; only a leading value that is more frequent than that makes a larger one.
/// First all keys are counted, then the parts closed, then all keys split.
/// </summary>
internal sealed unsafe class RadixPartition<TKey> : IDisposable
    where TKey : unmanaged
{
    private const int MostLeadingBits = 16;

    /// <summary>A part of as many keys and room to sort them stay in the nearest caches.</summary>
    private const int Least = 1 << 12;

    /// <summary>Keys go to as many places at once, and to twice as many at most; more would no longer be cached.</summary>
    private const int Most = 1 << 9;

    /// <summary>Neighbouring keys are alike and would wait for each other at one counter: so four places are read in turn.</summary>
    private const int Places = 4;

    private readonly int keys;
    private readonly ulong lowest;
    private readonly int shift;
    private readonly Scratch<int> rentedCounts;
    private readonly Scratch<ushort> rentedPartOf;
    private readonly List<Part> parts = [];
    private int[] next = [];

    /// <param name="keys">How many keys there will be.</param>
    /// <param name="lowest">A key above none.</param>
    /// <param name="bits">How many bits the differences to it have at most.</param>
    public RadixPartition(int keys, ulong lowest, int bits)
    {
        // Few keys do not repay a long table.
        var leading = Math.Min(bits, Math.Min(BitOperations.Log2((uint)keys | 2), MostLeadingBits));
        (this.keys, this.lowest, shift) = (keys, lowest, bits - leading);
        (rentedCounts, rentedPartOf) = (Scratch<int>.Zeros(1 << leading), new(1 << leading));
    }

    /// <summary>Where the keys of a part go, a key above none of them, and the bits of their differences to it at most.</summary>
    public readonly record struct Part(int Start, int Length, ulong Lowest, int Bits);

    public IReadOnlyList<Part> Parts => parts;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CountIn(TKey* keys, nint length)
    {
        var (lowest, shift) = (this.lowest, this.shift);
        var quarter = length / Places;
        fixed (int* counts = rentedCounts.Span)
        {
            for (nint i = 0; i < quarter; i++)
            {
                counts[(ScoreKey.Bits(keys[i]) - lowest) >> shift]++;
                counts[(ScoreKey.Bits(keys[i + quarter]) - lowest) >> shift]++;
                counts[(ScoreKey.Bits(keys[i + 2 * quarter]) - lowest) >> shift]++;
                counts[(ScoreKey.Bits(keys[i + 3 * quarter]) - lowest) >> shift]++;
            }
            for (var i = Places * quarter; i < length; i++)
                counts[(ScoreKey.Bits(keys[i]) - lowest) >> shift]++;
        }
    }

    /// <summary>Cuts the leading values into parts, once all keys are counted.</summary>
    public void Close()
    {
        var enough = Math.Max(Least, keys / Most);
        var counts = rentedCounts.Span;
        var partOf = rentedPartOf.Span;
        var (start, length, first, last) = (0, 0, 0, 0);
        for (var leading = 0; leading < counts.Length; leading++)
        {
            var count = counts[leading];
            if (count == 0)
                continue;
            if (length > 0 && length + count > enough)
            {
                Add();
                (start, length) = (start + length, 0);
            }
            (first, last) = (length == 0 ? leading : first, leading);
            length += count;
            partOf[leading] = (ushort)parts.Count;
        }
        Add();
        next = [.. parts.Select(part => part.Start)];

        void Add() =>
            parts.Add(
                new(
                    start,
                    length,
                    lowest + ((ulong)first << shift),
                    shift + (first == last ? 0 : BitOperations.Log2((uint)(last - first)) + 1)
                )
            );
    }

    /// <summary>Moves keys to their parts, in room for all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Split(KeyPointer<TKey> from, nint length, KeyPointer<TKey> to)
    {
        var (lowest, shift) = (this.lowest, this.shift);
        var quarter = length / Places;
        fixed (ushort* partOf = rentedPartOf.Span)
        fixed (int* nexts = next)
        {
            for (nint i = 0; i < quarter; i++)
            {
                from.MoveFar(i, to, nexts + partOf[(ScoreKey.Bits(from.Keys[i]) - lowest) >> shift]);
                from.MoveFar(i + quarter, to, nexts + partOf[(ScoreKey.Bits(from.Keys[i + quarter]) - lowest) >> shift]);
                from.MoveFar(i + 2 * quarter, to, nexts + partOf[(ScoreKey.Bits(from.Keys[i + 2 * quarter]) - lowest) >> shift]);
                from.MoveFar(i + 3 * quarter, to, nexts + partOf[(ScoreKey.Bits(from.Keys[i + 3 * quarter]) - lowest) >> shift]);
            }
            for (var i = Places * quarter; i < length; i++)
                from.MoveFar(i, to, nexts + partOf[(ScoreKey.Bits(from.Keys[i]) - lowest) >> shift]);
        }
    }

    public void Dispose()
    {
        rentedCounts.Dispose();
        rentedPartOf.Dispose();
    }
}
