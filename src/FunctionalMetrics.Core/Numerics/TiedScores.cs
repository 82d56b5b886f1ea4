namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// Chunks of distinct ascending keys with counts: what many tied scores become. 8-bit and half-precision maps have few values however many
/// pixels they have.
/// </summary>
internal static class TiedScores
{
    /// <summary>
    /// An older chunk takes up a new one of at least this fraction of its size: no key is merged more than a few times, and the sizes that
    /// remain fall like a geometric series.
    /// </summary>
    public const int Reach = 4;

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

    /// <summary>Both in one, equal keys together.</summary>
    public static Chunk Union(Chunk first, Chunk second) =>
        first is Chunk<uint> a && second is Chunk<uint> b
            ? Union<uint>(a.Keys, a.Counts, b.Keys, b.Counts)
            : Union<ulong>(Wide(first), first.Counts, Wide(second), second.Counts);

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

    private static Chunk<TKey> Union<TKey>(ReadOnlySpan<TKey> a, ReadOnlySpan<long> aRows, ReadOnlySpan<TKey> b, ReadOnlySpan<long> bRows)
        where TKey : unmanaged, IComparable<TKey>
    {
        var keys = GC.AllocateUninitializedArray<TKey>(a.Length + b.Length);
        using var rented = new Rented<long>(keys.Length);
        var rows = rented.Span;
        int at = 0,
            i = 0,
            j = 0;
        while (i < a.Length && j < b.Length)
        {
            var (left, right) = (a[i], b[j]);
            var order = left.CompareTo(right);
            var (takesLeft, takesRight) = (order <= 0 ? 1 : 0, order >= 0 ? 1 : 0);
            keys[at] = order <= 0 ? left : right;
            rows[at++] = aRows[i] * takesLeft + bRows[j] * takesRight;
            (i, j) = (i + takesLeft, j + takesRight);
        }
        Append(a[i..], aRows[i..], keys.AsSpan(at), rows[at..]);
        Append(b[j..], bRows[j..], keys.AsSpan(at), rows[at..]);
        at += a.Length - i + b.Length - j;
        return new(new ArraySegment<TKey>(keys, 0, at), [], rows[..at].ToArray());
    }

    private static void Append<TKey>(ReadOnlySpan<TKey> keys, ReadOnlySpan<long> rows, Span<TKey> toKeys, Span<long> toRows)
    {
        keys.CopyTo(toKeys);
        rows.CopyTo(toRows);
    }

    private static ulong[] Wide(Chunk chunk)
    {
        var keys = new ulong[chunk.Count];
        chunk.CopyTo<ulong>(keys);
        return keys;
    }
}
