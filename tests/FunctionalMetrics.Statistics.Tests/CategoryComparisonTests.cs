using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics.Statistics.Tests;

/// <summary>The means over categories by their definition: plain sums over the draws of each category.</summary>
public class CategoryComparisonTests
{
    private static readonly ComparisonRules Quick = new()
    {
        Replicates = 150,
        Seed = 5,
        Margin = 0.2,
    };

    private static readonly string[] Models = ["a", "b", "c"];

    [Fact]
    public void Means_are_drawn_category_by_category_and_one_image_is_left_out_at_a_time()
    {
        var categories = Enumerable.Range(0, 3).Select(Category).ToList();
        var found = Valid.Of(CategoryComparison.Of(Compared(categories)));
        foreach (var pair in found.Mean.Pairs.Where(pair => pair.Method == ComparedPair.BootstrapMethod))
        {
            var (a, b) = (Array.IndexOf(Models, pair.A), Array.IndexOf(Models, pair.B));
            var numbers = categories
                .Select(
                    (models, k) =>
                        (
                            A: Drawn(models[a].Images, k).Single(number => (number.Level, number.Key) == (pair.Level, pair.Metric)),
                            B: Drawn(models[b].Images, k).Single(number => (number.Level, number.Key) == (pair.Level, pair.Metric))
                        )
                )
                .ToList();
            var count = (double)numbers.Count;
            var whole = numbers.Select(n => Of(n.A.Value) - Of(n.B.Value)).ToList();
            double[] replicates =
            [
                .. Enumerable
                    .Range(0, Quick.Replicates)
                    .Select(i => numbers.Sum(n => Of(n.A.Replicates[i]) - Of(n.B.Replicates[i])) / count),
            ];
            var strata = numbers
                .SelectMany(
                    (n, k) =>
                        n.A.LeftOut.Zip(
                            n.B.LeftOut,
                            (one, other) => one.Zip(other, (x, y) => (whole.Sum() - whole[k] + Of(x) - Of(y)) / count).ToArray()
                        )
                )
                .Select(theta =>
                    (N: (double)theta.Length, V: (theta.Length - 1.0) / theta.Length * theta.Sum(x => Square(x - theta.Average())))
                )
                .ToList();
            var (sum, mean) = (strata.Sum(s => s.V), replicates.Average());
            var freedom = sum * sum / strata.Sum(s => s.V * s.V / (s.N - 1));
            var error = Math.Sqrt(
                sum / strata.Sum(s => s.V * (s.N - 1) / s.N) * replicates.Sum(x => Square(x - mean)) / (replicates.Length - 1)
            );
            Assert.Equal(whole.Sum() / count, Of(pair.Difference), 1e-13);
            Assert.Equal(2 * Student.Tail(whole.Sum() / count / error, freedom), Of(pair.P), 1e-10);
            var interval = Valid.Of(pair.Interval.Match(x => x, () => throw new InvalidOperationException()));
            Assert.Equal(2 * Student.Quantile(0.95, freedom) * error, interval.Upper - interval.Lower, 1e-10);
            Assert.Equal(3, pair.Categories);
        }
    }

    [Fact]
    public void Variances_of_areas_of_independent_categories_add_up()
    {
        var categories = Enumerable.Range(0, 3).Select(Category).ToList();
        var found = Valid.Of(CategoryComparison.Of(Compared(categories)));
        foreach (var pair in found.Mean.Pairs.Where(pair => pair.Metric == "auroc"))
        {
            var (a, b) = (Array.IndexOf(Models, pair.A), Array.IndexOf(Models, pair.B));
            var areas = categories.ConvertAll(models =>
                Valid.Of(PairedImages.Create(models)) is var images && pair.Level == Levels.Pixel
                    ? Valid.Of(RocAreas.OfPixels(images))
                    : Valid.Of(RocAreas.OfRows(Valid.Of(images.Rows())))
            );
            var variances = areas.ConvertAll(area => area.Variance(a) + area.Variance(b) - 2 * area.Covariance(a, b));
            var freedom =
                pair.Level == Levels.Image
                    ? double.PositiveInfinity
                    : Square(variances.Sum()) / areas.Zip(variances, (area, v) => v * v / area.DegreesOfFreedom).Sum();
            var difference = areas.Average(area => area.Area(a) - area.Area(b));
            Assert.Equal(difference, Of(pair.Difference), 1e-13);
            Assert.Equal(2 * Student.Tail(difference / (Math.Sqrt(variances.Sum()) / 3), freedom), Of(pair.P), 1e-10);
        }
    }

