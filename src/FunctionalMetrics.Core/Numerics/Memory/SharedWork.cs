using System.Runtime.ExceptionServices;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// Pieces of work for the caller and threads of the pool that happen to be free. The caller does all that nobody takes, and waits for none that
/// has not begun: it comes to an end in a pool whose threads all wait for what it computes, where <see cref="Parallel"/> would wait with them.
/// </summary>
internal sealed class SharedWork
{
    private const int Closed = int.MinValue;

    private readonly int count;
    private readonly Action<int> work;
    private int next;

    /// <summary>How many others are at work; negative once nobody may begin.</summary>
    private int others;

    private ExceptionDispatchInfo? failure;

    private SharedWork(int count, Action<int> work) => (this.count, this.work) = (count, work);

    /// <summary>Does each piece once, on at most as many threads; the first exception that one throws is thrown when all have stopped.</summary>
    public static void Each(int count, int threads, Action<int> work)
    {
        var shared = new SharedWork(count, work);
        for (var other = 1; other < Math.Min(threads, count); other++)
            ThreadPool.UnsafeQueueUserWorkItem(static shared => shared.Help(), shared, false);
        shared.Work();
        Interlocked.Or(ref shared.others, Closed);
        // What is left is a part of a piece for each; a wait that could be interrupted would leave them without their memory.
        var wait = new SpinWait();
        while (Volatile.Read(ref shared.others) != Closed)
            wait.SpinOnce(-1);
        shared.failure?.Throw();
    }

    /// <summary>One of several shares of a length that are as equal as can be.</summary>
    public static Range Share(int length, int share, int shares) =>
        (int)((long)length * share / shares)..(int)((long)length * (share + 1) / shares);

    private void Help()
    {
        for (var seen = Volatile.Read(ref others); seen >= 0; seen = Volatile.Read(ref others))
            if (Interlocked.CompareExchange(ref others, seen + 1, seen) == seen)
            {
                Work();
                Interlocked.Decrement(ref others);
                return;
            }
    }

    private void Work()
    {
        try
        {
            for (int piece; failure is null && (piece = Interlocked.Increment(ref next) - 1) < count; )
                work(piece);
        }
        catch (Exception thrown)
        {
            Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(thrown), null);
        }
    }
}
