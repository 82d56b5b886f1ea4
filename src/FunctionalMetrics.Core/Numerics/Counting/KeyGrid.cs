using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// Numbers keys by where they lie between two of them: a monotone function onto [0, <see cref="Count"/>), uniform in the score's value or in its key.
/// Keys below the first are in cell 0, those above the last in the last one. Immutable.
/// </summary>
internal readonly unsafe struct KeyGrid<TKey>
    where TKey : unmanaged, IComparable<TKey>
{
    private const double Whole = 1L << 52;

    private readonly bool byValue;
    private readonly double lowest;
    private readonly double scale;
    private readonly ulong lowestKey;
    private readonly int shift;

    private KeyGrid(ReadOnlySpan<TKey> thresholds, int count, bool byValue)
    {
        this.byValue = byValue;
        Count = count;
        lowest = ScoreKey.Score(thresholds[0]);
        scale = count / (ScoreKey.Score(thresholds[^1]) - lowest);
        // Narrow scores are placed in float32 arithmetic; both ends of its range are left to the other function.
        scale = scale is > 1e-30 and < 1e30 ? (float)scale : 0;
        lowestKey = ScoreKey.Bits(thresholds[0]);
        var range = ScoreKey.Bits(thresholds[^1]) - lowestKey;
        while (range >> shift >= (ulong)count)
            shift++;
    }

    /// <summary>How many cells there are.</summary>
    public int Count { get; }

    /// <summary>
    /// Of both functions the one that crowds these ascending thresholds less, and the cell of each: how many of them stand behind so many others of
    /// their cell, and how far.
    /// </summary>
    public static KeyGrid<TKey> Best(ReadOnlySpan<TKey> thresholds, int count, int others, Span<int> cells)
    {
        var value = new KeyGrid<TKey>(thresholds, count, true);
        var crowded = value.Crowded(thresholds, others, cells);
        if (crowded * 8 <= thresholds.Length)
            return value;
        var key = new KeyGrid<TKey>(thresholds, count, false);
        if (key.Crowded(thresholds, others, cells) < crowded)
            return key;
        value.Of(thresholds, cells);
        return value;
    }

    private void Of(ReadOnlySpan<TKey> keys, Span<int> cells)
    {
        fixed (TKey* first = keys)
        fixed (int* cell = cells)
            Of(first, keys.Length, cell);
    }

    /// <summary>The cells of keys.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Of(TKey* keys, int length, int* cells)
    {
        var i = 0;
        if (typeof(TKey) == typeof(uint) && byValue)
        {
            var sign = Vector256.Create(ScoreKey.NarrowSign);
            var (low, factor) = (Vector256.Create((float)lowest), Vector256.Create((float)scale));
            var (zero, last) = (Vector256<float>.Zero, Vector256.Create((float)(Count - 1)));
            for (; i + Vector256<uint>.Count <= length; i += Vector256<uint>.Count)
            {
                var key = Vector256.Load((uint*)keys + i);
                var flip = Vector256.ShiftRightArithmetic(~key.AsInt32(), 31).AsUInt32() | sign;
                var place = ((key ^ flip).AsSingle() - low) * factor;
                // The native forms differ from the others only for NaN, which is 0 times infinity here and goes to cell 0 either way.
                Vector256.ConvertToInt32Native(Vector256.MinNative(Vector256.MaxNative(place, zero), last)).Store(cells + i);
            }
        }
        if (typeof(TKey) == typeof(ulong) && byValue)
        {
            var (low, factor, last) = (Vector256.Create(lowest), Vector256.Create(scale), Vector256.Create((double)(Count - 1)));
            for (; i + 2 * Vector256<ulong>.Count <= length; i += 2 * Vector256<ulong>.Count)
                Vector256
                    .Narrow(
                        Places(Vector256.Load((ulong*)keys + i), low, factor, last),
                        Places(Vector256.Load((ulong*)keys + i + Vector256<ulong>.Count), low, factor, last)
                    )
                    .AsInt32()
                    .Store(cells + i);
        }
        for (; i < length; i++)
            cells[i] = Of(keys[i]);
    }

    /// <summary>The cell of one key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Of(TKey key) =>
        !byValue ? (int)Math.Min((ScoreKey.Bits(key) < lowestKey ? 0 : ScoreKey.Bits(key) - lowestKey) >> shift, (ulong)(Count - 1))
        : typeof(TKey) == typeof(uint)
            ? (int)Math.Clamp(((float)ScoreKey.Score(key) - (float)lowest) * (float)scale, 0f, (float)(Count - 1))
        : (int)BitConverter.DoubleToUInt64Bits(Math.Clamp((ScoreKey.Score(key) - lowest) * scale, 0, Count - 1) + Whole);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private long Crowded(ReadOnlySpan<TKey> thresholds, int others, Span<int> cells)
    {
        Of(thresholds, cells);
        var (crowded, inside) = (0L, 0);
        for (var i = 0; i < thresholds.Length; i++)
        {
            inside = i > 0 && cells[i] == cells[i - 1] ? inside + 1 : 0;
            crowded += Math.Max(0, inside - others + 1);
        }
        return crowded;
    }

    /// <summary>The nearest whole number stands in the last bits of a double to which 2^52 is added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Places(Vector256<ulong> key, Vector256<double> low, Vector256<double> factor, Vector256<double> last)
    {
        var flip = Vector256.ShiftRightArithmetic(~key.AsInt64(), 63).AsUInt64() | Vector256.Create(ScoreKey.WideSign);
        var place = ((key ^ flip).AsDouble() - low) * factor;
        return (Vector256.MinNative(Vector256.MaxNative(place, Vector256<double>.Zero), last) + Vector256.Create(Whole)).AsUInt64();
    }
}
