namespace FunctionalMetrics.Core.Tests;

/// <summary>What the bounded metrics promise, on any data: the exact value lies inside, finer bins leave less open, one score nothing.</summary>
public class BoundsTests
{
    private static readonly int[] Resolutions = [1, 3, 8, 12, 16, 18, 22, 24];
    private static readonly double[] Limits = [0.05, 0.3, 1];

    [Trait("Category", "Slow")]
    [Fact]
    public void The_exact_value_lies_inside_whatever_the_rows() =>
        ForAll.Samples(
            (sample, _) =>
            {
                var exact = RankState.Of(Batching.Rows(sample.Rows));
                foreach (var bits in Resolutions)
                    Holds(exact, BoundedRankState.Of(exact, bits));
            }
        );

    [Trait("Category", "Slow")]
    [Fact]
    public void The_exact_value_lies_inside_whatever_the_maps() =>
        ForAll.Samples(
            (sample, seed) =>
            {
                var exact = Batching.Whole<MapBatch>(sample).Select(RegionState.Of).Aggregate(RegionState.Empty, RegionState.Merge);
                foreach (var bits in Resolutions)
                {
                    var bounded = BoundedRegionState.Of(exact, bits);
                    Holds(exact.Rank, bounded.Rank);
                    foreach (var limit in Limits)
                    {
                        var (pro, bounds) = (Aupro.UpTo(limit).Compute(exact), Aupro.Bounded(bits, limit).Compute(bounded));
                        Assert.Equal(pro.IsSucc, bounds.IsSucc);
                        if (pro.Case is not ProCurve curve || bounds.Case is not ProBounds between)
                            continue;
                        Inside(curve.Area, between.Area, "AUPRO");
                        foreach (var rate in (double[])[0, limit / 3, limit, limit * (seed % 1000) / 1000, .. curve.Points.X])
                            Inside(curve.At(rate).ThrowIfFail(), between.At(rate).ThrowIfFail(), "PRO");
                    }
                }
            },
            100
        );

    [Fact]
    public void Finer_bins_never_leave_more_open() =>
        ForAll.Samples(
            (sample, _) =>
            {
                var rows = Resolutions.Select(bits => BoundedRankState.Of(RankState.Of(Batching.Rows(sample.Rows)), bits)).ToArray();
                var maps = Batching.Whole<MapBatch>(sample).Select(RegionState.Of).Aggregate(RegionState.Empty, RegionState.Merge);
                foreach (
                    var (coarse, fine) in rows.Zip(rows.Skip(1))
                        .Where(((BoundedRankState Coarse, BoundedRankState Fine) pair) => pair.Coarse.Positives > 0)
                )
                {
                    foreach (var number in (SweepNumber[])[LargestF1.F1, PrecisionSums.Steps, PrecisionSums.Trapezoids])
                        Within(number.Of(coarse.Sweeps), number.Of(fine.Sweeps));
                    Within(LargestF1.Threshold(coarse.Sweeps), LargestF1.Threshold(fine.Sweeps));
                    if (coarse.Negatives > 0)
                        Within(OrderedPairs.Share.Of(coarse.Sweeps), OrderedPairs.Share.Of(fine.Sweeps));
                }
                if (maps.Regions > 0 && maps.Rank.Negatives > 0)
                    foreach (var (coarse, fine) in Resolutions.Zip(Resolutions.Skip(1)))
                        Within(Pro(BoundedRegionState.Of(maps, coarse)), Pro(BoundedRegionState.Of(maps, fine)));
            }
        );

    [Theory]
    [InlineData(18)]
    [InlineData(22)]
    public void Scores_of_8_bits_have_no_width_from_18_bits_on(int bits)
    {
        byte[] scores = [.. Enumerable.Range(0, 20_000).Select(i => (byte)(i * i % 251 + i % 5))];
        bool[] labels = [.. scores.Select((score, i) => i * 7 % 256 < score)];
        IsExact(ScoreBatch.Create(scores, labels).Valid(), bits);
        IsExact(ScoreBatch.Create(scores, labels).Valid().Negated, bits);
        IsExact(ScoreBatch.Create(Array.ConvertAll(scores, score => score / 255f), labels).Valid(), bits);
        IsExact(ScoreBatch.Create(Array.ConvertAll(scores, score => score / 255.0), labels).Valid(), bits);
    }

