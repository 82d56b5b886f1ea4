using System.Numerics;
using System.Runtime.CompilerServices;
using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>
/// A multiset of keys as bytes: distinct keys in ascending order, in blocks of 128, each as the gap to the one before.
/// <code>
///  keys  := varint n, the number of distinct keys; varint e, the rows beyond one for each key; ceil(n / 128) blocks
///  block := first key (4 bytes, or 8 for wide keys)
///           u8 g, the bits of the largest gap, but 1 or more; 0 in a block of one key
///           u8 r, the bits of the largest repeat
///           m - 1 gaps (key - key before - 1) of g bits each    for the m keys of the block: 128, or what is left in the last
///           m repeats (rows that have the key - 1) of r bits each
/// </code>
/// Keys are those of <see cref="ScoreKey"/>, in the order of the numbers. Varints have seven bits a byte, the lowest first, and no needless
/// byte. Packed values lie side by side, the lowest bit first, and zeros fill the last byte. Refused: keys that do not ascend, keys of NaN, of
/// the infinities and of -0.0, more bits than needed, nonzero filling, and repeats that do not add up to e. So a multiset has one encoding.
/// <para>
/// A gap takes one bit at least, so n keys take n / 8 bytes or more, and what is allocated for them is justified by bytes that are there: at
/// most <see cref="MaxExpansion"/> bytes of memory for each of the file.
/// </para>
/// </summary>
internal static class KeyBlocks
{
    /// <summary>Keys of a block.</summary>
    public const int Length = 128;

    /// <inheritdoc cref="Envelope.MaxRows"/>
    public const long MaxRows = Envelope.MaxRows;

    /// <summary>The most bytes of memory that one encoded byte can ask for: a whole wide block of two rows for each key.</summary>
    public const int MaxExpansion = 80;

    public const string NotFinite = "a key is none of a finite number, or that of -0";

    private const int RepeatBits = 53;

    public static void Write<TKey>(PayloadWriter to, DistinctKeys<TKey> distinct)
        where TKey : unmanaged
    {
        to.Varint(distinct.Keys.Length);
        to.Varint(distinct.Rows - distinct.Keys.Length);
        Span<ulong> values = stackalloc ulong[Length];
        for (var at = 0; at < distinct.Keys.Length; at += Length)
        {
            var keys = distinct.Keys.AsSpan(at, Math.Min(Length, distinct.Keys.Length - at));
            var counts = distinct.Counts.Length > 0 ? distinct.Counts.AsSpan(at, keys.Length) : [];
            to.Fixed(Bits(keys[0]), Unsafe.SizeOf<TKey>());
            var (gaps, repeats) = (0ul, 0ul);
            for (var i = 1; i < keys.Length; i++)
                gaps |= values[i - 1] = Bits(keys[i]) - Bits(keys[i - 1]) - 1;
            foreach (var count in counts)
                repeats |= (ulong)count - 1;
            var (gapBits, repeatBits) = (GapBits(gaps, keys.Length), BitLength(repeats));
            to.Byte(gapBits);
            to.Byte(repeatBits);
            to.Bits(values[..(keys.Length - 1)], gapBits);
            if (repeatBits == 0)
                continue;
            for (var i = 0; i < counts.Length; i++)
                values[i] = (ulong)counts[i] - 1;
            to.Bits(values[..keys.Length], repeatBits);
        }
    }

    /// <summary>Reads one multiset into the target, which must have room for it. Gives how many of its keys stand for a float32 number.</summary>
    public static long Read<TKey>(ref PayloadReader from, KeyTarget<TKey> into)
        where TKey : unmanaged
    {
        var (left, extra) = (from.Varint(), from.Varint());
        from.Require(left <= into.KeysLeft && extra <= into.ExtraLeft, "there are more rows than were announced");
        var (narrow, previous) = (0L, Lowest<TKey>() - 1);
        Span<ulong> keys = stackalloc ulong[Length];
        Span<ulong> repeats = stackalloc ulong[Length];
        for (; left > 0 && from.Ok; left -= Length)
        {
            var count = (int)Math.Min(Length, left);
            Block<TKey>(ref from, keys[..count], repeats[..count]);
            if (!from.Require(keys[0] > previous, "the keys do not ascend"))
                break;
            for (var i = 0; i < count; i++)
            {
                narrow += Unsafe.SizeOf<TKey>() == sizeof(uint) || KeyWidths.IsNarrow(keys[i]) ? 1 : 0;
                extra -= (long)repeats[i];
                if (extra < 0)
                    break;
                into.Add(Key<TKey>(keys[i]), (long)repeats[i] + 1);
            }
            previous = keys[count - 1];
            from.Require(extra >= 0, "there are more rows than were announced");
        }
        from.Require(extra == 0, "there are fewer rows than were announced");
        return narrow;
    }

