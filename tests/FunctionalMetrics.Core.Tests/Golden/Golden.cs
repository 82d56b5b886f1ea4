using LanguageExt;
using LanguageExt.Common;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Comparisons with golden values.</summary>
internal static class Golden
{
    public const double Tolerance = 1e-12;

    /// <summary>Near the golden number, or a typed reason where that is null.</summary>
    public static void Agrees(double? expected, Fin<double> found, string what)
    {
        if (expected is { } number)
            Same.Within(
                Tolerance,
                number,
                found.Match(value => value, error => throw new InvalidOperationException($"{what}: {error}")),
                what
            );
        else
            Assert.IsAssignableFrom<MetricError>(found.Match<Error?>(_ => null, error => error));
    }

    public static void Points((double[] X, double[] Y, double[] Thresholds) expected, CurvePoints found)
    {
        Same.Within(Tolerance, expected.X, found.X, "x");
        Same.Within(Tolerance, expected.Y, found.Y, "y");
        Same.Bits(expected.Thresholds, found.Thresholds, "threshold");
    }
}
