using FsCheck.Xunit;
using FunctionalMetrics.Core;
using FunctionalMetrics.Core.Tests;

namespace FunctionalMetrics.Statistics.Tests;

/// <summary>Laws of the variances of areas, on rows and images with many ties.</summary>
[Properties(MaxTest = 60, QuietOnSuccess = true)]
public class AreaLawTests
{
    [Property]
    public void Variances_of_rows_are_those_of_the_definition_over_all_pairs(int seed)
    {
        var (labels, a, b) = Rows(seed);
        var areas = Valid.Of(RocAreas.OfRows(Valid.Rows(labels, a, b)));
        Assert.Equal(Covariance(labels, a, a).Rounded(), areas.Variance(0));
        Assert.Equal(Covariance(labels, b, b).Rounded(), areas.Variance(1));
        Assert.Equal(Covariance(labels, a, b).Rounded(), areas.Covariance(0, 1));
        Assert.Equal(
            (Covariance(labels, a, a) + Covariance(labels, b, b) - 2 * Covariance(labels, a, b)).Rounded(),
            areas.VarianceOfDifference()
        );
        Assert.Equal(Valid.Of(Auroc.Metric.Compute(Valid.Ranks(a, labels))).Area, areas.Area());
    }

    [Property]
    public void The_order_of_rows_does_not_matter_and_swapping_the_models_changes_the_sign_alone(int seed)
    {
        var (labels, a, b) = Rows(seed);
        int[] order = [.. Enumerable.Range(0, a.Length).OrderBy(i => (i * 7919L + seed) % 1009)];
        var plain = Valid.Of(DeLong.Difference(Valid.Rows(labels, a, b)));
        Assert.Equal(
            plain,
            Valid.Of(
                DeLong.Difference(Valid.Rows([.. order.Select(i => labels[i])], [.. order.Select(i => a[i])], [.. order.Select(i => b[i])]))
            )
        );
        var swapped = Valid.Of(DeLong.Difference(Valid.Rows(labels, b, a)));
        Assert.Equal(plain with { Value = 0 - plain.Value }, swapped);
        Assert.Equal(plain.P, swapped.P);
        Assert.Equal(plain.Equivalence(0.1), swapped.Equivalence(0.1));
    }

    [Property]
    public void With_one_pixel_an_image_the_variances_are_those_of_rows(int seed)
    {
        var (labels, a, b) = Rows(seed);
        var (rows, pixels) = (
            Valid.Of(RocAreas.OfRows(Valid.Rows(labels, a, b))),
            Valid.Of(RocAreas.OfPixels(Valid.Pair(Single(a), Single(b))))
        );
        for (var model = 0; model < 2; model++)
            Assert.Equal(
                (rows.Area(model), rows.Variance(model), rows.StandardError(model)),
                (pixels.Area(model), pixels.Variance(model), pixels.StandardError(model))
            );
        Assert.Equal(rows.Covariance(0, 1), pixels.Covariance(0, 1));

        ImageState Single(double[] scores) =>
            Valid.Images([.. scores.Select(score => (double[])[score])], [.. labels.Select(label => (bool[])[label])]);
    }

    [Property(MaxTest = 8)]
    public void Variances_of_pixels_are_those_of_the_definition_whatever_the_order_of_images_and_the_width_of_scores(int seed)
    {
        var random = new Random(seed);
        bool[][] masks =
        [
            .. Enumerable
                .Range(0, 5)
                .Select(i => Enumerable.Range(0, 60 + random.Next(700)).Select(_ => i % 2 == 1 && random.Next(4) == 0).ToArray()),
        ];
        double[][] a = [.. masks.Select(Scores)];
        double[][] b = [.. masks.Select(Scores)];
        var areas = Valid.Of(RocAreas.OfPixels(Valid.Pair(Valid.Images(a, masks), Valid.Images(b, masks))));
        Assert.Equal(Clustered(masks, a, b).Rounded(), areas.Covariance(0, 1));
        Assert.Equal(Clustered(masks, a, a).Rounded(), areas.Variance(0));
        Assert.Equal(areas.Variance(1), Valid.Of(RocAreas.OfPixels(Valid.Images([.. b.Reverse()], [.. masks.Reverse()]))).Variance());
        // A fifth in float32 is no fifth, so these are multiplied until they are whole.
        ImageState narrow = masks
            .Select(
                (mask, i) =>
                    MapBatch.Create(Array.ConvertAll(a[i], score => (float)Math.Round(score * 20)), mask, new MapShape(1, 1, mask.Length))
            )
            .Select(batch =>
                ImageState.Of(batch.Match(made => made, faults => throw new InvalidOperationException(string.Join("; ", faults))))
            )
            .Aggregate(ImageState.Empty, ImageState.Merge);
        Assert.Equal(areas.Variance(0), Valid.Of(RocAreas.OfPixels(narrow)).Variance());

        double[] Scores(bool[] mask) => [.. mask.Select(label => Math.Round((random.NextDouble() * 2 + (label ? 1 : 0)) * 20) / 20)];
    }

