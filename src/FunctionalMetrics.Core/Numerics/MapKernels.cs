namespace FunctionalMetrics.Core.Numerics;

/// <summary>What needs the positions of a map batch's pixels: the dense maps again, and the largest score of each image.</summary>
internal static class MapKernels
{
    public static Chunk Dense(MapBatch batch) => batch.NegativeKeys is Chunk<uint> ? Dense<uint>(batch) : Dense<ulong>(batch);

    public static ScoreBatch Images(MapBatch batch) => batch.NegativeKeys is Chunk<uint> ? Images<uint>(batch) : Images<ulong>(batch);

    private static Chunk<TKey> Dense<TKey>(MapBatch batch)
        where TKey : unmanaged
    {
        var (negatives, positives) = Keys<TKey>(batch);
        var dense = GC.AllocateUninitializedArray<TKey>(batch.Mask.Count);
        for (int at = 0, n = 0, p = 0; at < dense.Length; )
        {
            var start = batch.Mask.Next(true, at, dense.Length);
            Array.Copy(negatives, n, dense, at, start - at);
            n += start - at;
            at = batch.Mask.Next(false, start, dense.Length);
            Array.Copy(positives, p, dense, start, at - start);
            p += at - start;
        }
        return new(dense);
    }

    private static ScoreBatch Images<TKey>(MapBatch batch)
        where TKey : unmanaged, IComparable<TKey>
    {
        var (negatives, positives) = Keys<TKey>(batch);
        var pixels = (int)batch.Shape.ImagePixels;
        var (normal, anomalous) = (new List<TKey>(), new List<TKey>());
        for (int image = 0, n = 0, p = 0; image < batch.Shape.Count; image++)
        {
            var here = batch.Mask.PositivesBetween(image * pixels, (image + 1) * pixels);
            var low = negatives.AsSpan(n, pixels - here);
            var high = positives.AsSpan(p, here);
            n += low.Length;
            p += high.Length;
            if (here == 0)
                normal.Add(Largest<TKey>(low));
            else
                anomalous.Add(low.IsEmpty ? Largest<TKey>(high) : Larger(Largest<TKey>(low), Largest<TKey>(high)));
        }
        return new(new Chunk<TKey>([.. normal]), new Chunk<TKey>([.. anomalous]));
    }

    private static TKey Largest<TKey>(ReadOnlySpan<TKey> keys)
        where TKey : unmanaged => KeyExtrema.Of(keys).Max;

    private static TKey Larger<TKey>(TKey a, TKey b)
        where TKey : IComparable<TKey> => a.CompareTo(b) >= 0 ? a : b;

    private static (TKey[] Negatives, TKey[] Positives) Keys<TKey>(MapBatch batch)
        where TKey : unmanaged => (((Chunk<TKey>)batch.NegativeKeys).Keys, ((Chunk<TKey>)batch.PositiveKeys).Keys);
}
