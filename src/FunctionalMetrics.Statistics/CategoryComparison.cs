using System.Collections.Immutable;
using FunctionalMetrics.Core;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Statistics;

/// <summary>
/// Models side by side on several categories: of each category what <see cref="Comparison"/> gives, and the differences of their unweighted means over the categories in which all models have
/// the number.
/// <para>
/// Formula: the mean of K areas has the variance Sum v_k / K^2 of K independent differences; of rows it is taken as normal (DeLong), of pixels (by image) Student's t has
/// (Sum v_k)^2 / Sum (v_k^2/df_k) degrees of freedom. Other numbers: replicate b of the mean is the mean of the categories' replicates b, images being drawn within class and category; one image
/// of one category is left out at a time. A category in which nothing varies adds nothing to the error.
/// </para>
/// Decisions and AUPIMO are compared in each category alone. Immutable.
/// </summary>
public sealed record CategoryComparison
{
    private CategoryComparison(ImmutableArray<ComparedCategory> categories, Comparison mean) => (Categories, Mean) = (categories, mean);

    /// <summary>The categories, in the order of their numbers.</summary>
    public ImmutableArray<ComparedCategory> Categories { get; }

    /// <summary>The means; rows or images are those of all categories.</summary>
    public Comparison Mean { get; }

    /// <summary>The mean over some categories. Fails with <see cref="OutOfRange"/> without one, and where one has other models than the first or other numbers.</summary>
    /// <param name="categories">The categories, each of <see cref="Comparison.OfCategory"/> with a number of its own, of the same models and with the same rules but for the thresholds.</param>
    public static Fin<CategoryComparison> Of(params IReadOnlyList<ComparedCategory> categories)
    {
        if (categories.Count == 0)
            return new OutOfRange("the number of categories", 0, "[1, infinity)");
        var first = categories[0];
        var (names, rules) = (first.Result.Models, first.Result.Pairs[0].Rules with { Thresholds = [] });
        if (categories.FirstOrDefault(other => !IsLike(first, other)) is { } apart)
            return new NotPaired(first.Name, apart.Name);
        var drawn = ComparedPairs.Drawn(names, [.. names.Select((_, model) => Means(categories, model))], rules).ToList();
        return new CategoryComparison(
            [.. categories],
            new(
                names,
                categories.Sum(category => category.Result.Units),
                categories.Sum(category => category.Result.Anomalous),
                [
                    .. Areas(names, [.. categories.Select(category => (category.Name, category.Rows))], rules),
                    .. drawn.Where(pair => pair.Level == Levels.Image).Select(Counted),
                    .. Areas(names, [.. categories.Select(category => (category.Name, category.Pixels))], rules),
                    .. drawn.Where(pair => pair.Level == Levels.Pixel).Select(Counted),
                ],
                ["The variance of a mean of AUROC is the sum of those of the categories, which are independent, over their number squared."]
            )
        );

        ComparedPair Counted(ComparedPair pair) => pair with { Categories = Having(categories, pair.Level, pair.Metric).Count };
    }

    private static bool IsLike(ComparedCategory a, ComparedCategory b) =>
        a.Result.Models.SequenceEqual(b.Result.Models)
        && a.Draws.SelectMany(numbers => numbers)
            .Select(number => (number.Level, number.Key, number.Replicates.Length))
            .SequenceEqual(b.Draws.SelectMany(numbers => numbers).Select(number => (number.Level, number.Key, number.Replicates.Length)));

    /// <summary>The categories in which all models have a number that is drawn.</summary>
    private static List<ComparedCategory> Having(IReadOnlyList<ComparedCategory> categories, string level, string key) =>
        [
            .. categories.Where(category =>
                category.Draws.All(numbers => numbers.Single(number => (number.Level, number.Key) == (level, key)).Value.IsSucc)
            ),
        ];

