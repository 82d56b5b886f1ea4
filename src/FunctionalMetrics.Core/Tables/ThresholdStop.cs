using System.Collections.Immutable;
using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// What a threshold finds, as one of some that lie along all scores: where a slider stops. Called anomalous when s >= t. Compared by value; immutable.
/// <code>
/// foreach (var stop in ThresholdStop.Of(state, start: 0.5)) Console.WriteLine($"{stop.Threshold} {stop.Counts}");
/// </code>
/// </summary>
/// <param name="Threshold">The threshold t.</param>
/// <param name="Counts">tp, fp, fn and tn there.</param>
/// <param name="Pro">
/// Per-region overlap there, in [0, 1]: the mean over regions of the share of the region's pixels with s >= t; absent of rows, and without a region.
/// </param>
public sealed record ThresholdStop(double Threshold, ConfusionMatrix Counts, Option<double> Pro)
{
    /// <summary>So many stops there are at most.</summary>
    public const int Most = 500;

    /// <summary>Of more rows the distinct scores are not counted: there are too many.</summary>
    private const int FewRows = 1 << 16;

    /// <summary>
    /// Stops of rows, the lowest threshold first: every distinct score of both classes, or where these are too many some that are spread evenly, half of them
    /// by the share of anomalous rows at or above, half by score; and the one to start at.
    /// </summary>
    /// <param name="rows">The scores.</param>
    /// <param name="start">The threshold to start at; not NaN.</param>
    public static ImmutableArray<ThresholdStop> Of(RankState rows, double start) =>
        At(rows, Thresholds(rows, Distinct(rows) ?? Spread(rows), start), _ => None);

    /// <summary>The same of pixels, with per-region overlap.</summary>
    /// <param name="pixels">The pixels with their regions.</param>
    /// <param name="start">The threshold to start at; not NaN.</param>
    public static ImmutableArray<ThresholdStop> Of(RegionState pixels, double start)
    {
        var (rows, sweep) = (pixels.Rank, pixels.Sweep);
        return At(rows, Thresholds(rows, Distinct(rows) ?? Spread(rows), start), Overlap);

        Option<double> Overlap(double threshold)
        {
            if (pixels.Regions == 0)
                return None;
            // Thresholds of a sweep descend.
            var (low, high) = (0, sweep.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = sweep.Thresholds[middle] >= threshold ? (middle + 1, high) : (low, middle);
            }
            return Ratio.Round(sweep.HeightBefore(low), sweep.Top);
        }
    }

    private static ImmutableArray<ThresholdStop> At(RankState rows, double[] thresholds, Func<double, Option<double>> overlap) =>
        [.. thresholds.Zip(rows.At(thresholds), (threshold, counts) => new ThresholdStop(threshold, counts, overlap(threshold)))];

    /// <summary>The candidates with the start among them, ascending; without a row the start alone.</summary>
    private static double[] Thresholds(RankState rows, IEnumerable<double> candidates, double start) =>
        [.. (rows.Rows == 0 ? [] : candidates).Append(start + 0.0).Distinct().Order()];

    /// <summary>Every distinct score; null where these are too many.</summary>
    private static IEnumerable<double>? Distinct(RankState rows)
    {
        if (rows.Rows > FewRows || rows.Points is not { Count: < Most } points)
            return null;
        return Enumerable.Range(0, points.Count).Select(i => points[i].Threshold);
    }

    private static IEnumerable<double> Spread(RankState rows)
    {
        const int Half = (Most - 1) / 2;
        var sweep = rows.Sweep;
        var step = 0;
        for (var i = 1; i <= Half && sweep.Count > 0; i++)
        {
            while ((Int128)sweep.TruePositives[step] * Half < (Int128)sweep.Positives * i)
                step++;
            yield return sweep.Thresholds[step];
        }
        var (low, high) = rows.Extrema.Range.IfNone((0, 0));
        for (var i = 0; i < Half; i++)
            yield return low + (high / (Half - 1) - low / (Half - 1)) * i + 0.0;
    }
}
