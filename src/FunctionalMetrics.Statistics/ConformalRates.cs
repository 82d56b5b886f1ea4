using FunctionalMetrics.Core;
using LanguageExt;
using MathNet.Numerics.Distributions;

namespace FunctionalMetrics.Statistics;

/// <summary>How often a conformal threshold flags new normal rows or images.</summary>
public static class ConformalRates
{
    /// <summary>
    /// Where the rate lies at which the threshold of one validation set flags new normal rows: over all such sets its mean is at most alpha, and with scores
    /// that are untied it follows Beta(n + 1 - rank, rank), rank = ceil((1 - alpha)(n + 1)). With ties it lies lower. The interval leaves (1 - level) / 2 out at each end.
    /// n = 19 and alpha = 0.1: rank 18, 0.019 to 0.226. Undefined where n is below ceil(1 / alpha) - 1 (<see cref="TooFewNormalScores"/>).
    /// Source: Vovk, Conditional validity of inductive conformal predictors, Machine Learning 92 (2013).
    /// </summary>
    /// <param name="normal">n, how many normal rows or images the threshold was chosen on.</param>
    /// <param name="alpha">The rate that is promised on average, in (0, 1), taken as the decimal that it is written as.</param>
    /// <param name="level">How often the interval is to hold the rate, in (0, 1).</param>
    public static Fin<Interval> Between(long normal, double alpha, double level = 0.9) =>
        !(level > 0 && level < 1)
            ? new OutOfRange("the level of an interval", level, "(0, 1)")
            : NormalScoreRules
                .ConformalRank(normal, alpha)
                .Map(rank => new Interval(
                    Beta.InvCDF(normal + 1 - rank, rank, (1 - level) / 2),
                    Beta.InvCDF(normal + 1 - rank, rank, (1 + level) / 2)
                ));
}
