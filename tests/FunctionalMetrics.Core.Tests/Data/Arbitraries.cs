using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Generators that make the awkward likely, and shrinkers that take it apart again.</summary>
internal static class Arbitraries
{
    public static Arbitrary<Sample> Samples() =>
        Arb.From(from rows in RowsOfOneKind() from images in Pictures.ImagesOfOneKind() select new Sample(rows, images), Shrink);

    private static Gen<ImmutableArray<Row>> RowsOfOneKind() =>
        from scores in Palettes.Any()
        from anomalous in Gen.Elements(0, 10, 50, 50, 90, 100)
        from rows in Gen.ListOf(from score in scores from draw in Gen.Choose(0, 99) select new Row(score, draw < anomalous))
        from few in Gen.Elements(0, 1, 2, 1000, 1000, 1000, 1000, 1000, 1000, 1000)
        select rows.Take(few).ToImmutableArray();

    private static IEnumerable<Sample> Shrink(Sample sample)
    {
        foreach (var rows in Smaller(sample.Rows))
            yield return sample with
            {
                Rows = rows,
            };
        foreach (var images in Smaller(sample.Images))
            yield return sample with
            {
                Images = images,
            };
        foreach (var (image, i) in sample.Images.Select((image, i) => (image, i)))
        foreach (var smaller in Pictures.Smaller(image))
            yield return sample with
            {
                Images = sample.Images.SetItem(i, smaller),
            };
        double[] ranks = [.. sample.Scores.Distinct().Order()];
        if (ranks.Where((score, rank) => score != rank).Any())
            yield return sample.Map(score => Array.BinarySearch(ranks, score));
    }

    /// <summary>Without one half, or without one item.</summary>
    private static IEnumerable<ImmutableArray<T>> Smaller<T>(ImmutableArray<T> items)
    {
        if (items.Length > 3)
        {
            yield return items[..(items.Length / 2)];
            yield return items[(items.Length / 2)..];
        }
        for (var i = 0; i < items.Length; i++)
            yield return items.RemoveAt(i);
    }
}
