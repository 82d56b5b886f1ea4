using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>From the caller's scores to keys, in one pass that also checks that every score is finite.</summary>
internal static class KeyKernels
{
    private const int Block = 64;

    /// <summary>The keys of all scores in their order; false when a score is not finite, and then the keys mean nothing.</summary>
    public static bool Keys(ScoreValues scores, out Chunk keys)
    {
        if (scores.Kind == ScoreValues.Format.Double)
        {
            var wide = Arena<ulong>.OfThread.Take(scores.Count);
            keys = new Chunk<ulong>(wide);
            return Convert(scores.As<ulong>(), wide);
        }
        var narrow = Arena<uint>.OfThread.Take(scores.Count);
        keys = new Chunk<uint>(narrow);
        if (scores.Kind == ScoreValues.Format.Single)
            return Convert(scores.As<uint>(), narrow);
        var finite = true;
        Span<uint> bits = stackalloc uint[Block];
        for (var at = 0; at < narrow.Count; at += Block)
        {
            var length = Math.Min(Block, narrow.Count - at);
            Widening.Widen(scores, at, bits[..length]);
            finite &= Convert(bits[..length], narrow.AsSpan(at, length));
        }
        return finite;
    }

    /// <summary>
    /// The keys of the negatives and of the positives, each in the order of the rows. Labels must be as many as scores. False when a score is
    /// not finite.
    /// </summary>
    public static bool Split(ScoreValues scores, LabelBits labels, out Chunk negatives, out Chunk positives) =>
        scores.Kind == ScoreValues.Format.Double
            ? Split<ulong>(scores, labels, out negatives, out positives)
            : Split<uint>(scores, labels, out negatives, out positives);

    private static bool Split<TKey>(ScoreValues scores, LabelBits labels, out Chunk negatives, out Chunk positives)
        where TKey : unmanaged
    {
        var direct = scores.Kind is ScoreValues.Format.Single or ScoreValues.Format.Double;
        var normal = Arena<TKey>.OfThread.Take(labels.Count - labels.Positives);
        var anomalous = Arena<TKey>.OfThread.Take(labels.Positives);
        negatives = new Chunk<TKey>(normal) { IsQuantized = !direct };
        positives = new Chunk<TKey>(anomalous) { IsQuantized = !direct };
        Span<TKey> below = normal;
        Span<TKey> above = anomalous;
        var source = direct ? scores.As<TKey>() : default;
        Span<TKey> widened = stackalloc TKey[Block];
        Span<TKey> lows = stackalloc TKey[Block + 1];
        Span<TKey> highs = stackalloc TKey[Block + 1];
        int n = 0,
            p = 0;
        var finite = true;
        for (var at = 0; at < labels.Count; at += Block)
        {
            if (direct && labels.Words[at >> 6] == 0)
            {
                var end = at + Block;
                while (end < labels.Count && labels.Words[end >> 6] == 0)
                    end += Block;
                end = Math.Min(end, labels.Count);
                finite &= Convert(source[at..end], below.Slice(n, end - at));
                (n, at) = (n + end - at, end - Block);
                continue;
            }
            var length = Math.Min(Block, labels.Count - at);
            scoped ReadOnlySpan<TKey> bits;
            if (direct)
                bits = source.Slice(at, length);
            else
            {
                Widening.Widen(scores, at, MemoryMarshal.Cast<TKey, uint>(widened)[..length]);
                bits = widened[..length];
            }
            var word = labels.Words[at >> 6];
            if (word == 0)
            {
                finite &= Convert(bits, below.Slice(n, length));
                n += length;
            }
            else if (BitOperations.PopCount(word) == length)
            {
                finite &= Convert(bits, above.Slice(p, length));
                p += length;
            }
            else
            {
                // Both cursors are written at every row and one of them moves on: no branch to mispredict at random labels.
                finite &= Convert(bits, widened[..length]);
                int low = 0,
                    high = 0;
                for (var i = 0; i < length; i++)
                {
                    var label = (int)(word >> i & 1);
                    lows[low] = highs[high] = widened[i];
                    high += label;
                    low += 1 - label;
                }
                lows[..low].CopyTo(below[n..]);
                highs[..high].CopyTo(above[p..]);
                n += low;
                p += high;
            }
        }
        return finite;
    }

    /// <summary>Keys of IEEE bits; source and target may be the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static bool Convert<TKey>(ReadOnlySpan<TKey> bits, Span<TKey> keys)
        where TKey : unmanaged
    {
        var bad = Vector256<TKey>.Zero;
        ref var source = ref MemoryMarshal.GetReference(bits);
        ref var target = ref MemoryMarshal.GetReference(keys);
        var i = 0;
        for (; i + Vector256<TKey>.Count <= bits.Length; i += Vector256<TKey>.Count)
        {
            var vector = Vector256.LoadUnsafe(ref source, (nuint)i);
            bad |= ScoreKey.NotFinite(vector);
            ScoreKey.OfBits(vector).StoreUnsafe(ref target, (nuint)i);
        }
        var finite = bad == Vector256<TKey>.Zero;
        for (; i < bits.Length; i++)
        {
            finite &= ScoreKey.IsFiniteBits(bits[i]);
            keys[i] = ScoreKey.OfBits(bits[i]);
        }
        return finite;
    }

    /// <summary>The score at an index, whatever its format.</summary>
    public static double ScoreAt(ScoreValues scores, int index) =>
        scores.Kind switch
        {
            ScoreValues.Format.Single => scores.As<float>()[index],
            ScoreValues.Format.Double => scores.As<double>()[index],
            ScoreValues.Format.Half => (double)scores.As<Half>()[index],
            ScoreValues.Format.Byte => scores.Bytes[index],
            _ => scores.As<ushort>()[index],
        };
}
