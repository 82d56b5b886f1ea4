using System.Collections.Immutable;
using FunctionalMetrics.Core.Numerics;
using LanguageExt;

namespace FunctionalMetrics.Core;

/// <summary>
/// How well the defects of one folder are found, so that a reader sees which kind of defect a detector misses. Compared by value; immutable.
/// </summary>
/// <param name="Folder">The folder: what stands before the last / of the names of its images.</param>
/// <param name="Images">How many images lie in it.</param>
/// <param name="ImageAuroc">AUROC of its anomalous images against all normal images.</param>
/// <param name="Aupro">
/// AUPRO of its regions, over the false positive rate of all normal pixels of all images: the mean of all folders, each weighing as many regions as it has, is
/// AUPRO of the whole.
/// </param>
/// <param name="Recall">The share of its anomalous images whose score reaches the threshold.</param>
public sealed record FolderRow(string Folder, long Images, Fin<double> ImageAuroc, Fin<double> Aupro, Fin<double> Recall)
{
    private const char Separator = '/';

    /// <summary>A row for each folder in which an image is anomalous, by name; none where names have no folder.</summary>
    /// <param name="state">The images.</param>
    /// <param name="threshold">The threshold of image scores; called anomalous when s >= t.</param>
    /// <param name="fprLimit">The limit of AUPRO, in (0, 1].</param>
    public static ImmutableArray<FolderRow> Of(ImageState state, double threshold, double fprLimit = EvaluationSettings.UsualFprLimit)
    {
        var normal = Scores(state.Images.Where(image => !image.IsAnomalous));
        return
        [
            .. state
                .Images.SelectMany(image => Of(image.Name).ToSeq().Select(folder => (Folder: folder, Image: image)))
                .GroupBy(image => image.Folder, image => image.Image, StringComparer.Ordinal)
                .Where(folder => folder.Any(image => image.IsAnomalous))
                .OrderBy(folder => folder.Key, StringComparer.Ordinal)
                .Select(folder => Row(folder.Key, [.. folder])),
        ];

        FolderRow Row(string name, KeptImage[] images)
        {
            var rows = new RankState(normal, Scores(images.Where(image => image.IsAnomalous)));
            var regions = images.Aggregate(KeyBag.Empty, (bag, image) => bag.Add(image.Regions));
            var pixels = new RegionState(state.Pixels.NegativeKeys, regions, images.Sum(image => (long)image.Boxes.Length));
            return new(
                name,
                images.Length,
                Auroc.Metric.Compute(rows).Map(roc => roc.Area),
                Core.Aupro.UpTo(fprLimit).Compute(pixels).Map(pro => pro.Area),
                rows.At(threshold).Recall
            );
        }
    }

    /// <summary>The folder of an image's name; absent where there is none.</summary>
    internal static Option<string> Of(string? name) => name?.LastIndexOf(Separator) is >= 0 and var end ? name[..end] : Option<string>.None;

    private static KeyBag Scores(IEnumerable<KeptImage> images) =>
        KeyBag.Empty.Add(
            new Chunk<ulong>([.. images.Where(image => image.Score is not null).Select(image => ScoreKey.Of(image.Score!.Value))])
        );
}
