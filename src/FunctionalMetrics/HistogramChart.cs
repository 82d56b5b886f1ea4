using FunctionalMetrics.Core;
using LanguageExt;
using Plotly.NET;
using Plotly.NET.CSharp;
using Plotly.NET.LayoutObjects;
using Chart = Plotly.NET.CSharp.Chart;

namespace FunctionalMetrics;

/// <summary>Two histograms over each other, each in shares of its class.</summary>
internal static class HistogramChart
{
    /// <summary>From how many times higher a class's highest bar is than the other's the axis is a log one.</summary>
    private const double Dwarfed = 10;

    public static GenericChart Of(Histogram histogram, RankState state, Option<double> threshold)
    {
        GenericChart[] bars =
        [
            Bars(histogram, histogram.Normal, state.Negatives, "normal", ChartStyle.Normal, 0.65),
            Bars(histogram, histogram.Anomalous, state.Positives, "anomalous", ChartStyle.Anomalous, 0.6),
        ];
        var chart = ChartStyle.Compose(ChartStyle.Axis("score"), Shares(histogram, state), bars);
        var layout = chart.GetLayout();
        layout.SetProperty("barmode", "overlay");
        layout.SetProperty("bargap", 0);
        layout.SetProperty("shapes", threshold.Map(at => ChartStyle.Upright(at, $"threshold {Readable.Score(at)}")).ToArray());
        return chart;
    }

    private static GenericChart Bars(Histogram histogram, long[] counts, long all, string name, string color, double opacity)
    {
        var bars = Chart.Column<double, double, string>(
            counts.Select(count => Share(count, all)),
            Keys: new(Middles(histogram.Edges), true),
            Name: $"{name} ({Readable.Count(all)})",
            ShowLegend: true,
            Opacity: opacity,
            MarkerColor: Color.fromHex(color),
            UseDefaults: false
        );
        var trace = bars.GetTraces()[0];
        trace.SetProperty("width", histogram.Edges[1] - histogram.Edges[0]);
        trace.SetProperty("text", counts.Select((count, i) => Described(histogram, i, count, all, name)).ToArray());
        trace.SetProperty("textposition", "none");
        trace.SetProperty("hovertemplate", "%{text}<extra></extra>");
        return bars;
    }

    private static LinearAxis Shares(Histogram histogram, RankState state)
    {
        var axis = ChartStyle.Axis("share of its class");
        var shares = histogram
            .Normal.Select(count => Share(count, state.Negatives))
            .Concat(histogram.Anomalous.Select(count => Share(count, state.Positives)))
            .Where(share => share > 0)
            .ToArray();
        var (normal, anomalous) = (Share(histogram.Normal.Max(), state.Negatives), Share(histogram.Anomalous.Max(), state.Positives));
        axis.SetProperty("tickformat", "~%");
        if (normal > 0 && anomalous > 0 && Math.Max(normal, anomalous) > Dwarfed * Math.Min(normal, anomalous))
        {
            axis.SetProperty("type", "log");
            axis.SetProperty("dtick", 1);
            axis.SetProperty("range", (double[])[Math.Log10(shares.Min() / 2), Math.Log10(Math.Min(1, 2 * shares.Max()))]);
        }
        else
            axis.SetProperty("rangemode", "tozero");
        return axis;
    }

    private static double Share(long count, long all) => all == 0 ? 0 : (double)count / all;

    private static IEnumerable<double> Middles(double[] edges) => edges.Zip(edges.Skip(1), (from, to) => from / 2 + to / 2);

    private static string Described(Histogram histogram, int bin, long count, long all, string name) =>
        $"{name}: {Readable.Count(count)} of {Readable.Count(all)}<br>"
        + $"scores {Readable.Score(histogram.Edges[bin])} to {Readable.Score(histogram.Edges[bin + 1])}";
}
