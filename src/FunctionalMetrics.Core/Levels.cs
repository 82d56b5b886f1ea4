namespace FunctionalMetrics.Core;

/// <summary>
/// The same metric at another level: of the pixels of maps, or of the scores of labelled rows. Each way has one definition, so metrics taken
/// there share their state.
/// </summary>
public static class Levels
{
    /// <summary>The level of images, or of rows.</summary>
    public const string Image = "image";

    /// <summary>The level of pixels.</summary>
    public const string Pixel = "pixel";

    /// <summary>
    /// A metric of ranked rows over the pixels of map batches; it keeps the state that AUPRO keeps too. What the rows were prepared with
    /// cannot be done to regions: prepare the maps instead, <c>Auroc.Metric.Pixels().Before(prepare)</c>.
    /// </summary>
    /// <exception cref="ArgumentException">The metric was prepared with <c>Before</c>.</exception>
    public static Metric<MapBatch, RegionState, TResult> Pixels<TResult>(this Metric<ScoreBatch, RankState, TResult> metric) =>
        RegionState.Pixels.Lift(metric.OfPixels is { } ofPixels ? metric with { Compute = ofPixels } : metric);

    /// <summary>
    /// A bounded metric of ranked rows over the pixels of map batches, at its resolution; it keeps the state that bounded AUPRO keeps too.
    /// </summary>
    /// <exception cref="ArgumentException">The metric was prepared with <c>Before</c>: prepare the maps instead.</exception>
    public static Metric<MapBatch, BoundedRegionState, TResult> Pixels<TResult>(
        this Metric<ScoreBatch, BoundedRankState, TResult> metric
    ) => BoundedRegionState.PixelsAt(BoundedRankState.BitsOf(metric.State)).Lift(metric);

    /// <summary>A metric of scores over all pixels of map batches.</summary>
    public static Metric<MapBatch, TState, TResult> Pixels<TState, TResult>(this Metric<Scores, TState, TResult> metric)
        where TState : notnull => metric.Before<MapBatch>(PixelScores);

    /// <summary>A metric of scores over labelled rows, whose labels it does not look at.</summary>
    public static Metric<ScoreBatch, TState, TResult> Rows<TState, TResult>(this Metric<Scores, TState, TResult> metric)
        where TState : notnull => metric.Before<ScoreBatch>(RowScores);

    private static Scores PixelScores(MapBatch batch) => batch.Pixels.Scores;

    private static Scores RowScores(ScoreBatch batch) => batch.Scores;
}
