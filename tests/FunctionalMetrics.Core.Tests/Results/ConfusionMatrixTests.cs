namespace FunctionalMetrics.Core.Tests;

/// <summary>Counts at a threshold, and the rates read off them.</summary>
public class ConfusionMatrixTests
{
    [Fact]
    public void Counts_at_any_threshold_are_those_of_a_plain_loop() =>
        ForAll.Samples(
            (sample, _) =>
            {
                var oracle = new RankOracle(sample.Rows);
                var state = Batching.Cut<ScoreBatch>(sample, new(3)).Aggregate(RankState.Empty, Auroc.Metric.Update);
                double[] thresholds =
                [
                    .. sample.Scores,
                    0,
                    -0.0,
                    0.3,
                    1e-320,
                    -1e-320,
                    1e300,
                    -1e300,
                    double.PositiveInfinity,
                    double.NegativeInfinity,
                ];
                var together = state.At(thresholds);
                foreach (var (threshold, counts) in thresholds.Zip(together))
                {
                    var (tp, fp) = (oracle.Tp(threshold), oracle.Fp(threshold));
                    Assert.Equal(new ConfusionMatrix(tp, fp, oracle.Positives - tp, oracle.Negatives - fp), counts);
                    Assert.Equal(counts, state.At(threshold));
                }
            },
            100
        );

    [Fact]
    public void No_score_is_at_least_NaN()
    {
        var state = RankState.Of(Batching.Rows([new(0.5, true), new(0.25, false)]));
        var narrow = RankState.Of(Batching.Rows([new(0.5, true), new(0.25, false)], true));
        foreach (var nan in (double[])[double.NaN, -double.NaN])
        {
            Assert.Equal(new ConfusionMatrix(0, 0, 1, 1), state.At(nan));
            Assert.Equal(new ConfusionMatrix(0, 0, 1, 1), narrow.At(nan));
            Assert.Equal([new ConfusionMatrix(0, 0, 1, 1)], state.At([nan]));
        }
    }

    [Fact]
    public void Rates_are_correctly_rounded_even_of_counts_beyond_the_doubles()
    {
        var counts = new ConfusionMatrix((1L << 60) + 1, (1L << 59) + 3, (1L << 58) + 7, (1L << 57) + 5);
        Same.Bits(
            new Fraction(counts.TruePositives, counts.TruePositives + counts.FalsePositives).Rounded(),
            counts.Precision.ThrowIfFail()
        );
        Same.Bits(new Fraction(counts.TruePositives, counts.TruePositives + counts.FalseNegatives).Rounded(), counts.Recall.ThrowIfFail());
        Same.Bits(
            new Fraction(counts.FalsePositives, counts.FalsePositives + counts.TrueNegatives).Rounded(),
            counts.FalsePositiveRate.ThrowIfFail()
        );
        Same.Bits(
            new Fraction(2 * counts.TruePositives, 2 * counts.TruePositives + counts.FalsePositives + counts.FalseNegatives).Rounded(),
            counts.F1.ThrowIfFail()
        );
    }

    [Fact]
    public void A_rate_without_its_rows_is_undefined_and_says_which()
    {
        Assert.Equal(
            "precision is undefined: there is no row called anomalous (rows seen: 7)",
            Why(new ConfusionMatrix(0, 0, 3, 4).Precision)
        );
        Assert.Equal("recall is undefined: there is no anomalous row (rows seen: 7)", Why(new ConfusionMatrix(0, 3, 0, 4).Recall));
        Assert.Equal(
            "false positive rate is undefined: there is no normal row (rows seen: 7)",
            Why(new ConfusionMatrix(3, 0, 4, 0).FalsePositiveRate)
        );
        Assert.Equal("F1 is undefined: there is no anomalous row (rows seen: 4)", Why(new ConfusionMatrix(0, 0, 0, 4).F1));
    }

    private static string Why(LanguageExt.Fin<double> rate) => rate.Match(value => $"{value}", error => error.ToString());
}
