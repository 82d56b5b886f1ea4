using System.Collections.Immutable;
using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Law 8 of METRICS.md: decoding undoes encoding, and equal states have equal bytes.</summary>
public class CodecLawTests
{
    public static TheoryData<string> Codecs => CodecCase.Names;

    [Theory, MemberData(nameof(Codecs))]
    public void Decoding_what_was_encoded_gives_an_equal_state_and_the_same_bytes(string name)
    {
        var codec = CodecCase.Named(name);
        ForAll.Samples(
            (sample, _) =>
            {
                foreach (var some in (Sample[])[sample, Sample.Empty, Tied(sample)])
                {
                    var state = codec.State(some, null);
                    var bytes = codec.Encode(state);
                    var decoded = codec.Decoded(bytes);
                    Assert.Equal(state, decoded);
                    Assert.Equal(decoded, state);
                    Assert.Equal(state.GetHashCode(), decoded.GetHashCode());
                    Assert.Equal(bytes, codec.Encode(decoded));
                }
            }
        );
    }

    [Theory, MemberData(nameof(Codecs))]
    public void Any_cut_order_width_and_merge_tree_gives_the_same_bytes(string name)
    {
        var codec = CodecCase.Named(name);
        ForAll.Samples(
            (sample, seed) => Assert.Equal(codec.Encode(codec.State(sample, null)), codec.Encode(codec.State(sample, new(seed))))
        );
    }

    [Theory, MemberData(nameof(Codecs))]
    public void States_have_equal_bytes_exactly_when_they_are_equal(string name)
    {
        var codec = CodecCase.Named(name);
        ForAll.ThreeSamples(
            (a, b, _) =>
            {
                foreach (var (one, other) in (IEnumerable<(Sample, Sample)>)[(a, b), (a, Moved(a)), (a, a.Flipped), (a, a.Duplicated)])
                {
                    var (first, second) = (codec.State(one, null), codec.State(other, null));
                    Assert.Equal(first.Equals(second), codec.Encode(first).SequenceEqual(codec.Encode(second)));
                }
            }
        );
    }

    [Theory, MemberData(nameof(Codecs))]
    public void Merging_decoded_states_is_the_same_as_merging_the_states(string name)
    {
        var codec = CodecCase.Named(name);
        ForAll.ThreeSamples(
            (a, b, _) =>
            {
                var (first, second) = (codec.State(Tied(a), null), codec.State(b, null));
                var merged = codec.Encode(codec.Merge(first, second));
                var (read, other) = (codec.Decoded(codec.Encode(first)), codec.Decoded(codec.Encode(second)));
                Assert.Equal(merged, codec.Encode(codec.Merge(read, other)));
                Assert.Equal(merged, codec.Encode(codec.Merge(other, read)));
                Assert.Equal(merged, codec.Encode(codec.Merge(second, read)));
                Assert.Equal(codec.Encode(codec.Merge(first, first)), codec.Encode(codec.Merge(read, read)));
            }
        );
    }

    [Fact]
    public void Every_result_of_a_decoded_state_is_the_same_to_the_bit() =>
        ForAll.Samples(
            (sample, _) =>
            {
                foreach (var some in (Sample[])[sample, Tied(sample)])
                {
                    var rows = Batching.Whole<ScoreBatch>(some).Select(RankState.Of).Aggregate(RankState.Merge);
                    var maps = Batching.Whole<MapBatch>(some).Select(RegionState.Of).Aggregate(RegionState.Empty, RegionState.Merge);
                    var readRows = RankState.Codec.Decode(RankState.Codec.Encode(rows)).Valid();
                    var readMaps = RegionState.Codec.Decode(RegionState.Codec.Encode(maps)).Valid();
                    Alike(rows, readRows);
                    Alike(maps.Rank, readMaps.Rank);
                    Alike(
                        RankState.Codec.Decode(RankState.Codec.Encode(maps.Rank)).Valid(),
                        RankState.Merge(RankState.Empty, readMaps.Rank)
                    );
                    Assert.Equal(Fingerprint.Of(Aupro.Metric.Compute(maps)), Fingerprint.Of(Aupro.Metric.Compute(readMaps)));
                    Assert.Equal((maps.Regions, $"{maps}"), (readMaps.Regions, $"{readMaps}"));
                }
            },
            60
        );

    [Fact]
    public void Ties_are_read_as_keys_with_counts_and_distinct_scores_as_rows()
    {
        byte[] grey = [.. Enumerable.Range(0, 4096).Select(i => (byte)(i % 16))];
        bool[] labels = [.. grey.Select((_, i) => i % 5 == 0)];
        var tied = RankState.Codec.Decode(RankState.Codec.Encode(RankState.Of(ScoreBatch.Create(grey, labels).Valid()))).Valid();
        Assert.Equal((16, 3276), (tied.NegativeKeys.Keys, tied.NegativeKeys.Count));
        Assert.True(tied.PositiveKeys.IsCounted);
        float[] scores = [.. grey.Select((_, i) => (float)i)];
        var distinct = RankState.Codec.Decode(RankState.Codec.Encode(RankState.Of(ScoreBatch.Create(scores, labels).Valid()))).Valid();
        Assert.False(distinct.NegativeKeys.IsCounted);
    }

    private static void Alike(RankState state, RankState read)
    {
        double[] thresholds = [0, 0.25, 0.1, 1e30, -5, double.NaN];
        Assert.Equal(state.At(thresholds), read.At(thresholds));
        Assert.Equal(state.At(0.25), read.At(0.25));
        Assert.Equal(state.Extrema, read.Extrema);
        Assert.Equal((state.Rows, $"{state}"), (read.Rows, $"{read}"));
        Assert.Equal(Fingerprint.Of(Auroc.Metric.Compute(state)), Fingerprint.Of(Auroc.Metric.Compute(read)));
        Assert.Equal(Fingerprint.Of(Aupr.Metric.Compute(state)), Fingerprint.Of(Aupr.Metric.Compute(read)));
        Assert.Equal(Fingerprint.Of(OptimalF1.Metric.Compute(state)), Fingerprint.Of(OptimalF1.Metric.Compute(read)));
    }

    /// <summary>Each row and image many times over, and large regions of few scores.</summary>
    private static Sample Tied(Sample sample) =>
        new(
            [.. Enumerable.Repeat(sample.Rows, 9).SelectMany(rows => rows)],
            [.. Enumerable.Repeat(sample.Images, 9).SelectMany(images => images), .. sample.Images.Take(2).Select(Flat)]
        );

    private static Image Flat(Image image) =>
        new(
            20,
            20,
            [.. Enumerable.Range(0, 400).Select(i => image.Scores[i % Math.Min(image.Scores.Length, 3)])],
            [.. Enumerable.Range(0, 400).Select(i => i % 20 < 15)]
        );

    /// <summary>One score replaced by its neighbour.</summary>
    private static Sample Moved(Sample sample) =>
        new(
            sample.Rows.Length == 0 ? [] : sample.Rows.SetItem(0, sample.Rows[0] with { Score = Neighbour(sample.Rows[0].Score) }),
            sample.Images.Length == 0
                ? []
                : sample.Images.SetItem(
                    0,
                    sample.Images[0] with
                    {
                        Scores = sample.Images[0].Scores.SetItem(0, Neighbour(sample.Images[0].Scores[0])),
                    }
                )
        );

    private static double Neighbour(double score) => score == double.MaxValue ? 0 : Math.BitIncrement(score);
}
