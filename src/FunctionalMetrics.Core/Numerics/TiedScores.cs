using System.Runtime.CompilerServices;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// Chunks of distinct ascending keys with counts: what many tied scores become. 8-bit and half-precision maps have few values however many
/// pixels they have.
/// </summary>
internal static class TiedScores
{
    /// <summary>How many of them become one: fewer would be merged more often, more would take more memory than one.</summary>
    public const int Together = 8;

    private const int Few = 1024;

    /// <summary>Neighbouring pixels often have one score: counted in two tables in turn, an increment need not wait for the one before.</summary>
    private const int Tables = 2;

    /// <summary>
    /// float32 keys made of 8-bit and half-precision scores, or of such with their sign changed, differ in their leading 19 bits: the
    /// other 13 are zeros, or ones below zero.
    /// </summary>
    private const int Idle = 13;

    public static bool Are(Chunk chunk) => chunk.Counts.Length > 0 && chunk.Groups.Length == 0;

    /// <summary>The same scores with counts, where that saves memory; else the chunk itself.</summary>
    public static Chunk Compact(Chunk chunk) =>
        chunk is Chunk<uint> { IsCoarse: true, Groups: [], Counts: [] } narrow && narrow.Count >= Few ? Compact(narrow) : chunk;

    /// <summary>
    /// Groups of coarse keys, each as its distinct ascending keys with counts, where that saves memory over one key for each row; else as they
    /// are. The keys are sorted within their groups.
    /// </summary>
    public static Chunk Compact(uint[] keys, int[] groups)
    {
        using var rentedRows = new Rented<long>(keys.Length);
        using var rentedDistinct = new Rented<uint>(keys.Length);
        var rows = rentedRows.Span;
        var distinct = rentedDistinct.Span;
        var lengths = new int[groups.Length];
        var (from, count) = (0, 0);
        for (var group = 0; group < groups.Length; group++)
        {
            var inside = keys.AsSpan(from, groups[group]);
            RadixSort.Sort(inside, []);
            var start = count;
            foreach (var key in inside)
                if (count > start && distinct[count - 1] == key)
                    rows[count - 1]++;
                else
                    (distinct[count], rows[count++]) = (key, 1);
            lengths[group] = count - start;
            from += inside.Length;
        }
        return count * 3L > keys.Length
            ? new Chunk<uint>(keys, groups)
            : new(distinct[..count].ToArray(), lengths, rows[..count].ToArray());
    }

    /// <summary>All in one, equal keys together.</summary>
    public static Chunk Union(IReadOnlyList<Chunk> chunks) =>
        chunks.All(chunk => chunk is Chunk<uint>) ? Union<uint>(chunks) : Union<ulong>(chunks);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Chunk Compact(Chunk<uint> chunk)
    {
        ReadOnlySpan<uint> all = chunk.Keys;
        var (least, most) = KeyExtrema.Of(all);
        var (first, codes) = (least >> Idle, (int)((most >> Idle) - (least >> Idle) + 1));
        using var rented = Rented<int>.Zeros(Tables * codes);
        var rows = rented.Span;
        var stray = 0u;
        for (var i = 0; i < all.Length; i++)
        {
            var key = all[i];
            // Zero or all ones below: anything else is a score of more than 11 significant bits, such as a large 16-bit number.
            stray |= (key + 1) & ((1u << Idle) - 2);
            rows[(int)((key >> Idle) - first) * Tables + i % Tables]++;
        }
        var distinct = 0;
        for (var code = 0; code < codes; code++)
            distinct += (rows[2 * code] | rows[2 * code + 1]) != 0 ? 1 : 0;
        if (stray != 0 || distinct * 3 > chunk.Count)
            return chunk;
        var (keys, counts) = (new uint[distinct], new long[distinct]);
        for (int code = 0, at = 0; at < distinct; code++)
            if ((rows[2 * code] | rows[2 * code + 1]) != 0)
            {
                var below = (first + (uint)code) << Idle;
                keys[at] = below >= ScoreKey.NarrowSign ? below : below | ((1u << Idle) - 1);
                counts[at++] = rows[2 * code] + rows[2 * code + 1];
            }
        return new Chunk<uint>(keys, [], counts);
    }

    private static Chunk<TKey> Union<TKey>(IReadOnlyList<Chunk> chunks)
        where TKey : unmanaged, IComparable<TKey>
    {
        var most = chunks.Sum(chunk => chunk.Count);
        using Rented<TKey> firstKeys = new(most),
            secondKeys = new(most),
            added = new(most);
        using Rented<long> firstRows = new(most),
            secondRows = new(most);
        var keys = firstKeys.Span[..0];
        var rows = firstRows.Span[..0];
        for (var i = 0; i < chunks.Count; i++)
        {
            var (toKeys, toRows) = i % 2 == 0 ? (secondKeys, secondRows) : (firstKeys, firstRows);
            chunks[i].CopyTo(added.Span);
            var length = Union<TKey>(keys, rows, added.Span[..chunks[i].Count], chunks[i].Counts, toKeys.Span, toRows.Span);
            keys = toKeys.Span[..length];
            rows = toRows.Span[..length];
        }
        return new(keys.ToArray(), [], rows.ToArray());
    }

    /// <summary>Two in one, and how many keys that gives.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Union<TKey>(
        ReadOnlySpan<TKey> a,
        ReadOnlySpan<long> aRows,
        ReadOnlySpan<TKey> b,
        ReadOnlySpan<long> bRows,
        Span<TKey> keys,
        Span<long> rows
    )
        where TKey : unmanaged, IComparable<TKey>
    {
        int at = 0,
            i = 0,
            j = 0;
        while (i < a.Length && j < b.Length)
        {
            var (left, right) = (a[i], b[j]);
            var order = left.CompareTo(right);
            keys[at] = order <= 0 ? left : right;
            rows[at++] = (order <= 0 ? aRows[i] : 0) + (order >= 0 ? bRows[j] : 0);
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        a[i..].CopyTo(keys[at..]);
        aRows[i..].CopyTo(rows[at..]);
        at += a.Length - i;
        b[j..].CopyTo(keys[at..]);
        bRows[j..].CopyTo(rows[at..]);
        return at + b.Length - j;
    }
}
