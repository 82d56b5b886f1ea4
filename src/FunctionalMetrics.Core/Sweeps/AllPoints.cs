using System.Numerics;
using System.Runtime.CompilerServices;
using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>
/// One point for each distinct score of either class, highest first: what a full curve shows. It costs a sort of the normal scores, so it is
/// made only when a user asks for every point.
/// </summary>
internal abstract class AllPoints
{
    public abstract int Count { get; }

    /// <summary>A score, and how many rows of each class have at least that score.</summary>
    public abstract (double Threshold, long TruePositives, long FalsePositives) this[int index] { get; }

    public static AllPoints Of(KeyBag negatives, KeyBag positives) =>
        negatives.IsWide || positives.IsWide ? Of<ulong>(negatives, positives) : Of<uint>(negatives, positives);

    private static AllPoints Of<TKey>(KeyBag negatives, KeyBag positives)
        where TKey : unmanaged, IBinaryInteger<TKey> =>
        negatives.IsCounted || positives.IsCounted
            ? AllPoints<TKey, long>.OfDistinct(DistinctKeys<TKey>.Of(negatives), DistinctKeys<TKey>.Of(positives))
            : AllPoints<TKey, uint>.OfRows(negatives, positives);
}

/// <summary>A point is a key and two counts: 12 bytes where scores are float32 and each is one row, and there are fewer than 2^31 of both classes.</summary>
internal sealed class AllPoints<TKey, TCount> : AllPoints
    where TKey : unmanaged, IBinaryInteger<TKey>
    where TCount : unmanaged, INumberBase<TCount>
{
    private readonly ArraySegment<TKey> keys;
    private readonly ArraySegment<TCount> truePositives;
    private readonly ArraySegment<TCount> falsePositives;
    private int count;

    private AllPoints(int most) =>
        (keys, truePositives, falsePositives) = (Arena<TKey>.Lend(most), Arena<TCount>.Lend(most), Arena<TCount>.Lend(most));

    public override int Count => count;

    public override (double Threshold, long TruePositives, long FalsePositives) this[int index] =>
        (ScoreKey.Score(keys[index]), long.CreateTruncating(truePositives[index]), long.CreateTruncating(falsePositives[index]));

    public static AllPoints OfDistinct(DistinctKeys<TKey> negatives, DistinctKeys<TKey> positives)
    {
        var points = new AllPoints<TKey, TCount>(checked(negatives.Keys.Length + positives.Keys.Length));
        var left = positives.Keys.Length;
        points.Add(negatives.Keys, negatives.Counts, positives.Keys, positives.Counts, ref left, true);
        return points;
    }

    public static AllPoints OfRows(KeyBag negatives, KeyBag positives)
    {
        var points = new AllPoints<TKey, TCount>(checked((int)(negatives.Keys + positives.Keys)));
        using var anomalous = new Scratch<TKey>((int)positives.Keys);
        positives.CopyTo(anomalous.Span);
        RadixSort.Sort(anomalous.Span);
        using var normal = new SortedPartition<TKey>(negatives);
        var left = anomalous.Span.Length;
        for (var part = normal.Count - 1; part >= 0; part--)
            points.Add(normal[part], [], anomalous.Span, [], ref left, part == 0);
        return points;
    }

    /// <summary>
    /// Goes on with normal scores, ascending, that lie below those before, and with the anomalous ones that are left and not below them
    /// all. No counts means one row for each key.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(
        ReadOnlySpan<TKey> normal,
        ReadOnlySpan<long> normalRows,
        ReadOnlySpan<TKey> anomalous,
        ReadOnlySpan<long> anomalousRows,
        ref int anomalousLeft,
        bool last
    )
    {
        Span<TKey> keys = this.keys;
        Span<TCount> truePositives = this.truePositives;
        Span<TCount> falsePositives = this.falsePositives;
        var at = count - 1;
        // No score has this key.
        var (before, tp, fp) = at < 0 ? (TKey.AllBitsSet, TCount.Zero, TCount.Zero) : (keys[at], truePositives[at], falsePositives[at]);
        var left = normal.Length;
        while (true)
        {
            // Nor this one, which lies below all.
            var threshold = anomalousLeft > 0 ? anomalous[anomalousLeft - 1] : TKey.Zero;
            for (TKey key; left > 0 && (key = normal[left - 1]) > threshold; left--)
            {
                at += key == before ? 0 : 1;
                fp += normalRows.IsEmpty ? TCount.One : TCount.CreateTruncating(normalRows[left - 1]);
                (keys[at], truePositives[at], falsePositives[at], before) = (key, tp, fp, key);
            }
            if (anomalousLeft == 0 || (left == 0 && !last))
                break;
            for (; left > 0 && normal[left - 1] == threshold; left--)
                fp += normalRows.IsEmpty ? TCount.One : TCount.CreateTruncating(normalRows[left - 1]);
            for (; anomalousLeft > 0 && anomalous[anomalousLeft - 1] == threshold; anomalousLeft--)
                tp += anomalousRows.IsEmpty ? TCount.One : TCount.CreateTruncating(anomalousRows[anomalousLeft - 1]);
            at++;
            (keys[at], truePositives[at], falsePositives[at], before) = (threshold, tp, fp, threshold);
        }
        count = at + 1;
    }
}
