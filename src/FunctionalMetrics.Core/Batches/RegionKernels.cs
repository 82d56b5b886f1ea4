using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>The anomalous pixels of a map batch, grouped by region.</summary>
internal static class RegionKernels
{
    public static Chunk Group(MapBatch batch) =>
        batch.PositiveKeys is Chunk<uint> narrow
            ? Group<uint>(batch, narrow.Keys)
            : Group<ulong>(batch, ((Chunk<ulong>)batch.PositiveKeys).Keys);

    private static Chunk Group<TKey>(MapBatch batch, ReadOnlySpan<TKey> positives)
        where TKey : unmanaged
    {
        var grouped = GC.AllocateUninitializedArray<TKey>(positives.Length);
        var sizes = new List<int>();
        var (done, pixels) = (0, (int)batch.Shape.ImagePixels);
        for (var image = 0; image < batch.Shape.Count && done < positives.Length; image++)
        {
            using var labels = RegionLabels.Of(batch.Mask, image * pixels, batch.Shape.Height, batch.Shape.Width);
            if (labels.Count == 0)
                continue;
            var runs = labels.Runs;
            var region = labels.Region;
            var size = new int[labels.Count];
            for (var i = 0; i < runs.Length; i++)
                size[region[i]] += runs[i].End - runs[i].Start;
            var next = new int[labels.Count];
            next[0] = done;
            for (var i = 1; i < next.Length; i++)
                next[i] = next[i - 1] + size[i - 1];
            for (var i = 0; i < runs.Length; i++)
            {
                var length = runs[i].End - runs[i].Start;
                positives.Slice(done, length).CopyTo(grouped.AsSpan(next[region[i]]));
                next[region[i]] += length;
                done += length;
            }
            sizes.AddRange(size);
        }
        return Grouped(grouped, [.. sizes], batch.PositiveKeys.IsQuantized);
    }

    /// <summary>Keys in groups of some sizes; scores that had 8 or 16 bits may take less room.</summary>
    public static Chunk Grouped<TKey>(TKey[] keys, int[] sizes, bool areQuantized)
        where TKey : unmanaged =>
        areQuantized && keys is uint[] quantized ? QuantizedKeys.Compact(quantized, sizes) : new Chunk<TKey>(keys, sizes);
}
