using System.Collections.Immutable;

namespace FunctionalMetrics.Core;

/// <summary>How sure a curve is, point by point: at each place an interval that is to hold the true height there. Immutable.</summary>
/// <param name="Level">The level: image or pixel.</param>
/// <param name="Curve">The curve: roc, precision-recall or pro.</param>
/// <param name="Confidence">How often the interval of a place is to hold the true height, in (0, 1).</param>
/// <param name="Points">x from the left, and the ends of the height there; places without an interval are left out.</param>
public sealed record CurveBand(string Level, string Curve, double Confidence, ImmutableArray<(double X, Interval Height)> Points);
