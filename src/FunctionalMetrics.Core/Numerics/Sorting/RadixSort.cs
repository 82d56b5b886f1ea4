using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// Keys in ascending order, in linear time and without comparisons: many are first split by their leading bits, so that each part fits a
/// cache, and then sorted digit by digit, the least significant first. Bits that are the same in all keys cost nothing. Optionally a payload moves with
/// the keys; the order of the payloads of equal keys means nothing.
/// </summary>
internal static unsafe class RadixSort
{
    private const int Few = 256;

    /// <summary>From here on keys are first split by their leading bits.</summary>
    private const int Many = 1 << 16;

    private const int FewestDigitBits = 8;
    private const int MostDigitBits = 12;

    public static void Sort<TKey>(Span<TKey> keys)
        where TKey : unmanaged => Sort(keys, []);

    /// <summary>Sorts both by the keys; a payload of length 0 means none.</summary>
    public static void Sort<TKey>(Span<TKey> keys, Span<int> payload)
        where TKey : unmanaged
    {
        if (keys.Length <= Few)
        {
            if (payload.Length > 0)
                keys.Sort(payload);
            else
                keys.Sort();
            return;
        }
        var (least, most) = KeyExtrema.Of<TKey>(keys);
        if (ScoreKey.Bits(least) == ScoreKey.Bits(most))
            return;
        var bits = BitOperations.Log2(ScoreKey.Bits(most) - ScoreKey.Bits(least)) + 1;
        using var otherKeys = new Scratch<TKey>(keys.Length);
        using var otherPayload = new Scratch<int>(payload.Length);
        fixed (TKey* here = keys)
        fixed (TKey* there = otherKeys.Span)
        fixed (int* carried = payload)
        fixed (int* carriedThere = otherPayload.Span)
        {
            var (from, to) = (new KeyPointer<TKey>(here, carried), new KeyPointer<TKey>(there, carriedThere));
            if (keys.Length < Many)
                SortDigits(from, to, keys.Length, ScoreKey.Bits(least), bits).CopyTo(from, keys.Length);
            else
                SortParts(from, to, keys.Length, ScoreKey.Bits(least), bits);
        }
    }

    private static void SortParts<TKey>(KeyPointer<TKey> keys, KeyPointer<TKey> other, int length, ulong lowest, int bits)
        where TKey : unmanaged
    {
        using var parts = new RadixPartition<TKey>(length, lowest, bits);
        parts.CountIn(keys.Keys, length);
        parts.Close();
        parts.Split(keys, length, other);
        SharedWork.Each(
            parts.Parts.Count,
            Environment.ProcessorCount,
            i =>
            {
                var part = parts.Parts[i];
                var wanted = keys.From(part.Start);
                SortDigits(other.From(part.Start), wanted, part.Length, part.Lowest, part.Bits).CopyTo(wanted, part.Length);
            }
        );
    }

    /// <summary>Sorts keys that differ from the lowest in some bits at most, with as much room elsewhere; the result is in one or the other.</summary>
    public static KeyPointer<TKey> SortDigits<TKey>(KeyPointer<TKey> keys, KeyPointer<TKey> other, int length, ulong lowest, int bits)
        where TKey : unmanaged
    {
        if (length <= Few || bits == 0)
        {
            if (bits > 0)
                keys.Sort(length);
            return keys;
        }
        // Fewer keys do not repay counters for longer digits.
        var digits = (bits - 1) / Math.Clamp(BitOperations.Log2((uint)length) - 2, FewestDigitBits, MostDigitBits) + 1;
        var width = (bits - 1) / digits + 1;
        using var rented = Scratch<int>.Zeros(digits << width);
        fixed (int* counts = rented.Span)
        {
            CountDigits(keys.Keys, length, lowest, width, digits, counts);
            for (var digit = 0; digit < digits; digit++)
            {
                var next = counts + (digit << width);
                if (Start(next, 1 << width, length))
                    continue;
                Scatter(keys, other, length, lowest, digit * width, width, next);
                (keys, other) = (other, keys);
            }
        }
        return keys;
    }

    /// <summary>Turns counts into where each digit begins; true when all keys have the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Start(int* counts, int digits, int length)
    {
        var sum = 0;
        for (var i = 0; i < digits; i++)
        {
            var count = counts[i];
            if (count == length)
                return true;
            counts[i] = sum;
            sum += count;
        }
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CountDigits<TKey>(TKey* keys, nint length, ulong lowest, int width, int digits, int* counts)
        where TKey : unmanaged
    {
        var mask = (1ul << width) - 1;
        // The most common case without a loop inside the loop.
        if (digits == 2)
        {
            var leading = counts + (1 << width);
            for (nint i = 0; i < length; i++)
            {
                var bits = ScoreKey.Bits(keys[i]) - lowest;
                counts[bits & mask]++;
                leading[bits >> width]++;
            }
            return;
        }
        for (nint i = 0; i < length; i++)
        {
            var bits = ScoreKey.Bits(keys[i]) - lowest;
            for (var digit = 0; digit < digits; digit++, bits >>= width)
                counts[((nint)digit << width) + (nint)(bits & mask)]++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scatter<TKey>(
        KeyPointer<TKey> from,
        KeyPointer<TKey> to,
        nint length,
        ulong lowest,
        int shift,
        int width,
        int* next
    )
        where TKey : unmanaged
    {
        var mask = (1ul << width) - 1;
        for (nint i = 0; i < length; i++)
            from.Move(i, to, next + ((ScoreKey.Bits(from.Keys[i]) - lowest) >> shift & mask));
    }
}
