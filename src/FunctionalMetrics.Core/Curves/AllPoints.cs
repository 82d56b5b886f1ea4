using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>
/// One point for each distinct score of either class, highest first: what a full curve shows. It costs a sort of the normal scores, so it is
/// made only when a user asks for every point. <c>Steps[k]</c> is how many steps of the sweep lie at or above point k.
/// </summary>
internal sealed record AllPoints(double[] Thresholds, long[] FalsePositives, int[] Steps)
{
    public int Count => Thresholds.Length;

    public static AllPoints Of(ThresholdSweep sweep, Rope negatives) =>
        negatives.IsWide ? Of<ulong>(sweep, negatives) : Of<uint>(sweep, negatives);

    private static AllPoints Of<TKey>(ThresholdSweep sweep, Rope negatives)
        where TKey : unmanaged, IComparable<TKey>
    {
        var runs = KeyRuns<TKey>.Of(negatives);
        var count = 0;
        foreach (var _ in Walk(runs, sweep))
            count++;
        var points = new AllPoints(new double[count], new long[count], new int[count]);
        var at = 0;
        foreach (var (threshold, falsePositives, steps) in Walk(runs, sweep))
            (points.Thresholds[at], points.FalsePositives[at], points.Steps[at++]) = (threshold, falsePositives, steps);
        return points;
    }

    /// <summary>Both classes from the top down, equal scores together.</summary>
    private static IEnumerable<(double Threshold, long FalsePositives, int Steps)> Walk<TKey>(KeyRuns<TKey> runs, ThresholdSweep sweep)
        where TKey : unmanaged
    {
        var (run, step, falsePositives) = (runs.Keys.Length, 0, 0L);
        while (run > 0 || step < sweep.Count)
        {
            var score = run > 0 ? ScoreKey.Score(runs.Keys[run - 1]) : double.NegativeInfinity;
            if (step < sweep.Count && sweep.Thresholds[step] >= score)
                score = sweep.Thresholds[step++];
            if (run > 0 && ScoreKey.Score(runs.Keys[run - 1]) >= score)
                falsePositives += runs.CountAt(--run);
            yield return (score, falsePositives, step);
        }
    }
}
