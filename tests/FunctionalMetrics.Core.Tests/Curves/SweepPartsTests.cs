using System.Numerics;
using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>What is found in parts of a sweep, on as many threads as there are processors, is what is found in the whole.</summary>
public class SweepPartsTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Sums_and_optimum_are_those_of_one_walk(int seed, bool tied)
    {
        var choices = new Choices(seed);
        Row[] rows =
        [
            .. Enumerable.Range(0, 120_000).Select(i => new Row(choices.Below(tied ? 50_000 : int.MaxValue) / 1024.0, choices.Once(2))),
        ];
        var sweep = RankState.Of(Batching.Rows(rows, false)).Sweep;
        Assert.InRange(sweep.Count, 1 << 15, int.MaxValue);
        Assert.Equal(RocCurve.DoubledPairs(sweep), sweep.Over(RocCurve.DoubledPairs, (a, b) => a + b));
        Assert.Equal(
            PrecisionRecallCurve.SumsOf(sweep),
            sweep.Over(PrecisionRecallCurve.SumsOf, (a, b) => (a.Trapezoids + b.Trapezoids, a.Steps + b.Steps))
        );
        Assert.Equal(F1Curve.OptimumOf(sweep), sweep.Over(F1Curve.OptimumOf, F1Curve.Better));
    }

    [Theory]
    [InlineData(9)]
    [InlineData((1L << 30) - 1)]
    [InlineData(1L << 30)]
    [InlineData((1L << 31) + 7)]
    [InlineData(1L << 35)]
    public void Sums_of_few_thresholds_are_exact_however_many_rows_they_have(long positives)
    {
        foreach (var normal in (long[])[0, 1, 1L << 33, 1L << 60])
        {
            const int Count = 21;
            long Running(long of, int i) => (long)((Int128)of * i * i / (Count * Count));
            long[] tp = [.. Enumerable.Range(1, Count).Select(i => Math.Max(i, Running(positives, i)))];
            long[] above = [.. Enumerable.Range(1, Count).Select(i => Running(normal, i) / 2)];
            long[] at = [.. Enumerable.Range(1, Count).Select(i => Running(normal, i) / 2 + Running(normal, 1) / 4)];
            var (trapezoids, steps, before, precision) = (BigInteger.Zero, BigInteger.Zero, 0L, BigInteger.One << 64);
            for (var i = 0; i < Count; i++)
            {
                var start = above[i] + before == 0 ? precision : ((BigInteger)before << 64) / (before + above[i]);
                precision = ((BigInteger)tp[i] << 64) / (tp[i] + at[i]);
                trapezoids += (tp[i] - before) * (start + precision);
                steps += (tp[i] - before) * precision;
                before = tp[i];
            }
            var sweep = new ThresholdSweep([.. Enumerable.Range(0, Count).Select(i => (double)-i)], tp, above, at, [], normal);
            var sums = PrecisionRecallCurve.SumsOf(sweep);
            Assert.Equal((trapezoids, steps), ((BigInteger)sums.Trapezoids, (BigInteger)sums.Steps));
        }
    }

    /// <summary>Stripes of different widths, a line apart: each is a region of as many pixels.</summary>
    [Theory]
    [InlineData(3, int.MaxValue)]
    [InlineData(4, 70_000)]
    public void Counts_of_many_thresholds_are_running_totals(int seed, int scores)
    {
        const int Side = 512;
        var choices = new Choices(seed);
        var maps = new double[Side * Side];
        var masks = new byte[Side * Side];
        for (var i = 0; i < maps.Length; i++)
            (maps[i], masks[i]) = (choices.Below(scores) / 1024.0, (byte)(i / Side % 2 == 0 && i % Side <= i / Side ? 1 : 0));
        var sweep = RegionState.Of(MapBatch.Create(maps, masks, new MapShape(1, Side, Side)).Good()).Sweep;
        Assert.InRange(sweep.Count, 1 << 15, int.MaxValue);

        var (step, found, normal, weight) = (0, 0L, 0L, UInt128.Zero);
        foreach (var tied in Enumerable.Range(0, maps.Length).GroupBy(i => maps[i]).OrderByDescending(group => group.Key))
        {
            var above = normal;
            foreach (var pixel in tied)
                if (masks[pixel] == 0)
                    normal++;
                else
                    (found, weight) = (found + 1, weight + ThresholdSweep.WeightOf(pixel / Side + 1));
            if (tied.All(pixel => masks[pixel] == 0))
                continue;
            var (threshold, counts) = (sweep.Thresholds[step], (sweep.TruePositives[step], sweep.FalsePositivesAbove[step]));
            Assert.Equal((tied.Key, (found, above)), (threshold, counts));
            Assert.Equal((normal, weight), (sweep.FalsePositives[step], sweep.HeightBefore(++step)));
        }
        Assert.Equal(step, sweep.Count);
    }

    [Fact]
    public void Of_equal_optima_the_one_of_the_lower_threshold_is_preferred()
    {
        var counts = new ConfusionMatrix(1, 1, 1, 1);
        Assert.Equal((1.0, counts), F1Curve.Better((2, counts), (1, counts)));
        Assert.Equal((2.0, counts), F1Curve.Better((2, counts), (1, new ConfusionMatrix(1, 2, 1, 0))));
    }
}
