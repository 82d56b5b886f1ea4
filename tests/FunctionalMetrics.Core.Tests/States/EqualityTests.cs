using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>States are equal exactly when the multisets that they stand for are.</summary>
public class EqualityTests
{
    [Fact]
    public void Rank_states_are_equal_exactly_when_the_scores_of_each_class_are()
    {
        var law = EqualityLaws.Equality<RankState>();
        ForAll.Samples(
            (sample, seed) =>
            {
                foreach (var other in Nearby(sample, seed))
                {
                    var (a, b) = (Rank(sample.Rows), Rank(other.Rows));
                    law.Assert((a, b));
                    Assert.Equal(Bag(sample.Rows).SequenceEqual(Bag(other.Rows)), a.Equals(b));
                }
            }
        );
    }

    [Fact]
    public void Region_states_are_equal_exactly_when_the_normal_scores_and_the_regions_are()
    {
        var law = EqualityLaws.Equality<RegionState>();
        ForAll.Samples(
            (sample, seed) =>
            {
                foreach (var other in Nearby(sample, seed))
                {
                    var (a, b) = (Regions(sample), Regions(other));
                    law.Assert((a, b));
                    Assert.Equal(Bag(sample.Images).SequenceEqual(Bag(other.Images)), a.Equals(b));
                }
            }
        );
    }

    [Fact]
    public void Extrema_and_moments_obey_the_laws_of_equality() =>
        ForAll.Samples(
            (sample, seed) =>
            {
                foreach (var other in Nearby(sample, seed))
                {
                    var (a, b) = (Batching.Rows(sample.Rows).Scores, Batching.Rows(other.Rows).Scores);
                    EqualityLaws.Equality<ExtremaState>().Assert((ExtremaState.Of(a), ExtremaState.Of(b)));
                    EqualityLaws.Equality<LogMomentState>().Assert((LogMomentState.Of(a), LogMomentState.Of(b)));
                }
            }
        );

    [Fact]
    public void Width_does_not_count()
    {
        float[] scores = [0.1f, -0.0f, float.Epsilon, float.MaxValue];
        bool[] labels = [true, false, true, false];
        var wide = Array.ConvertAll(scores, score => (double)score);
        var (narrowRows, wideRows) = (ScoreBatch.Create(scores, labels).Valid(), ScoreBatch.Create(wide, labels).Valid());
        var shape = new MapShape(1, 2, 2);
        var (narrowMaps, wideMaps) = (MapBatch.Create(scores, labels, shape).Valid(), MapBatch.Create(wide, labels, shape).Valid());
        Alike(RankState.Of(narrowRows), RankState.Of(wideRows));
        Alike(RegionState.Of(narrowMaps), RegionState.Of(wideMaps));
        Alike(ExtremaState.Of(narrowRows.Scores), ExtremaState.Of(wideRows.Scores));
        Alike(LogMomentState.Of(narrowRows.Scores), LogMomentState.Of(wideRows.Scores));
        Alike(LogMomentState.Of(narrowMaps.Maps), LogMomentState.Of(wideMaps.Maps));
        Assert.NotEqual(RankState.Of(wideRows), RankState.Of(ScoreBatch.Create((double[])[0.1, .. wide[1..]], labels).Valid()));
    }

    [Fact]
    public void Region_states_tell_apart_groupings_of_the_same_pixels()
    {
        double[] scores = [0.1, 0.2, 0.3, 0.4, 0.5];
        var apart = MapBatch.Create(scores, (bool[])[true, false, true, true, false], new(1, 1, 5)).Valid();
        var otherwise = MapBatch
            .Create((double[])[0.1, 0.3, 0.2, 0.4, 0.5], (bool[])[true, true, false, true, false], new(1, 1, 5))
            .Valid();
        Assert.Equal(RegionState.Of(apart).Rank, RegionState.Of(otherwise).Rank);
        Assert.Equal(2, RegionState.Of(otherwise).Regions);
        Assert.NotEqual(RegionState.Of(apart), RegionState.Of(otherwise));
    }

    [Fact]
    public void How_often_a_score_was_seen_counts()
    {
        Assert.NotEqual(Rank([new(1, true), new(1, true), new(2, true)]), Rank([new(1, true), new(2, true), new(2, true)]));
        Assert.NotEqual(Rank([new(1, true)]), Rank([new(1, false)]));
        Assert.Equal(Rank([new(0.0, true)]), Rank([new(-0.0, true)]));
    }

    private static void Alike<T>(T a, T b)
        where T : notnull
    {
        Assert.Equal(a, b);
        Assert.Equal(a.GetHashCode(), b.GetHashCode());
    }

    /// <summary>The same in another order, and with one score, one label or one image changed.</summary>
    private static IEnumerable<Sample> Nearby(Sample sample, int seed)
    {
        var choices = new Choices(seed);
        yield return new([.. choices.Shuffle(sample.Rows)], [.. choices.Shuffle(sample.Images)]);
        if (sample.Rows.Length > 0 && choices.Below(sample.Rows.Length) is var i)
        {
            yield return sample with
            {
                Rows = sample.Rows.SetItem(i, sample.Rows[i] with { Score = Neighbour(sample.Rows[i].Score) }),
            };
            yield return sample with
            {
                Rows = sample.Rows.SetItem(i, sample.Rows[i] with { Label = !sample.Rows[i].Label }),
            };
            yield return sample with
            {
                Rows = sample.Rows.SetItem(i, sample.Rows[0]),
            };
        }
        if (sample.Images.Length > 0 && sample.Images[choices.Below(sample.Images.Length)] is var image)
        {
            var pixel = choices.Below(image.Mask.Length);
            yield return sample with
            {
                Images = sample.Images.Replace(image, image with { Mask = image.Mask.SetItem(pixel, !image.Mask[pixel]) }),
            };
            yield return sample with
            {
                Images = sample.Images.Replace(image, image with { Scores = [.. image.Scores.Reverse()] }),
            };
        }
    }

    private static double Neighbour(double score) => score > 0 ? Math.BitDecrement(score) : Math.BitIncrement(score);

    private static RankState Rank(IReadOnlyList<Row> rows) => RankState.Of(Batching.Rows(rows));

    private static RegionState Regions(Sample sample) =>
        Batching.Whole<MapBatch>(sample).Aggregate(RegionState.Empty, (state, batch) => RegionState.Merge(state, RegionState.Of(batch)));

    private static IEnumerable<Row> Bag(IEnumerable<Row> rows) =>
        rows.Select(row => row with { Score = row.Score + 0.0 }).OrderBy(row => row.Score).ThenBy(row => row.Label);

    private static IEnumerable<string> Bag(IReadOnlyList<Image> images)
    {
        var oracle = new RegionOracle(images);
        return oracle
            .Regions.Select(region =>
                "region " + string.Join(" ", region.Select(score => score + 0.0).Order().Select(score => $"{score:R}"))
            )
            .Concat(oracle.Pixels.Rows.Where(row => !row.Label).Select(row => $"{row.Score + 0.0:R}"))
            .Order();
    }
}
