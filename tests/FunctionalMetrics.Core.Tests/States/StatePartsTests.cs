using FunctionalMetrics.Laws;
using LanguageExt;

namespace FunctionalMetrics.Core.Tests;

/// <summary>States whose normal scores were counted where they lie are judged as the whole, to the bit.</summary>
public class StatePartsTests
{
    [Fact]
    public void Counting_normal_scores_shard_by_shard_gives_the_same_bits_of_every_number() =>
        ForAll.Samples(
            (sample, seed) =>
            {
                var shards = Batching.Cut<ScoreBatch>(sample, new Choices(seed)).Select(RankState.Of).ToList();
                var anomalous = shards.Select(StateParts.Anomalous).Aggregate(RankState.Empty, RankState.Merge);
                var at = Sent(anomalous.Thresholds(0.5));
                var normal = shards.Select(shard => Sent(shard.NormalAt(at))).Aggregate(RankState.Empty, RankState.Merge);
                var whole = shards.Aggregate(RankState.Empty, RankState.Merge);
                SameNumbers(whole, RankState.Merge(anomalous, normal));
            }
        );

    [Fact]
    public void Counting_normal_pixels_shard_by_shard_gives_the_same_bits_of_every_number() =>
        ForAll.Samples(
            (sample, seed) =>
            {
                var shards = Batching.Cut<MapBatch>(sample, new Choices(seed)).Select(RegionState.Of).ToList();
                var anomalous = shards.Select(StateParts.Anomalous).Aggregate(RegionState.Empty, RegionState.Merge);
                var at = Sent(anomalous.Thresholds(0.5));
                var normal = shards.Select(shard => Sent(shard.NormalAt(at))).Aggregate(RegionState.Empty, RegionState.Merge);
                var (whole, judged) = (
                    shards.Aggregate(RegionState.Empty, RegionState.Merge),
                    RegionState.Merge(Sent(anomalous), Sent(normal))
                );
                SameNumbers(whole.Rank, judged.Rank);
                foreach (var limit in (double[])[0.01, 0.3, 1])
                    Same(
                        Aupro.UpTo(limit).Compute(whole).Map<object[]>(pro => [pro.Area, pro.Outline]),
                        Aupro.UpTo(limit).Compute(judged).Map<object[]>(pro => [pro.Area, pro.Outline])
                    );
            }
        );

    [Fact]
    public void There_are_at_most_two_keys_for_each_threshold_and_the_extremes() =>
        ForAll.Samples(
            (sample, _) =>
            {
                var whole = RankState.Of(Batching.Rows(sample.Rows));
                var at = whole.Thresholds(0.5);
                Assert.True(whole.NormalAt(at).NegativeKeys.Keys <= 2 * at.Positives + 3);
            }
        );

    [Fact]
    public void A_place_between_two_neighbours_around_zero_is_no_negative_zero()
    {
        float[] scores = [-float.Epsilon, 0, float.Epsilon, 0, 1];
        bool[] labels = [true, false, true, false, true];
        var whole = ScoreBatch.Create(scores, labels).Map(RankState.Of).Valid();
        Assert.Equal(whole, RankState.Merge(whole.Anomalous(), Sent(whole.NormalAt(whole.Thresholds(0)))));
    }

    [Fact]
    public void Checksums_follow_the_content_and_not_its_cut() =>
        ForAll.Samples(
            (sample, seed) =>
            {
                var cut = Batching.Cut<MapBatch>(sample, new Choices(seed)).Select(RegionState.Of).ToList();
                var whole = Batching.Whole<MapBatch>(sample).Select(RegionState.Of).Aggregate(RegionState.Empty, RegionState.Merge);
                var merged = cut.Aggregate(RegionState.Empty, RegionState.Merge);
                Assert.Equal(whole.Checksum(), RegionState.Codec.Decode(RegionState.Codec.Encode(merged)).Valid().Checksum());
                Assert.Equal(whole.Rank.Checksum(), merged.Rank.Checksum());
                if (sample.Rows.Length == 0)
                    return;
                var rows = RankState.Of(Batching.Rows(sample.Rows));
                var flipped = sample.Rows.SetItem(0, sample.Rows[0] with { Label = !sample.Rows[0].Label });
                Assert.NotEqual(rows.Checksum(), RankState.Of(Batching.Rows(flipped)).Checksum());
                Assert.NotEqual(rows.Checksum(), RankState.Of(Batching.Rows(sample.Rows.RemoveAt(0))).Checksum());
            }
        );

    private static void SameNumbers(RankState whole, RankState judged)
    {
        Assert.Equal((whole.Positives, whole.Negatives), (judged.Positives, judged.Negatives));
        Assert.Equal(whole.Extrema, judged.Extrema);
        Same(Auroc.Metric.Compute(whole).Map(Of), Auroc.Metric.Compute(judged).Map(Of));
        Same(Aupr.Metric.Compute(whole).Map(Of), Aupr.Metric.Compute(judged).Map(Of));
        Same(OptimalF1.Metric.Compute(whole).Map(Of), OptimalF1.Metric.Compute(judged).Map(Of));
        var (a, b) = (AdaptiveThreshold.Metric.Compute(whole), AdaptiveThreshold.Metric.Compute(judged));
        Same(a.Map(Best), b.Map(Best));

        static object[] Best(AdaptiveThresholdResult best) => [best.Threshold, best.IsDefault, best.Counts];

        static object[] Of<T>(T result) =>
            result switch
            {
                RocCurve roc => [roc.Area, roc.PartialArea(0.2), roc.TprAtFpr(0.1), roc.FprAtTpr(0.9), roc.Outline],
                PrecisionRecallCurve curve => [curve.Area, curve.AveragePrecision, curve.ChancePrecision, curve.Outline],
                OptimalF1Result best => [best.F1, best.Threshold, best.Counts, best.Curve],
                _ => throw new NotSupportedException(),
            };
    }

    private static void Same<T>(Fin<T> whole, Fin<T> judged) => Assert.Equal(Fingerprint.Of(whole), Fingerprint.Of(judged));

    private static RankState Sent(RankState state) => RankState.Codec.Decode(RankState.Codec.Encode(state)).Valid();

    private static RegionState Sent(RegionState state) => RegionState.Codec.Decode(RegionState.Codec.Encode(state)).Valid();
}
