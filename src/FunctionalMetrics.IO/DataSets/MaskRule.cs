using System.Globalization;
using System.Numerics;
using FunctionalMetrics.Core;

namespace FunctionalMetrics.IO;

/// <summary>
/// How the numbers of masks become labels, in one reading of a data set. Without a threshold every mask holds only 0 and 1, or every one only 0 and
/// 255, and nonzero is anomalous; with threshold T every value of T or more is anomalous. Pixels of the ignored value are neither.
/// </summary>
internal sealed class MaskRule(double? threshold, double? ignored)
{
    private const string Ways =
        " (--ignore-value V leaves out pixels of the value V, such as void ones; --mask-threshold T takes values of T or more as anomalous)";

    /// <summary>The first masks that hold 1 and 255.</summary>
    private string? ofOne;
    private string? of255;
    private long ones;
    private long ofMost;

    /// <summary>The first pictures whose numbers are indices of a palette, and values; a number that the user names means one of the two.</summary>
    private string? ofIndices;
    private string? ofValues;
    private long indices;
    private long values;

    /// <summary>Whether some pixels may be left out.</summary>
    public bool Ignores => ignored is not null;

    /// <summary>Whether the user named a number, which means one thing in all masks.</summary>
    public bool NamesNumbers { get; init; } = threshold is not null || ignored is not null;

    /// <summary>How many masks of which convention were read since this was asked before.</summary>
    public NoteCounts Taken()
    {
        var taken = NoteCounts.Sum([
            NoteCounts.Of(NoteKind.MaskOfOne, ones),
            NoteCounts.Of(NoteKind.MaskOf255, ofMost),
            NoteCounts.Of(NoteKind.MaskByIndex, indices),
            NoteCounts.Of(NoteKind.MaskByValue, values),
        ]);
        (ones, ofMost, indices, values) = (0, 0, 0, 0);
        return taken;
    }

    /// <summary>Marks the anomalous pixels of a block of masks, one byte for each pixel, and those that are left out.</summary>
    /// <param name="values">The block's numbers; those that are left out become 0.</param>
    /// <param name="labels">Where anomalous pixels become 1; others stay as they are.</param>
    /// <param name="left">Where pixels that are left out become 1; empty where none are.</param>
    /// <param name="block">The shape of the block.</param>
    /// <param name="file">The file that they are of.</param>
    /// <param name="first">How many masks of the stack precede the block.</param>
    public void Labels(Array values, byte[] labels, byte[] left, MapShape block, ImageReader file, int first)
    {
        var (path, isIndex) = (file.Path, file.IsByIndex == true);
        var place = (long index) =>
            Checked.Place("mask", block, index, first, file.Shape.Count) + (isIndex ? " has the palette index" : " is");
        if (NamesNumbers && file.IsByIndex is not null)
            Seen(isIndex, values, path);
        // By exact type: to a pattern match, an array of signed numbers passes for one of unsigned numbers of the same size.
        var type = values.GetType().GetElementType();
        if (type == typeof(byte))
            Labels((byte[])values, labels, left, block, path, place);
        else if (type == typeof(sbyte))
            Labels((sbyte[])values, labels, left, block, path, place);
        else if (type == typeof(ushort))
            Labels((ushort[])values, labels, left, block, path, place);
        else if (type == typeof(short))
            Labels((short[])values, labels, left, block, path, place);
        else if (type == typeof(uint))
            Labels((uint[])values, labels, left, block, path, place);
        else if (type == typeof(int))
            Labels((int[])values, labels, left, block, path, place);
        else if (type == typeof(ulong))
            Labels((ulong[])values, labels, left, block, path, place);
        else if (type == typeof(long))
            Labels((long[])values, labels, left, block, path, place);
        else if (type == typeof(Half))
            Labels((Half[])values, labels, left, block, path, place);
        else if (type == typeof(float))
            Labels((float[])values, labels, left, block, path, place);
        else
            Labels((double[])values, labels, left, block, path, place);
    }

    private void Labels<T>(T[] values, byte[] labels, byte[] left, MapShape block, string path, Func<long, string> place)
        where T : INumber<T>
    {
        if (ignored is { } none)
            LeaveOut(values, Own<T>(none), left);
        if (threshold is { } least)
            Compare(values, Own<T>(least), labels, path, place);
        else
            for (var image = 0; image < block.Count; image++)
                Match(values, (int)(image * block.ImagePixels), (int)block.ImagePixels, labels, path, place);
    }

