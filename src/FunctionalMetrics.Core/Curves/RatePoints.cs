using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>The points of a curve of false positive rate against height, for ROC (heights are true positives) and PRO (region weights).</summary>
internal static class RatePoints
{
    /// <summary>(0, 0, +inf), then one point for each distinct score, highest first.</summary>
    public static CurvePoints All(ThresholdSweep sweep, Rope negatives)
    {
        var (all, heights) = (AllPoints.Of(sweep, negatives), Heights(sweep));
        return CurvePoints.Build(all.Count + 1, k => Point(sweep, all, heights, k));
    }

    /// <summary>The same without the points between two others on a line with them, decided on the integer counts. For ROC.</summary>
    public static CurvePoints Reduced(ThresholdSweep sweep, Rope negatives)
    {
        var (all, heights) = (AllPoints.Of(sweep, negatives), Heights(sweep));
        var kept = new List<int> { 0 };
        for (var k = 1; k <= all.Count; k++)
        {
            if (kept.Count > 1 && OnLine(At(kept[^2]), At(kept[^1]), At(k)))
                kept.RemoveAt(kept.Count - 1);
            kept.Add(k);
        }
        return CurvePoints.Build(kept.Count, k => Point(sweep, all, heights, kept[k]));

        (Int128 X, Int128 Y) At(int k) => k == 0 ? (0, 0) : (all.FalsePositives[k - 1], (Int128)sweep.HeightBefore(all.Steps[k - 1]));
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

    private static (double X, double Y, double Threshold) Point(ThresholdSweep sweep, AllPoints all, double[] heights, int k) =>
        k == 0
            ? (0, 0, double.PositiveInfinity)
            : (Ratio.Round(all.FalsePositives[k - 1], sweep.Negatives), heights[all.Steps[k - 1]], all.Thresholds[k - 1]);

    private static double[] Heights(ThresholdSweep sweep)
    {
        var heights = new double[sweep.Count + 1];
        for (var i = 0; i < heights.Length; i++)
            heights[i] = Ratio.Round(sweep.HeightBefore(i), sweep.Top);
        return heights;
    }

    private static bool OnLine((Int128 X, Int128 Y) a, (Int128 X, Int128 Y) b, (Int128 X, Int128 Y) c) =>
        (b.X - a.X) * (c.Y - b.Y) == (c.X - b.X) * (b.Y - a.Y);
}
