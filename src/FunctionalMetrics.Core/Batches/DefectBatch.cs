using System.Collections.Immutable;
using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// A batch of N anomaly maps of H x W scores with the defects of each image, checked when made: scores are finite, shapes agree. Unlike the regions of a
/// <see cref="MapBatch"/>, defects are given one by one, may overlap and may have several parts. A pixel is normal where no defect of its image is.
/// Immutable and safe to share between threads. Batches of one evaluation need not share a shape.
/// </summary>
public sealed class DefectBatch
{
    private DefectBatch(MapShape shape, LabelBits mask, Chunk negatives, Chunk positives, Seq<Defect> defects) =>
        (Shape, Mask, NegativeKeys, PositiveKeys, Defects) = (shape, mask, negatives, positives, defects);

    /// <summary>The shape (N, H, W).</summary>
    public MapShape Shape { get; }

    /// <summary>The defects of all images.</summary>
    public Seq<Defect> Defects { get; }

    /// <summary>The score of each image, in the order of the images: its largest pixel.</summary>
    public ImmutableArray<double> ImageScores => DefectKernels.ImageScores(this);

    /// <summary>The same maps with the sign of every score changed, for detectors whose low scores are anomalous.</summary>
    public DefectBatch Negated => new(Shape, Mask, NegativeKeys.Negated, PositiveKeys.Negated, Defects);

    /// <summary>The pixels of all defects.</summary>
    internal LabelBits Mask { get; }

    /// <summary>The keys of the normal pixels, in the order of the pixels.</summary>
    internal Chunk NegativeKeys { get; }

    /// <summary>The keys of the pixels of all defects, each once, in the order of the pixels.</summary>
    internal Chunk PositiveKeys { get; }

    /// <summary>
    /// Checks and copies N x H x W scores. Fails with <see cref="Fault.NotFinite"/>, <see cref="Fault.NotOfShape"/>,
    /// <see cref="Fault.EmptyImages"/>, <see cref="Fault.ShapesDiffer"/> and <see cref="Fault.NoSuchImage"/>, all that apply.
    /// </summary>
    /// <param name="maps">The maps.</param>
    /// <param name="defects">The defects of the images, in any order; an image without one is normal.</param>
    public static Validation<Fault, DefectBatch> Create(MapValues maps, IEnumerable<Defect> defects)
    {
        var (shape, all) = (maps.Shape, toSeq(defects).Strict());
        var faults =
            Checks.Shape("maps", shape, maps.Scores.Count)
            + all.Filter(defect => defect.Image < 0 || defect.Image >= shape.Count)
                .Map(defect => (Fault)new Fault.NoSuchImage(defect.Image, shape.Count))
                .Take(1)
            + all.Bind(defect => Checks.Same("the mask of a defect", shape with { Count = 1 }, defect.Shape)).Take(1);
        if (!faults.IsEmpty)
            return Fail<Fault, DefectBatch>(faults + Checks.NotFinite("maps", maps.Scores, shape));
        var mask = DefectKernels.Union(shape, all);
        return KeyKernels.Split(maps.Scores, mask, out var negatives, out var positives)
            ? Success<Fault, DefectBatch>(new(shape, mask, negatives, positives, all))
            : Fail<Fault, DefectBatch>(Checks.NotFinite("maps", maps.Scores, shape));
    }
}
