using System.Runtime.CompilerServices;

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

    /// <summary>What the runtime's heap would no longer need if it were let go: pooled working memory, which other states use again, is not in it.</summary>
    public static long Reachable(Func<object> make)
    {
        var held = new object?[1];
        Fill(held, make);
        var with = Heap();
        GC.KeepAlive(held[0]);
        held[0] = null;
        return with - Heap();
    }

    /// <summary>A method of its own: in the caller's frame the state could be held until the end.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Fill(object?[] held, Func<object> make) => held[0] = make();

    private static long Heap()
    {
        Resident();
        return GC.GetTotalMemory(true);
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
