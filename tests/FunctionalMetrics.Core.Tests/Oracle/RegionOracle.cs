namespace FunctionalMetrics.Core.Tests;

/// <summary>PRO as METRICS.md defines it, region by region and threshold by threshold in exact fractions; slow and plain.</summary>
internal sealed record RegionOracle(IReadOnlyList<Image> Images)
{
    /// <summary>The scores of the pixels of each region.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Regions { get; } =
    [
        .. Images.SelectMany(image =>
            FloodFill
                .Label([.. image.Mask], image.Height, image.Width)
                .Zip(image.Scores, (label, score) => (Label: label, Score: score))
                .Where(pixel => pixel.Label > 0)
                .GroupBy(pixel => pixel.Label, pixel => pixel.Score)
                .Select(IReadOnlyList<double> (region) => [.. region])
        ),
    ];

    /// <summary>All pixels as rows.</summary>
    public RankOracle Pixels { get; } =
        new([.. Images.SelectMany(image => image.Scores.Zip(image.Mask, (score, label) => new Row(score, label)))]);

    public Fraction Pro(double threshold) =>
        Regions.Aggregate((Fraction)0, (sum, region) => sum + new Fraction(region.Count(score => score >= threshold), region.Count))
        / Regions.Count;

    public Polyline Curve => new([(0, 0), .. Pixels.Thresholds.Select(t => (Pixels.Fpr(t), Pro(t)))]);

    public Fraction Aupro(Fraction limit) => Curve.AreaUpTo(limit) / limit;
}
