using System.Collections.Immutable;
using FunctionalMetrics.Core;
using FunctionalMetrics.Statistics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>How sure the numbers of several categories are, and their means: for a mean images are drawn again within category and class.</summary>
internal sealed class MeanIntervals
{
    private readonly ImmutableDictionary<string, NumberIntervals> categories;
    private readonly ImmutableDictionary<string, NumberWithInterval> means;
    private readonly NumberIntervals first;

    private MeanIntervals(
        ImmutableDictionary<string, NumberIntervals> categories,
        ImmutableDictionary<string, NumberWithInterval> means,
        NumberIntervals first
    ) => (this.categories, this.means, this.first) = (categories, means, first);

    /// <summary>Those of some categories; null where intervals were not asked for.</summary>
    /// <param name="all">The categories, each with its intervals.</param>
    public static MeanIntervals? Of(IReadOnlyList<(CategoryResult Result, NumberIntervals? Intervals)> all)
    {
        if (all.Any(one => one.Intervals is null))
            return null;
        var draws = all.ToDictionary(one => one.Result.Category, one => one.Intervals!.Draws.Numbers.ToDictionary(PathOf));
        return new(
            all.ToImmutableDictionary(one => one.Result.Category, one => one.Intervals!),
            draws.Values.SelectMany(numbers => numbers.Keys).Distinct().ToImmutableDictionary(path => path, Mean),
            all.Select(one => one.Intervals!).OrderByDescending(one => one.IsDrawn).First()
        );

        NumberWithInterval Mean(string path)
        {
            var having = all.Where(one => one.Result.Find(path).Exists(found => found.IsSucc))
                .Select(one => (one.Result.Category, Number: draws[one.Result.Category][path]))
                .ToList();
            var mean = NumberWithInterval.Drawn(
                Bootstrap.Mean(draws.Values.First(numbers => numbers.ContainsKey(path))[path], [.. having.Select(one => one.Number)]),
                all[0].Intervals!.Level
            );
            return having.FirstOrDefault(one => one.Number.Replicates.IsEmpty) is ({ } category, { } number)
                ? mean with
                {
                    Interval = new UndefinedInCategory(category, new TooManyRows(number.Key).Message),
                }
                : mean;
        }
    }

    /// <summary>How often an interval is to hold the true number.</summary>
    public double Level => first.Level;

    /// <summary>The interval of a mean.</summary>
    /// <param name="path">The path of its number in the JSON.</param>
    public Option<NumberWithInterval> OfMean(string path) => Optional(means.GetValueOrDefault(path));

    /// <summary>The interval of a number of a category.</summary>
    /// <param name="category">The category.</param>
    /// <param name="path">Its path in the JSON.</param>
    public Option<NumberWithInterval> Of(string category, string path) =>
        path.Split('.', 2) is [var level, var key]
            ? Optional(categories.GetValueOrDefault(category)).Bind(one => one.Find(level, key))
            : None;

    /// <summary>What must be said of the means.</summary>
    public IEnumerable<Note> OfMeans => NumberIntervals.Of([.. means.Values.OrderBy(one => (one.Level, one.Key))], "mean ", first.Choices);

    /// <summary>What must be said of all of them.</summary>
    public IEnumerable<string> Notes =>
        (from one in categories orderby one.Key from note in one.Value.Notes select $"{one.Key}: {note.Text}").Concat(
            OfMeans.Select(note => note.Text)
        );

    /// <summary>How they were made, for whoever reads the table.</summary>
    public string Remark =>
        first.IsDrawn ? $"{first.Remark} Of a mean, that of AUROC too, {first.Units} are drawn within category and class." : first.Remark;

    private static string PathOf(Resampled number) => $"{number.Level}.{number.Key}";
}
