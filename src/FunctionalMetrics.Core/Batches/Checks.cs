using FunctionalMetrics.Core.Numerics;
using LanguageExt;

namespace FunctionalMetrics.Core;

/// <summary>The input rules that batches share; each gives its faults, none when the rule holds.</summary>
internal static class Checks
{
    /// <summary>Looked for only after a kernel saw that not all scores are finite.</summary>
    public static Seq<Fault> NotFinite(string field, ScoreValues scores, MapShape? shape = null)
    {
        var (first, value, count) = (-1, 0.0, 0L);
        for (var i = 0; i < scores.Count; i++)
        {
            var score = KeyKernels.ScoreAt(scores, i);
            if (double.IsFinite(score))
                continue;
            if (count++ == 0)
                (first, value) = (i, score);
        }
        return count == 0 ? default : new Seq<Fault>([new Fault.NotFinite(field, first, Place(field, first, shape), value, count)]);
    }

    /// <summary>The other number that says anomalous in a mask.</summary>
    public const byte MaskWhite = byte.MaxValue;

    /// <summary>Looked for only after packing them saw that not all labels are 0 or 1.</summary>
    public static Seq<Fault> Labels(string field, LabelValues labels) => Numbers(field, labels, 1, null);

    /// <summary>The same of masks, which hold 0 and whichever comes first of 1 and 255.</summary>
    public static Seq<Fault> Masks(string field, MaskValues masks) =>
        masks.Labels.Bytes.IndexOfAny((byte)1, MaskWhite) is var first && first < 0
            ? Numbers(field, masks.Labels, 1, masks.Shape)
            : Numbers(field, masks.Labels, masks.Labels.Bytes[first], masks.Shape);

    private static Seq<Fault> Numbers(string field, LabelValues labels, byte anomalous, MapShape? shape)
    {
        if (!labels.AreNumbers || labels.Bytes.IndexOfAnyExcept((byte)0, anomalous) is var first && first < 0)
            return default;
        var count = 0L;
        foreach (var label in labels.Bytes)
            count += label != 0 && label != anomalous ? 1 : 0;
        return new Seq<Fault>([new Fault.NotALabel(field, first, Place(field, first, shape), labels.NumberAt(first), count)]);
    }

    public static Seq<Fault> Same(string field, MapShape maps, MapShape masks) =>
        maps == masks ? default : new Seq<Fault>([new Fault.ShapesDiffer(maps, masks, field)]);

    public static Seq<Fault> Shape(string field, MapShape shape, int length) =>
        shape.Count < 0 || shape.Height < 0 || shape.Width < 0 || (shape.Count > 0 && shape.ImagePixels == 0)
            ? new Seq<Fault>([new Fault.EmptyImages(field, shape)])
        : shape.Pixels != length ? new Seq<Fault>([new Fault.NotOfShape(field, shape, length)])
        : default;

    private static string Place(string field, long index, MapShape? shape) =>
        shape is { ImagePixels: > 0 } known ? field + known.Place(index) : FormattableString.Invariant($"{field}[{index}]");
}
