using System.Runtime.CompilerServices;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// A histogram of both classes: for each occupied bin, in ascending order, how many rows of each class it holds, the score where it has seen
/// one distinct score only, and, with regions, the weights of its anomalous pixels. A pixel of a region of r pixels
/// weighs floor(2^88 / r), so the weights of R regions stay below 2^128 while R is below 2^40.
/// <para>Immutable. A commutative monoid under <see cref="Merge"/>: counts and weights add, and two scores that differ become none.</para>
/// </summary>
/// <param name="Bits">The resolution: there are 2^bits bins, of which those without rows take no memory.</param>
/// <param name="Bins">The occupied bins, ascending.</param>
/// <param name="Negatives">The normal rows of each.</param>
/// <param name="Positives">The anomalous rows of each.</param>
/// <param name="Single">The 64-bit key of the one score of each, or <see cref="Many"/>.</param>
/// <param name="Weights">The weights of the anomalous rows of each; empty without regions.</param>
/// <param name="Lowest">The 64-bit key of the smallest score.</param>
/// <param name="Highest">The 64-bit key of the largest score.</param>
internal sealed record BinTable(
    int Bits,
    int[] Bins,
    long[] Negatives,
    long[] Positives,
    ulong[] Single,
    UInt128[] Weights,
    ulong Lowest,
    ulong Highest
)
{
    /// <summary>No key of a score: the bin has seen two distinct scores or more.</summary>
    public const ulong Many = 0;

    /// <summary>No rows; without any, there is no resolution either, and the finest stands for it.</summary>
    public static BinTable Empty { get; } = new(ScoreBins.MostBits, [], [], [], [], [], ulong.MaxValue, 0);

    /// <summary>All rows, at least one, in one bin: no more is known of them than how many they are and which scores are the extremes.</summary>
    public static BinTable One(long negatives, long positives, bool weighted, double lowest, double highest) =>
        new(0, [0], [negatives], [positives], [Many], weighted ? [UInt128.Zero] : [], ScoreKey.Of(lowest), ScoreKey.Of(highest));

    /// <summary>How many bins are occupied.</summary>
    public int Count => Bins.Length;

    /// <summary>How many rows of each class there are.</summary>
    public (long Positives, long Negatives) Rows { get; } = (Positives.Sum(), Negatives.Sum());

    public bool IsWeighted => Weights.Length > 0;

    /// <summary>The same without weights.</summary>
    public BinTable Unweighted => this with { Weights = [] };

    /// <summary>The same rows with the classes swapped and the scores negated; of several scores in a bin only their order to other bins is right.</summary>
    public BinTable Twin =>
        new(
            Bits,
            [.. Bins.Reverse().Select(bin => (1 << Bits) - 1 - bin)],
            [.. Positives.Reverse()],
            [.. Negatives.Reverse()],
            [.. Single.Reverse().Select(key => key == Many ? Many : ScoreKey.Negate(key))],
            [],
            ScoreKey.Negate(Highest),
            ScoreKey.Negate(Lowest)
        );

    /// <summary>The smallest and the largest number that the scores of a bin can be.</summary>
    public (double Lowest, double Highest) Range(int index)
    {
        if (Single[index] != Many)
            return (ScoreKey.Score(Single[index]), ScoreKey.Score(Single[index]));
        var (low, high) = ScoreBins.Range(Bins[index], Bits);
        return (Math.Max(low, ScoreKey.Score(Lowest)), Math.Min(high, ScoreKey.Score(Highest)));
    }

    /// <summary>The rows of both, at the coarser resolution of the two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static BinTable Merge(BinTable left, BinTable right)
    {
        if (left.Count == 0 || right.Count == 0)
            return left.Count == 0 ? right : left;
        var bits = Math.Min(left.Bits, right.Bits);
        var (a, b) = (left.Coarsen(bits), right.Coarsen(bits));
        var target = new Builder(bits, a.Count + b.Count, a.IsWeighted || b.IsWeighted);
        for (int i = 0, j = 0; i < a.Count || j < b.Count; )
            if (j == b.Count || (i < a.Count && a.Bins[i] <= b.Bins[j]))
                target.Add(a.Bins[i], a, i++);
            else
                target.Add(b.Bins[j], b, j++);
        return target.Finish(Math.Min(a.Lowest, b.Lowest), Math.Max(a.Highest, b.Highest));
    }

    /// <summary>The same rows in fewer bins; the table itself where it is no finer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public BinTable Coarsen(int bits)
    {
        if (bits >= Bits || Count == 0)
            return this;
        var target = new Builder(bits, Count, IsWeighted);
        for (var i = 0; i < Count; i++)
            target.Add(Bins[i] >> (Bits - bits), this, i);
        return target.Finish(Lowest, Highest);
    }

    public bool Equals(BinTable? other) =>
        other is not null
        && (Bits, Count, Lowest, Highest) == (other.Bits, other.Count, other.Lowest, other.Highest)
        && Bins.AsSpan().SequenceEqual(other.Bins)
        && Negatives.AsSpan().SequenceEqual(other.Negatives)
        && Positives.AsSpan().SequenceEqual(other.Positives)
        && Single.AsSpan().SequenceEqual(other.Single)
        && Weights.AsSpan().SequenceEqual(other.Weights);

    public override int GetHashCode()
    {
        var hash = HashCode.Combine(Bits, Count, Lowest, Highest);
        for (var i = 0; i < Count; i++)
            hash = HashCode.Combine(hash, Bins[i], Negatives[i], Positives[i]);
        return hash;
    }

    /// <summary>A table being made from rows that come in ascending bins.</summary>
    public sealed class Builder(int bits, int most, bool weighted)
    {
        private readonly int[] bins = new int[most];
        private readonly long[] negatives = new long[most];
        private readonly long[] positives = new long[most];
        private readonly ulong[] single = new ulong[most];
        private readonly UInt128[] weights = new UInt128[weighted ? most : 0];
        private int count;

        public void Add(int bin, BinTable from, int index) =>
            Add(
                bin,
                from.Negatives[index],
                from.Positives[index],
                from.Single[index],
                from.IsWeighted ? from.Weights[index] : UInt128.Zero
            );

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Add(int bin, long normal, long anomalous, ulong one, UInt128 weight)
        {
            if (count == 0 || bins[count - 1] != bin)
                (bins[count], single[count++]) = (bin, one);
            var at = count - 1;
            negatives[at] += normal;
            positives[at] += anomalous;
            single[at] = single[at] == one ? one : Many;
            if (weighted)
                weights[at] += weight;
        }

        public BinTable Finish(ulong lowest, ulong highest) =>
            count == 0
                ? Empty
                : new(bits, Cut(bins), Cut(negatives), Cut(positives), Cut(single), weighted ? Cut(weights) : [], lowest, highest);

        private T[] Cut<T>(T[] whole) => whole.Length == count ? whole : whole[..count];
    }
}
