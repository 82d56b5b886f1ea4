namespace FunctionalMetrics.Core;

/// <summary>A rate, the threshold that gives it, and what that calls right and wrong. Compared by value; immutable.</summary>
/// <param name="Value">The rate, in [0, 1].</param>
/// <param name="Threshold">Scores of at least this are called anomalous; +inf calls none so.</param>
/// <param name="Counts">tp, fp, fn and tn there.</param>
public sealed record RateAtThreshold([property: Headline] double Value, [property: Shown] double Threshold, ConfusionMatrix Counts);
