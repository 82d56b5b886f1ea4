using System.Runtime.CompilerServices;
using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>
/// One point for each distinct score of either class, highest first: what a full curve shows. It costs a sort of the normal scores, so it is
/// made only when a user asks for every point. <c>Steps[k]</c> is how many steps of the sweep lie at or above point k.
/// </summary>
internal sealed record AllPoints(ArraySegment<double> Thresholds, ArraySegment<long> FalsePositives, ArraySegment<int> Steps)
{
    public int Count => Thresholds.Count;

    public static AllPoints Of(ThresholdSweep sweep, Rope negatives) =>
        negatives.IsWide ? Of<ulong>(sweep, negatives) : Of<uint>(sweep, negatives);

    private static AllPoints Of<TKey>(ThresholdSweep sweep, Rope negatives)
        where TKey : unmanaged, IComparable<TKey>
    {
        if (negatives.IsCounted)
        {
            var runs = KeyRuns<TKey>.Of(negatives);
            return Merged<TKey>(sweep, runs.Keys, runs.Counts);
        }
        using var sorted = new Rented<TKey>(checked((int)negatives.Keys));
        negatives.CopyTo(sorted.Span);
        RadixSort.Sort(sorted.Span);
        return Merged<TKey>(sweep, sorted.Span, []);
    }

    /// <summary>Both classes from the top down, equal scores together; no counts means one row for each of the ascending keys.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static AllPoints Merged<TKey>(ThresholdSweep sweep, ReadOnlySpan<TKey> keys, ReadOnlySpan<long> counts)
        where TKey : unmanaged, IComparable<TKey>
    {
        var most = checked(keys.Length + sweep.Count);
        var points = new AllPoints(Slab<double>.Lend(most), Slab<long>.Lend(most), Slab<int>.Lend(most));
        Span<double> thresholds = points.Thresholds;
        Span<long> falsePositives = points.FalsePositives;
        Span<int> steps = points.Steps;
        var (at, left, found) = (0, keys.Length, 0L);
        for (var step = 0; step <= sweep.Count; step++)
        {
            var threshold = step < sweep.Count ? sweep.Thresholds[step] : double.NegativeInfinity;
            double score;
            while (left > 0 && (score = ScoreKey.Score(keys[left - 1])) > threshold)
            {
                found += counts.IsEmpty ? 1 : counts[left - 1];
                (thresholds[at], falsePositives[at], steps[at]) = (score, found, step);
                // An equal score comes next: then this point is written again, with one more row.
                at += --left > 0 && keys[left - 1].CompareTo(keys[left]) == 0 ? 0 : 1;
            }
            if (step == sweep.Count)
                break;
            for (; left > 0 && ScoreKey.Score(keys[left - 1]) == threshold; left--)
                found += counts.IsEmpty ? 1 : counts[left - 1];
            (thresholds[at], falsePositives[at], steps[at++]) = (threshold, found, step + 1);
        }
        return new(points.Thresholds[..at], points.FalsePositives[..at], points.Steps[..at]);
    }
}
