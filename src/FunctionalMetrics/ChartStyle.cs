using FunctionalMetrics.Core;
using Plotly.NET;
using Plotly.NET.CSharp;
using Plotly.NET.LayoutObjects;
using Plotly.NET.TraceObjects;
using static Plotly.NET.StyleParam;
using Chart = Plotly.NET.CSharp.Chart;

namespace FunctionalMetrics;

/// <summary>
/// The look that all charts share: blue against orange, after Okabe and Ito, which the colour-blind tell apart; grey text on no background, so that a chart
/// reads on a light page and on a dark one; the legend below, the axes with titles and room for them.
/// </summary>
internal static class ChartStyle
{
    public const string Normal = "#2084C6";
    public const string Anomalous = "#D55E00";
    public const string Mark = "#CC79A7";
    public const double Bold = 2.2;
    public const string Ink = "#7a7a7a";
    public const string Faint = "#8c8c8c";
    public const string Third = "#009E73";
    private const string Rule = "rgba(128, 128, 128, 0.25)";

    /// <summary>Colours of lines that stand side by side, in their order; all are told apart on white and on black.</summary>
    private static readonly string[] Colors = [Normal, Anomalous, Third, Mark, "#B58900", "#56B4E9"];

    /// <summary>Strokes of lines that stand side by side, by which they are told apart in print; as many as have no divisor in common with the colours.</summary>
    private static readonly DrawingStyle[] Strokes =
    [
        DrawingStyle.Solid,
        DrawingStyle.LongDash,
        DrawingStyle.Dot,
        DrawingStyle.DashDot,
        DrawingStyle.LongDashDot,
    ];

    /// <summary>However many curves share a chart, each is drawn at so many places at least.</summary>
    private const int FewestColumns = 160;

    /// <summary>Room around [0, 1], so that a line along its edge is drawn whole.</summary>
    private const double Room = 0.015;

    /// <summary>The traces in one chart with two axes.</summary>
    public static GenericChart Compose(LinearAxis x, LinearAxis y, params GenericChart[] traces)
    {
        var chart = Chart.Combine(traces);
        var (layout, config) = (chart.GetLayout(), GenericChart.getConfig(chart));
        layout.SetProperty("xaxis", x);
        layout.SetProperty("yaxis", y);
        layout.SetProperty("autosize", true);
        layout.SetProperty("font", new { color = Ink, size = 13 });
        layout.SetProperty("paper_bgcolor", "rgba(0, 0, 0, 0)");
        layout.SetProperty("plot_bgcolor", "rgba(0, 0, 0, 0)");
        layout.SetProperty("hovermode", "closest");
        layout.SetProperty(
            "margin",
            new
            {
                l = 56,
                r = 16,
                t = 28,
                b = 48,
            }
        );
        layout.SetProperty("legend", Below());
        layout.SetProperty(
            "modebar",
            new
            {
                bgcolor = "rgba(0, 0, 0, 0)",
                color = Ink,
                activecolor = Normal,
            }
        );
        config.SetProperty("responsive", true);
        config.SetProperty("displaylogo", false);
        config.SetProperty("modeBarButtonsToRemove", (string[])["select2d", "lasso2d"]);
        return chart;
    }

    /// <summary>An axis of rates from 0 to a limit.</summary>
    public static LinearAxis Rates(string title, double limit = 1)
    {
        var axis = Axis(title);
        axis.SetProperty("range", (double[])[-Room * limit, (1 + Room) * limit]);
        axis.SetProperty("dtick", limit == 1 ? 0.2 : null);
        return axis;
    }

    /// <summary>An axis as long as the data need.</summary>
    public static LinearAxis Axis(string title)
    {
        var axis = new LinearAxis();
        axis.SetProperty("title", new { text = title, standoff = 8 });
        axis.SetProperty("gridcolor", Rule);
        axis.SetProperty("zeroline", false);
        axis.SetProperty("linecolor", Ink);
        axis.SetProperty("showline", true);
        axis.SetProperty("ticks", "outside");
        axis.SetProperty("tickcolor", Rule);
        axis.SetProperty("automargin", true);
        return axis;
    }

