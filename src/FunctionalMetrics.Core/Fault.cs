using static System.FormattableString;

namespace FunctionalMetrics.Core;

/// <summary>
/// What was wrong with the values that a batch was to be made from, or with the bytes that a state was to be decoded from, and where. A batch
/// reports one fault for each field and kind: the first offending index, the value there, and how many there are. A decoder reports the first
/// fault.
/// </summary>
public abstract partial record Fault
{
    private Fault() { }

    /// <summary>One sentence for people: what was wrong, where, and what would be right.</summary>
    public abstract string Message { get; }

    /// <inheritdoc cref="Message"/>
    public sealed override string ToString() => Message;

    /// <summary>A score is NaN or infinite.</summary>
    /// <param name="Field">The argument it stands in: scores or maps.</param>
    /// <param name="Index">The first offending index, counted through all values.</param>
    /// <param name="Place">The same place as text, such as <c>scores[3]</c> or <c>maps[0, 3, 4]</c>.</param>
    /// <param name="Value">The value found there.</param>
    /// <param name="Count">How many such values there are.</param>
    public sealed record NotFinite(string Field, long Index, string Place, double Value, long Count) : Fault
    {
        /// <inheritdoc/>
        public override string Message => Invariant($"{Place} is {Value}; scores must be finite{Others(Count)}");
    }

    /// <summary>A label is neither 0 nor 1, or a mask holds another number than 0 and 1 or than 0 and 255, or both 1 and 255.</summary>
    /// <param name="Field">The argument it stands in: labels, masks or ignore masks.</param>
    /// <param name="Index">The first offending index, counted through all values.</param>
    /// <param name="Place">The same place as text, such as <c>labels[3]</c> or <c>masks[0, 3, 4]</c>.</param>
    /// <param name="Value">The value found there.</param>
    /// <param name="Count">How many such values there are.</param>
    public sealed record NotALabel(string Field, long Index, string Place, double Value, long Count) : Fault
    {
        /// <inheritdoc/>
        public override string Message =>
            Field == "labels"
                ? Invariant($"{Place} is {Value}; labels must be 0 (normal) or 1 (anomalous){Others(Count)}")
                : Invariant(
                    $"{Place} is {Value}; the {Field} of a batch hold either 0 and 1 or 0 and 255, so give booleans for others, such as value > 0{Others(Count)}"
                );
    }

    /// <summary>There are more scores than labels, or fewer.</summary>
    /// <param name="Scores">How many scores there are.</param>
    /// <param name="Labels">How many labels there are.</param>
    public sealed record LengthsDiffer(long Scores, long Labels) : Fault
    {
        /// <inheritdoc/>
        public override string Message => Invariant($"there are {Scores} scores and {Labels} labels; every score needs one label");
    }

    /// <summary>Maps and masks differ in shape.</summary>
    /// <param name="Maps">The shape of the maps.</param>
    /// <param name="Masks">The shape of the masks.</param>
    /// <param name="Field">Which masks: masks or ignore masks.</param>
    public sealed record ShapesDiffer(MapShape Maps, MapShape Masks, string Field = "masks") : Fault
    {
        /// <inheritdoc/>
        public override string Message => Invariant($"maps have the shape {Maps} and {Field} {Masks}; they must be the same");
    }

    /// <summary>The number of values is not the one that the shape asks for.</summary>
    /// <param name="Field">The argument: maps, masks or ignore masks.</param>
    /// <param name="Shape">The shape given.</param>
    /// <param name="Length">How many values there are.</param>
    public sealed record NotOfShape(string Field, MapShape Shape, long Length) : Fault
    {
        /// <inheritdoc/>
        public override string Message => Invariant($"{Field} hold {Length} values; the shape {Shape} asks for {Shape.Pixels}");
    }

    /// <summary>A shape with a negative number in it, or images without pixels.</summary>
    /// <param name="Field">The argument: maps, masks or ignore masks.</param>
    /// <param name="Shape">The shape given.</param>
    public sealed record EmptyImages(string Field, MapShape Shape) : Fault
    {
        /// <inheritdoc/>
        public override string Message =>
            Invariant($"{Field} have the shape {Shape}; N must not be negative, and H and W must be 1 or more where there are images");
    }

    /// <summary>A saturation threshold gives no saturation area from 1 to the area of a defect.</summary>
    /// <param name="Threshold">The threshold.</param>
    /// <param name="DefectArea">How many pixels the defect covers.</param>
    /// <param name="SaturationArea">The saturation area that it comes to.</param>
    public sealed record NotASaturationArea(SaturationThreshold Threshold, long DefectArea, double SaturationArea) : Fault
    {
        /// <inheritdoc/>
        public override string Message =>
            DefectArea == 0
                ? "a defect covers no pixel; its mask must have one that is not 0"
                : Invariant(
                    $"the saturation threshold {Threshold} gives a defect of {DefectArea} pixels a saturation area of {SaturationArea}; it must be from 1 to {DefectArea}"
                );
    }

    /// <summary>A defect lies in an image that the batch does not have.</summary>
    /// <param name="Image">The image, counted from 0.</param>
    /// <param name="Images">How many images there are.</param>
    public sealed record NoSuchImage(int Image, int Images) : Fault
    {
        /// <inheritdoc/>
        public override string Message => Invariant($"a defect lies in image {Image}, counted from 0, and the batch has {Images} images");
    }

    /// <summary>What is known of images is not known of as many as there are.</summary>
    /// <param name="Images">How many images there are.</param>
    /// <param name="Facts">Of how many something is known.</param>
    public sealed record FactsDiffer(long Images, long Facts) : Fault
    {
        /// <inheritdoc/>
        public override string Message =>
            Invariant($"there are {Images} images and facts of {Facts}; every image needs its own, which may be empty");
    }

    /// <summary>A tensor has too few or too many dimensions to be maps or masks.</summary>
    /// <param name="Field">The argument: scores, labels, maps, masks or ignore masks.</param>
    /// <param name="Rank">How many dimensions it has.</param>
    /// <param name="Allowed">The shapes that would be right, as text.</param>
    public sealed record WrongRank(string Field, int Rank, string Allowed) : Fault
    {
        /// <inheritdoc/>
        public override string Message => Invariant($"{Field} have {Rank} dimensions; they must be of the shape {Allowed}");
    }

    private static string Others(long count) => count > 1 ? Invariant($" ({count} such values)") : "";
}
