using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics.Statistics.Tests;

/// <summary>All intervals of a state at once are those of each number by its own method.</summary>
public class EvaluationIntervalsTests
{
    private static readonly EvaluationSettings Asked = new() { Asked = Valid.Of(AskedNumber.ParseAll("auroc,aupimo@0.05:0.5,aupr-in")) };

    [Fact, Trait("Category", "Slow")]
    public void Images_and_pixels_have_the_intervals_of_each_method()
    {
        var images = Simulated.Images(new(1), Simulated.OfPixels(0.8, 12, 14), Simulated.OfRows(0.8, 12, 14), 12, 14).A;
        var found = images.Intervals(0.9, seed: 3, replicates: 150, Asked);
        var drawn = ReplicateTable.Of(images).Draw(Asked, 150, 3);
        Assert.Equal(
            drawn.Select(number => (number.Level, number.Key, number.Value)),
            found.Select(one => (one.Level, one.Key, one.Value))
        );
        Assert.Equal(DeLong.Interval(images.Scores, 0.9), Of("image", "auroc", "delong"));
        Assert.Equal(ClusteredAuroc.Interval(images, 0.9), Of("pixel", "auroc", "clustered"));
        Assert.Equal(ClusteredAuroc.Interval(images, 0.9), Of("pixel", "metrics.auroc", "clustered"));
        foreach (var key in (string[])["aupro", "average_precision", "metrics.aupimo@0.05:0.5", "metrics.aupr-in"])
        {
            var ends = Valid.Of(drawn.Single(number => (number.Level, number.Key) == ("pixel", key)).Bca(0.9));
            Assert.Equal(new Interval(ends.Lower, ends.Upper), Valid.Of(Of("pixel", key, "bootstrap-bca")));
        }
        Assert.True(Of("image", "metrics.aupimo@0.05:0.5", "bootstrap-bca").IsFail);

        Fin<Interval> Of(string level, string key, string method) =>
            found.Single(one => (one.Level, one.Key, one.Method) == (level, key, method)).Interval;
    }

    [Fact, Trait("Category", "Slow")]
    public void Rows_have_those_of_rows()
    {
        var rows = Valid.Ranks([1, 2, 3, 4, 5, 3.5, 7, 2.5], [false, false, true, true, false, true, true, false]);
        var found = rows.Intervals(replicates: 100);
        Assert.Equal(DeLong.Interval(rows), found.Single(one => one.Key == "auroc").Interval);
        var ends = Valid.Of(ReplicateTable.Of(rows).Draw(new(), 100).Single(number => number.Key == "aupr").Bca());
        Assert.Equal(new Interval(ends.Lower, ends.Upper), Valid.Of(found.Single(one => one.Key == "aupr").Interval));
        Assert.All(rows.Intervals(level: 1, replicates: 100), one => Assert.True(one.Interval.IsFail));
    }
}
