using FunctionalMetrics.Core;

namespace Fixtures;

/// <summary>The levels that these metrics can be taken at.</summary>
public static class Levels
{
    /// <summary>A metric of scores over all pixels.</summary>
    public static Metric<MapBatch, TState, TResult> Pixels<TState, TResult>(this Metric<Scores, TState, TResult> metric)
        where TState : notnull => metric.Before<MapBatch>(batch => batch.Pixels.Scores);

    /// <summary>A metric of scores over rows.</summary>
    public static Metric<ScoreBatch, TState, TResult> Rows<TState, TResult>(this Metric<Scores, TState, TResult> metric)
        where TState : notnull => metric.Before<ScoreBatch>(batch => batch.Scores);
}
