using System.Collections.Immutable;
using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// A batch of N anomaly maps of H x W scores with N masks of H x W labels, checked when made: scores are finite, labels are of one convention
/// (0 normal; 1, or 255, anomalous), shapes agree. Pixels may be ignored: they are neither normal nor anomalous, and what is read of a batch
/// leaves them out, but for <see cref="Maps"/>. Immutable and safe to share between threads. Batches of one evaluation need not share a shape.
/// </summary>
public sealed class MapBatch
{
    /// <summary>What is known of each image; empty where nothing is.</summary>
    private readonly ImmutableArray<ImageFacts> facts = [];

    /// <summary>Made when first asked for; a race makes it twice.</summary>
    private ImmutableArray<Interval?> ranges;

    private MapBatch(
        MapShape shape,
        LabelBits mask,
        Chunk negatives,
        Chunk positives,
        LabelBits marked,
        Chunk markedKeys,
        QuantizedMaps? quantized
    ) =>
        (Shape, Mask, NegativeKeys, PositiveKeys, Marked, MarkedKeys, Quantized) = (
            shape,
            mask,
            negatives,
            positives,
            marked,
            markedKeys,
            quantized
        );

    /// <summary>The shape (N, H, W).</summary>
    public MapShape Shape { get; }

    /// <summary>All pixels that are not ignored as labelled rows.</summary>
    public ScoreBatch Pixels => new(NegativeKeys, PositiveKeys);

    /// <summary>The batch of others of its fields, with what is known of its images.</summary>
    private MapBatch(MapBatch maps, ImmutableArray<ImageFacts> facts)
        : this(maps.Shape, maps.Mask, maps.NegativeKeys, maps.PositiveKeys, maps.Marked, maps.MarkedKeys, maps.Quantized) =>
        (this.facts, ranges) = (facts, maps.ranges);

    /// <summary>What is known of each image beside its pixels, in the order of the images.</summary>
    public ImmutableArray<ImageFacts> ImageFacts => facts.IsEmpty ? [.. Enumerable.Repeat(new ImageFacts(), Shape.Count)] : facts;

    /// <summary>
    /// The score of each image, in the order of the images: the one that is given for it, or else its largest pixel; null where all of its pixels are
    /// ignored.
    /// </summary>
    public ImmutableArray<double?> ImageScores =>
        [
            .. ImageRanges.Select(
                (range, image) => Given(image, known => known.Score).MatchUnsafe(score => (double?)score, () => range?.Upper)
            ),
        ];

    /// <summary>The smallest and the largest pixel of each image, in the order of the images; null where none is left.</summary>
    public ImmutableArray<Interval?> ImageRanges => ranges.IsDefault ? ranges = MapKernels.ImageRanges(this) : ranges;

    /// <summary>
    /// The label of each image, in the order of the images: the one that is given for it, or else whether its mask has an anomalous pixel that is not
    /// ignored.
    /// </summary>
    public ImmutableArray<bool> ImageLabels =>
        [.. MapKernels.ImageLabels(this).Select((label, image) => Given(image, known => known.IsAnomalous).IfNone(label))];

    /// <summary>One row for each image that has a score: its score and its label.</summary>
    public ScoreBatch Images => MapKernels.Images(ImageScores, ImageLabels);

    /// <summary>The maps without their masks, the pixels that are ignored included.</summary>
    public Maps Maps => new(MapKernels.Dense(this), Shape);

    /// <summary>The score of each image, in the order of the images, by another rule than its largest pixel; null where all of its pixels are ignored.</summary>
    public ImmutableArray<double?> ImageScoresBy(ImageScore how) => how == ImageScore.Max ? ImageScores : MapKernels.ImageScores(this, how);

    /// <summary>One row for each image that has a score: its score by a rule, and its label.</summary>
    public ScoreBatch ImagesBy(ImageScore how) => MapKernels.Images(ImageScoresBy(how), ImageLabels);

    /// <summary>The same maps with the sign of every score changed, for detectors whose low scores are anomalous.</summary>
    public MapBatch Negated
    {
        get
        {
            var positives = PositiveKeys.Negated;
            var marked = HasIgnored ? MarkedKeys.Negated : positives;
            var maps = new MapBatch(Shape, Mask, NegativeKeys.Negated, positives, Marked, marked, Quantized?.Negated);
            return facts.IsEmpty ? maps : new(maps, [.. facts.Select(known => known.Negated)]);
        }
    }

    /// <summary>
    /// The same maps with what is known of their images: names, labels that win over the masks, scores that stand for the maps. Fails with
    /// <see cref="Fault.FactsDiffer"/> unless there is one for each image, and with <see cref="Fault.NotFinite"/> for a score that is not finite.
    /// </summary>
    /// <param name="images">One for each image, in the order of the images.</param>
    public Validation<Fault, MapBatch> WithImages(IEnumerable<ImageFacts> images)
    {
        ImmutableArray<ImageFacts> given = [.. images.Select(known => known.Normalized)];
        if (given.Length != Shape.Count)
            return Fail<Fault, MapBatch>(new Fault.FactsDiffer(Shape.Count, given.Length));
        var wrong = given
            .Select((known, image) => (known.Score, Image: image))
            .Where(one => one.Score.Exists(score => !double.IsFinite(score)));
        return wrong.ToList() is [var first, ..] all
            ? Fail<Fault, MapBatch>(
                new Fault.NotFinite("image scores", first.Image, $"image scores[{first.Image}]", first.Score.IfNone(0), all.Count)
            )
            : Success<Fault, MapBatch>(new(this, given));
    }

