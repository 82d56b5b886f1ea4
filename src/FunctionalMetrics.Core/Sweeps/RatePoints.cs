using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>The points of a curve of false positive rate against height, for ROC (heights are true positives) and PRO (region weights).</summary>
internal static class RatePoints
{
    /// <summary>(0, 0, +inf), then one point for each distinct score, highest first.</summary>
    public static CurvePoints All(ThresholdSweep sweep, AllPoints all)
    {
        var (heights, step, found) = (Heights(sweep), 0, 0L);
        return CurvePoints.Build(
            all.Count + 1,
            k =>
            {
                if (k == 0)
                    return (0, 0, double.PositiveInfinity);
                var (threshold, tp, fp) = all[k - 1];
                // One point follows the other, and only a step of the sweep finds more.
                (step, found) = (tp > found ? step + 1 : step, tp);
                return (Ratio.Round(fp, sweep.Negatives), heights[step], threshold);
            }
        );
    }

    /// <summary>
    /// The points of the ROC curve without those between two others on a line with them, decided on the integer counts.
    /// </summary>
    public static CurvePoints Reduced(ThresholdSweep sweep, AllPoints all)
    {
        var kept = new List<int> { 0 };
        for (var k = 1; k <= all.Count; k++)
        {
            if (kept.Count > 1 && OnLine(At(kept[^2]), At(kept[^1]), At(k)))
                kept.RemoveAt(kept.Count - 1);
            kept.Add(k);
        }
        return CurvePoints.Build(
            kept.Count,
            k =>
            {
                var (threshold, tp, fp) = At(kept[k]);
                return (Ratio.Round(fp, sweep.Negatives), Ratio.Round(tp, sweep.Positives), threshold);
            }
        );

        (double Threshold, long TruePositives, long FalsePositives) At(int k) => k == 0 ? (double.PositiveInfinity, 0, 0) : all[k - 1];
    }

    /// <summary>Before and after each step of the sweep, from (0, 0) to (1, 1).</summary>
    public static CurvePoints Outline(ThresholdSweep sweep)
    {
        var heights = Heights(sweep);
        return CurvePoints.Build(
            2 * sweep.Count + 2,
            k =>
            {
                var i = (k + 1) / 2 - 1;
                return k == 0 ? (0, 0, double.PositiveInfinity)
                    : i == sweep.Count ? (1, 1, double.NegativeInfinity)
                    : k % 2 == 1 ? (Ratio.Round(sweep.FalsePositivesAbove[i], sweep.Negatives), heights[i], sweep.Thresholds[i])
                    : (Ratio.Round(sweep.FalsePositives[i], sweep.Negatives), heights[i + 1], sweep.Thresholds[i]);
            }
        );
    }

    private static double[] Heights(ThresholdSweep sweep)
    {
        var heights = new double[sweep.Count + 1];
        for (var i = 0; i < heights.Length; i++)
            heights[i] = Ratio.Round(sweep.HeightBefore(i), sweep.Top);
        return heights;
    }

    private static bool OnLine((double, long Tp, long Fp) a, (double, long Tp, long Fp) b, (double, long Tp, long Fp) c) =>
        (Int128)(b.Fp - a.Fp) * (c.Tp - b.Tp) == (Int128)(c.Fp - b.Fp) * (b.Tp - a.Tp);
}
