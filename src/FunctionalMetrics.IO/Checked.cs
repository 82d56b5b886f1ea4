using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics.IO;

/// <summary>Core's checks at the edge of a file: a fault becomes a sentence with the file's name.</summary>
internal static class Checked
{
    public static Batch Take<Batch>(Validation<Fault, Batch> batch, string path) =>
        batch.Match(value => value, faults => throw new InputException(path, faults.Head.Message));

    /// <summary>The same of a part of the rows, that so many others precede.</summary>
    public static Batch Take<Batch>(Validation<Fault, Batch> batch, string path, long first) =>
        batch.Match(
            value => value,
            faults =>
                throw new InputException(
                    path,
                    (
                        faults.Head is Fault.NotFinite(var field, var index, _, _, _) fault
                            ? fault with
                            {
                                Place = FormattableString.Invariant($"{field}[{first + index}]"),
                            }
                            : faults.Head
                    ).Message
                )
        );

    /// <summary>
    /// As <see cref="Take{Batch}(Validation{Fault, Batch}, string)"/>, naming the pixel of a stack of which only a block was checked.
    /// </summary>
    /// <param name="batch">The batch of the block's images.</param>
    /// <param name="path">The file as errors name it.</param>
    /// <param name="block">The shape of the block.</param>
    /// <param name="first">How many images of the stack precede the block.</param>
    /// <param name="total">How many images the stack has; a file of one does not number it.</param>
    /// <param name="passed">How many pixels of the block precede what was checked.</param>
    public static Batch Take<Batch>(Validation<Fault, Batch> batch, string path, MapShape block, int first, int total, int passed = 0) =>
        batch.Match(
            value => value,
            faults =>
                throw new InputException(
                    path,
                    faults.Head is Fault.NotFinite(_, var index, _, var value, _)
                        ? FormattableString.Invariant(
                            $"{Place("map", block, passed + index, first, total)} is {value}; scores must be finite"
                        )
                        : faults.Head.Message
                )
        );

    /// <summary>A pixel as people name it: "map 3, row 10, column 7", counted from 0.</summary>
    public static string Place(string what, MapShape block, long index, int first, int total)
    {
        var (image, pixel) = (first + index / block.ImagePixels, index % block.ImagePixels);
        var place = FormattableString.Invariant($"row {pixel / block.Width}, column {pixel % block.Width}");
        return total == 1 ? place : FormattableString.Invariant($"{what} {image}, {place}");
    }
}