    private static IEnumerable<ComparedPair> Areas(
        ImmutableArray<string> names,
        List<(string Name, MeasuredAreas Measured)> categories,
        ComparisonRules rules
    )
    {
        var (level, method) = (categories[0].Measured.Level, categories[0].Measured.Method);
        var having = categories.FindAll(category => category.Measured.Each.All(area => area.IsSucc));
        return ComparedPairs.Corrected(
            ComparedPairs
                .PairsOf(names.Length)
                .Select(pair =>
                {
                    var (a, b) = (Mean(pair.A), Mean(pair.B));
                    return ComparedPairs.Tested(
                        new ComparedPair(level, ComparedPairs.Area, names[pair.A], names[pair.B], method, rules)
                        {
                            ValueOfA = a,
                            ValueOfB = b,
                            Difference = a.Bind(x => b.Map(y => x - y)),
                            P = 1,
                            Categories = having.Count,
                        },
                        a.Bind(_ =>
                                toSeq(having)
                                    .Map(category =>
                                        category.Measured.Areas.BiMap(
                                            found => found.DifferenceOf(pair.A, pair.B),
                                            why => new UndefinedInCategory(category.Name, why.Message)
                                        )
                                    )
                                    .Sequence()
                            )
                            .Map(Together)
                    );
                })
        );

        Fin<double> Mean(int model) =>
            having.Count == 0 ? new NoCategory() : having.Average(category => category.Measured.Each[model].IfFail(0));
    }

    /// <summary>The mean of independent differences.</summary>
    private static ModelDifference Together(Seq<ModelDifference> differences)
    {
        var variances = differences.Map(one => one.StandardError * one.StandardError);
        var sum = variances.Sum();
        return new(
            differences.Sum(one => one.Value) / differences.Count,
            Math.Sqrt(sum) / differences.Count,
            sum == 0
                ? differences.Min(one => one.DegreesOfFreedom)
                : sum * sum / differences.Zip(variances).Sum(one => one.Item2 * one.Item2 / one.Item1.DegreesOfFreedom)
        )
        {
            Largest = 1,
        };
    }

    /// <summary>The means of a model's numbers that are drawn.</summary>
    private static ImmutableArray<Resampled> Means(IReadOnlyList<ComparedCategory> categories, int model) =>
        categories[0].Draws.IsEmpty
            ? []
            :
            [
                .. categories[0]
                    .Draws[model]
                    .Select(number =>
                        Bootstrap.Mean(
                            number,
                            Having(categories, number.Level, number.Key)
                                .ConvertAll(category =>
                                    category.Draws[model].Single(own => (own.Level, own.Key) == (number.Level, number.Key))
                                )
                        )
                    ),
            ];
}

/// <summary>What models do on one category, with what the mean over several needs. Made by <see cref="Comparison.OfCategory"/>; immutable.</summary>
public sealed class ComparedCategory
{
    internal ComparedCategory(
        string name,
        Comparison result,
        MeasuredAreas rows,
        MeasuredAreas pixels,
        ImmutableArray<ImmutableArray<Resampled>> draws
    ) => (Name, Result, Rows, Pixels, Draws) = (name, result, rows, pixels, draws);

    /// <summary>The name of the category.</summary>
    public string Name { get; }

    /// <summary>The models on it.</summary>
    public Comparison Result { get; }

    internal MeasuredAreas Rows { get; }

    internal MeasuredAreas Pixels { get; }

    /// <summary>For each model its numbers that are drawn, in one order.</summary>
    internal ImmutableArray<ImmutableArray<Resampled>> Draws { get; }
}

/// <summary>Areas of a level with the method of their test.</summary>
/// <param name="Level">The level.</param>
/// <param name="Method">The method.</param>
/// <param name="Areas">The areas with their variances.</param>
/// <param name="Each">The area of each model, which there also is where too few vary for a test.</param>
internal sealed record MeasuredAreas(string Level, string Method, Fin<RocAreas> Areas, Fin<double>[] Each);

/// <summary>A mean has no test because a category has none.</summary>
/// <param name="Category">The category.</param>
/// <param name="Why">Why it has none.</param>
public sealed record UndefinedInCategory(string Category, string Why) : MetricError($"category {Category}: {Why}");
