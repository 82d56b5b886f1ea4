using FunctionalMetrics.Core;
using Plotly.NET;

namespace FunctionalMetrics;

/// <summary>Curves of rates over each other, each with its area in the legend, over what chance would draw.</summary>
internal static class CurveChart
{
    public static GenericChart Of(
        (string X, string Y) rates,
        double limit,
        IEnumerable<(string Name, double Area, CurvePoints Outline)> curves,
        IEnumerable<GenericChart> chance,
        bool negated = false,
        CurveBand? band = null
    )
    {
        var all = curves.ToList();
        return ChartStyle.Compose(
            ChartStyle.Rates(rates.X, limit),
            ChartStyle.Rates(rates.Y),
            [
                .. band is null ? (GenericChart[])[] : [ChartStyle.Band(band)],
                .. all.Select(
                    (curve, place) =>
                        ChartStyle.Curve(
                            curve.Outline,
                            $"{ChartStyle.Shown(curve.Name)}, area {Readable.Rate(curve.Area)}",
                            rates.X,
                            rates.Y,
                            place,
                            all.Count,
                            negated
                        )
                ),
                .. chance,
            ]
        );
    }
}
