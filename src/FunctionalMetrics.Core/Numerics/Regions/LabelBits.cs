using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// Labels packed 64 to a word, the first in the lowest bit; bits past the last label are 0. All but 0 are packed as 1, and it is known whether
/// all were 0 or 1.
/// </summary>
internal readonly record struct LabelBits(ulong[] Words, int Count, int Positives, bool AreBinary)
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static LabelBits Of(ReadOnlySpan<byte> labels)
    {
        var words = GC.AllocateUninitializedArray<ulong>((labels.Length + 63) / 64);
        var positives = 0;
        var whole = labels.Length / 64;
        ref var first = ref MemoryMarshal.GetReference(labels);
        var every = Vector256<byte>.Zero;
        for (var w = 0; w < whole; w++)
        {
            var low = Vector256.LoadUnsafe(ref first, (nuint)w * 64);
            var high = Vector256.LoadUnsafe(ref first, (nuint)w * 64 + 32);
            every |= low | high;
            var word = (low | high) == Vector256<byte>.Zero ? 0 : NonZero(low) | ((ulong)NonZero(high) << 32);
            words[w] = word;
            positives += BitOperations.PopCount(word);
        }
        var areBinary = Vector256.LessThanOrEqualAll(every, Vector256<byte>.One);
        if (whole < words.Length)
        {
            var word = 0ul;
            for (var i = whole * 64; i < labels.Length; i++)
            {
                word |= (labels[i] == 0 ? 0ul : 1ul) << i;
                areBinary &= labels[i] <= 1;
            }
            words[whole] = word;
            positives += BitOperations.PopCount(word);
        }
        return new(words, labels.Length, positives, areBinary);
    }

    /// <summary>1 where either is.</summary>
    public LabelBits Or(LabelBits other) => Of([.. Words.Zip(other.Words, (mine, its) => mine | its)], Count);

    /// <summary>1 where this is and the other is not.</summary>
    public LabelBits AndNot(LabelBits other) => Of([.. Words.Zip(other.Words, (mine, its) => mine & ~its)], Count);

    private static LabelBits Of(ulong[] words, int count) => new(words, count, words.Sum(BitOperations.PopCount), true);

    public bool this[int index] => (Words[index >> 6] >> index & 1) != 0;

    /// <summary>How many labels of [from, to) are 1.</summary>
    public int PositivesBetween(int from, int to)
    {
        var count = 0;
        for (var at = from; at < to; )
        {
            var end = Math.Min(to, (at & ~63) + 64);
            count += BitOperations.PopCount(WordOf(at, end));
            at = end;
        }
        return count;
    }

    /// <summary>The first index in [from, to) with the given label, or <paramref name="to"/>.</summary>
    public int Next(bool label, int from, int to)
    {
        var flip = label ? 0 : ulong.MaxValue;
        for (var at = from; at < to; )
        {
            var word = (Words[at >> 6] ^ flip) >> at;
            if (word != 0)
                return Math.Min(to, at + BitOperations.TrailingZeroCount(word));
            at = (at & ~63) + 64;
        }
        return to;
    }

    /// <summary>As many runs of 1s as there can be in [from, to): those of whole words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int MostRuns(int from, int to)
    {
        var (runs, before) = (0, 0ul);
        foreach (var word in Words.AsSpan((from >> 6)..((to + 63) >> 6)))
        {
            runs += BitOperations.PopCount(word & ~(word << 1 | before));
            before = word >> 63;
        }
        return runs;
    }

    private ulong WordOf(int from, int to)
    {
        var word = Words[from >> 6] >> from;
        var length = to - from;
        return length == 64 ? word : word & ((1ul << length) - 1);
    }

    private static uint NonZero(Vector256<byte> labels) => ~Vector256.Equals(labels, Vector256<byte>.Zero).ExtractMostSignificantBits();
}
