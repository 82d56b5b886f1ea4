using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>One image of a batch, pixel by pixel and row after row, to be drawn. Immutable.</summary>
public sealed class MapPicture
{
    private MapPicture(int height, int width, ReadOnlyMemory<double> scores, ReadOnlyMemory<bool> isAnomalous) =>
        (Height, Width, Scores, IsAnomalous) = (height, width, scores, isAnomalous);

    /// <summary>H, how many rows there are.</summary>
    public int Height { get; }

    /// <summary>W, how many columns there are.</summary>
    public int Width { get; }

    /// <summary>H x W scores, those of ignored pixels included.</summary>
    public ReadOnlyMemory<double> Scores { get; }

    /// <summary>H x W labels: whether the mask calls the pixel anomalous and it is not ignored.</summary>
    public ReadOnlyMemory<bool> IsAnomalous { get; }

    /// <summary>An image of a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="image">Its place, from 0 on.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer images.</exception>
    public static MapPicture Of(MapBatch batch, int image)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(image);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(image, batch.Shape.Count);
        var pixels = (int)batch.Shape.ImagePixels;
        var start = image * pixels;
        var labels = new bool[pixels];
        for (var at = batch.Mask.Next(true, start, start + pixels); at < start + pixels; )
        {
            var end = batch.Mask.Next(false, at, start + pixels);
            labels.AsSpan(at - start, end - at).Fill(true);
            at = batch.Mask.Next(true, end, start + pixels);
        }
        return new(
            batch.Shape.Height,
            batch.Shape.Width,
            MapKernels.Dense(batch) switch
            {
                Chunk<uint> narrow => Scored(narrow.Keys.AsSpan(start, pixels)),
                var wide => Scored(((Chunk<ulong>)wide).Keys.AsSpan(start, pixels)),
            },
            labels
        );
    }

    private static double[] Scored<TKey>(ReadOnlySpan<TKey> keys)
        where TKey : unmanaged
    {
        var scores = new double[keys.Length];
        for (var i = 0; i < scores.Length; i++)
            scores[i] = ScoreKey.Score(keys[i]);
        return scores;
    }
}