    /// <summary>A curve, thinned, with its thresholds to be read off under the pointer.</summary>
    /// <param name="points">The curve.</param>
    /// <param name="name">Its name in the legend.</param>
    /// <param name="x">What x is.</param>
    /// <param name="y">What y is.</param>
    /// <param name="place">Its place among the curves of the chart, which gives it its colour and its stroke.</param>
    /// <param name="all">How many curves there are: many are thinned to fewer points each, so that the page stays small.</param>
    /// <param name="negated">Whether the scores were negated, low ones being anomalous; thresholds are then told as they were.</param>
    public static GenericChart Curve(CurvePoints points, string name, string x, string y, int place = 0, int all = 1, bool negated = false)
    {
        var thin = points.Thin(all == 1 ? Thinning.DefaultColumns : Math.Max(Thinning.DefaultColumns / all, FewestColumns));
        var line = Line(thin.X, thin.Y, name, Colors[place % Colors.Length], Bold, Strokes[place % Strokes.Length]);
        line.GetTraces()[0].SetProperty("text", thin.Thresholds.Select(threshold => Described(threshold, negated)).ToArray());
        return line.Hover($"{x} %{{x:.4f}}<br>{y} %{{y:.4f}}<br>%{{text}}");
    }

    /// <summary>The chart, of one trace, with what stands under the pointer.</summary>
    public static GenericChart Hover(this GenericChart chart, string template)
    {
        chart.GetTraces()[0].SetProperty("hovertemplate", $"{template}<extra></extra>");
        return chart;
    }

    /// <summary>What a detector that knows nothing would draw, from one point to another.</summary>
    public static GenericChart Chance((double X, double Y) from, (double X, double Y) to, string name = "chance")
    {
        var line = Line([from.X, to.X], [from.Y, to.Y], name, Faint, 1.5, DrawingStyle.Dash);
        return line.Hover("chance %{y:.4f}");
    }

    /// <summary>What a curve lies within, at each place by itself: an area without an edge.</summary>
    public static GenericChart Band(CurveBand band)
    {
        var back = band.Points.Reverse();
        var area = Line(
            [.. band.Points.Select(point => point.X), .. back.Select(point => point.X)],
            [.. band.Points.Select(point => point.Height.Upper), .. back.Select(point => point.Height.Lower)],
            FormattableString.Invariant($"{band.Confidence * 100:0.##}% interval at each point"),
            Normal,
            0,
            DrawingStyle.Solid
        );
        var trace = area.GetTraces()[0];
        trace.SetProperty("fill", "toself");
        trace.SetProperty("fillcolor", "rgba(32, 132, 198, 0.2)");
        trace.SetProperty("hoverinfo", "skip");
        return area;
    }

    /// <summary>A line over the whole height of the chart, with its place in the legend.</summary>
    public static object Upright(double x, string name, double bottom = 0) =>
        new
        {
            type = "line",
            xref = "x",
            yref = "paper",
            x0 = x,
            x1 = x,
            y0 = bottom,
            y1 = 1,
            name,
            showlegend = true,
            line = new
            {
                color = Mark,
                width = 2,
                dash = "dot",
            },
        };

    public static GenericChart Line(
        IEnumerable<double> xs,
        IEnumerable<double> ys,
        string name,
        string color,
        double width,
        DrawingStyle dash
    ) =>
        Chart.Line<double, double, string>(
            xs,
            ys,
            Name: name,
            ShowLegend: true,
            LineColor: Color.fromHex(color),
            LineWidth: width,
            LineDash: dash,
            UseDefaults: false
        );

    /// <summary>One point to notice.</summary>
    public static GenericChart Point(double x, double y, string name, string color = Anomalous)
    {
        var marker = new Marker();
        marker.SetProperty("color", color);
        marker.SetProperty("symbol", "diamond");
        marker.SetProperty("size", 11);
        return Chart.Point<double, double, string>([x], [y], Name: name, ShowLegend: true, Marker: marker, UseDefaults: false);
    }

    /// <summary>A text as plotly shows it: it takes tags in texts for markup.</summary>
    public static string Shown(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);

    private static Legend Below()
    {
        var legend = new Legend();
        legend.SetProperty("orientation", "h");
        legend.SetProperty("xref", "paper");
        legend.SetProperty("x", 0);
        legend.SetProperty("yref", "container");
        legend.SetProperty("y", 0);
        legend.SetProperty("yanchor", "bottom");
        return legend;
    }

    private static string Described(double threshold, bool negated) =>
        double.IsPositiveInfinity(threshold) ? $"threshold {(negated ? "below" : "above")} every score"
        : double.IsNegativeInfinity(threshold) ? $"threshold at the {(negated ? "highest" : "lowest")} score"
        : $"threshold ≈ {Readable.Score(negated ? 0 - threshold : threshold)}";
}
