using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Scores between 0 and 1 for showing, and the decision, which is exact on the raw score.</summary>
public class NormalisationTests
{
    [Fact]
    public void Scores_are_shown_around_the_threshold_and_clamped()
    {
        var shown = Normalisation.Of(0.5, 0, 2).ThrowIfFail();
        Assert.Equal([0.5, 0.75, 1, 0.25, 0], new[] { 0.5, 1, 9, 0, -9 }.Select(shown.Of));
        Assert.True(shown.Flags(0.5));
        Assert.False(shown.Flags(Math.BitDecrement(0.5)));
        Assert.False(shown.Flags(double.NaN));
        Assert.Equal(1.0, shown.Inverse(0.75).ThrowIfFail());
        Assert.Equal(new OutOfRange("the normalised score", 1, "(0, 1)"), shown.Inverse(1).Match<object>(x => x, error => error));
    }

    [Fact]
    public void Low_scores_are_the_mirror_of_high_ones()
    {
        var (high, low) = (Normalisation.Of(0.5, 0, 2, false, 0.7).ThrowIfFail(), Normalisation.Of(-0.5, -2, 0, true, 0.7).ThrowIfFail());
        for (var score = -1.0; score < 3; score += 0.05)
        {
            Same.Bits(high.Of(score), low.Of(-score));
            Assert.Equal(high.Flags(score), low.Flags(-score));
        }
        Assert.Equal(-high.Inverse(0.3).ThrowIfFail(), low.Inverse(0.3).ThrowIfFail(), 15);
        Same.Bits(-high.Cut, low.Cut);
    }

    [Theory]
    [InlineData(double.PositiveInfinity, 0, 1, 0.5, "the threshold of a normalisation is Infinity; it must lie in the finite numbers")]
    [InlineData(0.5, 1, 1, 0.5, "the largest score is 1; it must lie in (1, inf), above the smallest one")]
    [InlineData(0.5, 0, 1, 1.5, "the sensitivity is 1.5; it must lie in [0, 1]")]
    public void What_cannot_be_is_a_typed_error(double threshold, double min, double max, double sensitivity, string message)
    {
        var error = Normalisation.Of(threshold, min, max, false, sensitivity).Match<object>(found => found, error => error);
        Assert.Equal(message, Assert.IsType<OutOfRange>(error).Message);
    }

    [Fact]
    public void The_decision_is_that_of_exact_arithmetic() =>
        ForAll.Samples(
            (sample, seed) =>
            {
                var choices = new Choices(seed);
                var scores = sample.Scores.Append(1).Append(0.5).ToArray();
                var sensitivity = new[] { 0, 0.1, 0.3, 0.5, 0.75, 1 }[choices.Below(6)];
                var lower = choices.Once(2);
                var threshold = scores[choices.Below(scores.Length)];
                var shown = Normalisation.Of(threshold, scores.Min(), scores.Max(), lower, sensitivity).ThrowIfFail();
                var width = Fraction.Exactly(scores.Max()) - Fraction.Exactly(scores.Min());
                var move = (new Fraction(1, 2) - Fraction.Written(sensitivity)) * width;
                foreach (
                    var score in scores
                        .Append(shown.Cut)
                        .Append(Math.BitDecrement(shown.Cut))
                        .Append(Math.BitIncrement(shown.Cut))
                        .Where(double.IsFinite)
                )
                {
                    var (x, t) = (Fraction.Exactly(score), Fraction.Exactly(threshold));
                    Assert.Equal(lower ? x <= t - move : x >= t + move, shown.Flags(score));
                    Assert.InRange(shown.Of(score), 0, 1);
                    if (sensitivity == 0.5)
                        Assert.Equal(lower ? score <= threshold : score >= threshold, shown.Flags(score));
                }
                Same.Bits(0.5, shown.Of(threshold));
            },
            100
        );
}
