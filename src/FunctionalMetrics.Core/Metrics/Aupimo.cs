using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// Area under the per-image overlap curve at small false positive rates, of N maps and masks of H x W: a number in [0, 1] for each image with an anomalous
/// pixel, and their mean.
/// <para>
/// Formula: the integral of y over ln x in [ln lo, ln hi], divided by ln(hi / lo), of the polyline through the points of all distinct scores with x > 0,
/// straight in ln x; y is the share of the image's anomalous pixels with s >= t, x the mean over the normal images of each one's own share of pixels with
/// s >= t. Normal images are normal, without an anomalous pixel, and weigh the same whatever their size. Error below 2^-50 / ln(hi / lo).
/// </para>
/// <para>
/// Undefined without a region and without a normal image (<see cref="Undefined"/>), and where the smallest x above 0 exceeds lo
/// (<see cref="SharedRateTooHigh"/>). Fails with <see cref="OutOfRange"/> unless 0 &lt; lo &lt; hi &lt;= 1.
/// </para>
/// <para>
/// Source: Bertoldo et al., "AUPIMO: redefining visual anomaly detection benchmarks with high speed and low tolerance", BMVC 2024; anomalib (v2) samples
/// 300,000 thresholds and takes those nearest to the bounds, of which this is the limit.
/// </para>
/// </summary>
public static class Aupimo
{
    private const string Name = "AUPIMO";
    private const double DefaultLo = 1e-5;
    private const double DefaultHi = 1e-4;

    /// <summary>The metric between shared false positive rates of 1e-5 and 1e-4; its result gives each image's area and curve.</summary>
    public static Metric<MapBatch, ImageState, AupimoResult> Metric { get; } = Between();

    /// <summary>How its mean is asked for by name.</summary>
    public static NumberForm Form { get; } = Named("aupimo", "aupimo", "1e-5", "1e-4", _ => (DefaultLo, DefaultHi));

    /// <summary>The same between other rates.</summary>
    public static NumberForm FormBetween { get; } =
        Named("aupimo@LO:HI", "aupimo@0.001:0.01", "LO", "HI", values => (values[0], values[1]));

    /// <summary>The metric between other rates. All share one state.</summary>
    /// <param name="lo">The lower shared false positive rate, above 0.</param>
    /// <param name="hi">The upper one, above the lower one and at most 1; otherwise every result is an <see cref="OutOfRange"/>.</param>
    public static Metric<MapBatch, ImageState, AupimoResult> Between(double lo = DefaultLo, double hi = DefaultHi) =>
        new(Name, Some(true), ImageState.State, state => Compute(state, lo, hi));

    private static NumberForm Named(string pattern, string example, string lo, string hi, Func<double[], (double Lo, double Hi)> bounds) =>
        NumberForm.OfImages(
            pattern,
            example,
            $"mean over the images with an anomalous pixel of the share of it found, over ln of the shared false positive rate from {lo} to {hi}",
            $"mean of: integral of the image's recall over ln x in [ln {lo}, ln {hi}] / ln({hi} / {lo}); x: mean over normal images of the share of pixels with s >= t",
            values => LogArea.Problem(bounds(values).Lo, bounds(values).Hi),
            (values, state) => Compute(state, bounds(values).Lo, bounds(values).Hi).Map(found => found.Mean),
            (values, images) => Repeated(images, bounds(values).Lo, bounds(values).Hi)
        );

    private static Fin<AupimoResult> Compute(ImageState state, double lo, double hi)
    {
        KeptImage[] images = [.. state.Images];
        Chunk[] normal = [.. images.Where(image => image.IsWhollyNormal).Select(image => image.Normal)];
        return (LogArea.Problem(lo, hi) | Refusal(images, normal.Length))
            .Match(FinFail<SharedRates>, () => SharedRates.Of(normal, hi))
            .Bind(rates =>
                TooHigh(rates, lo)
                    .Match(
                        FinFail<AupimoResult>,
                        () => new AupimoResult(lo, hi, toSeq(Areas(images, rates, new PimoScores(images, normal), lo, hi)))
                    )
            );
    }

    /// <summary>
    /// The mean where each image stands so many times or not at all, with the bits of the metric of these images: of normal pixels the highest scores alone are looked at again, and more of them where
    /// images are left out that had these.
    /// </summary>
    private static Func<int[], Fin<double>> Repeated(KeptImage[] images, double lo, double hi)
    {
        int[] normal = [.. Enumerable.Range(0, images.Length).Where(i => images[i].IsWhollyNormal)];
        int[] anomalous = [.. Enumerable.Range(0, images.Length).Where(i => images[i].Boxes.Length > 0)];
        var scores = ((double[])[4 * hi, 64 * hi, 1])
            .Select(rate => Math.Min(rate, 1))
            .Distinct()
            .Select(rate => new Lazy<SharedScores>(() => SharedScores.Of(System.Array.ConvertAll(normal, i => images[i].Normal), rate)))
            .ToArray();
        var found = new Lazy<DistinctKeys<ulong>[]>(() =>
            System.Array.ConvertAll(anomalous, i => DistinctKeys<ulong>.Of(images[i].AnomalousKeys))
        );
        return times =>
        {
            var own = System.Array.ConvertAll(normal, i => times[i]);
            KeptImage[] all = [.. images.SelectMany((image, i) => Enumerable.Repeat(image, times[i]))];
            return (LogArea.Problem(lo, hi) | Refusal(all, own.Sum()))
                .Match(FinFail<SharedRates>, () => scores.Select(kept => kept.Value.Rates(own, hi)).First(rates => rates is not null)!)
                .Bind(rates => TooHigh(rates, lo).Match(FinFail<SharedRates>, () => rates))
                .Map(rates =>
                {
                    var (area, sum, count) = (PimoArea.Between(rates, lo, hi), new ExactSum(), 0L);
                    for (var at = 0; at < anomalous.Length; at++)
                    {
                        if (times[anomalous[at]] is not (> 0 and var stands))
                            continue;
                        var value = area.Of(found.Value[at], images[anomalous[at]].Regions.Rows);
                        for (var i = 0; i < stands; i++)
                            sum.Add(value);
                        count += stands;
                    }
                    return sum.Over(count);
                });
        };
    }

