using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core.Tests;

/// <summary>The function by which keys are numbered: which one is taken, as the time of every search depends on it.</summary>
public class KeyGridTests
{
    private const int Others = 8;

    [Theory]
    [InlineData(100)]
    [InlineData(5003)]
    public void Scores_that_grow_by_a_factor_are_numbered_by_their_keys_and_evenly_spread_ones_by_their_values(int count)
    {
        double[] factors = [.. Enumerable.Range(0, count).Select(i => Math.Pow(1e-30, 1 - (double)i / count))];
        double[] spread = [.. Enumerable.Range(0, count).Select(i => 1000.0 * i / count - 300)];
        foreach (var scores in new[] { factors, spread })
        {
            Check<ulong>([.. scores.Select(ScoreKey.Of)]);
            Check<uint>([.. scores.Select(score => ScoreKey.Of((float)score)).Distinct()]);
        }
    }

    private static void Check<TKey>(TKey[] keys)
        where TKey : unmanaged, IComparable<TKey>
    {
        var places = new int[keys.Length];
        var cells = KeyGrid<TKey>.Best(keys, 16 * keys.Length, Others, places);
        Assert.Equal(Array.ConvertAll(keys, key => cells.Of(key)), places);
        Assert.Equal(places.Order(), places);
        Assert.InRange(places.GroupBy(place => place).Max(same => same.Count()), 1, Others);
    }
}
