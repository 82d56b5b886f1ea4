using System.Collections.Immutable;
using System.Numerics;
using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// Mean and sample standard deviation of the natural logarithm of scores: over n image scores two numbers, and over N maps of H x W two
/// arrays, one value for each pixel position. States of scores and of maps merge into one; the part that was not seen is absent.
/// <para>
/// Formula: with q = round(2^60 ln s), mean = sum q / (2^60 n), variance = (n sum q^2 - (sum q)^2) / (2^120 n (n - 1)); both are ratios of
/// integers, so constant scores have a standard deviation of exactly 0. One observation has a mean and no standard deviation.
/// </para>
/// <para>
/// Undefined before any score (<see cref="Undefined"/>), after a score of 0 or below (<see cref="NonPositiveScores"/>), and after maps of
/// more than one shape (<see cref="SeveralShapes"/>).
/// </para>
/// <para>Source: anomalib's AnomalyScoreDistribution, here with numpy's <c>std(ddof=1)</c>.</para>
/// </summary>
public static class AnomalyScoreDistribution
{
    private const string Name = "anomaly score distribution";

    /// <summary>The metric of image scores.</summary>
    public static Metric<Scores, LogMomentState, AnomalyScoreDistributionResult> Metric { get; } =
        new(Name, Option<bool>.None, LogMomentState.OfScores, Compute);

    /// <summary>The metric of maps; the same state, for which each pixel position counts by itself.</summary>
    public static Metric<Maps, LogMomentState, AnomalyScoreDistributionResult> OfMaps { get; } =
        new(Name, Option<bool>.None, LogMomentState.OfMaps, Compute);

    private static Fin<AnomalyScoreDistributionResult> Compute(LogMomentState state)
    {
        var rows = state.Scores.Count + state.Maps.Sum(shape => shape.Value.Count * shape.Key.Height * shape.Key.Width);
        var nonPositive = state.Scores.NonPositive + state.Maps.Values.Sum(sums => sums.NonPositive);
        return rows == 0 ? new Undefined(Name, Missing.Score, 0)
            : nonPositive > 0 ? new NonPositiveScores(Name, nonPositive, rows)
            : state.Maps.Count > 1 ? new SeveralShapes(Name, toArray(state.Maps.Keys))
            : new AnomalyScoreDistributionResult(
                state.Scores.Count == 0 ? None : Some(OfScores(state.Scores)),
                state.Maps.HeadOrNone().Map(map => OfPositions(map.Key, map.Value))
            );
    }

    private static LogMoments OfScores(LogSums sums) =>
        new(sums.Count, Mean(sums.Count, sums.Sum), sums.Count > 1 ? Some(Deviation(sums.Count, sums.Sum, sums.Squares)) : None);

    private static MapLogMoments OfPositions((int Height, int Width) shape, PositionLogSums sums)
    {
        var mean = ImmutableArray.CreateBuilder<double>(sums.Sums.Length);
        var deviation = ImmutableArray.CreateBuilder<double>(sums.Sums.Length);
        for (var i = 0; i < sums.Sums.Length; i++)
        {
            mean.Add(Mean(sums.Count, sums.Sums[i]));
            if (sums.Count > 1)
                deviation.Add(Deviation(sums.Count, sums.Sums[i], sums.Squares[i]));
        }
        return new(
            sums.Count,
            shape.Height,
            shape.Width,
            mean.MoveToImmutable(),
            sums.Count > 1 ? Some(deviation.MoveToImmutable()) : None
        );
    }

    private static double Mean(long count, Int128 sum) => Ratio.Round(sum, (BigInteger)count << FixedLog.FractionBits);

    private static double Deviation(long count, Int128 sum, UInt256 squares) =>
        Math.Sqrt(
            Ratio.Round(
                count * squares.ToBigInteger() - (BigInteger)sum * sum,
                (BigInteger)count * (count - 1) << (2 * FixedLog.FractionBits)
            )
        );
}

/// <summary>Moments of the logarithms of image scores and of maps; each part is absent when none were seen. Compared by value; immutable.</summary>
/// <param name="Scores">Over image scores.</param>
/// <param name="Maps">Over maps, for each pixel position.</param>
public sealed record AnomalyScoreDistributionResult([property: Shown("image score")] Option<LogMoments> Scores, Option<MapLogMoments> Maps);

/// <summary>Moments of ln(score) over image scores. Compared by value; immutable.</summary>
/// <param name="Count">n.</param>
/// <param name="Mean">The mean of ln(score).</param>
/// <param name="StandardDeviation">The sample standard deviation (n - 1) of ln(score); absent for one score.</param>
public sealed record LogMoments(
    long Count,
    [property: Shown] double Mean,
    [property: Shown("second score")] Option<double> StandardDeviation
);

/// <summary>Moments of ln(score) over maps, H x W values row by row. Immutable.</summary>
/// <param name="Count">n, the number of maps.</param>
/// <param name="Height">H.</param>
/// <param name="Width">W.</param>
/// <param name="Mean">The mean of ln(score) at each position.</param>
/// <param name="StandardDeviation">The sample standard deviation (n - 1) of ln(score) at each position; absent for one map.</param>
public sealed record MapLogMoments(
    long Count,
    int Height,
    int Width,
    ImmutableArray<double> Mean,
    Option<ImmutableArray<double>> StandardDeviation
)
{
    /// <inheritdoc/>
    public bool Equals(MapLogMoments? other) =>
        other is not null
        && (Count, Height, Width) == (other.Count, other.Height, other.Width)
        && Mean.AsSpan().SequenceEqual(other.Mean.AsSpan())
        && StandardDeviation
            .Map(values => values.AsEnumerable())
            .ToSeq()
            .Flatten()
            .SequenceEqual(other.StandardDeviation.Map(values => values.AsEnumerable()).ToSeq().Flatten());

    /// <inheritdoc/>
    public override int GetHashCode() => Mean.Aggregate(HashCode.Combine(Count, Height, Width), HashCode.Combine);
}
