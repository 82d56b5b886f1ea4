using LanguageExt;

namespace Fixtures;

/// <summary>Why there is no value.</summary>
public abstract record MetricError;

/// <summary>It is too early; see <see cref="Count"/>.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Seen">What was seen before.</param>
public sealed record TooEarly(string Metric, Arr<(int Height, int Width)> Seen) : MetricError;
