using System.Buffers;

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
        const int Codes = 1 << (32 - Idle);
        var rows = ArrayPool<int>.Shared.Rent(Codes);
        try
        {
            Array.Clear(rows, 0, Codes);
            var (distinct, stray) = (0, 0u);
            foreach (var key in chunk.Keys)
            {
                // Zero or all ones below: anything else is a score of more than 11 significant bits, such as a large 16-bit number.
                stray |= (key + 1) & ((1u << Idle) - 2);
                distinct += rows[key >> Idle]++ == 0 ? 1 : 0;
            }
            if (stray != 0 || distinct * 3 > chunk.Count)
                return chunk;
            var (keys, counts) = (new uint[distinct], new long[distinct]);
            for (int code = 0, at = 0; at < distinct; code++)
                if (rows[code] > 0)
                {
                    var below = (uint)code << Idle;
                    keys[at] = below >= ScoreKey.NarrowSign ? below : below | ((1u << Idle) - 1);
                    counts[at++] = rows[code];
                }
            return new Chunk<uint>(keys, [], counts);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(rows);
        }
    }

    private static Chunk<TKey> Union<TKey>(ReadOnlySpan<TKey> a, long[] aRows, ReadOnlySpan<TKey> b, long[] bRows)
        where TKey : unmanaged, IComparable<TKey>
    {
        var (keys, rows) = (new List<TKey>(a.Length + b.Length), new List<long>(a.Length + b.Length));
        for (int i = 0, j = 0; i < a.Length || j < b.Length; )
        {
            var order =
                i == a.Length ? 1
                : j == b.Length ? -1
                : a[i].CompareTo(b[j]);
            keys.Add(order <= 0 ? a[i] : b[j]);
            rows.Add((order <= 0 ? aRows[i] : 0) + (order >= 0 ? bRows[j] : 0));
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        return new(keys.ToArray(), [], [.. rows]);
    }

    private static ulong[] Wide(Chunk chunk)
    {
        var keys = new ulong[chunk.Count];
        chunk.CopyTo<ulong>(keys);
        return keys;
    }
}
