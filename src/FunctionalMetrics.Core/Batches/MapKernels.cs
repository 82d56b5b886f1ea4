using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>What needs the positions of a map batch's pixels: the dense maps again, the score of each image, and which pixels are ignored.</summary>
internal static class MapKernels
{
    public static Chunk Dense(MapBatch batch) =>
        batch.Quantized is { } quantized ? quantized.Dense
        : batch.NegativeKeys is Chunk<uint> ? Dense<uint>(batch)
        : Dense<ulong>(batch);

    /// <summary>The keys of the anomalous pixels, of those of all pixels that are anomalous or ignored.</summary>
    public static Chunk Anomalous(Chunk keys, LabelBits marked, LabelBits mask) =>
        marked.Positives == mask.Positives ? keys
        : keys is Chunk<uint> narrow ? Anomalous(narrow, marked, mask)
        : Anomalous((Chunk<ulong>)keys, marked, mask);

    public static ImmutableArray<double?> ImageScores(MapBatch batch) =>
        batch.Quantized is { } quantized
            ? batch.HasIgnored
                ? ImageScores(batch, ImageScore.Max)
                : ImageScores(quantized, batch.Shape.Count, (int)batch.Shape.ImagePixels)
            : batch.NegativeKeys is Chunk<uint>
                ? ImageScores<uint>(batch)
                : ImageScores<ulong>(batch);

    public static ImmutableArray<double?> ImageScores(MapBatch batch, ImageScore how) =>
        Dense(batch) switch
        {
            Chunk<uint> narrow => ImageScores<uint>(batch, narrow.Keys, how),
            var wide => ImageScores<ulong>(batch, Keys<ulong>(wide), how),
        };

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

    public static ScoreBatch Images(ImmutableArray<double?> scores, ImmutableArray<bool> labels)
    {
        return new(Keys(false), Keys(true));

        Chunk<ulong> Keys(bool label) =>
            new(scores.Where((_, image) => labels[image] == label).OfType<double>().Select(ScoreKey.Of).ToArray());
    }

    private static Chunk<TKey> Dense<TKey>(MapBatch batch)
        where TKey : unmanaged
    {
        var (normal, others) = (Keys<TKey>(batch.NegativeKeys), Keys<TKey>(batch.MarkedKeys));
        var dense = Arena<TKey>.OfThread.Take(batch.Marked.Count);
        for (int at = 0, n = 0, m = 0; at < dense.Count; )
        {
            var start = batch.Marked.Next(true, at, dense.Count);
            normal.Slice(n, start - at).CopyTo(dense[at..]);
            n += start - at;
            at = batch.Marked.Next(false, start, dense.Count);
            others.Slice(m, at - start).CopyTo(dense[start..]);
            m += at - start;
        }
        return new(dense);
    }

    private static Chunk<TKey> Anomalous<TKey>(Chunk<TKey> keys, LabelBits marked, LabelBits mask)
        where TKey : unmanaged
    {
        var anomalous = Arena<TKey>.OfThread.Take(mask.Positives);
        for (int word = 0, from = 0, to = 0; word < mask.Words.Length; word++)
        for (var left = marked.Words[word]; left != 0; left &= left - 1, from++)
            if ((mask.Words[word] >> BitOperations.TrailingZeroCount(left) & 1) != 0)
                anomalous[to++] = keys.Keys[from];
        return new(anomalous) { IsQuantized = keys.IsQuantized };
    }

    private static ImmutableArray<double?> ImageScores<TKey>(MapBatch batch, ReadOnlySpan<TKey> dense, ImageScore how)
        where TKey : unmanaged
    {
        var (scores, pixels) = (new double?[batch.Shape.Count], (int)batch.Shape.ImagePixels);
        var ignored = batch.Marked.AndNot(batch.Mask);
        using var rented = new Scratch<TKey>(pixels);
        for (var image = 0; image < scores.Length; image++)
        {
            var (count, end) = (0, (image + 1) * pixels);
            for (var at = image * pixels; at < end; )
            {
                var start = ignored.Next(false, at, end);
                at = ignored.Next(true, start, end);
                dense[start..at].CopyTo(rented.Span[count..]);
                count += at - start;
            }
            scores[image] = count == 0 ? null : MeanOfLargest(rented.Span[..count], how.Pixels(count));
        }
        return ImmutableCollectionsMarshal.AsImmutableArray(scores);
    }

    /// <summary>Reorders the keys.</summary>
    private static double MeanOfLargest<TKey>(Span<TKey> keys, int count)
        where TKey : unmanaged
    {
        if (count == 1)
            return Largest<TKey>(keys);
        if (count < keys.Length)
            RadixSort.Sort(keys);
        var sum = new ExactSum();
        foreach (var key in keys[^count..])
            sum.Add(ScoreKey.Score(key));
        return sum.Over(count);
    }

    private static ImmutableArray<double?> ImageScores(QuantizedMaps maps, int images, int pixels) =>
        [.. Enumerable.Range(0, images).Select(image => maps.Largest(image * pixels, pixels))];

    private static ImmutableArray<double?> ImageScores<TKey>(MapBatch batch)
        where TKey : unmanaged
    {
        var (negatives, positives) = (Keys<TKey>(batch.NegativeKeys), Keys<TKey>(batch.PositiveKeys));
        var pixels = (int)batch.Shape.ImagePixels;
        var scores = new double?[batch.Shape.Count];
        for (int image = 0, n = 0, p = 0; image < scores.Length; image++)
        {
            var (from, to) = (image * pixels, (image + 1) * pixels);
            var (normal, anomalous) = (pixels - batch.Marked.PositivesBetween(from, to), batch.Mask.PositivesBetween(from, to));
            scores[image] =
                normal + anomalous == 0 ? null : Math.Max(Largest(negatives.AsSpan(n, normal)), Largest(positives.AsSpan(p, anomalous)));
            (n, p) = (n + normal, p + anomalous);
        }
        return ImmutableCollectionsMarshal.AsImmutableArray(scores);
    }

    private static double Largest<TKey>(ReadOnlySpan<TKey> keys)
        where TKey : unmanaged => keys.IsEmpty ? double.NegativeInfinity : ScoreKey.Score(KeyExtrema.Of(keys).Max);

    private static ArraySegment<TKey> Keys<TKey>(Chunk chunk)
        where TKey : unmanaged => ((Chunk<TKey>)chunk).Keys;
}
