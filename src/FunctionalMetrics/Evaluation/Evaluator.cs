using System.Collections.Immutable;
using System.Diagnostics.Contracts;
using FunctionalMetrics.Core;

namespace FunctionalMetrics;

/// <summary>
/// Metrics at image and at pixel level over one pass:
/// <code>
/// var evaluator = new Evaluator([new AurocMetric(), new OptimalF1Metric()], [new PixelAurocMetric(), new AuproMetric()]);
/// foreach (var (maps, masks) in batches)
///     evaluator = evaluator.Update(maps, masks);
/// double aupro = evaluator.Compute()["pixel_AUPRO"];
/// </code>
/// Metrics of one core state share it: the regions of a batch are looked for once. Immutable and safe to share between threads; two evaluators are
/// compared by what they <see cref="Compute"/>. To keep one, keep <c>ToBytes()</c> of its metrics.
/// </summary>
public sealed class Evaluator
{
    private readonly EvaluationLevel<ScoreBatch> images;
    private readonly EvaluationLevel<MapBatch> pixels;

    /// <summary>An evaluator before any data.</summary>
    /// <param name="imageMetrics">What is measured of images, one row for each; none where it is null.</param>
    /// <param name="pixelMetrics">What is measured of maps with masks; none where it is null.</param>
    /// <exception cref="ArgumentException">A metric has seen data, or two of a level have one name: see <see cref="MetricLabels.As"/>.</exception>
    public Evaluator(IEnumerable<IMetric<ScoreBatch>>? imageMetrics = null, IEnumerable<IMetric<MapBatch>>? pixelMetrics = null)
        : this(
            new EvaluationLevel<ScoreBatch>("image", [.. imageMetrics ?? []]),
            new EvaluationLevel<MapBatch>("pixel", [.. pixelMetrics ?? []])
        ) { }

    private Evaluator(EvaluationLevel<ScoreBatch> images, EvaluationLevel<MapBatch> pixels) =>
        (this.images, this.pixels) = (images, pixels);

    /// <summary>The metrics of images with what they have seen, in the order given: for their curves and figures.</summary>
    public ImmutableArray<IMetric<ScoreBatch>> ImageMetrics => images.Metrics;

    /// <summary>The metrics of pixels with what they have seen, in the order given: for their curves and figures.</summary>
    public ImmutableArray<IMetric<MapBatch>> PixelMetrics => pixels.Metrics;

    /// <summary>A metric with what it has seen, by its class: <c>evaluator.Get&lt;AuproMetric&gt;()</c>.</summary>
    /// <typeparam name="TMetric">The class.</typeparam>
    /// <param name="label">Its name, where there are several of the class: see <see cref="MetricLabels.As"/>.</param>
    /// <exception cref="KeyNotFoundException">There is none, or more than one; the message lists those there are.</exception>
    public TMetric Get<TMetric>(string? label = null)
        where TMetric : class, IMetric
    {
        var all = images.Labelled.Concat(pixels.Labelled).ToList();
        var there = string.Join(", ", all.Select(named => $"{named.Key} ({named.Metric.GetType().Name})").DefaultIfEmpty("no metric"));
        return all.Where(named => named.Metric is TMetric && (label ?? named.Label) == named.Label).ToList() is [var one]
            ? (TMetric)one.Metric
            : throw new KeyNotFoundException(
                $"there is not exactly one {typeof(TMetric).Name}{(label is null ? "" : $" named {label}")}, so give a label; there are {there}"
            );
    }

    /// <summary>A new evaluator with one more batch of images, whose scores are a detector's own.</summary>
    [Pure]
    public Evaluator UpdateImages(ScoreBatch batch) => new(images.Update(batch), pixels);

    /// <inheritdoc cref="UpdateImages(ScoreBatch)"/>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    [Pure]
    public Evaluator UpdateImages(ScoreValues scores, LabelValues labels) => UpdateImages(ScoreBatch.Create(scores, labels).OrThrow());

    /// <inheritdoc cref="UpdateImages(ScoreBatch)"/>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    [Pure]
    public Evaluator UpdateImages(TensorScores scores, TensorLabels labels) => UpdateImages(TensorBatches.Rows(scores, labels));

    /// <summary>A new evaluator with one more batch of maps, at pixel level only.</summary>
    [Pure]
    public Evaluator UpdatePixels(MapBatch batch) => new(images, pixels.Update(batch));

    /// <inheritdoc cref="UpdatePixels(MapBatch)"/>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    [Pure]
    public Evaluator UpdatePixels(MapValues maps, MaskValues masks) => UpdatePixels(MapBatch.Create(maps, masks).OrThrow());

    /// <inheritdoc cref="UpdatePixels(MapBatch)"/>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    [Pure]
    public Evaluator UpdatePixels(MapValues maps, MaskValues masks, MaskValues ignore) =>
        UpdatePixels(MapBatch.Create(maps, masks, ignore).OrThrow());

    /// <inheritdoc cref="UpdatePixels(MapBatch)"/>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    [Pure]
    public Evaluator UpdatePixels(TensorScores maps, TensorLabels masks) => UpdatePixels(TensorBatches.Images(maps, masks));

    /// <inheritdoc cref="UpdatePixels(MapBatch)"/>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    [Pure]
    public Evaluator UpdatePixels(TensorScores maps, TensorLabels masks, TensorLabels ignore) =>
        UpdatePixels(TensorBatches.Images(maps, masks, ignore));

    /// <summary>
    /// A new evaluator with one more batch at both levels: an image's score is its largest pixel, and it is anomalous when its mask has an
    /// anomalous pixel; pixels that are ignored count at neither level. A detector with image scores of its own, or one whose images are scored by
    /// the mean of their pixels (<see cref="MapBatch.ImagesBy"/>), gives them to <see cref="UpdateImages(ScoreBatch)"/>.
    /// </summary>
    [Pure]
    public Evaluator Update(MapBatch batch) => new(images.Metrics.IsEmpty ? images : images.Update(batch.Images), pixels.Update(batch));

    /// <inheritdoc cref="Update(MapBatch)"/>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    [Pure]
    public Evaluator Update(MapValues maps, MaskValues masks) => Update(MapBatch.Create(maps, masks).OrThrow());

    /// <inheritdoc cref="Update(MapBatch)"/>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    [Pure]
    public Evaluator Update(MapValues maps, MaskValues masks, MaskValues ignore) => Update(MapBatch.Create(maps, masks, ignore).OrThrow());

    /// <inheritdoc cref="Update(MapBatch)"/>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    [Pure]
    public Evaluator Update(TensorScores maps, TensorLabels masks) => Update(TensorBatches.Images(maps, masks));

    /// <inheritdoc cref="Update(MapBatch)"/>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    [Pure]
    public Evaluator Update(TensorScores maps, TensorLabels masks, TensorLabels ignore) =>
        Update(TensorBatches.Images(maps, masks, ignore));

    /// <summary>A new evaluator of the data of both; neither order nor grouping counts.</summary>
    /// <exception cref="ArgumentException">The other has other metrics or other parameters.</exception>
    [Pure]
    public Evaluator Merge(Evaluator other) => new(images.Merge(other.images), pixels.Merge(other.pixels));

    /// <summary>A new evaluator of the data of both.</summary>
    [Pure]
    public static Evaluator operator +(Evaluator left, Evaluator right) => left.Merge(right);

    /// <summary>All numbers, each with its value or the reason why there is none; never throws.</summary>
    public Evaluation Compute() => new([.. images.Numbers, .. pixels.Numbers]);
}
