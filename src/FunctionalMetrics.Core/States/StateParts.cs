using System.Runtime.CompilerServices;
using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>
/// An exact state in two parts that travel apart, so that normal scores, which are many, are counted where they lie and only anomalous ones,
/// which are few, are moved:
/// <code>
/// RegionState anomalous = shards.Select(shard => shard.Anomalous()).Aggregate(RegionState.Merge);     // gathered
/// RankState at = anomalous.Thresholds(0.5);                                                           // told to every shard
/// RegionState normal = shards.Select(shard => shard.NormalAt(at)).Aggregate(RegionState.Merge);       // at most 2 keys for each threshold
/// RegionState judged = RegionState.Merge(anomalous, normal);
/// </code>
/// Every area, optimum, outline and count at an anomalous score, and the smallest and the largest score, are those of the whole state to the
/// bit: only how many normal scores lie between and at the anomalous ones matters to them, and that is kept. What asks for each normal score
/// (a curve's <c>Points</c>, a histogram, equality) needs the whole state. All of it commutes with Merge.
/// </summary>
public static class StateParts
{
    /// <summary>The anomalous rows alone.</summary>
    public static RankState Anomalous(this RankState state) => new(KeyBag.Empty, state.PositiveKeys);

    /// <summary>The regions alone, without a normal pixel.</summary>
    public static RegionState Anomalous(this RegionState state) => new(KeyBag.Empty, state.RegionKeys, state.Regions);

    /// <summary>Each distinct anomalous score and each given threshold once, as a state of so many anomalous rows.</summary>
    public static RankState Thresholds(this RankState state, params ReadOnlySpan<double> given) => ThresholdsOf(state.PositiveKeys, given);

    /// <inheritdoc cref="Thresholds(RankState, ReadOnlySpan{double})"/>
    public static RankState Thresholds(this RegionState state, params ReadOnlySpan<double> given) => ThresholdsOf(state.RegionKeys, given);

    /// <summary>
    /// The normal rows alone, those strictly between two neighbouring thresholds moved to one place between them, within the range of all. The smallest and the
    /// largest stay where they are.
    /// </summary>
    /// <param name="state">The state.</param>
    /// <param name="thresholds">What <see cref="Thresholds(RankState, ReadOnlySpan{double})"/> gave.</param>
    public static RankState NormalAt(this RankState state, RankState thresholds) =>
        new(NormalAt(state.NegativeKeys, thresholds.PositiveKeys), KeyBag.Empty);

    /// <inheritdoc cref="NormalAt(RankState, RankState)"/>
    public static RegionState NormalAt(this RegionState state, RankState thresholds) =>
        new(NormalAt(state.NegativeKeys, thresholds.PositiveKeys), KeyBag.Empty, 0);

    /// <summary>
    /// A hash of what the state holds, equal for equal states on every machine: it tells whether data that was read again is the same. It
    /// finds accidents, not forgeries.
    /// </summary>
    public static ulong Checksum(this RankState state) => Combine(Sum(state.NegativeKeys), Sum(state.PositiveKeys));

    /// <inheritdoc cref="Checksum(RankState)"/>
    public static ulong Checksum(this RegionState state) =>
        Combine(Combine(Sum(state.NegativeKeys), Sum(state.RegionKeys)), GroupSum(state.RegionKeys));

    private static RankState ThresholdsOf(KeyBag positives, ReadOnlySpan<double> given)
    {
        // A threshold that no float32 number equals lies between two of them.
        var all = positives;
        foreach (var threshold in given)
            all = all.Add(
                (float)threshold == threshold
                    ? new Chunk<uint>([ScoreKey.AtLeast<uint>(threshold)])
                    : new Chunk<ulong>([ScoreKey.Of(threshold)])
            );
        return new(
            KeyBag.Empty,
            KeyBag.Empty.Add(
                all.IsWide ? new Chunk<ulong>(DistinctKeys<ulong>.Of(all).Keys) : new Chunk<uint>(DistinctKeys<uint>.Of(all).Keys)
            )
        );
    }

    private static KeyBag NormalAt(KeyBag negatives, KeyBag thresholds) =>
        negatives.Count == 0 ? KeyBag.Empty
        : negatives.IsWide || thresholds.IsWide ? NormalAt<ulong>(negatives, thresholds)
        : NormalAt<uint>(negatives, thresholds);

    private static KeyBag NormalAt<TKey>(KeyBag negatives, KeyBag thresholds)
        where TKey : unmanaged, IComparable<TKey>
    {
        var at = DistinctKeys<TKey>.Of(thresholds).Keys;
        var counts = ThresholdCounts.Count<TKey>(negatives, at);
        var (min, max) = Extremes<TKey>(negatives);
        var (keys, rows) = (new List<TKey>(), new List<long>());
        foreach (var key in min.CompareTo(max) == 0 ? (TKey[])[min] : [min, max])
            if (Array.BinarySearch(at, key) is var found && found < 0)
            {
                counts.Between(~found)--;
                Keep(key, 1);
            }
        for (var i = 0; i <= at.Length; i++)
        {
            // A score lies strictly between, so the key that follows the threshold below (or precedes the lowest) does so as well.
            Keep(
                i > 0 ? Beside(at[i - 1], 1)
                    : at.Length > 0 ? Beside(at[0], -1)
                    : min,
                counts.Between(i)
            );
            if (i < at.Length)
                Keep(at[i], counts.At(i));
        }
        var distinct = DistinctKeys<TKey>.Of([.. keys], [.. rows]);
        return KeyBag.Empty.Add(new Chunk<TKey>(distinct.Keys, [], distinct.Counts));

        void Keep(TKey key, long count)
        {
            if (count == 0)
                return;
            keys.Add(
                key.CompareTo(min) < 0 ? min
                : key.CompareTo(max) > 0 ? max
                : key
            );
            rows.Add(count);
        }
    }

    /// <summary>The key one step above or below that a number has; -0 has none.</summary>
    private static TKey Beside<TKey>(TKey key, int step)
        where TKey : unmanaged
    {
        var beside = ScoreKey.Bits(key) + (ulong)step;
        return ScoreKey.Key<TKey>(beside == ScoreKey.Zero<TKey>() - 1 ? beside + (ulong)step : beside);
    }

    private static (TKey Min, TKey Max) Extremes<TKey>(KeyBag bag)
        where TKey : unmanaged
    {
        // The extremes of narrow keys are float32 numbers, so each key stands for its number exactly.
        var (min, max) = ((double, double))ExtremaState.Of(new Scores([.. bag.Chunks])).Range;
        return (ScoreKey.AtLeast<TKey>(min), ScoreKey.AtLeast<TKey>(max));
    }

    private static ulong Sum(KeyBag bag) => bag.Chunks.Aggregate((ulong)bag.Count, (sum, chunk) => sum + KeyHash.Sum(chunk));

    private static ulong GroupSum(KeyBag regions) => regions.Chunks.Aggregate(0ul, (sum, chunk) => sum + KeyHash.SumOfGroups(chunk));

    private static ulong Combine(ulong first, ulong second) => KeyHash.Mix(first + KeyHash.Mix(second + 1));
}
