using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// 8-bit, 16-bit and half-precision maps as they came, for those who need the positions of the pixels. Their normal scores are at most 65,536
/// different ones, and are counted while the batch is made instead of being kept one by one.
/// </summary>
internal sealed class CoarseMaps
{
    /// <summary>Fewer pixels cost less than a table of all scores.</summary>
    private const int Least = 1 << 16;

    private const int Codes = 1 << 16;

    /// <summary>Neighbouring pixels often have one score: counted in two tables in turn, an increment need not wait for the one before.</summary>
    private const int Tables = 2;

    /// <summary>How many codes are looked at together: most were not seen.</summary>
    private const int Look = 4;

    private readonly ArraySegment<byte> raw;
    private readonly ScoreValues.Format kind;
    private readonly bool negated;

    private CoarseMaps(ArraySegment<byte> raw, ScoreValues.Format kind, bool negated) =>
        (this.raw, this.kind, this.negated) = (raw, kind, negated);

    public CoarseMaps Negated => new(raw, kind, !negated);

    /// <summary>The keys of all pixels in their order.</summary>
    public Chunk Dense
    {
        get
        {
            KeyKernels.Keys(ScoreValues.Of(raw, kind), out var keys);
            return negated ? keys.Negated : keys;
        }
    }

    /// <summary>
    /// The maps with the counts of their normal scores and the keys of their anomalous ones; none where there are too few pixels, or too few
    /// of them tied, or where a score is not finite.
    /// </summary>
    public static CoarseMaps? Of(ScoreValues scores, LabelBits labels, out Chunk negatives, out Chunk positives)
    {
        (negatives, positives) = (new Chunk<uint>([]), new Chunk<uint>([]));
        if (scores.Kind is ScoreValues.Format.Single or ScoreValues.Format.Double || scores.Count < Least)
            return null;
        using var rentedRows = Rented<int>.Zeros(Codes * Tables);
        using var rentedAbove = new Rented<ushort>(labels.Positives);
        var rows = rentedRows.Span;
        if (scores.Kind == ScoreValues.Format.Byte)
            Count(scores.Bytes, labels, rows, rentedAbove.Span);
        else
            Count(scores.As<ushort>(), labels, rows, rentedAbove.Span);
        var isHalf = scores.Kind == ScoreValues.Format.Half;
        if (Tied(rows, isHalf, labels.Count - labels.Positives) is not { } tied)
            return null;
        var above = GC.AllocateUninitializedArray<uint>(labels.Positives);
        for (var i = 0; i < above.Length; i++)
        {
            if (!IsFinite(rentedAbove.Span[i], isHalf))
                return null;
            above[i] = Key(rentedAbove.Span[i], isHalf);
        }
        (negatives, positives) = (tied, new Chunk<uint>(above) { IsCoarse = true });
        var raw = Slab<byte>.OfThread.Take(scores.Bytes.Length);
        scores.Bytes.CopyTo(raw);
        return new(raw, scores.Kind, false);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Count<TCode>(ReadOnlySpan<TCode> codes, LabelBits labels, Span<int> rows, Span<ushort> above)
        where TCode : unmanaged, IBinaryInteger<TCode>
    {
        var p = 0;
        // A code has at most 16 bits, and there are tables for all of them.
        fixed (TCode* all = codes)
        fixed (int* first = rows)
        fixed (ulong* words = labels.Words)
        {
            var second = first + 1;
            for (nint at = 0; at < codes.Length; at += 64)
            {
                var word = words[at >> 6];
                var block = all + at;
                var length = Math.Min(64, codes.Length - at);
                if (word == 0 && length == 64)
                    for (nint i = 0; i < 64; i += 2)
                    {
                        first[nint.CreateTruncating(block[i]) * Tables]++;
                        second[nint.CreateTruncating(block[i + 1]) * Tables]++;
                    }
                else
                    for (nint i = 0; i < length; i++)
                        if ((word >> (int)i & 1) == 0)
                            first[nint.CreateTruncating(block[i]) * Tables]++;
                        else
                            above[p++] = ushort.CreateTruncating(block[i]);
            }
        }
    }

    /// <summary>The codes that were seen in the order of their scores; none where most scores are different.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Chunk<uint>? Tied(ReadOnlySpan<int> rows, bool isHalf, int count)
    {
        using var rentedKeys = new Rented<uint>(Codes);
        using var rentedCounts = new Rented<long>(Codes);
        var keys = rentedKeys.Span;
        var counts = rentedCounts.Span;
        var seen = 0;
        for (var place = 0; place < Codes; place += Look)
        {
            // Halves are ordered by their bits above zero, and against them below.
            var backwards = isHalf && place < Codes / 2;
            var lowest =
                !isHalf ? place
                : backwards ? Codes - Look - place
                : place - Codes / 2;
            if (Vector256.Create(rows.Slice(lowest * Tables, Look * Tables)) == Vector256<int>.Zero)
                continue;
            for (var i = 0; i < Look; i++)
            {
                var code = backwards ? lowest + Look - 1 - i : lowest + i;
                var here = rows[code * Tables] + rows[code * Tables + 1];
                if (here == 0)
                    continue;
                var key = Key((ushort)code, isHalf);
                if (!IsFinite((ushort)code, isHalf))
                    return null;
                if (seen > 0 && keys[seen - 1] == key)
                    counts[seen - 1] += here;
                else
                    (keys[seen], counts[seen++]) = (key, here);
            }
        }
        return seen * 3L > count ? null : new(keys[..seen].ToArray(), [], counts[..seen].ToArray());
    }

    private static bool IsFinite(ushort code, bool isHalf) => !isHalf || (code & 0x7C00) != 0x7C00;

    private static uint Key(ushort code, bool isHalf) => ScoreKey.Of(isHalf ? Widening.Single(code) : code);
}
