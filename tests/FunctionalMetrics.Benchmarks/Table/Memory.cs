namespace FunctionalMetrics.Benchmarks;

/// <summary>
/// What a state takes: the growth of the process's resident memory while it is held, managed or not, garbage collected before and after.
/// Each measurement has a process of its own, so that nothing freed before is used again.
/// </summary>
internal static class Memory
{
    public static long Of(Func<object> make)
    {
        var before = Resident();
        var held = make();
        var after = Resident();
        GC.KeepAlive(held);
        return after - before;
    }

    private static long Resident()
    {
        for (var i = 0; i < 2; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
        return Environment.WorkingSet;
    }
}
