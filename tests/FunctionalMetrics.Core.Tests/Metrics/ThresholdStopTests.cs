namespace FunctionalMetrics.Core.Tests;

/// <summary>Stops of a slider against the counts at each of them, and thresholds of images and regions against the tables at any threshold.</summary>
public class ThresholdStopTests
{
    [Fact]
    public void Each_stop_has_the_counts_and_the_overlap_of_its_threshold()
    {
        var state = Maps(5, 40);
        var pixels = state.Pixels;
        var stops = ThresholdStop.Of(pixels, 0.25);
        Assert.InRange(stops.Length, 400, ThresholdStop.Most);
        Assert.Equal(stops.Select(stop => stop.Threshold).Distinct().Order(), stops.Select(stop => stop.Threshold));
        Assert.Contains(0.25, stops.Select(stop => stop.Threshold));
        foreach (var stop in stops)
        {
            Assert.Equal(pixels.Rank.At(stop.Threshold), stop.Counts);
            var shares = ImageTable.Of(state, stop.Threshold).ThrowIfFail().Regions.Select(region => region.ShareFound);
            Same.Within(1e-15, shares.Average(), stop.Pro.IfNone(-1), $"PRO at {stop.Threshold}");
        }
        // No step of recall is wider than its share of the stops.
        var recalls = stops.Select(stop => stop.Counts.Recall.ThrowIfFail()).ToList();
        Assert.Equal(1, recalls[0]);
        Assert.All(recalls.Zip(recalls.Skip(1), (above, below) => above - below), step => Assert.InRange(step, 0, 0.02));
    }

    [Theory]
    [InlineData(499, true)]
    [InlineData(500, false)]
    public void Every_score_is_a_stop_where_there_are_not_too_many(int scores, bool areAll)
    {
        var rows = RankState.Of(
            ScoreBatch
                .Create((double[])[.. Enumerable.Range(0, scores)], (bool[])[.. Enumerable.Range(0, scores).Select(i => i % 3 == 0)])
                .Valid()
        );
        var stops = ThresholdStop.Of(rows, double.PositiveInfinity);
        Assert.InRange(stops.Length, 300, ThresholdStop.Most);
        Assert.Equal(areAll, Enumerable.Range(0, scores).All(score => stops.Any(stop => stop.Threshold == score)));
        Assert.Equal(new ConfusionMatrix(0, 0, (scores + 2) / 3, scores - (scores + 2) / 3), stops[^1].Counts);
        Assert.All(stops, stop => Assert.True(stop.Pro.IsNone));
    }

    [Fact]
    public void Without_a_row_or_an_anomalous_one_there_are_stops_all_the_same()
    {
        Assert.Equal(new(0.5, default, default), Assert.Single(ThresholdStop.Of(RankState.Empty, 0.5)));
        var normal = RankState.Of(ScoreBatch.Create((double[])[.. Enumerable.Range(0, 900)], new bool[900]).Valid());
        Assert.All(ThresholdStop.Of(normal, 3), stop => Assert.Equal(900 - Math.Ceiling(stop.Threshold), stop.Counts.FalsePositives));
    }

    [Fact]
    public void An_image_is_marked_and_its_regions_are_found_up_to_its_thresholds()
    {
        var state = Maps(5, 12);
        var marked = MarkedImage.Of(state);
        Assert.Equal(ImageTable.Of(state, 0).ThrowIfFail().Images.Select(row => row.Name), marked.Select(image => image.Name));
        Assert.Equal("cut cut cut cut cut", string.Join(' ', marked.SelectMany(image => image.Folder.ToSeq())));
        foreach (var stop in ThresholdStop.Of(state.Pixels, 0.5))
        {
            var table = ImageTable.Of(state, stop.Threshold).ThrowIfFail();
            Assert.Equal(
                table.Regions.Select(region => region.IsFound),
                marked.SelectMany(image => image.Regions).Select(highest => highest >= stop.Threshold)
            );
            Assert.Equal(
                table.Images.Select(row => row.Counts.TruePositives + row.Counts.FalsePositives > 0),
                marked.Select(image => image.MaxPixel.IfNone(-1) >= stop.Threshold)
            );
        }
        Assert.Equal(ImageTable.Of(state, 0).ThrowIfFail().Images.Select(row => row.Score), marked.Select(image => image.Score));
    }

    /// <summary>Maps of some tied scores with regions of many sizes.</summary>
    private static ImageState Maps(int count, int side)
    {
        var random = new Random(7);
        var (scores, masks) = (new float[count, side, side], new bool[count, side, side]);
        for (var image = 0; image < count; image++)
        for (var row = 0; row < side; row++)
        for (var column = 0; column < side; column++)
        {
            masks[image, row, column] = image > 0 && row % 4 > 1 && column % 6 < image + (row / 4 % 2);
            scores[image, row, column] = MathF.Round(random.NextSingle() + (masks[image, row, column] ? 0.3f : 0), side > 20 ? 5 : 2);
        }
        return ImageState.Of(
            MapBatch.Create(scores, masks).Valid().WithImages(Enumerable.Range(0, count).Select(i => new ImageFacts($"cut/{i}"))).Valid()
        );
    }
}
