namespace FunctionalMetrics.Core;

/// <summary>One point of a ROC curve. Compared by value; immutable.</summary>
/// <param name="FalsePositiveRate">fpr, in [0, 1].</param>
/// <param name="TruePositiveRate">tpr, in [0, 1].</param>
/// <param name="Threshold">Scores of at least this are called anomalous; +inf calls none so.</param>
public readonly record struct OperatingPoint(double FalsePositiveRate, double TruePositiveRate, double Threshold);