    private Option<T> Given<T>(int image, Func<ImageFacts, Option<T>> fact) => facts.IsEmpty ? None : fact(facts[image]);

    /// <summary>Which pixels are anomalous, those that are ignored left out.</summary>
    internal LabelBits Mask { get; }

    /// <summary>Which pixels are not normal: anomalous or ignored.</summary>
    internal LabelBits Marked { get; }

    /// <summary>The keys of the pixels that are not normal, in the order of the pixels.</summary>
    internal Chunk MarkedKeys { get; }

    /// <summary>Whether a pixel is ignored.</summary>
    internal bool HasIgnored => Marked.Positives > Mask.Positives;

    /// <summary>The maps as they came where their normal scores are kept as counts; otherwise absent.</summary>
    internal QuantizedMaps? Quantized { get; }

    /// <summary>The keys of the normal pixels: in the order of the pixels, or with counts where the maps are quantized.</summary>
    internal Chunk NegativeKeys { get; }

    /// <summary>The keys of the anomalous pixels, in the order of the pixels.</summary>
    internal Chunk PositiveKeys { get; }

    /// <summary>
    /// Checks and copies N x H x W scores and labels. Masks are booleans, or numbers of one convention: 0 and 1, or 0 and 255. Fails with
    /// <see cref="Fault.NotFinite"/>, <see cref="Fault.NotALabel"/>, <see cref="Fault.ShapesDiffer"/>, <see cref="Fault.NotOfShape"/> and
    /// <see cref="Fault.EmptyImages"/>, all that apply.
    /// </summary>
    public static Validation<Fault, MapBatch> Create(MapValues maps, MaskValues masks) => Create(maps, masks, default, ignores: false);

    /// <inheritdoc cref="Create(MapValues, MaskValues)"/>
    /// <remarks>
    /// Pixels of the ignore masks are left out of everything but <see cref="Maps"/>: they are neither normal nor anomalous, regions are formed
    /// without them, and no image score comes from them. An image of which all is ignored is normal and has no score. Ignore masks hold what
    /// masks do. The scores below them must be finite as well, for <see cref="Maps"/> reads them.
    /// </remarks>
    public static Validation<Fault, MapBatch> Create(MapValues maps, MaskValues masks, MaskValues ignore) =>
        Create(maps, masks, ignore, ignores: true);

    /// <inheritdoc cref="Create(MapValues, MaskValues)"/>
    public static Validation<Fault, MapBatch> Create(ScoreValues maps, LabelValues masks, MapShape shape) =>
        Create(new MapValues(maps, shape), new MaskValues(masks, shape));

    /// <inheritdoc cref="Create(MapValues, MaskValues, MaskValues)"/>
    public static Validation<Fault, MapBatch> Create(ScoreValues maps, LabelValues masks, LabelValues ignore, MapShape shape) =>
        Create(new MapValues(maps, shape), new MaskValues(masks, shape), new MaskValues(ignore, shape));

    private static Validation<Fault, MapBatch> Create(MapValues maps, MaskValues masks, MaskValues ignore, bool ignores)
    {
        var faults =
            Checks.Same("masks", maps.Shape, masks.Shape)
            + (ignores ? Checks.Same("ignore masks", maps.Shape, ignore.Shape) : default)
            + Checks.Shape("maps", maps.Shape, maps.Scores.Count)
            + Checks.Shape("masks", masks.Shape, masks.Labels.Count)
            + (ignores ? Checks.Shape("ignore masks", ignore.Shape, ignore.Labels.Count) : default);
        var (mask, ignored) = (LabelBits.Of(masks.Labels.Bytes), LabelBits.Of(ignore.Labels.Bytes));
        var labelFaults =
            (mask.AreBinary ? default : Checks.Masks("masks", masks))
            + (ignored.AreBinary ? default : Checks.Masks("ignore masks", ignore));
        if (!faults.IsEmpty)
            return Fail<Fault, MapBatch>(faults + Checks.NotFinite("maps", maps.Scores, maps.Shape) + labelFaults);
        var marked = mask;
        if (ignored.Positives > 0)
            (mask, marked) = (mask.AndNot(ignored), mask.Or(ignored));
        var quantized = QuantizedMaps.Of(maps.Scores, marked, out var negatives, out var markedKeys);
        if (quantized is null && !KeyKernels.Split(maps.Scores, marked, out negatives, out markedKeys))
            return Fail<Fault, MapBatch>(Checks.NotFinite("maps", maps.Scores, maps.Shape) + labelFaults);
        if (!labelFaults.IsEmpty)
            return Fail<Fault, MapBatch>(labelFaults);
        var positives = MapKernels.Anomalous(markedKeys, marked, mask);
        return Success<Fault, MapBatch>(new(maps.Shape, mask, negatives, positives, marked, markedKeys, quantized));
    }
}
