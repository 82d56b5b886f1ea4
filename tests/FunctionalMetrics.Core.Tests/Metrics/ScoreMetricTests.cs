using System.Numerics;
using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core.Tests;

/// <summary>MinMax and AnomalyScoreDistribution against plain loops and exact fractions of the integer logarithms.</summary>
public class ScoreMetricTests
{
    [Fact]
    public void MinMax_is_the_smallest_and_the_largest_score() =>
        ForAll.Samples(
            (sample, seed) =>
            {
                if (sample.Rows.IsEmpty)
                    return;
                var range = MinMax.Metric.Run(Batching.Cut<Scores>(sample, new(seed))).ThrowIfFail();
                Same.Bits(sample.Rows.Min(row => row.Score + 0.0), range.Min, "min");
                Same.Bits(sample.Rows.Max(row => row.Score + 0.0), range.Max, "max");
            }
        );

    [Fact]
    public void Moments_of_scores_are_correctly_rounded_from_the_logarithms() =>
        OfPositiveScores(
            (sample, seed) =>
            {
                if (sample.Rows.IsEmpty)
                    return;
                var result = AnomalyScoreDistribution.Metric.Run(Batching.Cut<Scores>(sample, new(seed))).ThrowIfFail();
                var moments = result.Scores.ThrowIfNone();
                Assert.True(result.Maps.IsNone);
                Check([.. sample.Rows.Select(row => row.Score)], moments.Count, moments.Mean, moments.StandardDeviation.ToNullable());
            }
        );

    [Fact]
    public void Moments_of_maps_are_those_of_the_scores_at_each_position() =>
        OfPositiveScores(
            (any, seed) =>
            {
                var sample = any with
                {
                    Images = [.. any.Images.Where(image => image.Height == any.Images[0].Height && image.Width == any.Images[0].Width)],
                };
                if (sample.Images.IsEmpty)
                    return;
                var result = AnomalyScoreDistribution.OfMaps.Run(Batching.Cut<Maps>(sample, new(seed))).ThrowIfFail();
                var maps = result.Maps.ThrowIfNone();
                Assert.True(result.Scores.IsNone);
                Assert.Equal((sample.Images[0].Height, sample.Images[0].Width), (maps.Height, maps.Width));
                for (var i = 0; i < maps.Mean.Length; i++)
                    Check(
                        [.. sample.Images.Select(image => image.Scores[i])],
                        maps.Count,
                        maps.Mean[i],
                        maps.StandardDeviation.Map(values => values[i]).ToNullable()
                    );
            }
        );

    [Fact]
    public void Constant_scores_have_a_standard_deviation_of_exactly_0() =>
        OfPositiveScores(
            (sample, _) =>
            {
                if (sample.Rows.Length < 2)
                    return;
                var constant = Batching.Whole<Scores>(sample.Map(_ => sample.Rows[0].Score));
                Same.Bits(
                    0,
                    AnomalyScoreDistribution.Metric.Run(constant).ThrowIfFail().Scores.ThrowIfNone().StandardDeviation.ThrowIfNone()
                );
            }
        );

    [Fact]
    public void States_of_scores_and_of_maps_merge_into_one_result_with_both_parts() =>
        OfPositiveScores(
            (sample, _) =>
            {
                if (sample.Rows.IsEmpty || sample.Images.IsEmpty)
                    return;
                var scores = LogMomentState.Of(Batching.Rows(sample.Rows).Scores);
                var maps = LogMomentState.Of(Batching.Images([sample.Images[0]]).Maps);
                var both = AnomalyScoreDistribution.Metric.Compute(LogMomentState.Merge(scores, maps)).ThrowIfFail();
                Assert.Equal(AnomalyScoreDistribution.Metric.Compute(scores).ThrowIfFail().Scores, both.Scores);
                Assert.Equal(AnomalyScoreDistribution.OfMaps.Compute(maps).ThrowIfFail().Maps, both.Maps);
            }
        );

    private static void OfPositiveScores(Action<Sample, int> check) =>
        ForAll.Samples((sample, seed) => check(sample.Map(score => score == 0 ? 0.5 : Math.Abs(score)), seed));

    private static void Check(double[] scores, long count, double mean, double? deviation)
    {
        BigInteger[] logs = [.. scores.Select(score => (BigInteger)FixedLog.Of(score))];
        var (n, unit) = ((BigInteger)logs.Length, BigInteger.One << FixedLog.FractionBits);
        var (sum, squares) = (logs.Aggregate(BigInteger.Add), logs.Aggregate(BigInteger.Zero, (total, log) => total + log * log));
        Assert.Equal(logs.Length, count);
        Same.Bits(new Fraction(sum, n * unit).Rounded(), mean, "mean");
        Assert.Equal(logs.Length > 1, deviation is not null);
        if (deviation is { } found)
            Same.Bits(Math.Sqrt(new Fraction(n * squares - sum * sum, n * (n - 1) * unit * unit).Rounded()), found, "deviation");
    }
}
