namespace FunctionalMetrics.Orleans;

/// <summary>How long things wait.</summary>
/// <param name="Patience">How long a cluster may give nothing but errors until it is given up.</param>
internal sealed record ClusterTimes(TimeSpan Patience)
{
    /// <summary>How long a job is stored after somebody last asked for it; for ever unless given.</summary>
    public TimeSpan? Kept { get; init; }

    /// <summary>Between an error and the next try.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Between looks at how far things are.</summary>
    public TimeSpan Look { get; init; } = TimeSpan.FromSeconds(0.2);
}
