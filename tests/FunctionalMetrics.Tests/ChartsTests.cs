using FunctionalMetrics.Core;
using Newtonsoft.Json.Linq;
using Plotly.NET;

namespace FunctionalMetrics.Tests;

public sealed class ChartsTests
{
    private static readonly RankState Ranks = Samples.Ranks(400, 40);

    [Fact]
    public void The_ROC_chart_shows_its_area_and_the_diagonal()
    {
        var roc = Samples.Value(Auroc.Metric.Compute(Ranks));
        var figure = Figure(Charts.Roc(roc));
        Assert.Equal([$"ROC, area {Readable.Rate(roc.Area)}", "chance"], Names(figure));
        Assert.Equal(((0.0, 1.0), (0.0, 1.0)), (Ends(figure, 1, "x"), Ends(figure, 1, "y")));
        Assert.Equal(("false positive rate", "true positive rate"), Titles(figure));
        Assert.Equal(((0.0, 1.0), (0.0, 1.0)), (Ends(figure, 0, "x"), Ends(figure, 0, "y")));
    }

    [Fact]
    public void The_precision_recall_chart_has_chance_at_the_share_of_anomalous_rows()
    {
        var curve = Samples.Value(Aupr.Metric.Compute(Ranks));
        var figure = Figure(Charts.PrecisionRecall(curve));
        Assert.Equal([$"precision-recall, area {Readable.Rate(curve.Area)}", "chance"], Names(figure));
        Assert.Equal((40 / 440.0, 40 / 440.0), Ends(figure, 1, "y"));
        Assert.Equal(("recall", "precision"), Titles(figure));
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.05)]
    [InlineData(1)]
    public void The_PRO_chart_ends_at_its_limit(double limit)
    {
        var pro = Samples.Value(Aupro.UpTo(limit).Compute(RegionState.Of(Samples.Maps(regions: true))));
        var figure = Figure(Charts.Pro(pro));
        Assert.Equal([FormattableString.Invariant($"PRO up to FPR {limit}, area {Readable.Rate(pro.Area)}"), "chance"], Names(figure));
        Assert.Equal((0, limit), Ends(figure, 0, "x"));
        Assert.Equal(((0, limit), (0, limit)), (Ends(figure, 1, "x"), Ends(figure, 1, "y")));
        Assert.InRange(figure["layout"]!["xaxis"]!["range"]![1]!.Value<double>(), limit, 1.02 * limit);
    }

    [Fact]
    public void The_PIMO_chart_has_a_line_for_each_image_on_a_log_axis_and_their_mean_on_top()
    {
        var random = new Random(21);
        var state = Enumerable
            .Range(0, 4)
            .Select(Image)
            .Aggregate(ImageState.Empty, (all, batch) => ImageState.Merge(all, ImageState.Of(batch)));
        var result = Samples.Value(Aupimo.Between(0.002, 0.2).Compute(state));
        var figure = Figure(Charts.Pimo(result));
        Assert.Equal([.. Enumerable.Repeat("each image (3)", 3), $"mean, AUPIMO {Readable.Rate(result.Mean)}"], Names(figure));
        Assert.Equal(["true", "false", "false", "true"], figure["data"]!.Select(line => line["showlegend"]!.ToString().ToLowerInvariant()));
        Assert.Equal("log", figure["layout"]!["xaxis"]!["type"]);
        Assert.Equal(("shared false positive rate", "per-image overlap"), Titles(figure));
        var marked = figure["layout"]!["shapes"]![0]!;
        Assert.Equal((0.002, 0.2), (marked["x0"]!.Value<double>(), marked["x1"]!.Value<double>()));
        Assert.All(
            result.Images.Zip(figure["data"]!),
            pair =>
                Assert.Contains(
                    $"&lt;{pair.Item1.Name.IfNone("").Trim('<', '>')}&gt;, AUPIMO {Readable.Rate(pair.Item1.Area)}<br>",
                    (string?)pair.Item2["hovertemplate"]
                )
        );
        // From the smallest rate above 0, which is 1 of 500 normal pixels, up to 1.
        Assert.All(Enumerable.Range(0, 4), line => Assert.Equal((0.002, 1), Rounded(Ends(figure, line, "x"))));
        Assert.All(Enumerable.Range(0, 4), line => Assert.Equal(1, Ends(figure, line, "y").Last));
        // The mean of the areas is the area of the mean.
        var (x, y) = (Values(3, "x"), Values(3, "y"));
        var sum = 0.0;
        for (var i = 1; i < x.Length; i++)
            if (x[i] <= 0.2)
                sum += Math.Log(x[i] / x[i - 1]) * (y[i] + y[i - 1]) / 2;
        Assert.Equal(result.Mean, sum / Math.Log(100), 0.01);

        MapBatch Image(int which)
        {
            var maps = Enumerable.Range(0, 500).Select(i => random.NextSingle() + (which > 0 && i < 60 ? which / 4f : 0)).ToArray();
            var masks = Enumerable.Range(0, 500).Select(i => which > 0 && i < 60).ToArray();
            return Samples.Value(Samples.Value(MapBatch.Create(maps, masks, new MapShape(1, 20, 25))).WithImages([new($"<{which}>")]));
        }

        double[] Values(int line, string axis) => [.. figure["data"]![line]![axis]!.Values<double>()];

        (double, double) Rounded((double First, double Last) ends) => (Math.Round(ends.First, 9), Math.Round(ends.Last, 9));
    }

    [Fact]
    public void The_F1_chart_marks_the_largest_and_passes_through_it()
    {
        var best = Samples.Value(OptimalF1.Metric.Compute(Ranks));
        var figure = Figure(Charts.F1(best));
        Assert.Equal(["F1", $"largest F1 {Readable.Rate(best.F1)} at threshold {Readable.Score(best.Threshold)}"], Names(figure));
        Assert.Equal(best.F1, figure["data"]![0]!["y"]!.Values<double>().Max());
        Assert.Equal((best.Threshold, best.F1), (Ends(figure, 1, "x").First, Ends(figure, 1, "y").First));
    }

    [Fact]
    public void The_drawn_F1_is_that_of_the_counts()
    {
        var figure = Figure(Charts.F1(Samples.Value(AdaptiveThreshold.Metric.Compute(Ranks))));
        var (thresholds, f1) = (figure["data"]![0]!["x"]!.Values<double>().ToArray(), figure["data"]![0]!["y"]!.Values<double>().ToArray());
        for (var i = 1; i + 1 < thresholds.Length; i++)
            if (thresholds[i - 1] < thresholds[i] && thresholds[i] < thresholds[i + 1])
                Assert.Equal(Samples.Value(Ranks.At(thresholds[i]).F1), f1[i]);
    }

    [Fact]
    public void A_default_threshold_is_called_so()
    {
        var figure = Figure(Charts.F1(Samples.Value(AdaptiveThreshold.Metric.Compute(Samples.Ranks(5, 0)))));
        Assert.Equal(["F1", "default threshold 0.5"], Names(figure));
    }

    [Fact]
    public void Each_class_of_the_histogram_sums_to_one_and_the_threshold_is_marked()
    {
        var figure = Figure(Charts.ScoreHistogram(Ranks, 3.25));
        Assert.Equal(["normal (400)", "anomalous (40)"], Names(figure));
        Assert.All(figure["data"]!, bars => Assert.Equal(1, bars["y"]!.Values<double>().Sum(), 1e-12));
        Assert.Equal("threshold 3.25", figure["layout"]!["shapes"]![0]!["name"]);
        Assert.Null(figure["layout"]!["yaxis"]!["type"]);
    }

    [Fact]
    public void A_class_that_the_other_would_dwarf_is_seen_on_a_log_axis()
    {
        double[] scores = [.. Enumerable.Repeat(0.0, 1000), .. Enumerable.Range(0, 1000).Select(i => i / 1000.0)];
        var state = RankState.Of(Samples.Batch(scores, [.. Enumerable.Repeat(false, 1000), .. Enumerable.Repeat(true, 1000)]));
        Assert.Equal("log", Figure(Charts.ScoreHistogram(state))["layout"]!["yaxis"]!["type"]);
    }

    [Fact]
    public void One_row_of_each_class_gives_every_chart() => AssertDrawn(Samples.Ranks(1, 1));

    [Theory]
    [InlineData(0)]
    [InlineData(7.5)]
    [InlineData(-1e300)]
    public void Constant_scores_give_every_chart(double score) => AssertDrawn(Samples.Constant(score));

    [Fact, Trait("Category", "Slow")]
    public void A_million_anomalous_scores_stay_drawable() => AssertDrawn(Samples.Ranks(1_000_000, 1_000_000));

    [Fact]
    public void A_state_of_no_rows_draws_empty_charts()
    {
        Assert.Equal(["normal (0)", "anomalous (0)"], Names(Figure(Charts.ScoreHistogram(RankState.Empty))));
        Assert.Equal(2, Names(Figure(Charts.F1(Samples.Value(AdaptiveThreshold.Metric.Compute(RankState.Empty))))).Length);
    }

    private static void AssertDrawn(RankState state)
    {
        foreach (
            var chart in (GenericChart[])
                [
                    Charts.Roc(Samples.Value(Auroc.Metric.Compute(state))),
                    Charts.PrecisionRecall(Samples.Value(Aupr.Metric.Compute(state))),
                    Charts.F1(Samples.Value(AdaptiveThreshold.Metric.Compute(state))),
                    Charts.ScoreHistogram(state, 1),
                ]
        )
            Assert.All(
                Figure(chart)["data"]!,
                trace =>
                {
                    Assert.InRange(trace["x"]!.Count(), 1, 4 * Thinning.DefaultColumns);
                    Assert.All(trace["x"]!.Concat(trace["y"]!), number => Assert.True(double.IsFinite(number.Value<double>())));
                }
            );
    }

    private static JObject Figure(GenericChart chart) => JObject.Parse(GenericChart.toFigureJson(chart));

    private static string[] Names(JObject figure) => [.. figure["data"]!.Select(trace => trace["name"]!.Value<string>()!)];

    private static (string?, string?) Titles(JObject figure) =>
        (figure["layout"]!["xaxis"]!["title"]!["text"]!.Value<string>(), figure["layout"]!["yaxis"]!["title"]!["text"]!.Value<string>());

    private static (double First, double Last) Ends(JObject figure, int trace, string axis)
    {
        var values = figure["data"]![trace]![axis]!.Values<double>().ToArray();
        return (values[0], values[^1]);
    }
}
