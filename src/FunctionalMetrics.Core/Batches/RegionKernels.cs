using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>The anomalous pixels of a map batch, grouped by region, of all images or of each.</summary>
internal static class RegionKernels
{
    public static Chunk Group(MapBatch batch) =>
        batch.PositiveKeys is Chunk<uint> narrow
            ? Group<uint>(batch, narrow.Keys)
            : Group<ulong>(batch, ((Chunk<ulong>)batch.PositiveKeys).Keys);

    /// <summary>
    /// The pixels of each image, in the order of the images: the normal ones, and the regions in the order of their boxes. Images share the memory of
    /// the batch, but for quantized scores.
    /// </summary>
    public static ImagePixels[] Images(MapBatch batch) =>
        batch.PositiveKeys is Chunk<uint>
            ? Images(batch, (batch.Quantized is { } quantized ? (Chunk<uint>)quantized.Dense : null))
            : Images<ulong>(batch, null);

    private static ImagePixels[] Images<TKey>(MapBatch batch, Chunk<TKey>? dense)
        where TKey : unmanaged
    {
        var normals = dense is null ? ((Chunk<TKey>)batch.NegativeKeys).Keys : ArraySegment<TKey>.Empty;
        var anomalous = ((Chunk<TKey>)batch.PositiveKeys).Keys;
        var grouped = GC.AllocateUninitializedArray<TKey>(anomalous.Count);
        var images = new ImagePixels[batch.Shape.Count];
        var (n, p, pixels) = (0, 0, (int)batch.Shape.ImagePixels);
        for (var image = 0; image < images.Length; image++)
        {
            var start = image * pixels;
            var negatives = pixels - batch.Marked.PositivesBetween(start, start + pixels);
            var normal = dense is null
                ? new Chunk<TKey>(normals.Slice(n, negatives)) { IsQuantized = batch.PositiveKeys.IsQuantized }
                : Normal(dense, batch.Marked, start, pixels, negatives);
            n += negatives;
            using var labels = RegionLabels.Of(batch.Mask, start, batch.Shape.Height, batch.Shape.Width);
            if (labels.Count == 0)
            {
                images[image] = new(QuantizedKeys.Compact(normal), ImagePixels.NoRegions, []);
                continue;
            }
            var (sizes, boxes) = (Sizes(labels), Boxes(labels, batch.Shape.Width));
            var regions = new int[boxes.Length];
            for (var i = 0; i < regions.Length; i++)
                regions[i] = i;
            Array.Sort(boxes, regions);
            var (next, at) = (new int[regions.Length], 0);
            foreach (var region in regions)
                (next[region], at) = (at, at + sizes[region]);
            Place(labels, anomalous.AsSpan(p), grouped.AsSpan(p), next);
            int[] groups = [.. regions.Select(region => sizes[region])];
            images[image] = new(
                QuantizedKeys.Compact(normal),
                Regions(new ArraySegment<TKey>(grouped, p, at), groups, batch.PositiveKeys.IsQuantized),
                boxes
            );
            p += at;
        }
        return images;
    }

    /// <summary>What is left of the pixels of an image.</summary>
    private static Chunk<TKey> Normal<TKey>(Chunk<TKey> dense, LabelBits marked, int from, int pixels, int count)
        where TKey : unmanaged
    {
        var normal = GC.AllocateUninitializedArray<TKey>(count);
        var (at, end, done) = (from, from + pixels, 0);
        while (at < end)
        {
            var start = marked.Next(false, at, end);
            at = marked.Next(true, start, end);
            dense.Keys.AsSpan(start, at - start).CopyTo(normal.AsSpan(done));
            done += at - start;
        }
        return new(normal) { IsQuantized = true };
    }

    private static Chunk Regions<TKey>(ArraySegment<TKey> grouped, int[] groups, bool areQuantized)
        where TKey : unmanaged =>
        areQuantized && grouped is ArraySegment<uint> quantized
            ? QuantizedKeys.Compact([.. quantized], groups)
            : new Chunk<TKey>(grouped, groups, []);

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
            var size = Sizes(labels);
            var next = new int[size.Length];
            for (var i = 1; i < next.Length; i++)
                next[i] = next[i - 1] + size[i - 1];
            done += Place(labels, positives[done..], grouped.AsSpan(done), next);
            sizes.AddRange(size);
        }
        return Grouped(grouped, [.. sizes], batch.PositiveKeys.IsQuantized);
    }

    /// <summary>Keys in groups of some sizes; scores that had 8 or 16 bits may take less room.</summary>
    public static Chunk Grouped<TKey>(TKey[] keys, int[] sizes, bool areQuantized)
        where TKey : unmanaged =>
        areQuantized && keys is uint[] quantized ? QuantizedKeys.Compact(quantized, sizes) : new Chunk<TKey>(keys, sizes);

    /// <summary>Copies the anomalous pixels of an image to their regions, each of which begins where it is said; gives how many there are.</summary>
    private static int Place<TKey>(RegionLabels labels, ReadOnlySpan<TKey> positives, Span<TKey> grouped, Span<int> next)
        where TKey : unmanaged
    {
        var runs = labels.Runs;
        var region = labels.Region;
        var done = 0;
        for (var i = 0; i < runs.Length; i++)
        {
            var length = runs[i].End - runs[i].Start;
            positives.Slice(done, length).CopyTo(grouped[next[region[i]]..]);
            next[region[i]] += length;
            done += length;
        }
        return done;
    }

    private static int[] Sizes(RegionLabels labels)
    {
        var runs = labels.Runs;
        var region = labels.Region;
        var sizes = new int[labels.Count];
        for (var i = 0; i < runs.Length; i++)
            sizes[region[i]] += runs[i].End - runs[i].Start;
        return sizes;
    }

    private static RegionBox[] Boxes(RegionLabels labels, int width)
    {
        var runs = labels.Runs;
        var region = labels.Region;
        var boxes = new RegionBox[labels.Count];
        for (var i = 0; i < runs.Length; i++)
        {
            var (row, left) = Math.DivRem(runs[i].Start, width);
            ref var box = ref boxes[region[i]];
            var right = left + runs[i].End - runs[i].Start;
            // Runs stand in raster order, so the first one is in the top row.
            box =
                box.Right == 0
                    ? new(row, left, row + 1, right)
                    : new(box.Top, Math.Min(box.Left, left), row + 1, Math.Max(box.Right, right));
        }
        return boxes;
    }
}

/// <summary>The pixels of an image.</summary>
/// <param name="Normal">The normal ones.</param>
/// <param name="Regions">The anomalous ones, grouped by region, in the order of the boxes.</param>
/// <param name="Boxes">The box of each region, ascending.</param>
internal readonly record struct ImagePixels(Chunk Normal, Chunk Regions, RegionBox[] Boxes)
{
    /// <summary>No pixel in no region.</summary>
    public static Chunk NoRegions { get; } = new Chunk<uint>([]);
}
