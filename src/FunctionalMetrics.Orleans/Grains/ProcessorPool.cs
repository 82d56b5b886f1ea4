namespace FunctionalMetrics.Orleans;

/// <summary>
/// A silo's processors and its reader. Reading and counting leave the grains' scheduler for it, as many at once as there are processors,
/// however many workers the silo has.
/// </summary>
internal sealed class ProcessorPool(ShardReader reader) : IDisposable
{
    private readonly SemaphoreSlim places = new(Width);

    /// <summary>How many pieces of work run at once.</summary>
    public static int Width => Environment.ProcessorCount;

    public ShardReader Reader => reader;

    public async Task<T> Run<T>(Func<T> work, CancellationToken cancel)
    {
        await places.WaitAsync(cancel);
        try
        {
            return await Task.Run(work, cancel);
        }
        finally
        {
            places.Release();
        }
    }

    public void Dispose() => places.Dispose();
}
