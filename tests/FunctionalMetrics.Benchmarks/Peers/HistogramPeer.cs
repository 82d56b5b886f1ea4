using FunctionalMetrics.Core;

namespace FunctionalMetrics.Benchmarks;

/// <summary>The approximate way: AUROC and AUPR from counts in 1,000 equal bins between the least and the largest score.</summary>
internal static class HistogramPeer
{
    private const int Bins = 1000;

    public static Peer Of(float[] scores, byte[] labels)
    {
        var time = Timing.Of(scores.Length, () => GC.KeepAlive(Areas(scores, labels)));
        var batch = ScoreBatch.Create(scores, labels).IfFail(faults => throw new InvalidDataException(faults.Head.Message));
        var state = RankState.Of(batch);
        var (roc, pr) = Areas(scores, labels);
        var wrong = Math.Max(
            Math.Abs(roc - Auroc.Metric.Compute(state).ThrowIfFail().Area),
            Math.Abs(pr - Aupr.Metric.Compute(state).ThrowIfFail().Area)
        );
        return new("1000-bin histogram (AUROC, AUPR)", time, FormattableString.Invariant($", wrong by {wrong:0e+0}"));
    }

    private static (double Auroc, double Aupr) Areas(float[] scores, byte[] labels)
    {
        var (least, most) = (float.MaxValue, float.MinValue);
        foreach (var score in scores)
            (least, most) = (Math.Min(least, score), Math.Max(most, score));
        var counts = new long[2 * Bins];
        var scale = (Bins - 1) / (most - least);
        for (var i = 0; i < scores.Length; i++)
            counts[2 * (int)((scores[i] - least) * scale) + labels[i]]++;
        double positives = labels.Sum(label => (long)label);
        var negatives = labels.Length - positives;
        var (tp, fp, roc, pr, precision) = (0L, 0L, 0.0, 0.0, 1.0);
        for (var bin = Bins - 1; bin >= 0; bin--)
        {
            var (normal, anomalous) = (counts[2 * bin], counts[2 * bin + 1]);
            roc += normal * (tp + anomalous / 2.0);
            (tp, fp) = (tp + anomalous, fp + normal);
            var next = tp + fp == 0 ? 1 : tp / (double)(tp + fp);
            pr += anomalous * (precision + next) / 2;
            precision = next;
        }
        return (roc / (positives * negatives), pr / positives);
    }
}
