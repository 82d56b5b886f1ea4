using System.Collections.Immutable;
using System.Runtime.InteropServices;
using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>What needs the positions of a map batch's pixels: the dense maps again, and the largest score of each image.</summary>
internal static class MapKernels
{
    public static Chunk Dense(MapBatch batch) =>
        batch.Quantized is { } quantized ? quantized.Dense
        : batch.NegativeKeys is Chunk<uint> ? Dense<uint>(batch)
        : Dense<ulong>(batch);

    public static ImmutableArray<double> ImageScores(MapBatch batch) =>
        batch.Quantized is { } quantized ? ImageScores(quantized, batch.Shape.Count, (int)batch.Shape.ImagePixels)
        : batch.NegativeKeys is Chunk<uint> ? ImageScores<uint>(batch)
        : ImageScores<ulong>(batch);

    public static ImmutableArray<bool> ImageLabels(MapBatch batch)
    {
        var pixels = (int)batch.Shape.ImagePixels;
        return
        [
            .. Enumerable
                .Range(0, batch.Shape.Count)
                .Select(image => batch.Mask.PositivesBetween(image * pixels, (image + 1) * pixels) > 0),
        ];
    }

    public static ScoreBatch Images(ImmutableArray<double> scores, ImmutableArray<bool> labels)
    {
        return new(Keys(false), Keys(true));

        Chunk<ulong> Keys(bool label) => new(scores.Where((_, image) => labels[image] == label).Select(ScoreKey.Of).ToArray());
    }

    private static Chunk<TKey> Dense<TKey>(MapBatch batch)
        where TKey : unmanaged
    {
        var (negatives, positives) = Keys<TKey>(batch);
        var dense = Arena<TKey>.OfThread.Take(batch.Mask.Count);
        for (int at = 0, n = 0, p = 0; at < dense.Count; )
        {
            var start = batch.Mask.Next(true, at, dense.Count);
            negatives.Slice(n, start - at).CopyTo(dense[at..]);
            n += start - at;
            at = batch.Mask.Next(false, start, dense.Count);
            positives.Slice(p, at - start).CopyTo(dense[start..]);
            p += at - start;
        }
        return new(dense);
    }

    private static ImmutableArray<double> ImageScores(QuantizedMaps maps, int images, int pixels) =>
        [.. Enumerable.Range(0, images).Select(image => maps.Largest(image * pixels, pixels))];

    private static ImmutableArray<double> ImageScores<TKey>(MapBatch batch)
        where TKey : unmanaged
    {
        var (negatives, positives) = Keys<TKey>(batch);
        var pixels = (int)batch.Shape.ImagePixels;
        var scores = new double[batch.Shape.Count];
        for (int image = 0, n = 0, p = 0; image < scores.Length; image++)
        {
            var here = batch.Mask.PositivesBetween(image * pixels, (image + 1) * pixels);
            scores[image] = Math.Max(Largest(negatives.AsSpan(n, pixels - here)), Largest(positives.AsSpan(p, here)));
            (n, p) = (n + pixels - here, p + here);
        }
        return ImmutableCollectionsMarshal.AsImmutableArray(scores);
    }

    private static double Largest<TKey>(ReadOnlySpan<TKey> keys)
        where TKey : unmanaged => keys.IsEmpty ? double.NegativeInfinity : ScoreKey.Score(KeyExtrema.Of(keys).Max);

    private static (ArraySegment<TKey> Negatives, ArraySegment<TKey> Positives) Keys<TKey>(MapBatch batch)
        where TKey : unmanaged => (((Chunk<TKey>)batch.NegativeKeys).Keys, ((Chunk<TKey>)batch.PositiveKeys).Keys);
}
