using FunctionalMetrics.Core.Numerics;
using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Bounded states: what a bin is, that projections to them are homomorphisms, and that resolutions meet at the coarser one.</summary>
public class BoundedStateTests
{
    private static readonly MonoidOf<RankState> Ranks = new(RankState.Empty, RankState.Merge, (a, b) => a.Equals(b));
    private static readonly MonoidOf<RegionState> Regions = new(RegionState.Empty, RegionState.Merge, (a, b) => a.Equals(b));
    private static readonly MonoidOf<ExtremaState> Extrema = new(ExtremaState.Empty, ExtremaState.Merge, (a, b) => a.Equals(b));

    private static readonly MonoidOf<BoundedRankState> BoundedRanks = new(
        BoundedRankState.Empty,
        BoundedRankState.Merge,
        (a, b) => a.Equals(b) && a.GetHashCode() == b.GetHashCode()
    );

    private static readonly MonoidOf<BoundedRegionState> BoundedRegions = new(
        BoundedRegionState.Empty,
        BoundedRegionState.Merge,
        (a, b) => a.Equals(b) && a.GetHashCode() == b.GetHashCode()
    );

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(18)]
    [InlineData(24)]
    public void From_exact_to_bounded_is_a_homomorphism(int bits)
    {
        var rows = StateLaws.Homomorphism<ScoreBatch, RankState, BoundedRankState>(
            "exact to bounded",
            state => BoundedRankState.Of(state, bits),
            RankState.Of,
            batch => BoundedRankState.Of(batch, bits),
            Ranks,
            BoundedRanks
        );
        var maps = StateLaws.Homomorphism<MapBatch, RegionState, BoundedRegionState>(
            "exact to bounded",
            state => BoundedRegionState.Of(state, bits),
            RegionState.Of,
            batch => BoundedRegionState.Of(batch, bits),
            Regions,
            BoundedRegions
        );
        ForAll.ThreeSamples(
            (a, b, c) =>
            {
                rows.Assert((Batching.Rows(a.Rows), RankState.Of(Batching.Rows(b.Rows)), RankState.Of(Batching.Rows(c.Rows))));
                foreach (var batch in Batching.Whole<MapBatch>(a))
                    maps.Assert((batch, Of(b), Of(c)));
            }
        );
    }

    [Theory]
    [InlineData(20, 12)]
    [InlineData(24, 3)]
    [InlineData(18, 17)]
    public void From_finer_to_coarser_is_a_homomorphism(int fine, int coarse)
    {
        var rows = StateLaws.Homomorphism<ScoreBatch, BoundedRankState, BoundedRankState>(
            "finer to coarser",
            state => state.Coarsen(coarse),
            batch => BoundedRankState.Of(batch, fine),
            batch => BoundedRankState.Of(batch, coarse),
            BoundedRanks,
            BoundedRanks
        );
        var maps = StateLaws.Homomorphism<MapBatch, BoundedRegionState, BoundedRegionState>(
            "finer to coarser",
            state => state.Coarsen(coarse),
            batch => BoundedRegionState.Of(batch, fine),
            batch => BoundedRegionState.Of(batch, coarse),
            BoundedRegions,
            BoundedRegions
        );
        ForAll.ThreeSamples(
            (a, b, c) =>
            {
                rows.Assert((Batching.Rows(a.Rows), Rows(b, fine), Rows(c, fine)));
                foreach (var batch in Batching.Whole<MapBatch>(a))
                    maps.Assert((batch, BoundedRegionState.Of(Of(b), fine), BoundedRegionState.Of(Of(c), fine)));
            }
        );
    }

    [Fact]
    public void Forgetting_the_regions_or_all_but_the_extremes_is_a_homomorphism()
    {
        var regions = StateLaws.Homomorphism<MapBatch, BoundedRegionState, BoundedRankState>(
            "BoundedRegionState.Rank",
            state => state.Rank,
            batch => BoundedRegionState.Of(batch),
            batch => BoundedRankState.Of(batch.Pixels),
            BoundedRegions,
            BoundedRanks
        );
        var extremes = StateLaws.Homomorphism<ScoreBatch, BoundedRankState, ExtremaState>(
            "BoundedRankState.Extrema",
            state => state.Extrema,
            batch => BoundedRankState.Of(batch),
            batch => ExtremaState.Of(batch.Scores),
            BoundedRanks,
            Extrema
        );
        ForAll.ThreeSamples(
            (a, b, c) =>
            {
                extremes.Assert((Batching.Rows(a.Rows), Rows(b, 18), Rows(c, 18)));
                foreach (var batch in Batching.Whole<MapBatch>(a))
                    regions.Assert((batch, BoundedRegionState.Of(Of(b)), BoundedRegionState.Of(Of(c))));
            }
        );
    }

    [Fact]
    public void States_of_different_resolution_are_one_commutative_monoid_and_meet_at_the_coarser() =>
        ForAll.ThreeSamples(
            (a, b, c) =>
            {
                MonoidLaws.CommutativeMonoid(BoundedRanks).Assert((Rows(a, 18), Rows(b, 7), Rows(c, 22)));
                MonoidLaws
                    .CommutativeMonoid(BoundedRegions)
                    .Assert((BoundedRegionState.Of(Of(a), 6), BoundedRegionState.Of(Of(b), 20), BoundedRegionState.Of(Of(c), 18)));
                var merged = BoundedRankState.Merge(Rows(a, 18), Rows(b, 7));
                Assert.Equal(
                    b.Rows.Length > 0 ? 7
                        : a.Rows.Length > 0 ? 18
                        : BoundedRankState.MostBits,
                    merged.Bits
                );
            }
        );

    [Fact]
    public void A_score_falls_into_one_bin_whatever_its_width_and_bins_ascend() =>
        ForAll.Samples(
            (sample, _) =>
            {
                double[] scores = [.. sample.Scores.Order()];
                foreach (var bits in (int[])[1, 8, 18, 24])
                {
                    int[] bins = [.. scores.Select(score => ScoreBins.Of(ScoreKey.Of(score), bits))];
                    Assert.Equal(bins.Order(), bins);
                    foreach (var (score, bin) in scores.Zip(bins))
                    {
                        var (low, high) = ScoreBins.Range(bin, bits);
                        Assert.True(low <= score && score <= high && ScoreBins.Exists(bin, bits));
                        if ((float)score == score)
                            Assert.Equal(ScoreKey.Of((float)score) >> (32 - bits), (uint)bin);
                    }
                }
            }
        );

    [Fact, Trait("Category", "Slow")]
    public void Many_rows_counted_fast_are_the_rows_counted_one_by_one()
    {
        var random = new Random(5);
        float[] scores =
        [
            .. Enumerable
                .Range(0, 700_000)
                .Select(i => i % 3 == 0 ? random.NextSingle() - 0.3f : BitConverter.UInt32BitsToSingle((uint)random.Next()))
                .Where(float.IsFinite),
        ];
        bool[] labels = [.. scores.Select((_, i) => i % 5 == 0)];
        // Widened to float64 the same scores are counted by the plain definition.
        foreach (var bits in (int[])[4, 16, 18, 22, 24])
            Assert.Equal(
                BoundedRankState.Of(ScoreBatch.Create(Array.ConvertAll(scores, score => (double)score), labels).Valid(), bits),
                BoundedRankState.Of(ScoreBatch.Create(scores, labels).Valid(), bits)
            );
    }

    [Fact]
    public void Many_small_batches_cost_no_more_memory_than_the_bins_and_the_last_rows()
    {
        var random = new Random(6);
        var (state, whole) = (BoundedRankState.Empty, BoundedRankState.Empty);
        for (var i = 0; i < 40; i++)
        {
            float[] scores = [.. Enumerable.Range(0, 20_000).Select(_ => random.NextSingle())];
            bool[] labels = [.. scores.Select(score => score > 0.7f)];
            whole = BoundedRankState.Merge(whole, BoundedRankState.Of(ScoreBatch.Create(scores, labels).Valid(), 12));
            for (var at = 0; at < scores.Length; at += 50)
                state = BoundedRankState.Merge(
                    state,
                    BoundedRankState.Of(ScoreBatch.Create(scores.AsSpan(at, 50), labels.AsSpan(at, 50).ToArray()).Valid(), 12)
                );
        }
        Assert.Equal(whole, state);
        Assert.Equal((800_000, 12), (state.Rows, state.Bits));
        Assert.InRange(state.Occupied, 1, 4096);
    }

    private static BoundedRankState Rows(Sample sample, int bits) => BoundedRankState.Of(Batching.Rows(sample.Rows), bits);

    private static RegionState Of(Sample sample) =>
        Batching.Whole<MapBatch>(sample).Aggregate(RegionState.Empty, (state, batch) => RegionState.Merge(state, RegionState.Of(batch)));
}
