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

    public static ImmutableArray<Interval?> ImageRanges(MapBatch batch) =>
        batch.Quantized is { } quantized
            ? batch.HasIgnored
                ? Each<uint, Interval>(batch, Keys<uint>(quantized.Dense), Range)
                : Ranges(quantized, batch.Shape.Count, (int)batch.Shape.ImagePixels)
            : batch.NegativeKeys is Chunk<uint>
                ? Ranges<uint>(batch)
                : Ranges<ulong>(batch);

    public static ImmutableArray<double?> ImageScores(MapBatch batch, ImageScore how) =>
        Dense(batch) switch
        {
            Chunk<uint> narrow => Each<uint, double>(batch, narrow.Keys, keys => MeanOfLargest(keys, how.Pixels(keys.Length))),
            var wide => Each<ulong, double>(batch, Keys<ulong>(wide), keys => MeanOfLargest(keys, how.Pixels(keys.Length))),
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

    /// <summary>A value of the keys of each image, those that are ignored left out; none where no key is left.</summary>
    private static ImmutableArray<TValue?> Each<TKey, TValue>(MapBatch batch, ReadOnlySpan<TKey> dense, Func<Span<TKey>, TValue> value)
        where TKey : unmanaged
        where TValue : struct
    {
        var (values, pixels) = (new TValue?[batch.Shape.Count], (int)batch.Shape.ImagePixels);
        var ignored = batch.Marked.AndNot(batch.Mask);
        using var rented = new Scratch<TKey>(pixels);
        for (var image = 0; image < values.Length; image++)
        {
            var (count, end) = (0, (image + 1) * pixels);
            for (var at = image * pixels; at < end; )
            {
                var start = ignored.Next(false, at, end);
                at = ignored.Next(true, start, end);
                dense[start..at].CopyTo(rented.Span[count..]);
                count += at - start;
            }
            values[image] = count == 0 ? null : value(rented.Span[..count]);
        }
        return ImmutableCollectionsMarshal.AsImmutableArray(values);
    }

    /// <summary>Reorders the keys.</summary>
    private static double MeanOfLargest<TKey>(Span<TKey> keys, int count)
        where TKey : unmanaged
    {
        if (count == 1)
            return ScoreKey.Score(KeyExtrema.Of<TKey>(keys).Max);
        if (count < keys.Length)
            RadixSort.Sort(keys);
        var sum = new ExactSum();
        foreach (var key in keys[^count..])
            sum.Add(ScoreKey.Score(key));
        return sum.Over(count);
    }

    private static ImmutableArray<Interval?> Ranges(QuantizedMaps maps, int images, int pixels) =>
        [.. Enumerable.Range(0, images).Select(image => (Interval?)maps.Range(image * pixels, pixels))];

    private static ImmutableArray<Interval?> Ranges<TKey>(MapBatch batch)
        where TKey : unmanaged
    {
        var (negatives, positives) = (Keys<TKey>(batch.NegativeKeys), Keys<TKey>(batch.PositiveKeys));
        var pixels = (int)batch.Shape.ImagePixels;
        var ranges = new Interval?[batch.Shape.Count];
        for (int image = 0, n = 0, p = 0; image < ranges.Length; image++)
        {
            var (from, to) = (image * pixels, (image + 1) * pixels);
            var (normal, anomalous) = (pixels - batch.Marked.PositivesBetween(from, to), batch.Mask.PositivesBetween(from, to));
            var some = negatives.AsSpan(n, normal);
            var others = positives.AsSpan(p, anomalous);
            ranges[image] =
                some.IsEmpty && others.IsEmpty ? null
                : others.IsEmpty ? Range(some)
                : some.IsEmpty ? Range(others)
                : Both(Range(some), Range(others));
            (n, p) = (n + normal, p + anomalous);
        }
        return ImmutableCollectionsMarshal.AsImmutableArray(ranges);
    }

    private static Interval Both(Interval some, Interval others) =>
        new(Math.Min(some.Lower, others.Lower), Math.Max(some.Upper, others.Upper));

    private static Interval Range<TKey>(Span<TKey> keys)
        where TKey : unmanaged
    {
        var (lowest, highest) = KeyExtrema.Of<TKey>(keys);
        return new(ScoreKey.Score(lowest), ScoreKey.Score(highest));
    }

    private static ArraySegment<TKey> Keys<TKey>(Chunk chunk)
        where TKey : unmanaged => ((Chunk<TKey>)chunk).Keys;
}