    /// <summary>The most distinct keys that so many bytes can hold.</summary>
    public static long MostKeys<TKey>(long bytes)
        where TKey : unmanaged
    {
        var header = Unsafe.SizeOf<TKey>() + 2;
        var (blocks, rest) = Math.DivRem(bytes, header + Length / 8);
        return blocks * Length + (rest < header ? 0 : Math.Min(Length, (rest - header) * 8 + 1));
    }

    private static void Block<TKey>(ref PayloadReader from, scoped Span<ulong> keys, scoped Span<ulong> repeats)
        where TKey : unmanaged
    {
        keys[0] = from.Fixed(Unsafe.SizeOf<TKey>());
        var (gapBits, repeatBits) = (from.Byte(), from.Byte());
        if (!from.Require(gapBits <= 8 * Unsafe.SizeOf<TKey>() && repeatBits <= RepeatBits, "a block has values of too many bits"))
            return;
        from.Bits(keys[1..], gapBits);
        from.Bits(repeats, repeatBits);
        var (gaps, all) = (0ul, 0ul);
        foreach (var gap in keys[1..])
            gaps |= gap;
        foreach (var repeat in repeats)
            all |= repeat;
        from.Require(gapBits == GapBits(gaps, keys.Length) && repeatBits == BitLength(all), "a block has values of more bits than needed");
        var (last, sound) = (Highest<TKey>(), IsFinite<TKey>(keys[0]));
        for (var i = 1; i < keys.Length && sound; i++)
        {
            // The sum cannot overflow where the key stays in range.
            sound = keys[i] < last - keys[i - 1];
            keys[i] += keys[i - 1] + 1;
            sound &= keys[i] != MinusZero<TKey>();
        }
        from.Require(sound, NotFinite);
    }

    /// <summary>Whether the key is one that <see cref="ScoreKey"/> gives to a finite number.</summary>
    public static bool IsFinite<TKey>(ulong key)
        where TKey : unmanaged => key >= Lowest<TKey>() && key <= Highest<TKey>() && key != MinusZero<TKey>();

    private static int GapBits(ulong gaps, int keys) => keys == 1 ? 0 : Math.Max(1, BitLength(gaps));

    private static int BitLength(ulong value) => 64 - BitOperations.LeadingZeroCount(value);

    private static ulong Lowest<TKey>()
        where TKey : unmanaged => typeof(TKey) == typeof(uint) ? ScoreKey.Of(float.MinValue) : ScoreKey.Of(double.MinValue);

    private static ulong Highest<TKey>()
        where TKey : unmanaged => typeof(TKey) == typeof(uint) ? ScoreKey.Of(float.MaxValue) : ScoreKey.Of(double.MaxValue);

    private static ulong MinusZero<TKey>()
        where TKey : unmanaged => (typeof(TKey) == typeof(uint) ? ScoreKey.NarrowSign : ScoreKey.WideSign) - 1;

    private static ulong Bits<TKey>(TKey key)
        where TKey : unmanaged => typeof(TKey) == typeof(uint) ? Unsafe.BitCast<TKey, uint>(key) : Unsafe.BitCast<TKey, ulong>(key);

    private static TKey Key<TKey>(ulong bits)
        where TKey : unmanaged => typeof(TKey) == typeof(uint) ? Unsafe.BitCast<uint, TKey>((uint)bits) : Unsafe.BitCast<ulong, TKey>(bits);
}
