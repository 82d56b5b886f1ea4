using Microsoft.ML;

namespace FunctionalMetrics.Benchmarks;

/// <summary>ML.NET's evaluation of a binary classifier, of which only the AUC agrees with a count by hand.</summary>
internal static class MlNetPeer
{
    public static Peer Auc(float[] scores, byte[] labels)
    {
        var context = new MLContext();
        var data = context.Data.LoadFromEnumerable(
            Enumerable.Range(0, scores.Length).Select(i => new ScoredRow { Label = labels[i] == 1, Score = scores[i] })
        );
        // Some seconds a run: one is enough to see how far away it is.
        var time = Timing.Once(
            scores.Length,
            data,
            rows => GC.KeepAlive(context.BinaryClassification.EvaluateNonCalibrated(rows).AreaUnderRocCurve)
        );
        return new("ML.NET", time);
    }

    private sealed class ScoredRow
    {
        public bool Label { get; init; }

        public float Score { get; init; }

        public bool PredictedLabel { get; init; }
    }
}
