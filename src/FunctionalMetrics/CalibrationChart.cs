using FunctionalMetrics.Core;
using LanguageExt;
using Plotly.NET;
using Plotly.NET.CSharp;
using static Plotly.NET.StyleParam;

namespace FunctionalMetrics;

/// <summary>What each threshold would cost, and what the chosen one does.</summary>
internal static class CalibrationChart
{
    private sealed record RateLine(string Name, Func<Core.ConfusionMatrix, Fin<double>> Of, string Color, DrawingStyle Dash);

    private static readonly RateLine[] Rates =
    [
        new("precision", counts => counts.Precision, ChartStyle.Normal, DrawingStyle.Solid),
        new("recall", counts => counts.Recall, ChartStyle.Anomalous, DrawingStyle.Solid),
        new("F1", counts => counts.F1, ChartStyle.Third, DrawingStyle.Solid),
        new("false positive rate", counts => counts.FalsePositiveRate, ChartStyle.Faint, DrawingStyle.DashDot),
    ];

    public static GenericChart Of(RankState state, double threshold, bool negated)
    {
        var thresholds = Thresholds(state);
        var counts = state.At(thresholds);
        double[] shown = negated ? [.. thresholds.Select(ranked => 0 - ranked)] : thresholds;
        var chosen = state.At(negated ? 0 - threshold : threshold);
        var lines = Rates.Select(rate => Line(rate, shown, counts, rate.Of(chosen)));
        var points = Rates.SelectMany(rate => rate.Of(chosen).Map(value => Point(rate, threshold, value)).ToSeq());
        var chart = ChartStyle.Compose(ChartStyle.Axis("threshold"), ChartStyle.Rates("rate"), [.. lines, .. points]);
        chart.GetLayout().SetProperty("shapes", (object[])[ChartStyle.Upright(threshold, $"at threshold {Readable.Score(threshold)}")]);
        return chart;
    }

    /// <summary>
    /// Each distinct anomalous score, where recall steps, and the next number above it, and above the highest score of all; and one threshold
    /// for each pixel between, so that no rate turns back between two of them.
    /// </summary>
    private static double[] Thresholds(RankState state)
    {
        var curve = AdaptiveThreshold.Metric.Compute(state).OrThrow().Curve;
        var steps = curve.Outline([]).X.Concat(curve.Range.Map(range => range.Max));
        return
        [
            .. curve.Outline(Charts.Everywhere(curve)).X.Concat(steps.Select(Math.BitIncrement)).Where(double.IsFinite).Distinct().Order(),
        ];
    }

    private static GenericChart Line(RateLine rate, double[] thresholds, Core.ConfusionMatrix[] counts, Fin<double> chosen)
    {
        var defined = thresholds
            .Zip(counts, (threshold, at) => (Threshold: threshold, Rate: rate.Of(at)))
            .Where(at => at.Rate.IsSucc)
            .Select(at => (at.Threshold, Rate: at.Rate.IfFail(0)))
            .ToList();
        var points = new CurvePoints([.. defined.Select(at => at.Threshold)], [.. defined.Select(at => at.Rate)], []).Thin();
        var name = chosen.Match(value => $"{rate.Name} {Readable.Rate(value)}", _ => $"{rate.Name} undefined");
        return ChartStyle.Line(points.X, points.Y, name, rate.Color, ChartStyle.Bold, rate.Dash).Hover(Under(rate));
    }

    private static GenericChart Point(RateLine rate, double threshold, double value)
    {
        var point = ChartStyle.Point(threshold, value, rate.Name, rate.Color).Hover(Under(rate));
        point.GetTraces()[0].SetProperty("showlegend", false);
        return point;
    }

    private static string Under(RateLine rate) => $"threshold %{{x:.6~g}}<br>{rate.Name} %{{y:.4f}}";
}
