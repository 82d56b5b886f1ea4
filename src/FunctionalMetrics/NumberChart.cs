using Plotly.NET;

namespace FunctionalMetrics;

/// <summary>Numbers without a curve, as a table.</summary>
internal static class NumberChart
{
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
        return ChartStyle.Compose(ChartStyle.Axis(""), ChartStyle.Axis(""), GenericChart.ofTraceObject(false, table));
    }

    private static object Cells(string[][] values, string color) =>
        new
        {
            values,
            align = "left",
            height = 28,
            font = new { color, size = 13 },
            fill = new { color = "rgba(0, 0, 0, 0)" },
            line = new { color = "rgba(128, 128, 128, 0.25)", width = 1 },
        };
}
