using System.Collections.Immutable;
using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// A batch of N anomaly maps of H x W scores with N masks of H x W labels, checked when made: scores are finite, labels are 0 or 1
/// (1 = anomalous), shapes agree. Immutable and safe to share between threads. Batches of one evaluation need not share a shape.
/// </summary>
public sealed class MapBatch
{
    private MapBatch(MapShape shape, LabelBits mask, Chunk negatives, Chunk positives, QuantizedMaps? quantized) =>
        (Shape, Mask, NegativeKeys, PositiveKeys, Quantized) = (shape, mask, negatives, positives, quantized);

    /// <summary>The shape (N, H, W).</summary>
    public MapShape Shape { get; }

    /// <summary>All pixels as labelled rows.</summary>
    public ScoreBatch Pixels => new(NegativeKeys, PositiveKeys);

    /// <summary>The score of each image, in the order of the images: its largest pixel.</summary>
    public ImmutableArray<double> ImageScores => MapKernels.ImageScores(this);

    /// <summary>The label of each image, in the order of the images: whether its mask has an anomalous pixel.</summary>
    public ImmutableArray<bool> ImageLabels => MapKernels.ImageLabels(this);

    /// <summary>One row for each image: its score and its label.</summary>
    public ScoreBatch Images => MapKernels.Images(ImageScores, ImageLabels);

    /// <summary>The maps without their masks.</summary>
    public Maps Maps => new(MapKernels.Dense(this), Shape);

    /// <summary>The same maps with the sign of every score changed, for detectors whose low scores are anomalous.</summary>
    public MapBatch Negated => new(Shape, Mask, NegativeKeys.Negated, PositiveKeys.Negated, Quantized?.Negated);

    /// <summary>Which pixels are anomalous.</summary>
    internal LabelBits Mask { get; }

    /// <summary>The maps as they came where their normal scores are kept as counts; otherwise absent.</summary>
    internal QuantizedMaps? Quantized { get; }

    /// <summary>The keys of the normal pixels: in the order of the pixels, or with counts where the maps are quantized.</summary>
    internal Chunk NegativeKeys { get; }

    /// <summary>The keys of the anomalous pixels, in the order of the pixels.</summary>
    internal Chunk PositiveKeys { get; }

    /// <summary>
    /// Checks and copies N x H x W scores and labels. Fails with <see cref="Fault.NotFinite"/>, <see cref="Fault.NotALabel"/>,
    /// <see cref="Fault.ShapesDiffer"/>, <see cref="Fault.NotOfShape"/> and <see cref="Fault.EmptyImages"/>, all that apply.
    /// </summary>
    public static Validation<Fault, MapBatch> Create(MapValues maps, MaskValues masks)
    {
        var faults =
            (maps.Shape == masks.Shape ? default : new Seq<Fault>([new Fault.ShapesDiffer(maps.Shape, masks.Shape)]))
            + Checks.Shape("maps", maps.Shape, maps.Scores.Count)
            + Checks.Shape("masks", masks.Shape, masks.Labels.Count);
        var mask = LabelBits.Of(masks.Labels.Bytes);
        var labelFaults = mask.AreBinary ? default : Checks.Labels("masks", masks.Labels, masks.Shape);
        if (!faults.IsEmpty)
            faults = faults + Checks.NotFinite("maps", maps.Scores, maps.Shape) + labelFaults;
        else
        {
            var quantized = QuantizedMaps.Of(maps.Scores, mask, out var negatives, out var positives);
            if (quantized is null && !KeyKernels.Split(maps.Scores, mask, out negatives, out positives))
                faults = Checks.NotFinite("maps", maps.Scores, maps.Shape) + labelFaults;
            else if (labelFaults.IsEmpty)
                return Success<Fault, MapBatch>(new(maps.Shape, mask, negatives, positives, quantized));
            else
                faults = labelFaults;
        }
        return Fail<Fault, MapBatch>(faults);
    }

    /// <inheritdoc cref="Create(MapValues, MaskValues)"/>
    public static Validation<Fault, MapBatch> Create(ScoreValues maps, LabelValues masks, MapShape shape) =>
        Create(new MapValues(maps, shape), new MaskValues(masks, shape));
}
