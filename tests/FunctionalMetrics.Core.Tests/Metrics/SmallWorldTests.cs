using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core.Tests;

/// <summary>
/// All data of a small size, one after the other: nothing is drawn at random, so nothing of that size is missed. With <c>FMETRICS_LONG=1</c> every map of
/// every mask; otherwise one in sixteen, another of each mask.
/// </summary>
[Trait("Category", "Slow")]
public class SmallWorldTests
{
    private const int Side = 3;
    private const double Limit = 0.3;

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("FMETRICS_LONG") == "1";

    /// <summary>Every labelled multiset of up to six rows on three scores, in every cut in two, by every way there is to the numbers.</summary>
    [Fact]
    public void Every_multiset_of_six_rows_on_three_scores_gives_the_numbers_of_the_definitions_in_every_cut_and_way()
    {
        var (multisets, cuts) = (0, 0);
        foreach (var counts in SmallWorld.Multisets)
        {
            var whole = StateOf(counts);
            IsRight(new(RowsOf(counts)), whole);
            foreach (var part in SmallWorld.Parts(counts))
            {
                var merged = RankState.Merge(StateOf(part), StateOf(SmallWorld.Without(counts, part)));
                Assert.Equal(whole, merged);
                Assert.True(RankState.Codec.Encode(whole).AsSpan().SequenceEqual(RankState.Codec.Encode(merged)));
                cuts++;
            }
            Assert.Equal(whole, RankState.Codec.Decode(RankState.Codec.Encode(whole)).Valid());
            PassChecks.SameNumbers(
                whole,
                ExactPasses.OfRows(_ => [FinSucc(Batching.Rows(RowsOf(counts)))], MemoryLimit.None).ThrowIfFail()
            );
            foreach (var bits in (int[])[1, 3, 24])
                AskedTests.Holds(LevelNumbers.Of(whole, new()), LevelNumbers.Of(BoundedRankState.Of(whole, bits), new()));
            multisets++;
        }
        Assert.Equal((SmallWorld.Count, 18_564), (multisets, cuts));
    }

    /// <summary>Every mask of 3 x 3 pixels with maps of two scores.</summary>
    [Fact]
    public void Every_mask_of_9_pixels_with_maps_of_two_scores_gives_the_area_of_the_definition()
    {
        var (pixels, step) = (Side * Side, IsLong ? 1 : 16);
        var seen = 0;
        for (var mask = 0; mask < 1 << pixels; mask++)
        for (var map = mask % step; map < 1 << pixels; map += step)
        {
            bool[] labels = [.. Enumerable.Range(0, pixels).Select(i => (mask >> i & 1) == 1)];
            double[] scores = [.. Enumerable.Range(0, pixels).Select(i => (map >> i & 1) == 1 ? 1.0 : 0.5)];
            var state = RegionState.Of(MapBatch.Create(scores, labels, new(1, Side, Side)).Valid());
            var oracle = new RegionOracle([new(Side, Side, [.. scores], [.. labels])]);
            Assert.Equal(oracle.Regions.Count, state.Regions);
            var area = Aupro.UpTo(Limit).Compute(state).Map(curve => curve.Area);
            Assert.Equal(mask is 0 or (1 << (Side * Side)) - 1, area.IsFail);
            if (area.Case is double value)
                Same.WithinUlp(oracle.Aupro(Fraction.Exactly(Limit)).Rounded(), value, $"mask {mask}, map {map}");
            seen++;
        }
        Assert.Equal((1 << pixels) * (1 << pixels) / step, seen);
    }

    private static void IsRight(RankOracle oracle, RankState state)
    {
        var (roc, aupr, precision, best) = (
            Auroc.Metric.Compute(state),
            Aupr.Metric.Compute(state),
            AveragePrecision.Metric.Compute(state),
            OptimalF1.Metric.Compute(state)
        );
        var (anomalous, both) = (oracle.Positives > 0, oracle.Positives > 0 && oracle.Negatives > 0);
        Assert.Equal((both, anomalous, anomalous, anomalous), (roc.IsSucc, aupr.IsSucc, precision.IsSucc, best.IsSucc));
        if (both)
            Same.Bits(oracle.Auroc.Rounded(), roc.ThrowIfFail().Area);
        if (!anomalous)
            return;
        Same.WithinUlp(oracle.Aupr.Rounded(), aupr.ThrowIfFail().Area, "AUPR");
        Same.WithinUlp(oracle.AveragePrecision.Rounded(), precision.ThrowIfFail().Value, "AP");
        Same.Bits(oracle.F1(oracle.BestThreshold).Rounded(), best.ThrowIfFail().F1);
        Same.Bits(oracle.BestThreshold, best.ThrowIfFail().Threshold);
    }

    private static RankState StateOf(int[] counts) => RankState.Of(Batching.Rows(RowsOf(counts)));

    private static Row[] RowsOf(int[] counts)
    {
        var (scores, labels) = SmallWorld.Rows(counts);
        return [.. scores.Zip(labels, (score, label) => new Row(score, label))];
    }
}
