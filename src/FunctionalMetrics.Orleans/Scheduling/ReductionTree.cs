namespace FunctionalMetrics.Orleans;

/// <summary>
/// The tree in which workers merge: worker 0 is its root, and the children of worker i are F i + 1 to F i + F. So what one worker receives
/// does not grow with the number of workers, and each worker stands in it once.
/// </summary>
internal static class ReductionTree
{
    /// <summary>F, the children of a worker.</summary>
    public const int FanOut = 8;

    public static IEnumerable<int> Children(int worker, int workers) =>
        Enumerable
            .Range(1, FanOut)
            .Select(child => FanOut * (long)worker + child)
            .Where(child => child < workers)
            .Select(child => (int)child);
}
