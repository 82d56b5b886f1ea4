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
    private const int Many = 1 << 18;

    private const int LeadingBits = 9;
    private const int Parts = 1 << LeadingBits;

    private const int FewestDigitBits = 8;
    private const int MostDigitBits = 12;

    /// <summary>Neighbouring keys are alike and would wait for each other at one counter: so four places are read in turn.</summary>
    private const int Places = 4;

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
        if (Bits(least) == Bits(most))
            return;
        var bits = BitOperations.Log2(Bits(most) - Bits(least)) + 1;
        using var otherKeys = new Rented<TKey>(keys.Length);
        using var otherPayload = new Rented<int>(payload.Length);
        fixed (TKey* here = keys)
        fixed (TKey* there = otherKeys.Span)
        fixed (int* carried = payload)
        fixed (int* carriedThere = otherPayload.Span)
        {
            var (from, to) = (new Run<TKey>(here, carried), new Run<TKey>(there, carriedThere));
            if (keys.Length < Many)
                SortDigits(from, to, keys.Length, Bits(least), bits, from);
            else
                SortParts(from, to, keys.Length, Bits(least), bits);
        }
    }

    private static void SortParts<TKey>(Run<TKey> keys, Run<TKey> other, int length, ulong lowest, int bits)
        where TKey : unmanaged
    {
        var shift = Math.Max(0, bits - LeadingBits);
        var next = stackalloc int[Parts + 1];
        CountParts(keys.Keys, length, lowest, shift, next + 1);
        next[0] = 0;
        for (var part = 1; part <= Parts; part++)
            next[part] += next[part - 1];
        Split(keys, other, length, lowest, shift, next);
        // Each place has moved on to the end of its part.
        for (int part = 0, start = 0; part < Parts; start = next[part++])
            SortDigits(other.From(start), keys.From(start), next[part] - start, lowest, shift, keys.From(start));
    }

    /// <summary>Sorts keys that agree above some bits, with as much room elsewhere; the result is where it is wanted, in one or the other.</summary>
    private static void SortDigits<TKey>(Run<TKey> keys, Run<TKey> other, int length, ulong lowest, int bits, Run<TKey> wanted)
        where TKey : unmanaged
    {
        if (length <= Few || bits == 0)
        {
            keys.CopyTo(wanted, length);
            if (bits > 0)
                wanted.Sort(length);
            return;
        }
        // Shorter runs do not repay counters for longer digits.
        var digits = (bits - 1) / Math.Clamp(BitOperations.Log2((uint)length) - 2, FewestDigitBits, MostDigitBits) + 1;
        var width = (bits - 1) / digits + 1;
        using var rented = Rented<int>.Zeros(digits << width);
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
        keys.CopyTo(wanted, length);
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
    private static void CountParts<TKey>(TKey* keys, nint length, ulong lowest, int shift, int* counts)
        where TKey : unmanaged
    {
        var tables = stackalloc int[Places * Parts];
        new Span<int>(tables, Places * Parts).Clear();
        var quarter = length / Places;
        for (nint i = 0; i < quarter; i++)
        {
            tables[(nint)((Bits(keys[i]) - lowest) >> shift)]++;
            tables[Parts + (nint)((Bits(keys[i + quarter]) - lowest) >> shift)]++;
            tables[2 * Parts + (nint)((Bits(keys[i + 2 * quarter]) - lowest) >> shift)]++;
            tables[3 * Parts + (nint)((Bits(keys[i + 3 * quarter]) - lowest) >> shift)]++;
        }
        for (var i = Places * quarter; i < length; i++)
            tables[(nint)((Bits(keys[i]) - lowest) >> shift)]++;
        for (var i = 0; i < Parts; i++)
            counts[i] = tables[i] + tables[Parts + i] + tables[2 * Parts + i] + tables[3 * Parts + i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Split<TKey>(Run<TKey> from, Run<TKey> to, nint length, ulong lowest, int shift, int* next)
        where TKey : unmanaged
    {
        var quarter = length / Places;
        for (nint i = 0; i < quarter; i++)
        {
            Move(from, i, to, next + ((Bits(from.Keys[i]) - lowest) >> shift));
            Move(from, i + quarter, to, next + ((Bits(from.Keys[i + quarter]) - lowest) >> shift));
            Move(from, i + 2 * quarter, to, next + ((Bits(from.Keys[i + 2 * quarter]) - lowest) >> shift));
            Move(from, i + 3 * quarter, to, next + ((Bits(from.Keys[i + 3 * quarter]) - lowest) >> shift));
        }
        for (var i = Places * quarter; i < length; i++)
            Move(from, i, to, next + ((Bits(from.Keys[i]) - lowest) >> shift));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CountDigits<TKey>(TKey* keys, nint length, ulong lowest, int width, int digits, int* counts)
        where TKey : unmanaged
    {
        var mask = (1ul << width) - 1;
        for (nint i = 0; i < length; i++)
        {
            var bits = Bits(keys[i]) - lowest;
            for (var digit = 0; digit < digits; digit++, bits >>= width)
                counts[((nint)digit << width) + (nint)(bits & mask)]++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scatter<TKey>(Run<TKey> from, Run<TKey> to, nint length, ulong lowest, int shift, int width, int* next)
        where TKey : unmanaged
    {
        var mask = (1ul << width) - 1;
        for (nint i = 0; i < length; i++)
            Move(from, i, to, next + ((Bits(from.Keys[i]) - lowest) >> shift & mask));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Move<TKey>(Run<TKey> from, nint i, Run<TKey> to, int* next)
        where TKey : unmanaged
    {
        var at = (nint)(uint)(*next)++;
        to.Keys[at] = from.Keys[i];
        if (from.Payload != null)
            to.Payload[at] = from.Payload[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bits<TKey>(TKey key)
        where TKey : unmanaged => typeof(TKey) == typeof(uint) ? Unsafe.BitCast<TKey, uint>(key) : Unsafe.BitCast<TKey, ulong>(key);

    /// <summary>Where keys begin, and the payload that moves with them, if any.</summary>
    private readonly struct Run<TKey>(TKey* keys, int* payload)
        where TKey : unmanaged
    {
        public readonly TKey* Keys = keys;
        public readonly int* Payload = payload;

        public Run<TKey> From(int index) => new(Keys + index, Payload == null ? null : Payload + index);

        public void CopyTo(Run<TKey> other, int length)
        {
            if (Keys == other.Keys)
                return;
            new Span<TKey>(Keys, length).CopyTo(new(other.Keys, length));
            if (Payload != null)
                new Span<int>(Payload, length).CopyTo(new(other.Payload, length));
        }

        public void Sort(int length)
        {
            var keys = new Span<TKey>(Keys, length);
            if (Payload != null)
                keys.Sort(new Span<int>(Payload, length));
            else
                keys.Sort();
        }
    }
}
