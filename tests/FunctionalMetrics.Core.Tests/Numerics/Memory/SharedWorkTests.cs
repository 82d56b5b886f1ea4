using FunctionalMetrics.Core.Numerics;
using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Work that is shared with the pool's threads is done whether they come or not.</summary>
public class SharedWorkTests
{
    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 4)]
    [InlineData(1000, 1)]
    [InlineData(1000, 4)]
    public void Each_piece_is_done_once(int count, int threads)
    {
        var done = new int[count];
        SharedWork.Each(count, threads, piece => Interlocked.Increment(ref done[piece]));
        Assert.All(done, times => Assert.Equal(1, times));
    }

    [Fact]
    public void What_a_piece_throws_comes_as_it_is_when_no_other_is_at_work()
    {
        var (begun, ended) = (0, 0);
        Assert.Throws<InvalidTimeZoneException>(() =>
            SharedWork.Each(
                1000,
                4,
                piece =>
                {
                    Interlocked.Increment(ref begun);
                    try
                    {
                        Thread.Sleep(1);
                        if (piece == 3)
                            throw new InvalidTimeZoneException();
                    }
                    finally
                    {
                        Interlocked.Increment(ref ended);
                    }
                }
            )
        );
        Assert.Equal(begun, ended);
        Assert.InRange(begun, 1, 900);
    }

    [Fact]
    public void A_state_is_computed_while_every_thread_of_the_pool_waits_for_it()
    {
        var choices = new Choices(5);
        Row[] rows = [.. Enumerable.Range(0, 300_000).Select(i => new Row(choices.Below(int.MaxValue) / 1024.0, i % 4 == 0))];
        var state = RankState.Of(Batching.Rows(rows, false));
        ThreadPool.GetMinThreads(out var threads, out _);
        var left = threads;
        // Not disposed: some of the pool's work may look at them after the test.
        var (waiting, computed) = (new ManualResetEventSlim(), new ManualResetEventSlim());
        // More than the pool makes threads for while the test would wait in vain.
        for (var i = 0; i < 200 * threads; i++)
            ThreadPool.UnsafeQueueUserWorkItem(_ => Wait(), null);
        waiting.Wait();
        var count = 0;
        var thread = new Thread(() => count = state.Sweep.Count);
        thread.Start();
        var came = thread.Join(TimeSpan.FromSeconds(30));
        computed.Set();
        thread.Join();
        Assert.True(came);
        Assert.InRange(count, 1 << 15, rows.Length);

        void Wait()
        {
            if (Interlocked.Decrement(ref left) == 0)
                waiting.Set();
            computed.Wait();
        }
    }
}
