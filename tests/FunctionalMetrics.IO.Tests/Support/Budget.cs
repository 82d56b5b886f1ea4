using System.Diagnostics;

namespace FunctionalMetrics.IO.Tests;

/// <summary>A reader took more memory or time than the file that it read gives reason for.</summary>
internal sealed class OverBudgetException(string sentence) : Exception(sentence);

/// <summary>
/// What reading a small file may cost: 16 times as many bytes as it has and 64 MB, which is more than its own bytes decode to, and one second.
/// </summary>
internal static class Budget
{
    private const int Beside = 64 << 20;
    private const int Times = 16;

    /// <summary>On a busy machine one of these is as fast as the reader is.</summary>
    private const int Tries = 5;

    private static readonly TimeSpan Most = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hangs = TimeSpan.FromSeconds(20);

    /// <summary>The most bytes that reading a file of some size may take.</summary>
    public static long Bytes(long size) => Times * size + Beside;

    /// <summary>Runs a reader on a thread of its own, and fails when it takes more than it may.</summary>
    public static A Within<A>(string path, string what, Func<A> read)
    {
        var size = new FileInfo(path).Length;
        var reading = Task.Factory.StartNew(() => Within(size, what, read), TaskCreationOptions.LongRunning);
        if (Task.WhenAny(reading, Task.Delay(Hangs)).GetAwaiter().GetResult() != reading)
            throw new OverBudgetException($"{what} is read for ever");
        return reading.GetAwaiter().GetResult();
    }

    /// <summary>Runs a reader on this thread, and fails when it takes more than it may.</summary>
    /// <param name="size">How many bytes it reads.</param>
    /// <param name="what">What it reads, for the failure.</param>
    /// <param name="read">The reader, which may be run several times.</param>
    public static A Within<A>(long size, string what, Func<A> read)
    {
        var (before, clock) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.StartNew());
        var value = read();
        var (least, taken) = (clock.Elapsed, GC.GetAllocatedBytesForCurrentThread() - before);
        if (taken > Bytes(size))
            throw new OverBudgetException($"{what}, of {size} bytes, takes {taken >> 20} MB");
        for (var tries = 1; least > Most; tries++)
        {
            if (tries == Tries)
                throw new OverBudgetException(FormattableString.Invariant($"{what}, of {size} bytes, takes {least.TotalSeconds:0.0} s"));
            clock.Restart();
            read();
            least = TimeSpan.FromTicks(Math.Min(least.Ticks, clock.Elapsed.Ticks));
        }
        return value;
    }
}
