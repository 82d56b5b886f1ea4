using System.Collections.Immutable;
using System.Globalization;

namespace FunctionalMetrics.Core;

/// <summary>The places of the curves at which their heights are drawn again, so that a band can be drawn around each.</summary>
internal static class CurveBands
{
    /// <summary>Of the ROC curve, of the precision-recall curve and of the per-region overlap curve; as charts are named.</summary>
    public static readonly ImmutableArray<string> Curves = ["roc", "precision-recall", "pro"];

    private static readonly double[] Dense = [0, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, .. Enumerable.Range(2, 19).Select(i => i / 20.0)];

    /// <summary>The heights as numbers that are drawn.</summary>
    /// <param name="fprLimit">Where the per-region overlap curve ends.</param>
    public static ImmutableArray<AskedNumber> Numbers(double fprLimit) =>
        [
            .. Dense.Select(x => Number(0, x, new("ROC curve", Needs.BothClasses, CurveHeight.AtFalsePositiveRate(x, ofRegions: false)))),
            .. Dense.Select(x => Number(1, x, new("precision-recall curve", Needs.AnomalousRow, CurveHeight.AtRecall(x)))),
            .. Dense.Select(x =>
                Number(2, x * fprLimit, new("PRO curve", Needs.Regions, CurveHeight.AtFalsePositiveRate(x * fprLimit, ofRegions: true)))
            ),
        ];

    /// <summary>The curve and the place that a number is of; null where it is none of these.</summary>
    public static (string Curve, double X)? Read(string name) =>
        name.Split(' ') is [var curve, var x] && Curves.Contains(curve) ? (curve, double.Parse(x, CultureInfo.InvariantCulture)) : null;

    // No name that is asked for has a space.
    private static AskedNumber Number(int curve, double x, RankNumber number) =>
        AskedNumber.Of(FormattableString.Invariant($"{Curves[curve]} {x}"), number);
}
