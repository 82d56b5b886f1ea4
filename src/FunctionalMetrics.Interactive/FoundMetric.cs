namespace FunctionalMetrics.Interactive;

/// <summary>A result that somebody holds, as the metric that gave it would show it.</summary>
internal sealed record FoundMetric<TResult>(TResult Value) : IMetricResult<TResult>
{
    public string Name => "result";

    public bool? HigherIsBetter => null;

    public TResult Result() => Value;

    public IReadOnlyList<MetricNumber> Numbers() => [];
}

/// <inheritdoc cref="FoundMetric{TResult}"/>
internal static class FoundMetric
{
    public static IMetric Of(object result) =>
        (IMetric)
            Activator.CreateInstance(typeof(FoundMetric<>).MakeGenericType(Contents.FormOf(result).GetType()), Contents.FormOf(result))!;
}
