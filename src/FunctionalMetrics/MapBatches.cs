using System.Diagnostics.Contracts;
using FunctionalMetrics.Core;

namespace FunctionalMetrics;

/// <summary>
/// Maps whose images have names, and perhaps labels and scores of their own: what AUPIMO and tables of images tell of.
/// <code>
/// var batch = MapBatches.Of(maps, masks, [new("good/000.png"), new("crack/000.png", IsAnomalous: true, Score: 0.8)]);
/// var aupimo = new AupimoMetric().Update(batch);
/// </code>
/// </summary>
public static class MapBatches
{
    /// <summary>N maps of H x W with their masks.</summary>
    /// <param name="maps">The maps.</param>
    /// <param name="masks">The masks.</param>
    /// <param name="images">What is known of each image, in the order of the images.</param>
    /// <exception cref="InvalidBatchException">The values do not make a batch, or there is not one fact for each image; its faults say where.</exception>
    [Pure]
    public static MapBatch Of(MapValues maps, MaskValues masks, params IEnumerable<ImageFacts> images) =>
        MapBatch.Create(maps, masks).OrThrow().WithImages(images).OrThrow();

    /// <summary>The same with pixels that are ignored.</summary>
    /// <param name="maps">The maps.</param>
    /// <param name="masks">The masks.</param>
    /// <param name="ignore">The masks of the pixels that are left out of everything.</param>
    /// <param name="images">What is known of each image, in the order of the images.</param>
    /// <exception cref="InvalidBatchException">The values do not make a batch, or there is not one fact for each image; its faults say where.</exception>
    [Pure]
    public static MapBatch Of(MapValues maps, MaskValues masks, MaskValues ignore, params IEnumerable<ImageFacts> images) =>
        MapBatch.Create(maps, masks, ignore).OrThrow().WithImages(images).OrThrow();
}
