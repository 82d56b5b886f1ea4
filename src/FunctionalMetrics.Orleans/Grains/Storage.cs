namespace FunctionalMetrics.Orleans;

/// <summary>The storage of jobs: memory in one process, Redis in a cluster.</summary>
internal static class Storage
{
    public const string Name = "jobs";
}
