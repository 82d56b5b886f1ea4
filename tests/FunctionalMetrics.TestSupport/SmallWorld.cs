namespace FunctionalMetrics.TestSupport;

/// <summary>Every labelled multiset of up to six rows on three scores, as how many rows there are of each class on each score.</summary>
public static class SmallWorld
{
    private const int MostRows = 6;
    private const int Levels = 3;

    /// <summary>How many there are.</summary>
    public const int Count = 924;

    /// <summary>All of them, one after the other.</summary>
    public static IEnumerable<int[]> Multisets => Counts(2 * Levels, MostRows);

    /// <summary>One in so many of them, the same each time; all with <c>FMETRICS_LONG=1</c>.</summary>
    public static IReadOnlyList<int[]> OneIn(int each) =>
        [.. Multisets.Where((_, number) => number % each == 0 || Environment.GetEnvironmentVariable("FMETRICS_LONG") == "1")];

    /// <summary>All multisets within one: each is one side of a cut in two.</summary>
    public static IEnumerable<int[]> Parts(int[] counts) =>
        counts is [var first, .. var rest]
            ? Enumerable.Range(0, first + 1).SelectMany(some => Parts(rest).Select(others => (int[])[some, .. others]))
            :
            [
                [],
            ];

    /// <summary>What is left of a multiset without a part of it.</summary>
    public static int[] Without(int[] counts, int[] part) => [.. counts.Zip(part, (all, some) => all - some)];

    /// <summary>The scores and labels of its rows, those of the lowest score first, and of one score the normal ones.</summary>
    public static (double[] Scores, bool[] Labels) Rows(int[] counts) =>
        (
            [.. counts.SelectMany((count, kind) => Enumerable.Repeat(kind / 2 + 0.25, count))],
            [.. counts.SelectMany((count, kind) => Enumerable.Repeat(kind % 2 == 1, count))]
        );

    /// <summary>Its half, with the larger part of what is odd where rows are anomalous.</summary>
    public static int[] Half(int[] counts) => [.. counts.Select((count, kind) => (count + kind % 2) / 2)];

    private static IEnumerable<int[]> Counts(int kinds, int most) =>
        kinds == 0
            ?
            [
                [],
            ]
            : Enumerable.Range(0, most + 1).SelectMany(first => Counts(kinds - 1, most - first).Select(rest => (int[])[first, .. rest]));
}
