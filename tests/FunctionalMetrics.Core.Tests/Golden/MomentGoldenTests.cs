using LanguageExt;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Mean and standard deviation of the logarithm against numpy's in extended precision.</summary>
public class MomentGoldenTests
{
    public static TheoryData<string> Cases => GoldenFile.Names("moments.json");

    [Theory, MemberData(nameof(Cases))]
    public void Moments(string name)
    {
        var golden = GoldenFile.Case("moments.json", name);
        var isMaps = golden.GetProperty("kind").GetString() == "maps";
        double[] scores = isMaps
            ? [.. golden.GetProperty("maps").EnumerateArray().SelectMany(GoldenFile.Numbers)]
            : golden.Numbers("scores");
        var narrow = Array.ConvertAll(scores, score => (float)score);
        var state = isMaps
            ? LogMomentState.Of((golden.IsNarrow() ? Maps.Create(narrow, Shape()) : Maps.Create(scores, Shape())).Valid())
            : LogMomentState.Of((golden.IsNarrow() ? Scores.Create(narrow) : Scores.Create(scores)).Valid());
        var found = isMaps ? AnomalyScoreDistribution.OfMaps.Compute(state) : AnomalyScoreDistribution.Metric.Compute(state);
        if (golden.IsNull("mean"))
        {
            var nonPositive = golden.GetProperty("nonpositive").GetInt64();
            MetricError expected =
                scores.Length == 0
                    ? new Undefined("anomaly score distribution", Missing.Score, 0)
                    : new NonPositiveScores("anomaly score distribution", nonPositive, scores.Length);
            Assert.Equal<object?>(expected, found.Match<object?>(_ => null, error => error));
            return;
        }
        var result = found.ThrowIfFail();
        var (means, deviations) = isMaps
            ? result.Maps.Map(maps => (maps.Mean.ToArray(), maps.StandardDeviation.Map(values => values.ToArray()))).ThrowIfNone()
            : result.Scores.Map(moments => (new[] { moments.Mean }, moments.StandardDeviation.Map(value => new[] { value }))).ThrowIfNone();
        Close(isMaps ? golden.Numbers("mean") : [golden.Number("mean")!.Value], means);
        Assert.Equal(golden.IsNull("std"), deviations.IsNone);
        if (!golden.IsNull("std"))
            Close(isMaps ? golden.Numbers("std") : [golden.Number("std")!.Value], deviations.ThrowIfNone());

        MapShape Shape() =>
            new(
                golden.GetProperty("maps").GetArrayLength(),
                golden.GetProperty("height").GetInt32(),
                golden.GetProperty("width").GetInt32()
            );
    }

    private static void Close(double[] expected, double[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        foreach (var (wanted, value) in expected.Zip(found))
            Same.Within(Golden.Tolerance * Math.Max(1, Math.Abs(wanted)), wanted, value);
    }
}

internal static class OptionExtensions
{
    public static T ThrowIfNone<T>(this Option<T> option) =>
        option.Match(value => value, () => throw new InvalidOperationException("absent"));
}
