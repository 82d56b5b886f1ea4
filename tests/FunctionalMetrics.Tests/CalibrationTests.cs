using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using FunctionalMetrics.Core;
using LanguageExt;
using Newtonsoft.Json.Linq;
using Plotly.NET;

namespace FunctionalMetrics.Tests;

/// <summary>Scores in steps, so that there are ties within and between the classes.</summary>
public sealed record Rows(double[] Normal, double[] Anomalous)
{
    public RankState State =>
        RankState.Of(Samples.Batch([.. Normal, .. Anomalous], [.. Normal.Select(_ => false), .. Anomalous.Select(_ => true)]));

    public override string ToString() => $"normal [{string.Join(", ", Normal)}], anomalous [{string.Join(", ", Anomalous)}]";
}

public static class SomeRows
{
    public static Arbitrary<Rows> Arbitrary() =>
        (
            from normal in Scores().ArrayOf().Where(scores => scores.Length > 0)
            from anomalous in Scores().ArrayOf().Where(scores => scores.Length > 0)
            select new Rows(normal, anomalous)
        ).ToArbitrary();

    private static Gen<double> Scores() => Gen.OneOf(Gen.Choose(-5, 5).Select(x => x / 2.0), Gen.Choose(0, 100_000).Select(x => x / 7e4));
}

[Properties(Arbitrary = [typeof(SomeRows)], MaxTest = 100, QuietOnSuccess = true)]
public sealed class CalibrationTests
{
    private static readonly (string Name, Func<Core.ConfusionMatrix, Fin<double>> Of)[] Rates =
    [
        ("precision", counts => counts.Precision),
        ("recall", counts => counts.Recall),
        ("F1", counts => counts.F1),
        ("false positive rate", counts => counts.FalsePositiveRate),
    ];

    [Property, Trait("Category", "Slow")]
    public void Every_rate_lies_within_one_pixel_of_its_line(Rows rows, bool negated)
    {
        var state = rows.State;
        var lines = Lines(state, 0.5, negated);
        var low = rows.Normal.Concat(rows.Anomalous).Min();
        var pixel = (rows.Normal.Concat(rows.Anomalous).Max() - low) / Thinning.DefaultColumns;
        foreach (
            var threshold in rows.Normal.Concat(rows.Anomalous).SelectMany(score => (double[])[score, score - pixel / 3, score + pixel / 3])
        )
        foreach (var (name, of) in Rates)
            if (threshold >= low && of(state.At(threshold)) is { IsSucc: true } rate)
                Assert.True(Near(lines[name], negated ? 0 - threshold : threshold, rate.IfFail(0), pixel), $"{name} at {threshold}");
    }

    [Property, Trait("Category", "Slow")]
    public void The_legend_gives_the_rates_at_the_threshold(Rows rows)
    {
        var figure = Figure(Charts.Calibration(rows.State, 0.5));
        var counts = rows.State.At(0.5);
        Assert.Equal(
            Rates.Select(rate => rate.Of(counts).Match(value => $"{rate.Name} {Readable.Rate(value)}", _ => $"{rate.Name} undefined")),
            figure["data"]!.Where(trace => trace["showlegend"]!.Value<bool>()).Select(trace => trace["name"]!.Value<string>()!)
        );
        Assert.Equal("at threshold 0.5", figure["layout"]!["shapes"]![0]!["name"]);
    }

    [Fact]
    public void Rows_of_one_class_have_the_rates_that_are_defined() => Assert.Empty(Lines(Samples.Ranks(5, 0), 1, false)["recall"].X);

    [Fact]
    public void A_state_of_no_rows_gives_empty_lines() => Assert.All(Lines(RankState.Empty, 1, false).Values, line => Assert.Empty(line.X));

    [Fact, Trait("Category", "Slow")]
    public void A_million_anomalous_scores_stay_drawable() =>
        Assert.All(
            Lines(Samples.Ranks(1_000_000, 1_000_000), 3, false).Values,
            line => Assert.InRange(line.X.Length, 1, 4 * Thinning.DefaultColumns)
        );

    /// <summary>Whether the line passes the height within a pixel to the left or to the right.</summary>
    private static bool Near(Polyline line, double x, double y, double pixel)
    {
        var near = Enumerable
            .Range(0, line.X.Length)
            .Where(i =>
                Math.Min(line.X[i], line.X[Math.Min(i + 1, line.X.Length - 1)]) <= x + 1.01 * pixel
                && Math.Max(line.X[i], line.X[Math.Min(i + 1, line.X.Length - 1)]) >= x - 1.01 * pixel
            )
            .SelectMany(i => (double[])[line.Y[i], line.Y[Math.Min(i + 1, line.X.Length - 1)]])
            .ToList();
        return near.Count > 0 && near.Min() <= y && y <= near.Max();
    }

    private static Dictionary<string, Polyline> Lines(RankState state, double threshold, bool negated) =>
        Figure(Charts.Calibration(state, threshold, negated))["data"]!
            .Where(trace => trace["mode"]!.Value<string>() == "lines")
            .ToDictionary(
                trace => Rates.First(rate => trace["name"]!.Value<string>()!.StartsWith(rate.Name, StringComparison.Ordinal)).Name,
                trace => new Polyline([.. trace["x"]!.Values<double>()], [.. trace["y"]!.Values<double>()])
            );

    private static JObject Figure(GenericChart chart) => JObject.Parse(GenericChart.toFigureJson(chart));
}
