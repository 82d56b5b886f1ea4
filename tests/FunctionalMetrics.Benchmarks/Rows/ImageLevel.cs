using FunctionalMetrics.Core;

namespace FunctionalMetrics.Benchmarks;

/// <summary>A million image scores in float64, all distinct, half of them anomalous.</summary>
internal static class ImageLevel
{
    private const int Rows = 1_000_000;

    public static IEnumerable<Line> Measure(Inputs inputs)
    {
        var (scores, labels) = Make();
        var whole = Timing.Of(Rows, () => Results(scores, labels));
        var folder = Directory.CreateTempSubdirectory("functional-metrics-");
        try
        {
            var (scoresPath, labelsPath) = (Path.Combine(folder.FullName, "scores.npy"), Path.Combine(folder.FullName, "labels.npy"));
            NpyStack.Write(scoresPath, scores, "<f8", Rows, 1, 1);
            NpyStack.Write(labelsPath, labels, "|u1", Rows, 1, 1);
            yield return new("image level: 1M distinct float64 scores, half anomalous, all metrics", "60", "15", whole, "ns/score")
            {
                Peers =
                [
                    .. PythonPeers.Of(scoresPath, labelsPath, "sklearn", Rows),
                    MlNetPeer.Auc(Array.ConvertAll(scores, score => (float)score), labels),
                    .. Limits.Of(scores),
                ],
            };
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Two overlapping normal classes; doubles are drawn until none is twice there.</summary>
    public static (double[] Scores, byte[] Labels) Make()
    {
        var normal = new Workload.Normal(11, 0);
        var labels = new byte[Rows];
        var scores = new double[Rows];
        var seen = new HashSet<double>();
        for (var i = 0; i < Rows; i++)
        {
            labels[i] = (byte)(i % 2);
            do scores[i] = normal.Next() + labels[i] + 1e-7 * normal.Unit();
            while (!seen.Add(scores[i]));
        }
        return (scores, labels);
    }

    private static (double, double, double, double, double) Results(double[] scores, byte[] labels)
    {
        var state = RankState.Of(ScoreBatch.Create(scores, labels).IfFail(faults => throw new InvalidDataException(faults.Head.Message)));
        return (
            Auroc.Metric.Compute(state).ThrowIfFail().Area,
            Aupr.Metric.Compute(state).ThrowIfFail().Area,
            AveragePrecision.Metric.Compute(state).ThrowIfFail().Value,
            OptimalF1.Metric.Compute(state).ThrowIfFail().F1,
            AdaptiveThreshold.Metric.Compute(state).ThrowIfFail().Threshold
        );
    }
}
