using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace FunctionalMetrics.IO;

/// <summary>
/// The next elements of a sequence, made on a thread of their own while the ones before are used: one is made and one waits, so that memory is
/// bounded by two. What comes out is the same, in the same order, and so are its exceptions. No element is begun once the enumerator is disposed of,
/// which waits for the one that is being made.
/// </summary>
internal static class ReadAhead
{
    private const int Waiting = 1;

    /// <summary>
    /// How many elements there are at most: one is made, one that was made has no room yet or waits, one is used, and the one before it is not
    /// forgotten yet.
    /// </summary>
    public static int AtOnce => Environment.ProcessorCount == 1 ? 2 : Waiting + 3;

    public static IEnumerable<T> Of<T>(IEnumerable<T> items, CancellationToken cancel) =>
        Environment.ProcessorCount == 1 ? items : OnThread(items, cancel);

    private static IEnumerable<T> OnThread<T>(IEnumerable<T> items, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var made = new BlockingCollection<T>(Waiting);
        ExceptionDispatchInfo? thrown = null;
        var maker = new Thread(Make) { IsBackground = true, Name = "reading ahead" };
        maker.Start();
        try
        {
            foreach (var item in made.GetConsumingEnumerable(cancel))
                yield return item;
            thrown?.Throw();
        }
        finally
        {
            stop.Cancel();
            maker.Join();
        }

        void Make()
        {
            try
            {
                using var reused = new PictureArrays();
                foreach (var item in items)
                    made.Add(item, stop.Token);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested && !cancel.IsCancellationRequested) { }
            catch (Exception exception)
            {
                thrown = ExceptionDispatchInfo.Capture(exception);
            }
            finally
            {
                made.CompleteAdding();
            }
        }
    }
}
