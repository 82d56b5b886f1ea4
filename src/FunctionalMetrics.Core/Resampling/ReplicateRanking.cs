using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>What a sweep down the table found of a replicate, in which units stand several times or not at all.</summary>
internal sealed record ReplicateRanking : ExactRanking
{
    private readonly UnitCounts table;
    private readonly int[] times;
    private readonly PassSums sums;

    public ReplicateRanking(UnitCounts table, int[] times, PassSums sums)
        : base(Total(times, table.Positives), Total(times, table.Negatives), table.HasRegions ? Some(Total(times, table.Regions)) : None) =>
        (this.table, this.times, this.sums) = (table, times, sums);

    public override ExtremaState Extrema =>
        Enumerable
            .Range(0, times.Length)
            .Where(unit => times[unit] > 0)
            .Select(table.ExtremaOf)
            .Fold(ExtremaState.Empty, ExtremaState.Merge);

    /// <summary>How often each unit stands in the replicate.</summary>
    public int[] Times => times;

    /// <summary>The same replicate of the table of the swapped classes, where that was asked for: normal scores are no thresholds of this one.</summary>
    public ReplicateRanking? Swapped { get; init; }

    public override Option<Ranking> Twin => Swapped is { } twin ? Some<Ranking>(twin) : None;

    public override TSum Of<TSum>(Reduction<TSum> reduction) => sums.Of(reduction);

    public override (ConfusionMatrix Worst, ConfusionMatrix Best) At(double threshold)
    {
        var (positives, negatives) = table.AtLeast(threshold);
        var (tp, fp) = (Total(times, positives), Total(times, negatives));
        var counts = new ConfusionMatrix(tp, fp, Positives - tp, Negatives - fp);
        return (counts, counts);
    }

    private static long Total(int[] times, long[] each)
    {
        var sum = 0L;
        for (var unit = 0; unit < times.Length; unit++)
            sum += times[unit] * each[unit];
        return sum;
    }
}
