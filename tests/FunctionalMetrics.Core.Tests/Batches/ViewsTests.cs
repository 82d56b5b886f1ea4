namespace FunctionalMetrics.Core.Tests;

/// <summary>What one batch gives as another: the pixels, the images, the scores, and the same with the sign changed.</summary>
public class ViewsTests
{
    [Fact]
    public void Negating_twice_is_the_identity() =>
        ForAll.Samples(
            (sample, _) =>
            {
                var rows = Batching.Rows(sample.Rows);
                Assert.Equal(RankState.Of(rows), RankState.Of(rows.Negated.Negated));
                Assert.Equal(ExtremaState.Of(rows.Scores), ExtremaState.Of(rows.Scores.Negated.Negated));
                foreach (var maps in Batching.Cut<MapBatch>(sample, new(5)))
                {
                    Assert.Equal(RegionState.Of(maps), RegionState.Of(maps.Negated.Negated));
                    Assert.Equal(LogMomentState.Of(maps.Maps), LogMomentState.Of(maps.Maps.Negated.Negated));
                }
            }
        );

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Negated_is_the_batch_of_the_negated_scores(bool narrow) =>
        ForAll.Samples(
            (any, _) =>
            {
                var sample = narrow ? any.Map(score => (float)Math.Clamp(score, float.MinValue, float.MaxValue)) : any;
                var negated = sample.Map(score => -score);
                Assert.Equal(RankState.Of(Batching.Rows(negated.Rows)), RankState.Of(Batching.Rows(sample.Rows, narrow).Negated));
                Assert.Equal(
                    ExtremaState.Of(Batching.Rows(negated.Rows).Scores),
                    ExtremaState.Of(Batching.Rows(sample.Rows, narrow).Scores.Negated)
                );
                foreach (var image in sample.Images)
                {
                    var (maps, minus) = (Batching.Images([image], narrow), Batching.Images([image.Map((score, _) => -score)]));
                    Assert.Equal(RegionState.Of(minus), RegionState.Of(maps.Negated));
                    Assert.Equal(LogMomentState.Of(minus.Maps), LogMomentState.Of(maps.Maps.Negated));
                    Same.Bits(minus.ImageScores[0]!.Value, maps.Negated.ImageScores[0]!.Value);
                }
            }
        );

    [Fact]
    public void AUROC_of_negated_rows_is_one_less_AUROC_within_an_ulp() =>
        ForAll.Samples(
            (sample, _) =>
            {
                var batch = Batching.Rows(sample.Rows);
                var pair = Auroc.Metric.Zip(Auroc.Metric.Before<ScoreBatch>(rows => rows.Negated)).Run([batch]);
                if (pair.IsSucc)
                    Same.WithinUlp(1, pair.ThrowIfFail().First.Area + pair.ThrowIfFail().Second.Area);
            }
        );

    [Fact]
    public void The_score_of_an_image_is_its_largest_pixel_and_its_label_whether_one_is_anomalous() =>
        ForAll.Samples(
            (sample, seed) =>
            {
                foreach (var stack in sample.Images.GroupBy(image => (image.Height, image.Width)))
                {
                    Image[] images = [.. stack];
                    var batch = Batching.Images(
                        images,
                        images.All(image => image.Scores.All(score => score == (float)score)) && seed % 2 == 0
                    );
                    Same.Bits(images.Select(image => image.Scores.Max() + 0.0), batch.ImageScores.OfType<double>());
                    Assert.Equal(images.Select(image => image.Mask.Any(label => label)), batch.ImageLabels);
                    Assert.Equal(
                        RankState.Of(
                            Batching.Rows([.. images.Select(image => new Row(image.Scores.Max(), image.Mask.Any(label => label)))])
                        ),
                        RankState.Of(batch.Images)
                    );
                }
            }
        );

    [Fact]
    public void Maps_of_a_map_batch_are_the_maps_it_was_made_of() =>
        ForAll.Samples(
            (sample, _) =>
            {
                foreach (var image in sample.Images)
                {
                    var batch = Batching.Images([image]);
                    Assert.Equal(
                        LogMomentState.Of(Maps.Create(image.Scores.ToArray(), new(1, image.Height, image.Width)).Valid()),
                        LogMomentState.Of(batch.Maps)
                    );
                    Assert.Equal(ExtremaState.Of(batch.Maps.Pixels), ExtremaState.Of(batch.Pixels.Scores));
                }
            }
        );

    [Fact]
    public void A_batch_counts_its_rows()
    {
        var batch = Batching.Rows([new(1, true), new(2, false), new(3, false)]);
        Assert.Equal((3, 1, 2, 3), (batch.Count, batch.Positives, batch.Negatives, batch.Scores.Count));
    }
}