    private static void Compare<T>(T[] values, double threshold, byte[] labels, string path, Func<long, string> place)
        where T : INumber<T>
    {
        for (var i = 0; i < values.Length; i++)
            labels[i] |= !T.IsNaN(values[i])
                ? double.CreateSaturating(values[i]) >= threshold
                    ? (byte)1
                    : (byte)0
                : throw new InputException(path, $"{place(i)} NaN, which no threshold can place");
    }

    /// <summary>
    /// A number as a mask of floating-point numbers holds it: 0.7 is the float32 that is written so in one of float32. A number that no such one is written
    /// as stays what it is: 0.700000011 is above that.
    /// </summary>
    private static double Own<T>(double value)
        where T : INumber<T> =>
        (typeof(T) == typeof(float) || typeof(T) == typeof(Half))
        && T.CreateSaturating(value) is var own
        && own.ToString(null, CultureInfo.InvariantCulture) == value.ToString(CultureInfo.InvariantCulture)
            ? double.CreateSaturating(own)
            : value;

    private static void LeaveOut<T>(T[] values, double ignored, byte[] left)
        where T : INumber<T>
    {
        for (var i = 0; i < values.Length; i++)
            if (double.CreateSaturating(values[i]) == ignored)
                (values[i], left[i]) = (T.Zero, 1);
    }

    /// <summary>One mask: the first nonzero value, 1 or 255, is the only one that it may hold beside 0.</summary>
    private void Match<T>(T[] values, int from, int count, byte[] labels, string path, Func<long, string> place)
        where T : INumber<T>
    {
        var mask = values.AsSpan(from, count);
        var anomalous = -1;
        for (var i = 0; ; )
        {
            // Neighbours mostly have one label: whole runs are passed over at once, first of those that are normal.
            var zeros = mask[i..].IndexOfAnyExcept(T.Zero);
            if (zeros < 0)
                return;
            i += zeros;
            var value = mask[i];
            if (anomalous < 0 && (value == T.One || double.CreateSaturating(value) == 255))
            {
                anomalous = i;
                Seen(value == T.One, path, place(from + i));
            }
            if (anomalous < 0 || value != mask[anomalous])
            {
                var before = from + anomalous;
                throw NotAMask(
                    path,
                    FormattableString.Invariant($"{place(from + i)} {value}"),
                    anomalous,
                    () => FormattableString.Invariant($"{place(before)} {values[before]}")
                );
            }
            labels[from + i++] = 1;
            if (i == mask.Length || mask[i] != value)
                continue;
            var run = mask[i..].IndexOfAnyExcept(value) is var other and >= 0 ? other : mask.Length - i;
            labels.AsSpan(from + i, run).Fill(1);
            i += run;
        }
    }

    /// <summary>One convention for all masks: where 1 stands beside 255, one of them may mean something else.</summary>
    private void Seen(bool one, string path, string place)
    {
        if (one)
            (ofOne, ones) = (ofOne ?? path, ones + 1);
        else
            (of255, ofMost) = (of255 ?? path, ofMost + 1);
        if (ofOne is not null && of255 is not null)
            throw new InputException(
                path,
                $"{place} {(one ? "1" : "255")} where {(one ? of255 : ofOne)} holds {(one ? "255" : "1")}; all masks hold 0 and 1, or all hold 0 and 255{Ways}"
            );
    }

    /// <summary>One reading of numbers for all pictures: an index is not the value that another mask holds. 0 is both.</summary>
    private void Seen(bool isIndex, Array numbers, string path)
    {
        if (isIndex)
            (ofIndices, indices) = (ofIndices ?? path, indices + 1);
        else if (NumberType.Of(numbers).HasOtherThanZero(numbers))
            (ofValues, values) = (ofValues ?? path, values + 1);
        if (ofIndices is not null && ofValues is not null)
            throw new InputException(
                ofIndices,
                $"has a palette of colours and so is read by its indices, where {ofValues} is read by its values; --mask-threshold and --ignore-value name one of the two: save all masks in one form"
            );
    }

    private static InputException NotAMask(string path, string found, int anomalous, Func<string> before) =>
        new(path, $"{found}{(anomalous >= 0 ? $" where {before()}" : "")}; a mask holds only 0 and 1 or only 0 and 255{Ways}");
}
