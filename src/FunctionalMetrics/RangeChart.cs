using FunctionalMetrics.Core;
using Plotly.NET;
using Plotly.NET.CSharp;
using static Plotly.NET.StyleParam;

namespace FunctionalMetrics;

/// <summary>From the smallest score to the largest on one axis.</summary>
internal static class RangeChart
{
    public static GenericChart Of(MinMaxResult range)
    {
        const string Hover = "score %{x:.6~g}";
        var line = ChartStyle.Line([range.Min, range.Max], [0, 0], "range", ChartStyle.Normal, 6, DrawingStyle.Solid).Hover(Hover);
        line.GetTraces()[0].SetProperty("showlegend", false);
        var smallest = ChartStyle.Point(range.Min, 0, $"smallest {Readable.Score(range.Min)}", ChartStyle.Normal).Hover(Hover);
        var largest = ChartStyle.Point(range.Max, 0, $"largest {Readable.Score(range.Max)}").Hover(Hover);
        var height = ChartStyle.Axis("");
        height.SetProperty("visible", false);
        height.SetProperty("range", (double[])[-1, 1]);
        return ChartStyle.Compose(ChartStyle.Axis("score"), height, line, smallest, largest);
    }
}
