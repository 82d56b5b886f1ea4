using System.Collections.Immutable;
using System.Globalization;
using FunctionalMetrics.Core;
using Plotly.NET;
using Plotly.NET.CSharp;
using Plotly.NET.LayoutObjects;
using static Plotly.NET.StyleParam;

namespace FunctionalMetrics;

/// <summary>The per-image overlap curves of all images, thin, with their mean on top, over the logarithm of the shared false positive rate.</summary>
internal static class PimoChart
{
    /// <summary>How many columns the mean is drawn in, and at most the line of an image.</summary>
    private const int Columns = 400;

    /// <summary>How many columns all lines of images have together, so that hundreds of images make no page of many megabytes.</summary>
    private const int AllColumns = 40_000;

    public static GenericChart Of(Core.AupimoResult result)
    {
        List<PimoLine> lines = [.. result.Images.Select(image => new PimoLine(image))];
        var chart = ChartStyle.Compose(
            Shared(lines[0].Logs[0]),
            ChartStyle.Rates(Found),
            [.. lines.Select((line, place) => Image(line, place, lines.Count)), Mean(result, lines)]
        );
        chart.GetLayout().SetProperty("shapes", (object[])[Between(result.Lo, result.Hi)]);
        return chart;
    }

    private const string Rate = "shared false positive rate";
    private const string Found = "per-image overlap";

    private static GenericChart Image(PimoLine line, int place, int all)
    {
        var kept = Thinning.Indices(line.Logs.AsSpan(), line.Y.AsSpan(), Math.Min(Columns, AllColumns / all + 1));
        var chart = ChartStyle.Line(
            kept.Select(i => line.X[i]),
            kept.Select(i => line.Y[i]),
            $"each image ({Readable.Count(all)})",
            ChartStyle.Normal,
            1,
            DrawingStyle.Solid
        );
        var trace = chart.GetTraces()[0];
        trace.SetProperty("opacity", 0.4);
        trace.SetProperty("legendgroup", "images");
        trace.SetProperty("showlegend", place == 0);
        var name = ChartStyle.Shown(line.Curve.Name.IfNone("an image without a name"));
        return chart.Hover($"{name}, AUPIMO {Readable.Rate(line.Curve.Area)}<br>{Rate} %{{x:.4~g}}<br>{Found} %{{y:.4f}}");
    }

    /// <summary>The mean at rates that are evenly spread on the axis.</summary>
    private static GenericChart Mean(Core.AupimoResult result, List<PimoLine> lines)
    {
        var rates = Histogram.Even(lines[0].Logs[0], 0, Columns);
        var sums = new double[rates.Length];
        foreach (var line in lines)
            for (var (i, at) = (0, 0); i < rates.Length; i++)
                sums[i] += line.At(rates[i], ref at);
        var mean = ChartStyle.Line(
            rates.Select(rate => Math.Pow(10, rate)),
            sums.Select(sum => sum / lines.Count),
            $"mean, AUPIMO {Readable.Rate(result.Mean)}",
            ChartStyle.Anomalous,
            ChartStyle.Bold,
            DrawingStyle.Solid
        );
        return mean.Hover($"mean<br>{Rate} %{{x:.4~g}}<br>{Found} %{{y:.4f}}");
    }

    private static LinearAxis Shared(double least)
    {
        var axis = ChartStyle.Axis(Rate);
        axis.SetProperty("type", "log");
        axis.SetProperty("dtick", 1);
        axis.SetProperty("exponentformat", "power");
        axis.SetProperty("range", (double[])[least * 1.015, -least * 0.015]);
        return axis;
    }

    /// <summary>The rates that the area is taken between.</summary>
    private static object Between(double lo, double hi) =>
        new
        {
            type = "rect",
            xref = "x",
            yref = "paper",
            x0 = lo,
            x1 = hi,
            y0 = 0,
            y1 = 1,
            name = $"AUPIMO from {Written(lo)} to {Written(hi)}",
            showlegend = true,
            layer = "below",
            fillcolor = ChartStyle.Mark,
            opacity = 0.2,
            line = new { width = 0 },
        };

    /// <summary>A rate as its users write it: 0.001, and 1e-5.</summary>
    private static string Written(double rate) => rate.ToString(rate < 0.001 ? "0.######e-0" : "R", CultureInfo.InvariantCulture);

    /// <summary>The points of a curve that a log axis can show: those of rates above 0, the same for all images from the first on.</summary>
    private sealed class PimoLine
    {
        public PimoLine(Core.PimoCurve curve)
        {
            var outline = curve.Outline;
            var from = outline.X.TakeWhile(x => x == 0).Count();
            (Curve, X, Y) = (curve, outline.X[from..], outline.Y[from..]);
            Logs = [.. X.Select(Math.Log10)];
        }

        public Core.PimoCurve Curve { get; }

        public ImmutableArray<double> X { get; }

        public ImmutableArray<double> Y { get; }

        public ImmutableArray<double> Logs { get; }

        /// <summary>y at a place on the axis, looked for from a point on that lies before it.</summary>
        public double At(double log, ref int at)
        {
            while (at + 1 < Logs.Length && Logs[at + 1] <= log)
                at++;
            return at + 1 == Logs.Length ? Y[at] : Y[at] + (Y[at + 1] - Y[at]) * ((log - Logs[at]) / (Logs[at + 1] - Logs[at]));
        }
    }
}
