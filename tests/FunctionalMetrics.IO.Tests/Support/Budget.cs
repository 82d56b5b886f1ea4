namespace FunctionalMetrics.IO.Tests;

/// <summary>
/// What reading a file may cost: 16 times as many bytes as it has and 64 MB, or what its own bytes decode to. What hangs is told from what is slow on
/// a busy machine by waiting long.
/// </summary>
internal static class Budget
{
    private const int Beside = 64 << 20;
    private const int Times = 16;
    private static readonly TimeSpan Hangs = TimeSpan.FromSeconds(20);

    /// <summary>Runs a reader on a thread of its own, and fails when it takes more than it may.</summary>
    public static A Within<A>(string path, string what, Func<A> read)
    {
        var size = new FileInfo(path).Length;
        var reading = Task.Factory.StartNew(
            () =>
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                var found = read();
                return (found, GC.GetAllocatedBytesForCurrentThread() - before);
            },
            TaskCreationOptions.LongRunning
        );
        Assert.True(Task.WhenAny(reading, Task.Delay(Hangs)).GetAwaiter().GetResult() == reading, $"{what} is read for ever");
        var (value, taken) = reading.GetAwaiter().GetResult();
        Assert.True(taken <= Times * size + Beside, $"{what}, of {size} bytes, takes {taken >> 20} MB");
        return value;
    }
}
