using System.Runtime.CompilerServices;
using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>
/// Memory for keys that are being decoded: one key for each row, or distinct keys with their counts where that is smaller, so that a few
/// keys with huge counts stay a few keys. It is allocated once, and only when the bytes left can hold as many keys as are announced.
/// </summary>
internal sealed class KeyTarget<TKey>
    where TKey : unmanaged
{
    private readonly TKey[] keys;
    private readonly long[] counts;

    private KeyTarget(long distinct, long extra, bool tied)
    {
        (KeysLeft, ExtraLeft) = (distinct, extra);
        keys = new TKey[tied ? distinct : distinct + extra];
        counts = new long[tied ? distinct : 0];
    }

    /// <summary>How many distinct keys are still to come.</summary>
    public long KeysLeft { get; private set; }

    /// <summary>How many rows beyond one for each key are still to come.</summary>
    public long ExtraLeft { get; private set; }

    /// <summary>How many of <see cref="Keys"/> are filled.</summary>
    public int Filled { get; private set; }

    public ReadOnlySpan<TKey> Keys => keys;

    public ReadOnlySpan<long> Counts => counts;

    public static KeyTarget<TKey> For(ref PayloadReader from, long distinct, long extra)
    {
        var size = Unsafe.SizeOf<TKey>();
        var tied = extra * size > distinct * sizeof(long);
        return
            from.Require(distinct <= KeyBlocks.MostKeys<TKey>(from.Left), "there are too few bytes for the keys that were announced")
            && from.Require(distinct > 0 || extra == 0, "rows without a key were announced")
            && from.Require(extra <= KeyBlocks.MaxRows - distinct, "there are more than 2^53 rows")
            && from.Require((tied ? distinct : distinct + extra) <= Array.MaxLength, "there are more keys than this library can hold")
            ? new(distinct, extra, tied)
            : new(0, 0, false);
    }

    public void Add(TKey key, long rows)
    {
        (KeysLeft, ExtraLeft) = (KeysLeft - 1, ExtraLeft - (rows - 1));
        if (counts.Length > 0)
        {
            counts[Filled] = rows;
            keys[Filled++] = key;
            return;
        }
        keys.AsSpan(Filled, (int)rows).Fill(key);
        Filled += (int)rows;
    }

    /// <summary>The keys as one chunk, once all have come.</summary>
    public Chunk<TKey> ToChunk(int[] groups) => new(keys, groups, counts);
}
