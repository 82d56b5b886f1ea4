using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>
/// One sweep down the table for some replicates side by side: each gets the steps of a sweep over the scores of the repeated units, at the thresholds
/// that an anomalous score of its own has, and what reductions find there is that of those scores, bit for bit.
/// </summary>
internal static class ReplicateSweep
{
    private const int Lanes = SparseGaps.Lanes;

    /// <summary>What reductions find in each replicate.</summary>
    /// <param name="table">The table.</param>
    /// <param name="times">How often each replicate has each unit: at most <see cref="SparseGaps.Lanes"/> replicates.</param>
    /// <param name="reductions">What is asked for.</param>
    public static ReplicateRanking[] Of(UnitCounts table, int[][] times, ImmutableArray<IReduction> reductions) =>
        table.IsNarrow ? Of<uint>(table, times, reductions) : Of<ulong>(table, times, reductions);

    internal static ReplicateRanking[] Of<TLane>(UnitCounts table, int[][] times, ImmutableArray<IReduction> reductions)
        where TLane : unmanaged, INumber<TLane>
    {
        var lanes = new uint[table.Count * Lanes];
        for (var lane = 0; lane < times.Length; lane++)
        for (var unit = 0; unit < table.Count; unit++)
            lanes[unit * Lanes + lane] = (uint)times[lane][unit];
        var walks = Array.ConvertAll(times, own => new Walk(table, own, new(reductions)));
        var columns = new Columns(Math.Min(SparseGaps.Block, table.Thresholds.Length), table.HasRegions);
        using var room = new Scratch<TLane>(2 * columns.Length * Lanes);
        for (var block = 0; block < SparseGaps.Blocks(table.Thresholds.Length); block++)
        {
            var first = block * SparseGaps.Block;
            var last = Math.Min(first + SparseGaps.Block, table.Thresholds.Length);
            var sums = room.Span[..(2 * (last - first) * Lanes)];
            sums.Clear();
            for (var unit = 0; unit < table.Count; unit++)
                table.Gaps[unit].AddTo(block, lanes.AsSpan(unit * Lanes, Lanes), sums);
            for (var lane = 0; lane < walks.Length; lane++)
                walks[lane].Through<TLane>(first, last, sums, lane, columns);
        }
        return Array.ConvertAll(walks, walk => walk.Ranking);
    }

    /// <summary>Room for the steps of one replicate in a block.</summary>
    private sealed class Columns(int length, bool weighted)
    {
        public int Length => length;

        public double[] Thresholds { get; } = new double[length];

        public long[] TruePositives { get; } = new long[length];

        public long[] FalsePositivesAbove { get; } = new long[length];

        public long[] FalsePositives { get; } = new long[length];

        public UInt128[] Weights { get; } = new UInt128[weighted ? length : 0];

        public SweepColumns First(int steps) =>
            new(
                new(Thresholds, 0, steps),
                new(TruePositives, 0, steps),
                new(FalsePositivesAbove, 0, steps),
                new(FalsePositives, 0, steps),
                Weights.Length > 0 ? new(Weights, 0, steps) : ArraySegment<UInt128>.Empty
            );
    }

    /// <summary>How far one replicate has come.</summary>
    private sealed class Walk
    {
        private readonly UnitCounts table;
        private readonly PassSums sums;

        /// <summary>What an anomalous score of each group adds.</summary>
        private readonly (long Rows, UInt128 Weight)[] shares;

        /// <summary>What lies above the next threshold, and what the steps that are summed already count.</summary>
        private SweepCounts passed;
        private SweepCounts summed;

        public Walk(UnitCounts table, int[] times, PassSums sums)
        {
            (this.table, this.sums) = (table, sums);
            shares = Array.ConvertAll(
                table.Groups,
                group => ((long)times[group.Unit], table.HasRegions ? (uint)times[group.Unit] * RegionWeights.Of(group.Size) : UInt128.Zero)
            );
            Ranking = new(table, times, sums);
        }

        public ReplicateRanking Ranking { get; }

        /// <summary>Walks through a block. Thresholds that no anomalous score of the replicate has are none of its own: their normal scores lie between others.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Through<TLane>(int first, int last, ReadOnlySpan<TLane> gaps, int lane, Columns columns)
            where TLane : unmanaged, INumber<TLane>
        {
            ReadOnlySpan<int> starts = table.Starts;
            ReadOnlySpan<int> found = table.Found;
            ReadOnlySpan<long> counts = table.Rows;
            ReadOnlySpan<double> scores = table.Thresholds;
            ReadOnlySpan<(long Rows, UInt128 Weight)> shares = this.shares;
            Span<double> thresholds = columns.Thresholds;
            Span<long> truePositives = columns.TruePositives;
            Span<long> above = columns.FalsePositivesAbove;
            Span<long> at = columns.FalsePositives;
            Span<UInt128> weights = columns.Weights;
            var (tp, fp, weight) = passed;
            var (steps, entry) = (0, starts[first]);
            for (var k = first; k < last; k++, lane += 2 * Lanes)
            {
                fp += long.CreateTruncating(gaps[lane]);
                var tied = long.CreateTruncating(gaps[lane + Lanes]);
                var before = tp;
                for (var end = starts[k + 1]; entry < end; entry++)
                {
                    ref readonly var share = ref shares[found[entry]];
                    var rows = counts.IsEmpty ? 1 : counts[entry];
                    tp += rows * share.Rows;
                    if (!weights.IsEmpty)
                        weight += rows == 1 ? share.Weight : (ulong)rows * share.Weight;
                }
                above[steps] = fp;
                fp += tied;
                if (tp == before)
                    continue;
                (thresholds[steps], truePositives[steps], at[steps]) = (scores[k], tp, fp);
                if (!weights.IsEmpty)
                    weights[steps] = weight;
                steps++;
            }
            passed = new(tp, fp, weight);
            if (steps == 0)
                return;
            sums.Add(new(columns.First(steps), summed, Ranking.Positives, Ranking.Negatives));
            summed = new(truePositives[steps - 1], at[steps - 1], weights.IsEmpty ? 0 : weights[steps - 1]);
        }
    }
}
