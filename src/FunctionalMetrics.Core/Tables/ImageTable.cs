using System.Collections.Immutable;
using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// What a threshold of pixels finds, image by image and region by region: pure functions of an <see cref="ImageState"/>.
/// <code>
/// var table = ImageTable.Of(state, threshold: 0.5).ThrowIfFail();
/// foreach (var region in table.Regions.Where(region => !region.IsFound)) Console.WriteLine($"{region.Image} {region.Box}");
/// </code>
/// Compared by value; immutable and safe to share between threads.
/// </summary>
public sealed record ImageTable
{
    /// <summary>The share of a region's pixels that is found where no other is given: a half.</summary>
    public const double DefaultShare = 0.5;

    private ImageTable(
        double threshold,
        double share,
        ImmutableArray<ImageRow> images,
        ImmutableArray<RegionRow> regions,
        Fin<AupimoResult> aupimo
    ) => (Threshold, Share, Images, Regions, Aupimo) = (threshold, share, images, regions, aupimo);

    /// <summary>The threshold t of pixels; a pixel is called anomalous when s >= t.</summary>
    public double Threshold { get; }

    /// <summary>The share of its pixels from which on a region is found.</summary>
    public double Share { get; }

    /// <summary>A row for each image: by name, those without one first; those of one name in an order that their content tells.</summary>
    public ImmutableArray<ImageRow> Images { get; }

    /// <summary>A row for each region, image after image.</summary>
    public ImmutableArray<RegionRow> Regions { get; }

    /// <summary>AUPIMO of the images, or why it is undefined.</summary>
    public Fin<AupimoResult> Aupimo { get; }

    /// <summary>The names that several images have: tables tell these apart by their order alone.</summary>
    public ImmutableArray<string> SharedNames =>
        [.. Images.Bind(image => image.Name.ToSeq()).GroupBy(name => name).Where(same => same.Skip(1).Any()).Select(same => same.Key)];

    /// <summary>
    /// The tables at a threshold. Fails with <see cref="OutOfRange"/> for a threshold that is not a number and a share outside (0, 1].
    /// </summary>
    /// <param name="state">The images.</param>
    /// <param name="threshold">The threshold of pixels.</param>
    /// <param name="share">The share of its pixels, taken as the decimal that it is written as, from which on a region is found.</param>
    public static Fin<ImageTable> Of(ImageState state, double threshold, double share = DefaultShare)
    {
        if (double.IsNaN(threshold))
            return new OutOfRange("the pixel threshold", threshold, "the numbers");
        if (share is not (> 0 and <= 1))
            return new OutOfRange("the share of a region that is found", share, "(0, 1]");
        var (least, ordered) = (Fraction.OfDecimal(share), state.Ordered);
        var aupimo = Core.Aupimo.Metric.Compute(state);
        var areas = aupimo.Map(found => found.AreasOf(ordered)).IfFail(ordered.Map(_ => Option<double>.None).ToArray());
        var rows = ordered.Select((image, i) => Rows(image, threshold, least, areas[i])).ToList();
        return new ImageTable(threshold, share, [.. rows.Select(row => row.Image)], [.. rows.SelectMany(row => row.Regions)], aupimo);
    }

    /// <inheritdoc/>
    public bool Equals(ImageTable? other) =>
        other is not null
        && Threshold.Equals(other.Threshold)
        && Share.Equals(other.Share)
        && Images.SequenceEqual(other.Images)
        && Regions.SequenceEqual(other.Regions);

    /// <inheritdoc/>
    public override int GetHashCode() => Images.Aggregate(HashCode.Combine(Threshold, Share), HashCode.Combine);

    private static (ImageRow Image, ImmutableArray<RegionRow> Regions) Rows(
        KeptImage image,
        double threshold,
        Fraction least,
        Option<double> aupimo
    )
    {
        var name = Optional(image.Name);
        var regions = image
            .Boxes.Zip(
                image.RegionChunks,
                (box, chunk) =>
                {
                    var keys = KeyBag.Empty.Add(chunk);
                    var (_, most) = ((double, double))ExtremaState.Of(chunk).Range;
                    return (Box: box, Pixels: keys.Count, Most: most, Found: KeyBag.CountAtLeast(keys, threshold));
                }
            )
            .Select(
                (region, i) =>
                    new RegionRow(
                        name,
                        i + 1,
                        region.Box,
                        region.Pixels,
                        region.Most,
                        region.Found,
                        least.IsReachedBy(region.Found, region.Pixels)
                    )
            )
            .ToImmutableArray();
        var (tp, fp, all) = (
            regions.Sum(region => region.PixelsFound),
            KeyBag.CountAtLeast(image.NormalKeys, threshold),
            regions.Sum(region => region.Pixels)
        );
        var counts = new ConfusionMatrix(tp, fp, all - tp, image.Normal.Rows - fp);
        return (
            new(name, image.IsAnomalous, Optional(image.Score), counts, regions.Length, regions.Count(region => region.IsFound), aupimo),
            regions
        );
    }
}

/// <summary>What a threshold finds of an image. Compared by value; immutable.</summary>
/// <param name="Name">Its name, where it has one.</param>
/// <param name="IsAnomalous">Its class.</param>
/// <param name="Score">Its score, where it has one.</param>
/// <param name="Counts">Its pixels by class and by what they are called.</param>
/// <param name="Regions">How many regions it has.</param>
/// <param name="RegionsFound">How many of them are found.</param>
/// <param name="Aupimo">AUPIMO from 1e-5 to 1e-4; absent of an image without an anomalous pixel, and where AUPIMO is undefined.</param>
public sealed record ImageRow(
    Option<string> Name,
    bool IsAnomalous,
    Option<double> Score,
    ConfusionMatrix Counts,
    int Regions,
    int RegionsFound,
    Option<double> Aupimo
)
{
    /// <summary>How many pixels it has.</summary>
    public long Pixels => AnomalousPixels + Counts.FalsePositives + Counts.TrueNegatives;

    /// <summary>How many of them are anomalous.</summary>
    public long AnomalousPixels => Counts.TruePositives + Counts.FalseNegatives;

    /// <summary>The share of its anomalous pixels that is called so; absent without one.</summary>
    public Option<double> Recall => Share(Counts.TruePositives, AnomalousPixels);

    /// <summary>The share of anomalous ones among the pixels that are called so; absent where none is.</summary>
    public Option<double> Precision => Share(Counts.TruePositives, Counts.TruePositives + Counts.FalsePositives);

    private static Option<double> Share(long part, long whole) => whole == 0 ? None : Ratio.Round(part, whole);
}

/// <summary>What a threshold finds of a region. Compared by value; immutable.</summary>
/// <param name="Image">The name of its image, where that has one.</param>
/// <param name="Number">Its number in the image, from 1 on, in the order of the boxes.</param>
/// <param name="Box">The smallest rectangle around it.</param>
/// <param name="Pixels">How many pixels it has.</param>
/// <param name="MaxScore">Its largest score: the highest threshold that finds a pixel of it.</param>
/// <param name="PixelsFound">How many of its pixels are called anomalous.</param>
/// <param name="IsFound">Whether their share is as large as was asked for.</param>
public sealed record RegionRow(
    Option<string> Image,
    int Number,
    RegionBox Box,
    long Pixels,
    double MaxScore,
    long PixelsFound,
    bool IsFound
)
{
    /// <summary>The share of its pixels that is called anomalous.</summary>
    public double ShareFound => Ratio.Round(PixelsFound, Pixels);
}
