using System.Runtime.CompilerServices;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>Some bins of scores, and which keys fall into one of them. Immutable.</summary>
internal sealed class BinSet
{
    private readonly int bits;
    private readonly int first;

    /// <summary>For each bin from the first on 1 or 0, and a last 0 for all others.</summary>
    private readonly byte[] inside;

    /// <param name="bits">There are 2^bits bins.</param>
    /// <param name="bins">Those of the set, at least one, ascending.</param>
    public BinSet(int bits, int[] bins)
    {
        (this.bits, first) = (bits, bins[0]);
        inside = new byte[bins[^1] - first + 2];
        foreach (var bin in bins)
            inside[bin - first] = 1;
    }

    public bool Contains<TKey>(TKey key)
        where TKey : unmanaged => inside[Place(key)] > 0;

    /// <summary>Copies the keys of the set to room for all, and gives their number. No branch: normal scores fall in and out at random.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Select<TKey>(ReadOnlySpan<TKey> keys, Span<TKey> selected)
        where TKey : unmanaged
    {
        var count = 0;
        foreach (var key in keys)
        {
            selected[count] = key;
            count += inside[Place(key)];
        }
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Place<TKey>(TKey key)
        where TKey : unmanaged
    {
        var bin =
            typeof(TKey) == typeof(uint)
                ? (int)(Unsafe.BitCast<TKey, uint>(key) >> (32 - bits))
                : ScoreBins.Of(Unsafe.BitCast<TKey, ulong>(key), bits);
        return (int)Math.Min((uint)(bin - first), (uint)(inside.Length - 1));
    }
}
