using FunctionalMetrics.Core;
using Plotly.NET;
using Plotly.NET.CSharp;
using Plotly.NET.LayoutObjects;
using static Plotly.NET.StyleParam;

namespace FunctionalMetrics;

/// <summary>
/// Moments of ln(score): of image scores as the normal distribution that they describe, of maps as pictures of H x W values. Where both were
/// seen, the distribution stands above the pictures.
/// </summary>
internal static class LogMomentChart
{
    /// <summary>A picture has no more rows and columns than this; pixels of larger maps are shown in square blocks, by their mean.</summary>
    private const int Side = 256;

    /// <summary>How many standard deviations to each side of the mean are drawn.</summary>
    private const double Reach = 4;

    /// <summary>The width of a picture, as a share of the chart's.</summary>
    private const double Width = 0.45;

    public static GenericChart Of(Core.AnomalyScoreDistributionResult result)
    {
        var (above, below) = result.Scores.IsSome && result.Maps.IsSome ? (0.66, 0.46) : (0, 1);
        var x = ChartStyle.Axis("ln(score)");
        var y = ChartStyle.Axis("density");
        x.SetProperty("anchor", "y");
        y.SetProperty("domain", (double[])[above, 1]);
        y.SetProperty("rangemode", "tozero");
        var chart = ChartStyle.Compose(
            x,
            y,
            [
                .. result.Scores.ToSeq().Map(Distribution),
                .. result.Maps.ToSeq().SelectMany(maps => Pictures(maps).Select((picture, place) => Picture(maps, picture, place))),
            ]
        );
        var layout = chart.GetLayout();
        foreach (var moments in result.Scores)
            layout.SetProperty("shapes", (object[])[ChartStyle.Upright(moments.Mean, $"mean {Readable.Score(moments.Mean)}", above)]);
        if (result.Maps.IsSome)
            foreach (var (place, left) in (IEnumerable<(int, double)>)[(2, Left(0)), (3, Left(1))])
            {
                layout.SetProperty($"xaxis{place}", PictureAxis($"y{place}", [left, left + Width], null));
                layout.SetProperty($"yaxis{place}", PictureAxis($"x{place}", [0, below], $"x{place}"));
            }
        if (result.Scores.IsNone)
            foreach (var axis in (string[])["xaxis", "yaxis"])
                layout.SetProperty(axis, Hidden());
        return chart;
    }

    private static GenericChart Distribution(Core.LogMoments moments)
    {
        var deviation = moments.StandardDeviation.IfNone(0);
        var name = moments.StandardDeviation.Match(value => $"standard deviation {Readable.Score(value)}", () => "one score");
        if (deviation == 0)
            return ChartStyle.Point(moments.Mean, 0, name, ChartStyle.Normal);
        var steps = Histogram.Even(-Reach, Reach, 201);
        var line = ChartStyle.Line(
            steps.Select(step => moments.Mean + step * deviation),
            steps.Select(step => Math.Exp(-step * step / 2) / (deviation * Math.Sqrt(2 * Math.PI))),
            name,
            ChartStyle.Normal,
            ChartStyle.Bold,
            DrawingStyle.Solid
        );
        return line.Hover($"ln(score) %{{x:.4f}}<br>density %{{y:.4g}}<br>of {Readable.Count(moments.Count)} scores");
    }

    private static IEnumerable<(string Name, IReadOnlyList<double> Values)> Pictures(Core.MapLogMoments maps) =>
        [("mean", maps.Mean), .. maps.StandardDeviation.ToSeq().Map(values => ("standard deviation", (IReadOnlyList<double>)values))];

    private static GenericChart Picture(Core.MapLogMoments maps, (string Name, IReadOnlyList<double> Values) picture, int place)
    {
        var block = (Math.Max(maps.Height, maps.Width) + Side - 1) / Side;
        var trace = new Trace("heatmap");
        trace.SetProperty("z", Blocks(maps, picture.Values, block));
        trace.SetProperty("xaxis", $"x{place + 2}");
        trace.SetProperty("yaxis", $"y{place + 2}");
        trace.SetProperty("dx", block);
        trace.SetProperty("dy", block);
        trace.SetProperty("colorscale", "Viridis");
        trace.SetProperty("name", picture.Name);
        trace.SetProperty(
            "colorbar",
            new
            {
                title = new { text = picture.Name, side = "bottom" },
                orientation = "h",
                x = Left(place) + Width / 2,
                xanchor = "center",
                len = Width,
                y = -0.02,
                yanchor = "top",
                thickness = 10,
                outlinewidth = 0,
                nticks = 4,
            }
        );
        return GenericChart.ofTraceObject(false, trace).Hover($"row %{{y}}, column %{{x}}<br>{picture.Name} %{{z:.5~g}}");
    }

    private static double Left(int place) => place * (1 - Width);

    private static double[][] Blocks(Core.MapLogMoments maps, IReadOnlyList<double> values, int block)
    {
        return [.. Starts(maps.Height).Select(row => (double[])[.. Starts(maps.Width).Select(column => Pixels(row, column).Average())])];

        IEnumerable<int> Starts(int side) => Enumerable.Range(0, (side + block - 1) / block).Select(i => i * block);

        IEnumerable<double> Pixels(int row, int column) =>
            from y in Enumerable.Range(row, Math.Min(block, maps.Height - row))
            from x in Enumerable.Range(column, Math.Min(block, maps.Width - column))
            select values[y * maps.Width + x];
    }

    /// <summary>An axis of pixel positions; rows count downwards, and pixels are square.</summary>
    private static LinearAxis PictureAxis(string anchor, double[] domain, string? sameScale)
    {
        var axis = Hidden();
        axis.SetProperty("anchor", anchor);
        axis.SetProperty("domain", domain);
        axis.SetProperty("constrain", "domain");
        if (sameScale is null)
            return axis;
        axis.SetProperty("autorange", "reversed");
        axis.SetProperty("scaleanchor", sameScale);
        return axis;
    }

    private static LinearAxis Hidden()
    {
        var axis = new LinearAxis();
        axis.SetProperty("visible", false);
        return axis;
    }
}
