using FunctionalMetrics.Core;
using Plotly.NET;
using Plotly.NET.CSharp;
using Plotly.NET.LayoutObjects;
using static Plotly.NET.StyleParam;

namespace FunctionalMetrics;

/// <summary>From the smallest to the largest on one axis.</summary>
internal static class RangeChart
{
    public static GenericChart Of(MinMaxResult range) =>
        Between(range.Min, range.Max, "score", $"smallest {Readable.Score(range.Min)}", $"largest {Readable.Score(range.Max)}");

    /// <summary>From one end to the other; of what is known exactly a point.</summary>
    public static GenericChart Of(Interval bounds, string name) =>
        bounds.Lower == bounds.Upper
            ? ChartStyle.Compose(
                ChartStyle.Axis(name),
                Height(),
                ChartStyle.Point(bounds.Lower, 0, $"exactly {Readable.Rate(bounds.Lower)}").Hover(name + " %{x:.6~g}")
            )
            : Between(
                bounds.Lower,
                bounds.Upper,
                name,
                $"at least {Readable.Rate(bounds.Lower)}",
                $"at most {Readable.Rate(bounds.Upper)}"
            );

    private static GenericChart Between(double low, double high, string name, string lowest, string highest)
    {
        var hover = name + " %{x:.6~g}";
        var line = ChartStyle.Line([low, high], [0, 0], "range", ChartStyle.Normal, 6, DrawingStyle.Solid).Hover(hover);
        line.GetTraces()[0].SetProperty("showlegend", false);
        var smallest = ChartStyle.Point(low, 0, lowest, ChartStyle.Normal).Hover(hover);
        var largest = ChartStyle.Point(high, 0, highest).Hover(hover);
        return ChartStyle.Compose(ChartStyle.Axis(name), Height(), line, smallest, largest);
    }

    private static LinearAxis Height()
    {
        var height = ChartStyle.Axis("");
        height.SetProperty("visible", false);
        height.SetProperty("range", (double[])[-1, 1]);
        return height;
    }
}