    [Fact]
    public void One_category_is_its_own_mean_and_the_first_is_what_it_is_alone()
    {
        var models = Category(1);
        var found = Valid.Of(CategoryComparison.Of(Compared([models])));
        var alone = Valid.Of(Comparison.OfImages(models, Quick));
        Assert.Equal(alone.Pairs.Select(Numbers), found.Categories[0].Result.Pairs.Select(Numbers));
        Assert.Equal(
            alone.Pairs.Where(pair => pair.Method != ComparedPair.WilcoxonMethod).Select(Numbers),
            found.Mean.Pairs.Select(Numbers)
        );

        static string Numbers(ComparedPair pair) =>
            $"{pair.Level} {pair.Metric} {pair.A} {pair.B} {pair.Difference.Map(x => Math.Round(x, 12))} {pair.P.Map(x => Math.Round(x, 9))} {pair.PHolm.Map(x => Math.Round(x, 9))}";
    }

    [Fact]
    public void A_category_without_a_number_is_left_out_of_its_mean_and_counted()
    {
        var normal = Enumerable
            .Range(0, 12)
            .Select(i => Valid.Image([i / 10.0, i % 5 / 10.0], [false, false], FormattableString.Invariant($"{i:00}")))
            .Aggregate(ImageState.Empty, ImageState.Merge);
        var found = Valid.Of(CategoryComparison.Of(Compared([Category(0), Category(1), [.. Models.Select(name => (name, normal))]])));
        var two = Valid.Of(CategoryComparison.Of(Compared([Category(0), Category(1)])));
        Assert.All(found.Mean.Pairs, pair => Assert.Equal(2, pair.Categories));
        Assert.Equal(two.Mean.Pairs.Select(pair => (pair.Difference, pair.P)), found.Mean.Pairs.Select(pair => (pair.Difference, pair.P)));
        var none = Valid.Of(
            CategoryComparison.Of(
                Compared([
                    [.. Models.Select(name => (name, normal))],
                ])
            )
        );
        Assert.All(
            none.Mean.Pairs,
            pair => Assert.Equal("there is no category in which all have a value", pair.P.Match(_ => "", why => why.Message))
        );
        Assert.True(CategoryComparison.Of().IsFail);
        Assert.True(
            CategoryComparison
                .Of(Compared([Category(0)])[0], Valid.Of(Comparison.OfCategory("y", 1, Category(1), Quick with { Replicates = 100 })))
                .IsFail
        );
    }

    private static ComparedCategory[] Compared(List<(string Name, ImageState Images)[]> categories) =>
        [.. categories.Select((models, k) => Valid.Of(Comparison.OfCategory($"category {k}", k, models, Quick)))];

    private static IEnumerable<Resampled> Drawn(ImageState images, int category) =>
        ReplicateTable.Of(images, category).Draw(Quick.Settings, Quick.Replicates, Quick.Seed);

    /// <summary>Three models on images of four pixels, half of them with a defect of one.</summary>
    private static (string Name, ImageState Images)[] Category(int seed)
    {
        var random = new Random(100 + seed);
        var images = Enumerable
            .Range(0, 14 + 2 * seed)
            .Select(i =>
            {
                double[] seen = [.. Enumerable.Range(0, 4).Select(pixel => random.NextDouble() + (i % 2 == 1 && pixel == 1 ? 0.4 : 0))];
                return (
                    Mask: (bool[])[false, i % 2 == 1, false, false],
                    Seen: Models.Select(_ => seen.Select(x => x + random.NextDouble()).ToArray()).ToArray()
                );
            })
            .ToList();
        return
        [
            .. Models.Select(
                (name, model) =>
                    (
                        name,
                        images
                            .Select((image, i) => Valid.Image(image.Seen[model], image.Mask, FormattableString.Invariant($"{i:00}")))
                            .Aggregate(ImageState.Empty, ImageState.Merge)
                    )
            ),
        ];
    }

    private static double Of(Fin<double> value) => Valid.Of(value);

    private static double Square(double x) => x * x;
}