    [Theory]
    [InlineData(19)]
    [InlineData(24)]
    public void Half_precision_has_no_width_from_19_bits_on(int bits)
    {
        Half[] scores = [.. Enumerable.Range(0, 1 << 16).Select(i => BitConverter.UInt16BitsToHalf((ushort)i)).Where(Half.IsFinite)];
        bool[] labels = [.. scores.Select((_, i) => i * 31 % 97 < 20)];
        IsExact(ScoreBatch.Create(scores, labels).Valid(), bits);
        Assert.False(Known(OrderedPairs.Share.Of(BoundedRankState.Of(ScoreBatch.Create(scores, labels).Valid(), 17).Sweeps)));
    }

    [Fact]
    public void A_resolution_that_there_is_not_is_said()
    {
        var batch = Batching.Rows([new(1, true), new(0, false)]);
        foreach (var bits in (int[])[0, -1, 25, int.MaxValue, int.MinValue])
        {
            Assert.Equal(
                new OutOfRange("the number of bits", bits, "[1, 24]"),
                Auroc.Bounded(bits).Run([batch]).Match<object>(_ => "defined", error => error)
            );
            Assert.True(Aupro.Bounded(bits).Run([]).IsFail);
        }
    }

    [Fact]
    public void Metrics_of_one_resolution_share_one_state()
    {
        var rows = Auroc.Bounded(20).ToFold().Zip(Aupr.Bounded(20).ToFold(), (roc, pr) => (roc, pr));
        Assert.Equal(1, rows.States);
        var maps = Auroc.Bounded(20).Pixels().ToFold().Zip(Aupro.Bounded(20, 0.1).ToFold(), (roc, pro) => (roc, pro));
        Assert.Equal(1, maps.States);
        var other = Auroc.Bounded(20).Pixels().ToFold().Zip(Aupro.Bounded(18).ToFold(), (roc, pro) => (roc, pro));
        Assert.Equal(2, other.States);
        Assert.Throws<ArgumentException>(() => Auroc.Bounded().Before((ScoreBatch batch) => batch.Negated).Pixels());
    }

    /// <summary>Every interval holds the exact value, to the bit that the exact metric gives.</summary>
    private static void Holds(RankState exact, BoundedRankState bounded)
    {
        var bits = bounded.Bits;
        AskedTests.Holds(
            LevelNumbers.Of(exact, new() { Asked = AskedTests.Small }),
            LevelNumbers.Of(bounded, new() { Asked = AskedTests.Small })
        );
        Inside(Auroc.Metric.Compute(exact).Map(roc => roc.Area), Auroc.Bounded(bits).Compute(bounded), "AUROC");
        Inside(Aupr.Metric.Compute(exact).Map(curve => curve.Area), Aupr.Bounded(bits).Compute(bounded), "AUPR");
        Inside(AveragePrecision.Metric.Compute(exact).Map(result => result.Value), AveragePrecision.Bounded(bits).Compute(bounded), "AP");
        var (best, bounds) = (OptimalF1.Metric.Compute(exact), OptimalF1.Bounded(bits).Compute(bounded));
        Inside(best.Map(result => result.F1), bounds.Map(between => between.F1), "F1");
        Inside(best.Map(result => result.Threshold), bounds.Map(between => between.Threshold), "threshold");
    }

    private static void IsExact(ScoreBatch batch, int bits)
    {
        var (exact, sweeps) = (RankState.Of(batch), BoundedRankState.Of(batch, bits).Sweeps);
        Holds(exact, BoundedRankState.Of(batch, bits));
        Assert.All(
            [
                OrderedPairs.Share.Of(sweeps),
                PrecisionSums.Trapezoids.Of(sweeps),
                PrecisionSums.Steps.Of(sweeps),
                LargestF1.F1.Of(sweeps),
                LargestF1.Threshold(sweeps),
            ],
            x => Assert.True(Known(x))
        );
        var maps = MapBatch.Create(new float[6], (bool[])[false, true, true, false, false, true], new MapShape(1, 2, 3)).Valid();
        Assert.True(Known(Pro(BoundedRegionState.Of(maps, bits))));
    }

    private static Interval Pro(BoundedRegionState state) => AreaUnder.Normalized(0.3, ofRegions: true).Of(state.Sweeps);

    private static bool Known(Interval interval) => interval.Lower == interval.Upper;

    private static void Inside(LanguageExt.Fin<double> exact, LanguageExt.Fin<Interval> bounds, string what)
    {
        Assert.Equal(exact.IsSucc, bounds.IsSucc);
        if (exact.Case is double value && bounds.Case is Interval between)
            Inside(value, between, what);
    }

    private static void Inside(double value, Interval between, string what) =>
        Assert.True(between.Contains(value), FormattableString.Invariant($"{what}: {value:R} is not in {between}"));

    private static void Within(Interval coarse, Interval fine) =>
        Assert.True(coarse.Lower <= fine.Lower && fine.Upper <= coarse.Upper, $"{fine} is not within {coarse}");
}
