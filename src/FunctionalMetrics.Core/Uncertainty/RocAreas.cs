using System.Numerics;
using FunctionalMetrics.Core.Numerics;
using LanguageExt;

namespace FunctionalMetrics.Core;

/// <summary>
/// The areas under the ROC curves of one or several models of the same data, numbers in [0, 1], with their variances and covariances: exact ratios, each rounded once.
/// <para>
/// Of rows, which are taken as independent (DeLong): V10_i is the mean over the normal rows of psi(s_i, s_j), V01_j that over the anomalous ones, psi = 1, 1/2 or 0 where the
/// anomalous score is above, at or below the normal one; cov = cov(V10, V10')/P + cov(V01, V01')/N, with divisors P - 1 and N - 1.
/// </para>
/// <para>
/// Of pixels, whose images are taken as independent (Obuchowski): x and y are an image's sums of V10 and V01, less m A and n A for its m anomalous and n normal pixels; I10, I01 and I
/// images have anomalous, normal and any pixels; cov = I10/(I10 - 1) Sum x x'/P^2 + I01/(I01 - 1) Sum y y'/N^2 + I/(I - 1) Sum (x y' + x' y)/(P N). One pixel an image: DeLong's.
/// </para>
/// <para>
/// Undefined with fewer than two rows (images with pixels) of a class: <see cref="TooFewToVary"/>. Rows cost O(n log n); pixels a sort of each image's, and one of all anomalous ones. Immutable.
/// </para>
/// <para>
/// Sources: DeLong et al., "Comparing the areas under two or more correlated receiver operating characteristic curves", Biometrics 44 (1988); Sun and Xu, "Fast implementation of DeLong's
/// algorithm", IEEE Signal Processing Letters 21 (2014); Obuchowski, "Nonparametric analysis of clustered ROC curve data", Biometrics 53 (1997).
/// </para>
/// </summary>
public sealed class RocAreas
{
    /// <summary>Twice the pairs in order, ties counting one: 2 P N times each area.</summary>
    private readonly BigInteger[] pairs;

    /// <summary>2 P N.</summary>
    private readonly BigInteger all;

    /// <summary>The covariances, times what they all share as denominator.</summary>
    private readonly BigInteger[,] covariances;

    private readonly BigInteger denominator;

    private RocAreas(
        BigInteger[] pairs,
        BigInteger all,
        BigInteger[,] covariances,
        BigInteger denominator,
        (long, long) units,
        bool areImages
    )
    {
        (this.pairs, this.all, this.covariances, this.denominator) = (pairs, all, covariances, denominator);
        ((AnomalousUnits, NormalUnits), AreImages) = (units, areImages);
    }

    /// <summary>How many models there are.</summary>
    public int Models => pairs.Length;

    /// <summary>Whether images are what is independent; rows otherwise.</summary>
    public bool AreImages { get; }

    /// <summary>How many rows are anomalous, or how many images have an anomalous pixel.</summary>
    public long AnomalousUnits { get; }

    /// <summary>How many rows are normal, or how many images have a normal pixel.</summary>
    public long NormalUnits { get; }

    /// <summary>The degrees of freedom of Student's t: one less than the fewer images of a class; of rows infinity, which is the normal distribution.</summary>
    public double DegreesOfFreedom => AreImages ? Math.Min(AnomalousUnits, NormalUnits) - 1 : double.PositiveInfinity;

    /// <summary>The area of a model, counted from 0: what <see cref="Auroc"/> gives.</summary>
    public double Area(int model = 0) => Ratio.Round(pairs[model], all);

    /// <summary>What the area lacks to 1.</summary>
    public double Lacking(int model = 0) => Ratio.Round(all - pairs[model], all);

    /// <summary>The variance of an area.</summary>
    public double Variance(int model = 0) => Covariance(model, model);

    /// <summary>The covariance of two areas.</summary>
    public double Covariance(int a, int b) => Ratio.Round(covariances[a, b], denominator);

    /// <summary>The root of the variance of an area.</summary>
    public double StandardError(int model = 0) => Ratio.Root(covariances[model, model], denominator);

    /// <summary>The area of one model less that of another.</summary>
    public double Difference(int a = 0, int b = 1) => Ratio.Round(pairs[a] - pairs[b], all);

    /// <summary>The variance of that difference: v_a + v_b - 2 c.</summary>
    public double VarianceOfDifference(int a = 0, int b = 1) => Ratio.Round(OfDifference(a, b), denominator);

    /// <summary>The root of it.</summary>
    public double StandardErrorOfDifference(int a = 0, int b = 1) => Ratio.Root(OfDifference(a, b), denominator);

    /// <summary>The area of one model by its independent rows.</summary>
    public static Fin<RocAreas> OfRows(RankState rows) =>
        OfRows([(Placement.Expanded(rows.PositiveKeys), Placement.Expanded(rows.NegativeKeys))]);

    /// <summary>The areas of models that scored the same independent rows.</summary>
    public static Fin<RocAreas> OfRows(PairedRows rows) => OfRows(rows.Keys);

