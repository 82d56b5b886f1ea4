using System.Collections.Immutable;
using System.Runtime.InteropServices;
using FunctionalMetrics.Core.Numerics;
using LanguageExt;

namespace FunctionalMetrics.Core;

/// <summary>What is read of defects: which pixels they cover together, and of each the scores that count.</summary>
internal static class DefectKernels
{
    /// <summary>The pixels of all defects.</summary>
    public static LabelBits Union(MapShape shape, Seq<Defect> defects)
    {
        var (labels, pixels) = (new byte[(int)shape.Pixels], (int)shape.ImagePixels);
        foreach (var defect in defects)
        foreach (var (start, end) in Runs(defect, pixels))
            labels.AsSpan((defect.Image * pixels + start)..(defect.Image * pixels + end)).Fill(1);
        return LabelBits.Of(labels);
    }

    public static ImmutableArray<double> ImageScores(DefectBatch batch) =>
        batch.NegativeKeys is Chunk<uint> narrow
            ? Largest<uint>(batch, narrow.Keys, ((Chunk<uint>)batch.PositiveKeys).Keys)
            : Largest<ulong>(batch, ((Chunk<ulong>)batch.NegativeKeys).Keys, ((Chunk<ulong>)batch.PositiveKeys).Keys);

    private static ImmutableArray<double> Largest<TKey>(DefectBatch batch, ReadOnlySpan<TKey> negatives, ReadOnlySpan<TKey> positives)
        where TKey : unmanaged
    {
        var (scores, pixels) = (new double[batch.Shape.Count], (int)batch.Shape.ImagePixels);
        for (var image = 0; image < scores.Length; image++)
        {
            var covered = batch.Mask.PositivesBetween(image * pixels, (image + 1) * pixels);
            scores[image] = Math.Max(Largest(negatives[..(pixels - covered)]), Largest(positives[..covered]));
            negatives = negatives[(pixels - covered)..];
            positives = positives[covered..];
        }
        return ImmutableCollectionsMarshal.AsImmutableArray(scores);

        static double Largest(ReadOnlySpan<TKey> keys) => keys.IsEmpty ? double.NegativeInfinity : ScoreKey.Score(KeyExtrema.Of(keys).Max);
    }

    /// <summary>
    /// Of each defect the scores that can raise its overlap: as many of the highest as its saturation area. Once those are found it is saturated,
    /// whatever its others are.
    /// </summary>
    public static Chunk Counted(DefectBatch batch) =>
        batch.PositiveKeys is Chunk<uint> narrow
            ? Counted<uint>(batch, narrow.Keys)
            : Counted<ulong>(batch, ((Chunk<ulong>)batch.PositiveKeys).Keys);

    private static Chunk Counted<TKey>(DefectBatch batch, ReadOnlySpan<TKey> positives)
        where TKey : unmanaged
    {
        int[] sizes = [.. batch.Defects.Map(defect => defect.SaturationArea)];
        var counted = GC.AllocateUninitializedArray<TKey>(checked((int)sizes.Sum(size => (long)size)));
        var (done, pixels) = (0, (int)batch.Shape.ImagePixels);
        foreach (var defect in batch.Defects)
        {
            using var rented = new Scratch<TKey>(defect.Area);
            var keys = rented.Span[..defect.Area];
            // The keys of a run lie side by side among those of all defects, since each of its pixels is one of them.
            var (first, at, place, filled) = (defect.Image * pixels, 0, 0, 0);
            foreach (var (start, end) in Runs(defect, pixels))
            {
                place += batch.Mask.PositivesBetween(at, first + start);
                positives.Slice(place, end - start).CopyTo(keys[filled..]);
                (filled, place, at) = (filled + end - start, place + end - start, first + end);
            }
            if (defect.SaturationArea < defect.Area)
                RadixSort.Sort(keys);
            keys[^defect.SaturationArea..].CopyTo(counted.AsSpan(done));
            done += defect.SaturationArea;
        }
        return RegionKernels.Grouped(counted, sizes, batch.PositiveKeys.IsQuantized);
    }

    /// <summary>The runs of a defect's pixels in its image.</summary>
    private static IEnumerable<(int Start, int End)> Runs(Defect defect, int pixels)
    {
        for (var at = 0; at < pixels; )
        {
            var start = defect.Mask.Next(true, at, pixels);
            at = defect.Mask.Next(false, start, pixels);
            if (at > start)
                yield return (start, at);
        }
    }
}
