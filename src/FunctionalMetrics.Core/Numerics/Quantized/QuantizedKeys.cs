using System.Runtime.CompilerServices;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// Chunks of distinct ascending keys with counts: what many tied scores become. 8-bit and half-precision maps have few values however many
/// pixels they have.
/// </summary>
internal static class QuantizedKeys
{
    /// <summary>How many of them become one: fewer would be merged more often, more would take more memory than one.</summary>
    public const int Together = 8;

    private const int Few = 1024;

    /// <summary>Groups of fewer keys are sorted at once, and where most are such, packed keys would be no smaller.</summary>
    private const int Many = 32;

    /// <summary>Up to so many prefixes for each key a table of them costs less than sorting: 7% less for a whole run of 8-bit maps.</summary>
    private const int PrefixesPerKey = 8;

    public static bool Are(Chunk chunk) => chunk.IsCounted && chunk.Groups.Length == 0;

    /// <summary>The same scores with counts, where that saves memory; else the chunk itself.</summary>
    public static Chunk Compact(Chunk chunk) =>
        chunk is Chunk<uint> { IsQuantized: true, Groups: [], Counts: [] } narrow && narrow.Count >= Few ? Compact(narrow) : chunk;

    /// <summary>
    /// Groups of quantized keys in the form that takes the least memory: as the distinct ascending keys of each group with counts, as
    /// <see cref="PackedRegions"/>, or as they are. The order of the keys within their groups is not kept.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Chunk Compact(uint[] keys, int[] groups)
    {
        // One more, so that a key can be written before it is known whether it is one.
        using var rentedRows = new Scratch<int>(keys.Length + 1);
        using var rentedDistinct = new Scratch<uint>(keys.Length + 1);
        var rows = rentedRows.Span;
        var distinct = rentedDistinct.Span;
        var lengths = new int[groups.Length];
        var (from, count, areQuantized) = (0, 0, !PackedRegions.AnyStray(keys));
        for (var group = 0; group < groups.Length; group++)
        {
            var inside = keys.AsSpan(from, groups[group]);
            lengths[group] = CountDistinct(inside, areQuantized, distinct[count..], rows[count..]);
            (from, count) = (from + inside.Length, count + lengths[group]);
        }
        var packed = areQuantized && keys.Length / Many >= groups.Length ? PackedRegions.Of(distinct, rows, lengths, groups) : null;
        var counted = count * (long)(sizeof(uint) + sizeof(long));
        return counted <= (packed?.Bytes ?? keys.Length * (long)sizeof(uint))
            ? new Chunk<uint>(distinct[..count].ToArray(), lengths, Widened(rows[..count]))
            : packed ?? (Chunk)new Chunk<uint>(keys, groups);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long[] Widened(ReadOnlySpan<int> rows)
    {
        var wide = GC.AllocateUninitializedArray<long>(rows.Length);
        for (var i = 0; i < wide.Length; i++)
            wide[i] = rows[i];
        return wide;
    }

    /// <summary>The distinct keys in ascending order and how often each is there, and gives their number; it may sort the keys.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int CountDistinct(Span<uint> keys, bool areQuantized, Span<uint> distinct, Span<int> rows)
    {
        var count = 0;
        if (areQuantized && keys.Length >= Many)
        {
            var (first, last) = PackedRegions.Prefixes(keys);
            if ((last - first) / PrefixesPerKey < keys.Length)
            {
                using var rented = Scratch<int>.Zeros((int)(last - first) + 1);
                var table = rented.Span;
                foreach (var key in keys)
                    table[(int)((key >> PackedRegions.Idle) - first)]++;
                for (var i = 0; i < table.Length; i++)
                {
                    (distinct[count], rows[count]) = (PackedRegions.Key(first + (uint)i), table[i]);
                    count += table[i] != 0 ? 1 : 0;
                }
                return count;
            }
        }
        RadixSort.Sort(keys);
        foreach (var key in keys)
            if (count > 0 && distinct[count - 1] == key)
                rows[count - 1]++;
            else
                (distinct[count], rows[count++]) = (key, 1);
        return count;
    }

    /// <summary>All in one, equal keys together: tables are added up among themselves, and what is left is sorted.</summary>
    public static Chunk Union(IReadOnlyList<Chunk> chunks)
    {
        Chunk[] left = [.. QuantizedCounts.Sums(chunks.OfType<QuantizedCounts>()), .. chunks.Where(chunk => chunk is not QuantizedCounts)];
        return left.Aggregate(Chunk.Concat) switch
        {
            Chunk<uint> narrow when left.Length > 1 => Distinct(narrow),
            Chunk<ulong> wide when left.Length > 1 => Distinct(wide),
            var one => one,
        };

        static Chunk Distinct<TKey>(Chunk<TKey> all)
            where TKey : unmanaged
        {
            var distinct = DistinctKeys<TKey>.Of([.. all.Keys], all.Counts);
            return new Chunk<TKey>(distinct.Keys, [], distinct.Counts);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Chunk Compact(Chunk<uint> chunk)
    {
        ReadOnlySpan<uint> all = chunk.Keys;
        var (first, last) = PackedRegions.Prefixes(all);
        var prefixes = (int)(last - first) + 1;
        using var rented = Scratch<int>.Zeros(prefixes);
        var rows = rented.Span;
        var stray = 0u;
        foreach (var key in all)
        {
            // Zero or all ones below: anything else is a score of more than 11 significant bits, such as a large 16-bit number.
            stray |= PackedRegions.Stray(key);
            rows[(int)((key >> PackedRegions.Idle) - first)]++;
        }
        var distinct = prefixes - rows.Count(0);
        if (stray != 0 || distinct * 3 > chunk.Count)
            return chunk;
        var (keys, counts) = (new uint[distinct], new long[distinct]);
        for (int prefix = 0, at = 0; at < distinct; prefix++)
            if (rows[prefix] != 0)
                (keys[at], counts[at++]) = (PackedRegions.Key(first + (uint)prefix), rows[prefix]);
        return new Chunk<uint>(keys, [], counts);
    }
}
