using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>
/// What a table of bins leaves open, as two sweeps between which the true one lies: in <see cref="Worst"/> the normal rows of each bin
/// come first, in <see cref="Best"/> the anomalous ones; the one score of a bin that has seen no other is a tie in both. A step is a bin
/// with anomalous rows, the highest first.
/// </summary>
internal sealed class HistogramSweeps
{
    private readonly BinTable table;

    /// <summary>The index in the table of each step.</summary>
    private readonly int[] steps;

    public HistogramSweeps(BinTable table)
    {
        this.table = table;
        steps = [.. Enumerable.Range(0, table.Count).Where(i => table.Positives[i] > 0).Reverse()];
        var (found, weights) = (new long[steps.Length], new UInt128[table.IsWeighted ? steps.Length : 0]);
        var (first, last) = (new long[steps.Length], new long[steps.Length]);
        var (tp, fp, weight, step) = (0L, 0L, UInt128.Zero, 0);
        for (var i = table.Count - 1; i >= 0; i--)
        {
            if (table.Positives[i] > 0)
            {
                (first[step], last[step]) = (fp, fp + table.Negatives[i]);
                found[step] = tp += table.Positives[i];
                if (table.IsWeighted)
                    weights[step] = weight += table.Weights[i];
                step++;
            }
            fp += table.Negatives[i];
        }
        var thresholds = new double[steps.Length];
        long[] worstAbove = [.. Enumerable.Range(0, Count).Select(at => IsKnown(at) ? first[at] : last[at])];
        long[] bestAt = [.. Enumerable.Range(0, Count).Select(at => IsKnown(at) ? last[at] : first[at])];
        Worst = new(new(thresholds, found, worstAbove, last, weights), fp);
        Best = new(new(thresholds, found, first, bestAt, weights), fp);
    }

    /// <summary>Each bin's normal rows before its anomalous ones.</summary>
    public ThresholdSweep Worst { get; }

    /// <summary>Each bin's anomalous rows before its normal ones.</summary>
    public ThresholdSweep Best { get; }

    /// <summary>How many steps there are.</summary>
    public int Count => steps.Length;

    /// <summary>Whether a step's bin has seen one score only.</summary>
    public bool IsKnown(int step) => table.Single[steps[step]] != BinTable.Many;

    /// <summary>Between which scores the bin of a step lies.</summary>
    public (double Lowest, double Highest) Range(int step) => table.Range(steps[step]);
}
