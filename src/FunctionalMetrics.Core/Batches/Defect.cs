using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// A defect of an image, checked when made: which pixels it covers, and how many of them must be found until it counts as found in whole. It is what
/// was annotated as one, however many parts it has; defects of an image may overlap. Immutable and safe to share between threads.
/// </summary>
public sealed class Defect
{
    private Defect(LabelBits mask, MapShape shape, int saturationArea, int image) =>
        (Mask, Shape, SaturationArea, Image) = (mask, shape, saturationArea, image);

    /// <summary>The image of the batch that it lies in, counted from 0.</summary>
    public int Image { get; }

    /// <summary>How many pixels it covers.</summary>
    public int Area => Mask.Positives;

    /// <summary>A, how many of its pixels must be found until it counts as found in whole: from 1 to its area.</summary>
    public int SaturationArea { get; }

    /// <summary>The shape (1, H, W) of its mask.</summary>
    internal MapShape Shape { get; }

    internal LabelBits Mask { get; }

    /// <summary>
    /// Checks and copies a mask of (H, W) or (1, H, W), which is not 0 where the defect is. Fails with <see cref="Fault.NotALabel"/>,
    /// <see cref="Fault.ShapesDiffer"/> for several masks, <see cref="Fault.NotOfShape"/>, <see cref="Fault.EmptyImages"/>, and with
    /// <see cref="Fault.NotASaturationArea"/> where the threshold gives none, as of a mask without a pixel.
    /// </summary>
    /// <param name="mask">Which pixels are those of the defect.</param>
    /// <param name="saturation">How many of its pixels must be found.</param>
    /// <param name="image">The image of the batch that it lies in, counted from 0.</param>
    public static Validation<Fault, Defect> Create(MaskValues mask, SaturationThreshold saturation, int image = 0)
    {
        const string Field = "the mask of a defect";
        var one = mask.Shape with { Count = 1 };
        var bits = LabelBits.Of(mask.Labels.Bytes);
        var area = saturation.AreaOf(bits.Positives);
        var faults =
            Checks.Same(Field, one, mask.Shape)
            + Checks.Shape(Field, mask.Shape, mask.Labels.Count)
            + (bits.AreBinary ? default : Checks.Masks(Field, mask))
            + (
                area >= 1 && area <= bits.Positives
                    ? default
                    : new Seq<Fault>([new Fault.NotASaturationArea(saturation, bits.Positives, area)])
            );
        return faults.IsEmpty ? Success<Fault, Defect>(new(bits, one, (int)area, image)) : Fail<Fault, Defect>(faults);
    }
}
