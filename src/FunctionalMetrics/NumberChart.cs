using Plotly.NET;
using Plotly.NET.CSharp;

namespace FunctionalMetrics;

/// <summary>Numbers without a curve, as a table.</summary>
internal static class NumberChart
{
    private const int RowHeight = 28;

    /// <summary>More rows than these make a chart higher than others.</summary>
    private const int FitRows = 8;

    /// <summary>What stands above and below the rows.</summary>
    private const int Around = 90;

    /// <exception cref="UndefinedMetricException">All numbers are undefined; the error says why the first is.</exception>
    public static GenericChart Of(IMetric metric)
    {
        var numbers = metric.Numbers();
        if (numbers.FirstOrDefault()?.Reason is { } reason && numbers.All(number => number.Reason is not null))
            throw new UndefinedMetricException(reason);
        var table = new Trace("table");
        table.SetProperty(
            "header",
            Cells(
                [
                    ["number"],
                    ["value"],
                ],
                ChartStyle.Normal
            )
        );
        table.SetProperty(
            "cells",
            Cells(
                [
                    [.. numbers.Select(number => number.Name.Length == 0 ? metric.Name : number.Name)],
                    [.. numbers.Select(number => number.Reason is null ? Readable.Exact(number.Value) : "undefined")],
                ],
                ChartStyle.Ink
            )
        );
        table.SetProperty("columnwidth", (double[])[1, 1.4]);
        var chart = ChartStyle.Compose(ChartStyle.Axis(""), ChartStyle.Axis(""), GenericChart.ofTraceObject(false, table));
        if (numbers.Count > FitRows)
            chart.GetLayout().SetProperty("height", (numbers.Count + 1) * RowHeight + Around);
        return chart;
    }

    private static object Cells(string[][] values, string color) =>
        new
        {
            values,
            align = "left",
            height = RowHeight,
            font = new { color, size = 13 },
            fill = new { color = "rgba(0, 0, 0, 0)" },
            line = new { color = "rgba(128, 128, 128, 0.25)", width = 1 },
        };
}
