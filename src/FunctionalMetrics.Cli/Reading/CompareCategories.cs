using System.Collections.Immutable;
using FunctionalMetrics.Statistics;
using LanguageExt;
using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>Compares category by category, so that the maps of one alone are in memory, and takes the means over all.</summary>
internal static class CompareCategories
{
    public static Fin<ComparedData> Read(CompareChoices choices, Progress progress, CancellationToken cancel) =>
        from names in CompareReading.OfSources(choices)
        from sources in choices.Sources.ToSeq().Map(CategoryInputs.Marked).Sequence()
        let input = choices.Input with
        {
            Folder = null,
        }
        from shared in toSeq(input.Paths)
            .Map(path => CategoryInputs.Marked(path).Map(marked => KeyValuePair.Create(path, marked)))
            .Sequence()
            .Map(pairs => pairs.ToDictionary())
        from categories in Shared(choices, sources)
        let marked = choices with
        {
            Names = [.. names],
            Sources = [.. sources],
            Input = input.WithPaths(path => shared[path]),
        }
        from parts in Each(marked, categories, progress, cancel)
        from whole in CategoryComparison.Of(parts.ConvertAll(part => part.Category))
        select new ComparedData(
            parts.ConvertAll(part =>
                (part.Category.Name, part.Category.Result with { Notes = [.. part.Category.Result.Notes, .. part.Notes] })
            ),
            whole.Mean
        );

    /// <summary>The categories, which all detectors have.</summary>
    private static Fin<Seq<string>> Shared(CompareChoices choices, Seq<string> sources) =>
        from found in toSeq(
                sources.Select((source, at) => CategoryInputs.Names(source, foldersAlone: !CategoryInputs.IsNamed(choices.Sources[at])))
            )
            .Sequence()
        from same in toSeq(
                found.Select(
                    (names, at) =>
                        Missing(found[0], choices.Sources[0], names, choices.Sources[at])
                        | Missing(names, choices.Sources[at], found[0], choices.Sources[0])
                )
            )
            .Somes()
            .HeadOrNone()
            .Match(FinFail<Unit>, () => FinSucc(unit))
        select found[0];

    private static Option<Error> Missing(Seq<string> names, string source, Seq<string> others, string other) =>
        names
            .Filter(name => !others.Contains(name))
            .HeadOrNone()
            .Map(name => Error.New($"'{name}' is a category of '{source}' and not of '{other}'; the same categories are needed of both"));

    private static Fin<List<(ComparedCategory Category, ImmutableArray<string> Notes)>> Each(
        CompareChoices marked,
        Seq<string> categories,
        Progress progress,
        CancellationToken cancel
    )
    {
        var all = new List<(ComparedCategory, ImmutableArray<string>)>();
        foreach (var category in categories)
        {
            var number = all.Count;
            var one = Own(marked, category)
                .Bind(own =>
                    CompareReading.ReadImages(
                        own,
                        (images, rules) => Comparison.OfCategory(category, number, images, rules, CompareReading.Drawn(progress, cancel)),
                        progress,
                        cancel
                    )
                );
            if (one.Case is Error why)
                return Error.New($"category {category}: {why.Message}");
            one.Iter(found => all.Add((found.Result, found.Notes)));
        }
        return all;
    }

    /// <summary>The choices of a category: its files and its thresholds.</summary>
    private static Fin<CompareChoices> Own(CompareChoices marked, string category) =>
        toSeq(marked.Thresholds)
            .Map(threshold => threshold.In(category))
            .Sequence()
            .Map(thresholds =>
                marked with
                {
                    Sources = [.. marked.Sources.Select(source => CategoryInputs.Named(source, category))],
                    Input = marked.Input.WithPaths(path => CategoryInputs.Named(path, category)),
                    Thresholds = [.. thresholds],
                }
            );
}