    private static Option<MetricError> TooHigh(SharedRates rates, double lo) =>
        Fraction.OfDecimal(lo).IsBelow(rates.Least) ? new SharedRateTooHigh(Name, lo, rates.Least.Rounded, Inverse(lo)) : None;

    /// <summary>The curves of the images with an anomalous pixel, in the order of their areas, the smallest first.</summary>
    private static PimoCurve[] Areas(KeptImage[] images, SharedRates rates, PimoScores scores, double lo, double hi)
    {
        var area = PimoArea.Between(rates, lo, hi);
        // Images are told apart by their bytes only where area and name do not: those of an image cost a sort.
        return
        [
            .. images
                .Where(image => image.Boxes.Length > 0)
                .Select(image => (Image: image, Area: area.Of(image.AnomalousKeys)))
                .GroupBy(one => one.Area, one => one.Image)
                .OrderBy(same => same.Key)
                .SelectMany(same => ImageCodec.Order(same).Select(image => new PimoCurve(scores, image, same.Key))),
        ];
    }

    private static Option<MetricError> Refusal(KeptImage[] images, int normal)
    {
        return !images.Any(image => image.Boxes.Length > 0) ? Missing(Core.Missing.Region)
            : normal == 0 ? Missing(Core.Missing.NormalImage)
            : None;

        Option<MetricError> Missing(Missing missing) =>
            new Undefined(Name, missing, images.Sum(image => image.Normal.Rows + image.Regions.Rows));
    }

    private static long Inverse(double rate) =>
        Fraction.OfDecimal(rate) is var share ? new Fraction(share.Denominator, share.Numerator).Ceiling(1) : 0;
}

/// <summary>
/// AUPIMO of each image with an anomalous pixel, and what they have in common. Compared by value; immutable and safe to share between threads.
/// </summary>
public sealed record AupimoResult
{
    internal AupimoResult(double lo, double hi, Seq<PimoCurve> images)
    {
        (Lo, Hi, Images) = (lo, hi, images);
        var sum = new ExactSum();
        foreach (var image in images)
            sum.Add(image.Area);
        Mean = sum.Over(images.Count);
        StandardDeviation =
            images.Count < 2 ? None : Math.Sqrt(images.Sum(image => (image.Area - Mean) * (image.Area - Mean)) / (images.Count - 1));
    }

    /// <summary>The lower shared false positive rate.</summary>
    public double Lo { get; }

    /// <summary>The upper one.</summary>
    public double Hi { get; }

    /// <summary>The curve of each image with an anomalous pixel, which gives its area; the worst image first, of equal ones by name.</summary>
    public Seq<PimoCurve> Images { get; }

    /// <summary>The mean of the areas, rounded once.</summary>
    [Headline]
    public double Mean { get; }

    /// <summary>How many images have an area.</summary>
    [Shown]
    public long Count => Images.Count;

    /// <summary>The sample standard deviation (n - 1) of the areas; absent for one image.</summary>
    [Shown("second image with an anomalous pixel")]
    public Option<double> StandardDeviation { get; }

    /// <summary>
    /// A quantile of the areas, linear between the two around place (n - 1) q, as numpy has it. Fails with <see cref="OutOfRange"/> for a share outside
    /// [0, 1].
    /// </summary>
    /// <param name="share">q, in [0, 1]; 0.5 is the median.</param>
    public Fin<double> Quantile(double share)
    {
        if (share is not (>= 0 and <= 1))
            return new OutOfRange("the share of a quantile", share, "[0, 1]");
        var place = (Images.Count - 1) * share;
        var below = (int)Math.Floor(place);
        var (low, high, part) = (Images[below].Area, Images[Math.Min(below + 1, Images.Count - 1)].Area, place - below);
        return part < 0.5 ? low + (high - low) * part : high - (high - low) * (1 - part);
    }

    /// <summary>The area of each image of a state; none of one without an anomalous pixel.</summary>
    internal Option<double>[] AreasOf(IEnumerable<KeptImage> images)
    {
        // By identity: equal images have equal areas, and to compare them would cost a sort of each.
        var areas = new Dictionary<KeptImage, double>(ReferenceEqualityComparer.Instance);
        foreach (var curve in Images)
            areas[curve.Image] = curve.Area;
        return [.. images.Select(image => areas.TryGetValue(image, out var area) ? Some(area) : None)];
    }

    /// <summary>The mean and the number of images.</summary>
    public override string ToString() => FormattableString.Invariant($"AUPIMO {Mean}, mean of {Count} images");
}
