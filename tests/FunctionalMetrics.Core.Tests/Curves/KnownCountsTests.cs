using System.Runtime.CompilerServices;
using FunctionalMetrics.Core.Numerics;
using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Counts that go on from those of an older state are the counts of all rows.</summary>
public class KnownCountsTests
{
    [Fact]
    public void What_is_known_and_what_is_new_come_to_the_plain_counts()
    {
        var taken = 0;
        for (var seed = 0; seed < 400; seed++)
        {
            var choices = new Choices(seed);
            var format = ScoreFormats.Any(choices);
            var old = State(choices, 500 + choices.Below(3000), format, 15 + choices.Below(50));
            var more = State(choices, 1 + choices.Below(300), format, 10 + choices.Below(300));
            var all = choices.Once(2) ? RankState.Merge(old, more) : RankState.Merge(more, old);
            var known = new KnownCounts(old.Sweep, old.NegativeKeys);
            taken +=
                all.NegativeKeys.IsWide || all.PositiveKeys.IsWide || choices.Once(4)
                    ? Check<ulong>(known, all, seed)
                    : Check<uint>(known, all, seed);
        }
        Assert.InRange(taken, 100, 399);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void New_thresholds_may_lie_anywhere(bool low, bool high)
    {
        // Normal rows lie at the old thresholds too, and above all new ones.
        Row[] old = [new(9000, false), .. Enumerable.Range(0, 8000).Select(i => new Row(i % 4000, i < 4000 && i % 20 == 5))];
        // Between two thresholds, where no normal row lies and where some do, several together, next to an old one, below and above all.
        double[] anomalous =
        [
            5.5,
            20,
            21,
            25.25,
            25.5,
            44.999,
            995.5,
            .. low ? (double[])[-3, 4] : [],
            .. high ? (double[])[3985.75, 5000] : [],
        ];
        Row[] more = [new(-5, false), new(20, false), new(5000, false), .. anomalous.Select(score => new Row(score, true))];
        var before = RankState.Of(Batching.Rows(old));
        var known = new KnownCounts(before.Sweep, before.NegativeKeys);
        Assert.Equal(1, Check<ulong>(known, RankState.Merge(before, RankState.Of(Batching.Rows(more))), 0));
    }

    [Fact]
    public void A_state_asked_after_every_batch_gives_what_one_that_is_asked_once_gives()
    {
        var choices = new Choices(7);
        var (asked, silent) = (RankState.Empty, RankState.Empty);
        for (var batch = 0; batch < 40; batch++)
        {
            var more = State(
                choices,
                batch == 0 ? 5000 : 100,
                ScoreFormat.Single,
                batch == 0 ? 25
                    : batch % 3 == 0 ? 20
                    : 1000
            );
            (asked, silent) = (RankState.Merge(asked, more), RankState.Merge(silent, more));
            var sweep = asked.Sweep;
            if (batch % 7 != 0)
                continue;
            var expected = new RankState(silent.NegativeKeys, silent.PositiveKeys).Sweep;
            Assert.Equal(expected.Thresholds, sweep.Thresholds);
            Assert.Equal(expected.TruePositives, sweep.TruePositives);
            Assert.Equal(expected.FalsePositivesAbove, sweep.FalsePositivesAbove);
            Assert.Equal(expected.FalsePositives, sweep.FalsePositives);
        }
    }

    [Fact]
    public void A_state_of_rows_begins_with_what_the_larger_knows()
    {
        var choices = new Choices(5);
        var (large, small) = (State(choices, 4000, ScoreFormat.Double, 100), State(choices, 500, ScoreFormat.Double, 20));
        Assert.Null(RankState.Merge(large, small).Known);
        GC.KeepAlive((small.Sweep, large.Sweep));
        foreach (var all in (RankState[])[RankState.Merge(large, small), RankState.Merge(small, large)])
        {
            Assert.Same(large.NegativeKeys, all.Known?.Negatives);
            // Passed on by what was not asked, until the rows that it does not know are most.
            var more = RankState.Merge(all, State(choices, 1000, ScoreFormat.Double, 100));
            Assert.Same(large.NegativeKeys, more.Known?.Negatives);
            Assert.Null(RankState.Merge(more, State(choices, 4000, ScoreFormat.Double, 100)).Known);
            GC.KeepAlive(all.Sweep);
            Assert.Null(all.Known);
        }
    }

    [Fact]
    public void A_state_of_regions_begins_with_what_is_known_and_takes_it_up()
    {
        var choices = new Choices(6);
        var images = Enumerable.Range(0, 12).Select(_ => Image(choices)).ToArray();
        var older = images[..11].Select(RegionState.Of).Aggregate(RegionState.Empty, RegionState.Merge);
        GC.KeepAlive(older.Sweep);
        var all = Aupro.Metric.Update(older, images[11]);
        var known = all.Known;
        Assert.Same(older.NegativeKeys, known?.Negatives);
        uint[] thresholds = [.. all.RegionKeys.ToArray<uint>().Distinct().Order()];
        var counts = new long[2 * thresholds.Length + 1];
        Assert.True(known!.Count<uint>(all.NegativeKeys, thresholds, counts));
        Assert.Equal(ThresholdCounts.Plain(all.NegativeKeys.ToArray<uint>(), thresholds), counts);
        var fresh = new RegionState(all.NegativeKeys, all.RegionKeys, all.Regions);
        Assert.Equal(Aupro.Metric.Compute(fresh), Aupro.Metric.Compute(all));
        Assert.Equal(Aupro.Metric.Compute(fresh).ThrowIfFail().Area, Aupro.Metric.Compute(all).ThrowIfFail().Area);
        Assert.Null(all.Known);

        static MapBatch Image(Choices choices)
        {
            const int Side = 100;
            var maps = Enumerable.Range(0, Side * Side).Select(_ => choices.Below(int.MaxValue) / 1024f).ToArray();
            var masks = Enumerable.Range(0, Side * Side).Select(i => i / Side < 9 && i % Side < 9).ToArray();
            return MapBatch.Create(maps, masks, new MapShape(1, Side, Side)).Good();
        }
    }

    [Fact]
    public void An_older_sweep_is_let_go_once_it_is_not_needed()
    {
        var (sweep, newer) = Grown();
        Assert.True(IsHeld(sweep));
        GC.KeepAlive(newer.Sweep);
        Assert.False(IsHeld(sweep));
        GC.KeepAlive(newer);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static (WeakReference<ThresholdSweep>, RankState) Grown()
        {
            var choices = new Choices(3);
            var older = State(choices, 1000, ScoreFormat.Double, 5);
            var sweep = new WeakReference<ThresholdSweep>(older.Sweep);
            return (sweep, RankState.Merge(older, State(choices, 10, ScoreFormat.Double, 5)));
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        static bool IsHeld(WeakReference<ThresholdSweep> sweep)
        {
            GC.Collect();
            return sweep.TryGetTarget(out _);
        }
    }

    /// <summary>Rows, one in so many of which is anomalous, in batches of any size.</summary>
    private static RankState State(Choices choices, int rows, ScoreFormat format, int oneIn)
    {
        var scores = FuzzData.Scores(choices, rows, format);
        Row[] all = [.. scores.Select(score => new Row(score, choices.Once(oneIn)))];
        return FuzzData.Batches(choices, all, format).Select(RankState.Of).Aggregate(RankState.Empty, RankState.Merge);
    }

    /// <summary>One where it was taken up, and none where nothing was done.</summary>
    private static int Check<TKey>(KnownCounts known, RankState all, int seed)
        where TKey : unmanaged, IComparable<TKey>
    {
        TKey[] thresholds = [.. all.PositiveKeys.ToArray<TKey>().Distinct().Order()];
        var counts = new long[2 * thresholds.Length + 1];
        if (!known.Count<TKey>(all.NegativeKeys, thresholds, counts))
        {
            Assert.All(counts, count => Assert.Equal(0, count));
            return 0;
        }
        var rows = all.NegativeKeys.Counts();
        var keys = all.NegativeKeys.ToArray<TKey>().SelectMany((key, i) => Enumerable.Repeat(key, rows.Length > 0 ? (int)rows[i] : 1));
        Assert.True(ThresholdCounts.Plain(keys, thresholds).SequenceEqual(counts), $"seed {seed}");
        return 1;
    }
}
