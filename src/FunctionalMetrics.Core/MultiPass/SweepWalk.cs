using System.Runtime.CompilerServices;
using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>
/// Walks once over all thresholds from the highest down: those of bins with one score are known from the table, those of bands come from
/// their counts. What is walked over is summed and forgotten, some thousand thresholds at a time.
/// </summary>
internal sealed class SweepWalk(BinTable table, PassSums sums)
{
    private const int Together = 1 << 14;

    private readonly SweepColumns columns = SweepColumns.Lend(Together, table.IsWeighted);
    private int length;

    /// <summary>The bin that comes next, and what lies above it.</summary>
    private int next = table.Count - 1;
    private SweepCounts passed;

    /// <summary>What the thresholds that are summed already count.</summary>
    private SweepCounts summed;

    /// <summary>Walks to the end of a band with what was counted of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Through<TKey>(Band band, BandCounts<TKey> counts)
        where TKey : unmanaged, IComparable<TKey>
    {
        var (gathered, normal) = (counts.Gathered, counts.FromAbove());
        // Counted normal rows above the next key, and those in bins of the band that are behind: the rest is in the bin itself.
        var (left, threshold, counted, behind) = (gathered.Count, counts.Distinct, normal.Above, 0L);
        var keys = gathered.Keys;
        var kinds = gathered.Kinds;
        var regionWeights = gathered.Weights;
        foreach (var index in band.Indexes)
        {
            while (next > index)
                Known();
            for (var end = left - table.Positives[index]; left > end; )
            {
                var (key, rows, weight) = (keys[left - 1], 0L, UInt128.Zero);
                for (; left > 0 && keys[left - 1].CompareTo(key) == 0; left--, rows++)
                    weight += kinds.IsEmpty ? 0 : regionWeights[kinds[left - 1]];
                var over = passed.FalsePositives + counted - behind;
                var (at, below) = normal[--threshold];
                Step(ScoreKey.Score(key), rows, weight, over, over + at);
                counted += at + below;
            }
            behind += table.Negatives[index];
            Pass();
        }
    }

    /// <summary>Walks to the end.</summary>
    public void Finish()
    {
        while (next >= 0)
            Known();
        Sum();
    }

    /// <summary>A bin of one score, or without an anomalous row.</summary>
    private void Known()
    {
        if (table.Positives[next] > 0)
            Step(
                ScoreKey.Score(table.Single[next]),
                table.Positives[next],
                table.IsWeighted ? table.Weights[next] : 0,
                passed.FalsePositives,
                passed.FalsePositives + table.Negatives[next]
            );
        Pass();
    }

    private void Pass()
    {
        passed = passed with { FalsePositives = passed.FalsePositives + table.Negatives[next] };
        next--;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Step(double threshold, long rows, UInt128 weight, long over, long at)
    {
        passed = passed with { TruePositives = passed.TruePositives + rows, Weight = passed.Weight + weight };
        columns.Thresholds.AsSpan()[length] = threshold;
        columns.TruePositives.AsSpan()[length] = passed.TruePositives;
        columns.FalsePositivesAbove.AsSpan()[length] = over;
        columns.FalsePositives.AsSpan()[length] = at;
        if (table.IsWeighted)
            columns.Weights.AsSpan()[length] = passed.Weight;
        if (++length == Together)
            Sum();
    }

    private void Sum()
    {
        if (length == 0)
            return;
        sums.Add(new(columns.Part(..length), summed, table.Rows.Positives, table.Rows.Negatives));
        (summed, length) = (new(passed.TruePositives, columns.FalsePositives[length - 1], passed.Weight), 0);
    }
}
