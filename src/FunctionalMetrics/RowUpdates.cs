using FunctionalMetrics.Core;

namespace FunctionalMetrics;

/// <summary>
/// Updates by lists of any kind, such as <c>IReadOnlyList&lt;float&gt;</c>, where a class takes arrays, spans and memory itself. Scores are Single,
/// Double, Half, Byte or UInt16; labels are Boolean (true is anomalous), or Byte or Int32 of 0 and 1.
/// </summary>
public static class RowUpdates
{
    /// <summary>A new value with one more batch of labelled rows, checked and copied.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="scores">n scores.</param>
    /// <param name="labels">n labels.</param>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    /// <exception cref="ArgumentException">Elements are of another type; the message says which are taken.</exception>
    public static TMetric Update<TMetric, TScore, TLabel>(
        this IUpdate<ScoreBatch, TMetric> metric,
        IEnumerable<TScore> scores,
        IEnumerable<TLabel> labels
    )
        where TMetric : IMetric => metric.Update(Rows.Read(scores, labels));

    /// <summary>A new evaluator with one more batch of images, whose scores are a detector's own.</summary>
    /// <param name="evaluator">The evaluator.</param>
    /// <param name="scores">n scores.</param>
    /// <param name="labels">n labels.</param>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    /// <exception cref="ArgumentException">Elements are of another type; the message says which are taken.</exception>
    public static Evaluator UpdateImages<TScore, TLabel>(
        this Evaluator evaluator,
        IEnumerable<TScore> scores,
        IEnumerable<TLabel> labels
    ) => evaluator.UpdateImages(Rows.Read(scores, labels));
}
