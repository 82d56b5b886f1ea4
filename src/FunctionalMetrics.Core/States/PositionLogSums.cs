using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>
/// For maps of one shape: how many were seen, how many of their scores were 0 or below, and for each position the exact sums of q and of
/// q^2 over the others, where q = round(2^60 ln s). Compared by value; immutable.
/// </summary>
public sealed class PositionLogSums : IEquatable<PositionLogSums>
{
    private readonly Int128[] sums;
    private readonly UInt256[] squares;

    internal PositionLogSums(long count, long nonPositive, Int128[] sums, UInt256[] squares) =>
        (Count, NonPositive, this.sums, this.squares) = (count, nonPositive, sums, squares);

    /// <summary>How many maps were seen.</summary>
    public long Count { get; }

    /// <summary>How many of their scores were 0 or below and have no logarithm.</summary>
    public long NonPositive { get; }

    internal ReadOnlySpan<Int128> Sums => sums;

    internal ReadOnlySpan<UInt256> Squares => squares;

    internal static PositionLogSums Of(Chunk keys, MapShape shape) =>
        keys is Chunk<uint> narrow ? Of<uint>(narrow.Keys, shape) : Of<ulong>(((Chunk<ulong>)keys).Keys, shape);

    internal static PositionLogSums Merge(PositionLogSums left, PositionLogSums right)
    {
        var (sums, squares) = (new Int128[left.sums.Length], new UInt256[left.sums.Length]);
        for (var i = 0; i < sums.Length; i++)
            (sums[i], squares[i]) = (left.sums[i] + right.sums[i], left.squares[i] + right.squares[i]);
        return new(left.Count + right.Count, left.NonPositive + right.NonPositive, sums, squares);
    }

    /// <inheritdoc/>
    public bool Equals(PositionLogSums? other) =>
        other is not null
        && Count == other.Count
        && NonPositive == other.NonPositive
        && Sums.SequenceEqual(other.Sums)
        && Squares.SequenceEqual(other.Squares);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PositionLogSums);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        sums.Aggregate(HashCode.Combine(Count, NonPositive, sums.Length), (hash, sum) => HashCode.Combine(hash, sum));

    private static PositionLogSums Of<TKey>(ReadOnlySpan<TKey> keys, MapShape shape)
        where TKey : unmanaged
    {
        var nonPositive = 0L;
        var (sums, squares) = (new Int128[shape.ImagePixels], new UInt256[shape.ImagePixels]);
        for (int i = 0, position = 0; i < keys.Length; i++, position = position + 1 == sums.Length ? 0 : position + 1)
        {
            var score = ScoreKey.Score(keys[i]);
            if (score <= 0)
            {
                nonPositive++;
                continue;
            }
            var log = FixedLog.Of(score);
            sums[position] += log;
            squares[position] += UInt256.Square(log);
        }
        return new(shape.Count, nonPositive, sums, squares);
    }
}
