namespace FunctionalMetrics.Core;

/// <summary>
/// The same metric at another level: of the pixels of maps, or of the scores of labelled rows. Each way has one definition, so metrics taken
/// there share their state.
/// </summary>
public static class Levels
{
    /// <summary>
    /// A metric of ranked rows over the pixels of map batches; it keeps the state that AUPRO keeps too. What the rows were prepared with
    /// cannot be done to regions: prepare the maps instead, <c>Auroc.Metric.Pixels().Before(prepare)</c>. A metric prepared with
    /// <c>Before</c> computes to <see cref="PreparedRows"/> here.
    /// </summary>
    public static Metric<MapBatch, RegionState, TResult> Pixels<TResult>(this Metric<ScoreBatch, RankState, TResult> metric) =>
        new(
            metric.Name,
            metric.HigherIsBetter,
            RegionState.Empty,
            RegionState.Of,
            RegionState.Merge,
            metric.Source.Equals(Auroc.Metric.Source) ? state => metric.Compute(state.Rank) : _ => new PreparedRows(metric.Name)
        );

    /// <summary>
    /// A bounded metric of ranked rows over the pixels of map batches, at its resolution; it keeps the state that bounded AUPRO keeps too.
    /// A metric prepared with <c>Before</c> computes to <see cref="PreparedRows"/> here: prepare the maps instead.
    /// </summary>
    public static Metric<MapBatch, BoundedRegionState, TResult> Pixels<TResult>(this Metric<ScoreBatch, BoundedRankState, TResult> metric)
    {
        var bits = BoundedRankState.BitsOf(metric.Of);
        return new(
            metric.Name,
            metric.HigherIsBetter,
            BoundedRegionState.Empty,
            BoundedRegionState.Way(bits.IfNone(BoundedRankState.DefaultBits)),
            BoundedRegionState.Merge,
            bits.IsSome ? state => metric.Compute(state.Rank) : _ => new PreparedRows(metric.Name)
        );
    }

    /// <summary>A metric of scores over all pixels of map batches.</summary>
    public static Metric<MapBatch, TState, TResult> Pixels<TState, TResult>(this Metric<Scores, TState, TResult> metric)
        where TState : notnull => metric.Before<MapBatch>(PixelScores);

    /// <summary>A metric of scores over labelled rows, whose labels it does not look at.</summary>
    public static Metric<ScoreBatch, TState, TResult> Rows<TState, TResult>(this Metric<Scores, TState, TResult> metric)
        where TState : notnull => metric.Before<ScoreBatch>(RowScores);

    private static Scores PixelScores(MapBatch batch) => batch.Pixels.Scores;

    private static Scores RowScores(ScoreBatch batch) => batch.Scores;
}