    [Property]
    public void P_is_below_the_level_exactly_where_the_interval_leaves_0_out_and_both_tests_of_equivalence_exactly_where_it_lies_within(
        int seed
    )
    {
        var random = new Random(seed);
        var difference = new ModelDifference(
            random.NextDouble() / 2 - 0.25,
            random.NextDouble() / 5 + 0.01,
            random.Next(3) == 0 ? double.PositiveInfinity : random.Next(1, 40)
        );
        var interval = Valid.Of(difference.Interval());
        Assert.Equal(!interval.Contains(0), Valid.Of(difference.P) < 0.05);
        var equivalent = Valid.Of(difference.Equivalence(0.2));
        Assert.Equal(equivalent.Holds, equivalent.P < Equivalence.Level);
    }

    /// <summary>At least two rows of each class, with scores of few values.</summary>
    private static (bool[] Labels, double[] A, double[] B) Rows(int seed)
    {
        var random = new Random(seed);
        bool[] labels = [true, true, false, false, .. Enumerable.Range(0, random.Next(30)).Select(_ => random.Next(3) == 0)];
        return (labels, [.. labels.Select(Score)], [.. labels.Select(Score)]);

        double Score(bool label) => random.Next(8) / 4.0 + (label && random.Next(2) == 0 ? 0.5 : 0);
    }

    private static Fraction Covariance(bool[] labels, double[] a, double[] b) =>
        new[] { true, false }
            .Select(side =>
            {
                var (one, other) = (Components(labels, a, side), Components(labels, b, side));
                var n = one.Count;
                var (meanOfOne, meanOfOther) = (Sum(one) / n, Sum(other) / n);
                return Sum(one.Zip(other, (x, y) => (x - meanOfOne) * (y - meanOfOther))) / ((n - 1) * n);
            })
            .Aggregate((x, y) => x + y);

    private static Fraction Clustered(bool[][] masks, double[][] a, double[][] b)
    {
        bool[] labels = [.. masks.SelectMany(mask => mask)];
        Fraction p = labels.Count(label => label);
        Fraction n = labels.Count(label => !label);
        Fraction i10 = masks.Count(mask => mask.Contains(true));
        Fraction i01 = masks.Count(mask => mask.Contains(false));
        Fraction i = masks.Length;
        var (one, other) = (Apart(a), Apart(b));
        return i10 / (i10 - 1) * Dot(one.X, other.X) / (p * p)
            + i01 / (i01 - 1) * Dot(one.Y, other.Y) / (n * n)
            + i / (i - 1) * (Dot(one.X, other.Y) + Dot(other.X, one.Y)) / (p * n);

        (List<Fraction> X, List<Fraction> Y) Apart(double[][] model)
        {
            double[] scores = [.. model.SelectMany(image => image)];
            var area = Sum(Components(labels, scores, true)) / p;
            return (Sums(true), Sums(false));

            List<Fraction> Sums(bool side)
            {
                var components = new Queue<Fraction>(Components(labels, scores, side));
                return
                [
                    .. masks.Select(mask =>
                        Sum(Enumerable.Range(0, mask.Count(label => label == side)).Select(_ => components.Dequeue() - area).ToList())
                    ),
                ];
            }
        }
    }

    private static Fraction Dot(List<Fraction> a, List<Fraction> b) => Sum(a.Zip(b, (x, y) => x * y));

    /// <summary>V10 of the anomalous rows, or V01 of the normal ones.</summary>
    private static List<Fraction> Components(bool[] labels, double[] scores, bool side)
    {
        double[] others = [.. scores.Where((_, i) => labels[i] != side)];
        return
        [
            .. scores
                .Where((_, i) => labels[i] == side)
                .Select(score => new Fraction(
                    others.Sum(other => 1 + Math.Sign(side ? score.CompareTo(other) : other.CompareTo(score))),
                    2 * others.Length
                )),
        ];
    }

    private static Fraction Sum(IEnumerable<Fraction> terms) => terms.Aggregate((Fraction)0, (sum, term) => sum + term);
}
