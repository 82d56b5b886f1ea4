using System.Collections.Immutable;
using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// The highest thresholds that mark an image and find its regions: at any other threshold it is told from these without its pixels. Compared by value;
/// immutable.
/// </summary>
/// <param name="Name">Its name, where it has one.</param>
/// <param name="IsAnomalous">Its class.</param>
/// <param name="Score">Its score, where it has one: called anomalous when it is at least the threshold of images.</param>
/// <param name="MaxPixel">Its largest pixel, where it has one: the highest threshold of pixels that calls one of them anomalous.</param>
/// <param name="Regions">Of each region, in the order of the boxes, the highest threshold of pixels that finds half of it.</param>
public sealed record MarkedImage(Option<string> Name, bool IsAnomalous, Option<double> Score, Option<double> MaxPixel, Seq<double> Regions)
{
    /// <summary>The folder: what stands before the last / of its name; absent where there is none.</summary>
    public Option<string> Folder => Name.Bind(FolderRow.Of);

    /// <summary>All images: by name, those without one first; those of one name in an order that their content tells.</summary>
    /// <param name="state">The images.</param>
    public static ImmutableArray<MarkedImage> Of(ImageState state) => [.. state.Ordered.Select(Of)];

    private static MarkedImage Of(KeptImage image) =>
        new(
            Optional(image.Name),
            image.IsAnomalous,
            Optional(image.Score),
            ExtremaState.Merge(ExtremaState.Of(image.Normal), ExtremaState.Of(image.Regions)).Range.Map(range => range.Max),
            toSeq(image.RegionChunks.Select(region => Half(KeyBag.Empty.Add(region))).ToArray())
        );

    /// <summary>The largest score that at least half of a region reaches.</summary>
    private static double Half(KeyBag region)
    {
        var keys = DistinctKeys<ulong>.Of(region);
        var (at, found) = (keys.Keys.Length, 0L);
        while (2 * found < region.Count)
            found += keys.CountAt(--at);
        return ScoreKey.Score(keys.Keys[at]);
    }
}
