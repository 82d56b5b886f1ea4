using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>
/// How many scores were seen, how many of them were 0 or below, and over the others the exact sums of q and of q^2, where
/// q = round(2^60 ln s). Compared by value; immutable.
/// </summary>
public sealed record LogSums
{
    internal LogSums(long count, long nonPositive, Int128 sum, UInt256 squares) =>
        (Count, NonPositive, Sum, Squares) = (count, nonPositive, sum, squares);

    /// <summary>No scores seen.</summary>
    public static LogSums Empty { get; } = new(0, 0, 0, default);

    /// <summary>How many scores were seen.</summary>
    public long Count { get; }

    /// <summary>How many of them were 0 or below and have no logarithm.</summary>
    public long NonPositive { get; }

    /// <summary>The sum of q.</summary>
    internal Int128 Sum { get; }

    /// <summary>The sum of q^2.</summary>
    internal UInt256 Squares { get; }

    internal static LogSums Of(Chunk keys) =>
        keys is Chunk<uint> narrow ? Of<uint>(narrow.Keys, keys.Counts) : Of<ulong>(((Chunk<ulong>)keys).Keys, keys.Counts);

    internal static LogSums Merge(LogSums left, LogSums right) =>
        new(
            checked(left.Count + right.Count),
            left.NonPositive + right.NonPositive,
            checked(left.Sum + right.Sum),
            left.Squares + right.Squares
        );

    private static LogSums Of<TKey>(ReadOnlySpan<TKey> keys, ReadOnlySpan<long> counts)
        where TKey : unmanaged
    {
        var (count, nonPositive, sum, squares) = (0L, 0L, (Int128)0, default(UInt256));
        for (var i = 0; i < keys.Length; i++)
        {
            var (score, rows) = (ScoreKey.Score(keys[i]), counts.IsEmpty ? 1 : counts[i]);
            count = checked(count + rows);
            if (score <= 0)
            {
                nonPositive += rows;
                continue;
            }
            var log = FixedLog.Of(score);
            sum = checked(sum + log * rows);
            squares += counts.IsEmpty ? UInt256.Square(log) : UInt256.Square(log) * (ulong)rows;
        }
        return new(count, nonPositive, sum, squares);
    }
}
