using System.Collections.Immutable;
using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// The scores of normal rows by their place from the highest down, found by counting at thresholds that close in on them: a sweep has no normal
/// scores, and whoever reads files again and again holds none.
/// </summary>
internal static class NormalRows
{
    /// <summary>How many parts a stretch of keys is cut into by one count: four counts find a float32 score, eight a float64 one.</summary>
    private const int Parts = 256;

    /// <summary>The score of each row, and how many normal rows have at least that score.</summary>
    /// <param name="rows">Places from the highest normal score down, from 1 to N.</param>
    /// <param name="isWide">Whether scores are float64.</param>
    /// <param name="countAtLeast">How many normal rows have at least each of some thresholds, which come in ascending order for each row.</param>
    public static Fin<ImmutableArray<(double Score, long AtLeast)>> Find(
        ImmutableArray<long> rows,
        bool isWide,
        Func<double[], Fin<long[]>> countAtLeast
    )
    {
        // Keys and how many rows have at least their score: enough at the low end of each stretch, too few at its high end.
        var (least, most) = isWide
            ? (ScoreKey.Of(double.NegativeInfinity), ScoreKey.Of(double.PositiveInfinity))
            : (ScoreKey.Of(float.NegativeInfinity), (ulong)ScoreKey.Of(float.PositiveInfinity));
        var stretches = rows.Select(row => (Row: row, Low: least, High: most, AtLow: long.MaxValue)).ToArray();
        while (stretches.Any(stretch => stretch.High - stretch.Low > 1))
        {
            var cuts = stretches.Select(stretch => Cuts(stretch.Low, stretch.High)).ToArray();
            var counted = countAtLeast([.. cuts.SelectMany(keys => keys).Select(Score)]);
            if (counted.Case is not long[] counts)
                return counted.Map(_ => ImmutableArray<(double, long)>.Empty);
            var first = 0;
            for (var i = 0; i < stretches.Length; first += cuts[i].Length, i++)
            for (var k = 0; k < cuts[i].Length; k++)
                if (counts[first + k] >= stretches[i].Row)
                    stretches[i] = stretches[i] with { Low = cuts[i][k], AtLow = counts[first + k] };
                else
                {
                    stretches[i] = stretches[i] with { High = cuts[i][k] };
                    break;
                }
        }
        return FinSucc<ImmutableArray<(double, long)>>([.. stretches.Select(stretch => (Score(stretch.Low) + 0.0, stretch.AtLow))]);

        double Score(ulong key) => isWide ? ScoreKey.Score(key) : ScoreKey.Score((uint)key);
    }

    /// <summary>Keys within a stretch, ascending.</summary>
    private static ulong[] Cuts(ulong low, ulong high)
    {
        var inside = high - low - 1;
        return inside < Parts
            ? [.. Enumerable.Range(0, (int)inside).Select(i => low + 1 + (ulong)i)]
            : [.. Enumerable.Range(1, Parts - 1).Select(i => low + (ulong)((UInt128)(high - low) * (uint)i / Parts))];
    }
}
