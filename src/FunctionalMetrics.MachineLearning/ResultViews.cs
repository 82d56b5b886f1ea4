using FunctionalMetrics.Core;
using Microsoft.ML;

namespace FunctionalMetrics.MachineLearning;

/// <summary>Results as ML.NET data, to be saved, joined or transformed with the rest of a pipeline.</summary>
public static class ResultViews
{
    /// <summary>All numbers of an evaluation, one to a row: <see cref="NumberRow"/>.</summary>
    public static IDataView ToDataView(this Evaluation evaluation, MLContext context) =>
        context.Data.LoadFromEnumerable(
            evaluation.Numbers.Select(number => new NumberRow
            {
                Key = number.Key,
                Value = number.Value,
                Reason = number.Reason?.Reason ?? "",
            })
        );

    /// <summary>
    /// The points of a curve, one to a row: <see cref="PointRow"/>. The last point of a precision-recall curve has no threshold; there it is NaN,
    /// ML.NET's missing value.
    /// </summary>
    public static IDataView ToDataView(this CurvePoints points, MLContext context) =>
        context.Data.LoadFromEnumerable(
            Enumerable
                .Range(0, points.Count)
                .Select(i => new PointRow
                {
                    X = points.X[i],
                    Y = points.Y[i],
                    Threshold = i < points.Thresholds.Length ? points.Thresholds[i] : double.NaN,
                })
        );
}

/// <summary>A number of an evaluation as a row.</summary>
public sealed class NumberRow
{
    /// <summary>Its key, such as image_AUROC.</summary>
    public string Key { get; set; } = "";

    /// <summary>The number; NaN, ML.NET's missing value, where there is a reason why not.</summary>
    public double Value { get; set; }

    /// <summary>Why there is no number; empty where there is one.</summary>
    public string Reason { get; set; } = "";
}

/// <summary>A point of a curve as a row.</summary>
public sealed class PointRow
{
    /// <summary>x.</summary>
    public double X { get; set; }

    /// <summary>y.</summary>
    public double Y { get; set; }

    /// <summary>The threshold that gives it.</summary>
    public double Threshold { get; set; }
}
