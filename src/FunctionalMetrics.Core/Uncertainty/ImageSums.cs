using System.Numerics;
using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>
/// Each image's sums of the <see cref="Placement"/> of its pixels among all pixels of the other class: 2 N and 2 P times Obuchowski's X and Y.
/// </summary>
internal sealed record ImageSums(BigInteger[] Anomalous, BigInteger[] Normal)
{
    public BigInteger Pairs => Anomalous.Aggregate(BigInteger.Zero, BigInteger.Add);

    public static ImageSums Of(KeptImage[] images)
    {
        var normal = images.Aggregate(KeyBag.Empty, (bag, image) => bag.Add(image.Normal));
        var anomalous = images.Aggregate(KeyBag.Empty, (bag, image) => bag.Add(image.Regions.Ungrouped));
        return normal.IsWide || anomalous.IsWide ? Of<ulong>(images, normal, anomalous) : Of<uint>(images, normal, anomalous);
    }

    private static ImageSums Of<TKey>(KeptImage[] images, KeyBag normal, KeyBag anomalous)
        where TKey : unmanaged, IComparable<TKey>
    {
        var distinct = DistinctKeys<TKey>.Of(anomalous);
        var (ofAnomalous, ofNormal) = (Places<TKey>(normal, distinct.Keys), Reached(distinct));
        var (x, y) = (new BigInteger[images.Length], new BigInteger[images.Length]);
        SharedWork.Each(
            images.Length,
            Environment.ProcessorCount,
            k =>
            {
                x[k] = Sum(DistinctKeys<TKey>.Of(images[k].AnomalousKeys), distinct.Keys, slot => ofAnomalous[slot / 2]);
                y[k] = Sum(DistinctKeys<TKey>.Of(images[k].NormalKeys), distinct.Keys, slot => ofNormal[slot]);
            }
        );
        return new(x, y);
    }

    /// <summary>Of each distinct anomalous score, how many normal ones are below it and how many are not above it, added.</summary>
    private static long[] Places<TKey>(KeyBag normal, TKey[] scores)
        where TKey : unmanaged, IComparable<TKey>
    {
        var counts = ThresholdCounts.Count<TKey>(normal, scores);
        var places = new long[scores.Length];
        for (var (u, below) = (0, 0L); u < scores.Length; below += counts.At(u++))
        {
            below += counts.Between(u);
            places[u] = 2 * below + counts.At(u);
        }
        return places;
    }

    /// <summary>Of a normal score in each slot of the distinct anomalous ones, how many of those are above it and how many are not below it, added.</summary>
    private static long[] Reached<TKey>(DistinctKeys<TKey> scores)
        where TKey : unmanaged
    {
        var reached = new long[GapCounts.Slots(scores.Keys.Length)];
        for (var (u, above) = (scores.Keys.Length - 1, 0L); u >= 0; u--)
        {
            reached[GapCounts.Slot(u, true)] = 2 * above + scores.CountAt(u);
            above += scores.CountAt(u);
            reached[GapCounts.Slot(u, false)] = 2 * above;
        }
        return reached;
    }

    /// <summary>The sum over keys of what the slot of each among ascending scores is worth.</summary>
    private static BigInteger Sum<TKey>(DistinctKeys<TKey> keys, TKey[] scores, Func<int, long> worth)
        where TKey : unmanaged, IComparable<TKey>
    {
        var (sum, at) = (Int128.Zero, 0);
        for (var i = 0; i < keys.Keys.Length; i++)
        {
            var key = keys.Keys[i];
            at += From(scores.AsSpan(at), key);
            var equal = at < scores.Length && scores[at].CompareTo(key) == 0;
            sum += (Int128)worth(GapCounts.Slot(at, equal)) * keys.CountAt(i);
        }
        return sum;
    }

    /// <summary>How many ascending scores are below a key: steps that double, then a search between the last two.</summary>
    private static int From<TKey>(ReadOnlySpan<TKey> scores, TKey key)
        where TKey : unmanaged, IComparable<TKey>
    {
        var end = 1;
        while (end < scores.Length && scores[end - 1].CompareTo(key) < 0)
            end = (int)Math.Min(2L * end, scores.Length);
        return scores[..Math.Min(end, scores.Length)].BinarySearch(key) is var found && found < 0 ? ~found : found;
    }
}