    /// <summary>The area of one model by its pixels; images are independent.</summary>
    public static Fin<RocAreas> OfPixels(ImageState images) =>
        OfPixels([
            [.. images.Images],
        ]);

    /// <summary>The areas of models by the pixels of the same images; images are independent.</summary>
    public static Fin<RocAreas> OfPixels(PairedImages images) => OfPixels(images.Models);

    private BigInteger OfDifference(int a, int b) => covariances[a, a] + covariances[b, b] - 2 * covariances[a, b];

    private static Fin<RocAreas> OfRows((ulong[] Anomalous, ulong[] Normal)[] models)
    {
        var (p, n) = (models[0].Anomalous.LongLength, models[0].Normal.LongLength);
        if (Problem("rows", p, n, p, n).Case is MetricError problem)
            return problem;
        Placement[] placements = [.. models.Select(model => Placement.Of(model.Anomalous, model.Normal))];
        BigInteger[] pairs = [.. placements.Select(placement => placement.Pairs)];
        return new RocAreas(
            pairs,
            2 * (BigInteger)p * n,
            Table(models.Length, (a, b) => Covariance(placements[a], placements[b], pairs[a] * pairs[b], p, n)),
            4 * (BigInteger)p * p * n * n * (p - 1) * (n - 1),
            (p, n),
            false
        );
    }

    private static BigInteger Covariance(Placement a, Placement b, BigInteger square, BigInteger p, BigInteger n) =>
        (p * Placement.Dot(a.Anomalous, b.Anomalous) - square) * (n - 1) + (n * Placement.Dot(a.Normal, b.Normal) - square) * (p - 1);

    private static Fin<RocAreas> OfPixels(KeptImage[][] models)
    {
        (long M, long N)[] pixels = [.. models[0].Select(image => (image.Regions.Rows, image.Normal.Rows))];
        var (p, n) = (pixels.Sum(image => image.M), pixels.Sum(image => image.N));
        var (withAnomalous, withNormal, with) = (
            pixels.LongCount(image => image.M > 0),
            pixels.LongCount(image => image.N > 0),
            pixels.LongCount(image => image.M + image.N > 0)
        );
        if (Problem("images", p, n, withAnomalous, withNormal).Case is MetricError problem)
            return problem;
        ImageSums[] sums = [.. models.Select(ImageSums.Of)];
        // 2 P N times x and y of every image.
        (BigInteger[] X, BigInteger[] Y)[] apart =
        [
            .. sums.Select(model =>
                (
                    pixels.Select((image, k) => p * model.Anomalous[k] - image.M * model.Pairs).ToArray(),
                    pixels.Select((image, k) => n * model.Normal[k] - image.N * model.Pairs).ToArray()
                )
            ),
        ];
        var (i10, i01, i) = ((BigInteger)withAnomalous, (BigInteger)withNormal, (BigInteger)with);
        BigInteger square = 4 * (BigInteger)p * p * n * n;
        return new RocAreas(
            [.. sums.Select(model => model.Pairs)],
            2 * (BigInteger)p * n,
            Table(
                models.Length,
                (a, b) =>
                    i10 * (i01 - 1) * (i - 1) * n * n * Dot(apart[a].X, apart[b].X)
                    + i01 * (i10 - 1) * (i - 1) * p * p * Dot(apart[a].Y, apart[b].Y)
                    + i * (i10 - 1) * (i01 - 1) * p * n * (Dot(apart[a].X, apart[b].Y) + Dot(apart[b].X, apart[a].Y))
            ),
            square * p * p * n * n * (i10 - 1) * (i01 - 1) * (i - 1),
            (withAnomalous, withNormal),
            true
        );
    }

    private static Option<MetricError> Problem(string units, long positives, long negatives, long anomalous, long normal) =>
        Needs.BothClasses.Refusal("AUROC", positives, negatives, 0)
        | (anomalous < 2 || normal < 2 ? Prelude.Some<MetricError>(new TooFewToVary("AUROC", units, anomalous, normal)) : Prelude.None);

    private static BigInteger Dot(BigInteger[] a, BigInteger[] b) => a.Zip(b, (x, y) => x * y).Aggregate(BigInteger.Zero, BigInteger.Add);

    private static BigInteger[,] Table(int models, Func<int, int, BigInteger> covariance)
    {
        var table = new BigInteger[models, models];
        for (var a = 0; a < models; a++)
        for (var b = a; b < models; b++)
            table[b, a] = table[a, b] = covariance(a, b);
        return table;
    }
}

/// <summary>A number has no variance because fewer than two rows, or images, of a class were seen.</summary>
/// <param name="Metric">The number's name.</param>
/// <param name="Units">What is independent: rows or images.</param>
/// <param name="Anomalous">How many are anomalous; of images, how many have an anomalous pixel.</param>
/// <param name="Normal">How many are normal; of images, how many have a normal pixel.</param>
public sealed record TooFewToVary(string Metric, string Units, long Anomalous, long Normal)
    : MetricError(
        FormattableString.Invariant(
            $"the variance of {Metric} is undefined: it needs 2 {Units} of each class at least (anomalous {Units} seen: {Anomalous}, normal: {Normal})"
        )
    );
