using System.Numerics;
using FunctionalMetrics.Core.Numerics;
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
        // Slices of one walk, as passes make them; and parts on threads.
        var (slices, numbers) = (Slices(sweep, 4000), (SweepNumber[])[OrderedPairs.Share, PrecisionSums.Steps, LargestF1.F1]);
        foreach (
            var number in (SweepNumber[])[.. numbers, PrecisionSums.Trapezoids, AreaUnder.Normalized(0.3, ofRegions: false), .. Points]
        )
        {
            var sums = new PassSums([number.Reduction]);
            foreach (var slice in slices)
                sums.Add(slice);
            Assert.Equal(
                number.Of((ISums)sweep),
                number.Of(new PassRanking(sweep.Positives, sweep.Negatives, default, ExtremaState.Empty, sums, new([])))
            );
            var one = new PassSums([number.Reduction]);
            one.Add(sweep);
            Assert.Equal(
                number.Of((ISums)sweep),
                number.Of(new PassRanking(sweep.Positives, sweep.Negatives, default, ExtremaState.Empty, one, new([])))
            );
            Assert.Equal(
                number.Point(sweep),
                number.Point(new PassRanking(sweep.Positives, sweep.Negatives, default, ExtremaState.Empty, sums, new([])))
            );
        }
        var optimum = new PassSums([LargestF1.Reduction]);
        foreach (var slice in slices)
            optimum.Add(slice);
        Assert.Equal(sweep.Of(LargestF1.Reduction), optimum.Of(LargestF1.Reduction));
    }

    private static IEnumerable<SweepNumber> Points =>
        [
            PointsFound.FalsePositiveRate(new(19, 20)),
            PointsFound.TrueNegativeRate(new(1, 3)),
            PointsFound.TruePositiveRate(new(1, 100)),
            PointsFound.Recall(0.6),
            PointsFound.Recall(0.999),
            PointsFound.Precision(new(1, 2)),
            AreaUnder.Standardised(0.1, ofRegions: false),
            LogArea.Between(0.001, 0.1),
            RocCrossing.FalsePositiveRate,
            TopRows.Share(70_001),
        ];

    private static List<ThresholdSweep> Slices(ThresholdSweep sweep, int length) =>
        [
            .. Enumerable
                .Range(0, (sweep.Count + length - 1) / length)
                .Select(part => sweep.Part((part * length)..Math.Min(sweep.Count, (part + 1) * length))),
        ];

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
            var sweep = Sweep([.. Enumerable.Range(0, Count).Select(i => (double)-i)], tp, above, at, [], normal);
            Assert.Equal(
                (trapezoids, steps),
                (PrecisionSums.Trapezoids.Of((ISums)sweep).Numerator, PrecisionSums.Steps.Of((ISums)sweep).Numerator)
            );
        }
    }

    /// <summary>Sweeps whose counts need all of their bits, against integers of any length.</summary>
    [Theory]
    [InlineData(1, 40, 88)]
    [InlineData(2, 62, 126)]
    [InlineData(3, 20, 0)]
    public void Areas_and_optimum_of_many_thresholds_and_rows_are_exact(int seed, int bitsOfRows, int bitsOfWeights)
    {
        const int Count = 100_000;
        var choices = new Choices(seed);
        var (tp, above, at, weights) = (new long[Count], new long[Count], new long[Count], new UInt128[bitsOfWeights > 0 ? Count : 0]);
        var (mostRows, mostWeight) = (1L << (bitsOfRows - 18), UInt128.One << Math.Max(0, bitsOfWeights - 18));
        var (found, normal, weight) = (0L, 0L, UInt128.Zero);
        for (var i = 0; i < Count; i++)
        {
            tp[i] = found += 1 + Below(mostRows);
            above[i] = normal += choices.Once(3) ? 0 : Below(mostRows);
            at[i] = normal += choices.Once(3) ? Below(mostRows) : 0;
            if (weights.Length > 0)
                weights[i] = weight += 1 + ((UInt128)(ulong)Below(long.MaxValue) << 64 | (ulong)Below(long.MaxValue)) % mostWeight;
        }
        var sweep = Sweep([.. Enumerable.Range(0, Count).Select(i => (double)-i)], tp, above, at, weights, normal + 5);

        BigInteger Height(int i) =>
            i < 0 ? 0
            : weights.Length > 0 ? weights[i]
            : tp[i];
        foreach (var limit in (double[])[1, 0.9, 0.3, 1e-5])
        {
            // The polyline along the normal rows above each threshold, up and aside with those at it, and along the rest.
            var (edge, doubled, x) = (new Fraction(normal + 5, 1) * Fraction.Exactly(limit), new Fraction(0, 1), BigInteger.Zero);
            var whole = BigInteger.Zero;
            for (var i = 0; i <= 2 * Count; i++)
            {
                var (from, to) = (Height(i / 2 - 1), Height(i % 2 == 0 ? i / 2 - 1 : i / 2));
                BigInteger next =
                    i == 2 * Count ? normal + 5
                    : i % 2 == 0 ? above[i / 2]
                    : at[i / 2];
                if (new Fraction(next, 1) > edge)
                {
                    var part = edge - new Fraction(x, 1);
                    doubled = part * (new Fraction(2 * from, 1) + new Fraction(to - from, 1) * part / new Fraction(next - x, 1));
                    break;
                }
                whole += (next - x) * (from + to);
                x = next;
            }
            var expected = (doubled + new Fraction(whole, 1)) / (edge * new Fraction(2 * Height(Count - 1), 1));
            var area = AreaUnder.Normalized(limit, ofRegions: true);
            var (numerator, denominator) = area.Of((ISums)sweep);
            Assert.Equal(expected, new Fraction(numerator, denominator));
            var sums = new PassSums([area.Reduction]);
            foreach (var slice in Slices(sweep, 7000))
                sums.Add(slice);
            var (again, whole2) = area.Of(new PassRanking(sweep.Positives, sweep.Negatives, default, ExtremaState.Empty, sums, new([])));
            Assert.Equal(expected, new Fraction(again, whole2));
        }
        var best = 0;
        for (var i = 1; i < Count; i++)
            best = (BigInteger)tp[i] * Called(best) >= (BigInteger)tp[best] * Called(i) ? i : best;
        Assert.Equal(-best, sweep.Of(LargestF1.Reduction).Threshold);

        BigInteger Called(int i) => (BigInteger)tp[i] + at[i] + found;

        long Below(long bound) => (long)((ulong)choices.Below(int.MaxValue) << 31 | (uint)choices.Below(int.MaxValue)) % bound;
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
                    (found, weight) = (found + 1, weight + RegionWeights.Of(pixel / Side + 1));
            if (tied.All(pixel => masks[pixel] == 0))
                continue;
            var (threshold, counts) = (sweep.Thresholds[step], (sweep.TruePositives[step], sweep.FalsePositivesAbove[step]));
            Assert.Equal((tied.Key, (found, above)), (threshold, counts));
            Assert.Equal((normal, weight), (sweep.FalsePositives[step], sweep.HeightBefore(++step)));
        }
        Assert.Equal(step, sweep.Count);
    }

    /// <summary>Each of two thresholds finds one of two anomalous rows and one normal one: tp 1, fp 1, then tp 2, fp 4.</summary>
    [Fact]
    public void Of_equal_optima_the_one_of_the_lower_threshold_is_preferred()
    {
        var sweep = Sweep([2, 1], [1, 2], [0, 1], [0, 2], [], 2);
        Assert.Equal((1.0, new ConfusionMatrix(2, 2, 0, 0)), sweep.Of(LargestF1.Reduction));
        var sums = new PassSums([LargestF1.Reduction]);
        sums.Add(sweep.Part(..1));
        sums.Add(sweep.Part(1..));
        Assert.Equal((1.0, new ConfusionMatrix(2, 2, 0, 0)), sums.Of(LargestF1.Reduction));
        Assert.Equal(1, Sweep([2, 1], [1, 2], [0, 1], [0, 1], [], 2).Of(LargestF1.Reduction).Threshold);
        Assert.Equal(2, Sweep([2, 1], [1, 2], [0, 1], [0, 3], [], 3).Of(LargestF1.Reduction).Threshold);
    }

    private static ThresholdSweep Sweep(double[] thresholds, long[] tp, long[] above, long[] at, UInt128[] weights, long negatives) =>
        new(new(thresholds, tp, above, at, weights), negatives);
}
