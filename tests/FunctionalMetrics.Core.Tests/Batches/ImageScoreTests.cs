using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>How maps give the scores of their images: exact means of the largest pixels, whatever their order.</summary>
public class ImageScoreTests
{
    /// <summary>Shares with the fractions that their texts show; the double 0.07 is above 7/100, the double 0.29 below 29/100.</summary>
    public static TheoryData<string, long, long> Shares =>
        new()
        {
            { "max", 0, 1 },
            { "mean", 1, 1 },
            { "top:1", 1, 1 },
            { "top:0.5", 1, 2 },
            { "top:0.1", 1, 10 },
            { "top:0.07", 7, 100 },
            { "top:0.29", 29, 100 },
            { "top:0.3333333333333333", 3333333333333333, 10000000000000000 },
            { "top:1E-300", 0, 1 },
        };

    [Theory]
    [MemberData(nameof(Shares))]
    public void The_score_is_the_exact_mean_of_the_largest_pixels_rounded_once(string text, long numerator, long denominator)
    {
        var how = ImageScore.Parse(text).ThrowIfFail();
        ForAll.Samples(
            (sample, seed) =>
            {
                var choices = new Choices(seed);
                // The oracle's rounding asks for a neighbour above.
                foreach (var image in sample.Map(score => score / 2).Images)
                {
                    double[] largest = [.. image.Scores.OrderDescending()];
                    var k = Math.Max(1, (largest.Length * numerator + denominator - 1) / denominator);
                    var sum = largest.Take((int)k).Aggregate((Fraction)0, (sum, score) => sum + Fraction.Exactly(score));
                    var expected = (sum / k).Rounded() + 0.0;
                    var batch = Batching.Images([image], choices.Once(2) && image.Scores.All(score => score == (float)score));
                    Same.Bits(expected, batch.ImageScoresBy(how)[0]!.Value, text);
                    var moved = image with { Scores = [.. choices.Shuffle(image.Scores)] };
                    Same.Bits(expected, Batching.Images([moved]).ImageScoresBy(how)[0]!.Value, text);
                }
            },
            40
        );
    }

    [Fact]
    public void Shares_of_many_pixels_are_those_of_numpy()
    {
        // numpy 1.24.2: x.mean(), np.sort(x)[-100:].mean(), np.sort(x)[-2900:].mean().
        double[] scores = [.. Enumerable.Range(0, 10_000).Select(i => i * 7919 % 10_007 / 10_007.0)];
        var batch = MapBatch.Create(scores, new bool[10_000], new(1, 100, 100)).Valid();
        Same.Within(1e-12, 0.5000157689617267, Score("mean"));
        Same.Within(1e-12, 0.994953532527231, Score("top:0.01"));
        Same.Within(1e-12, 0.8550085285127998, Score("top:0.29"));

        double Score(string how) => batch.ImageScoresBy(ImageScore.Parse(how).ThrowIfFail())[0]!.Value;
    }

    [Fact]
    public void Pixels_that_are_ignored_do_not_count()
    {
        var batch = MapBatch
            .Create(
                new double[,]
                {
                    { 9, 1, 2, 3, 4 },
                },
                new byte[,]
                {
                    { 1, 0, 0, 0, 1 },
                },
                new byte[,]
                {
                    { 1, 0, 0, 0, 0 },
                }
            )
            .Valid();
        Assert.Equal(2.5, batch.ImageScoresBy(ImageScore.Mean)[0]);
        Assert.Equal(3.5, batch.ImageScoresBy(ImageScore.Top(0.5).ThrowIfFail())[0]);
        Assert.Equal(4, batch.ImageScoresBy(ImageScore.Max)[0]);
        Assert.Equal(RankState.Of(Batching.Rows([new(2.5, true)])), RankState.Of(batch.ImagesBy(ImageScore.Mean)));
    }

    [Theory]
    [InlineData("max")]
    [InlineData("mean")]
    [InlineData("top:0.01")]
    [InlineData("top:1E-05")]
    public void What_is_written_is_read_back(string text) => Assert.Equal(text, ImageScore.Parse(text).ThrowIfFail().ToString());

    [Fact]
    public void Shares_are_compared_by_value()
    {
        Assert.Equal(ImageScore.Top(0.1), ImageScore.Parse("top:0.10"));
        Assert.NotEqual(ImageScore.Top(0.1), ImageScore.Top(0.2));
        Assert.Equal(new OutOfRange("share", 1.5, "(0, 1]"), ImageScore.Top(1.5).Case);
        Assert.True(ImageScore.Top(0).IsFail && ImageScore.Top(double.NaN).IsFail);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Max")]
    [InlineData("top")]
    [InlineData("top:0")]
    [InlineData("top:-0.1")]
    [InlineData("top:1.5")]
    [InlineData("top:NaN")]
    [InlineData("top:0,1")]
    [InlineData("top: 0.1")]
    [InlineData("top:0.1:2")]
    public void Any_other_text_is_refused_in_one_sentence(string text) =>
        Assert.Equal(
            $"\"{text}\" is no way to score an image; it is max, mean, or top:q with q above 0 and at most 1, such as top:0.01",
            ImageScore.Parse(text).Match(_ => "", error => error.Message)
        );
}
