using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>How much memory updates and results take, counted in bytes; how long they take is measured by the benchmarks.</summary>
[Collection(nameof(MillionBatchesTests))]
public class AllocationTests
{
    private const int Side = 256;
    private const int Pixels = Side * Side;
    private const int Key = sizeof(float);

    /// <summary>Keys are cut from arrays of this size, the last of which is not full.</summary>
    private const int Slack = 16 << 20;

    [Fact]
    public void An_update_allocates_its_keys_and_at_most_half_a_byte_a_pixel_more()
    {
        const int Updates = 400;
        var (maps, masks) = Image(1);
        var state = State(4);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Updates; i++)
            state = Aupro.Metric.Update(state, Batch(maps, masks));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(allocated, 0, (long)Updates * Pixels * Key * 9 / 8 + Slack);
        GC.KeepAlive(state);
    }

    [Fact]
    public void What_compute_allocates_is_bounded_by_the_anomalous_scores_alone() =>
        OnAThreadOfItsOwn(() =>
        {
            const int Images = 100;
            Answers(State(Images));
            var state = State(Images);
            var before = GC.GetTotalAllocatedBytes(precise: true);
            Answers(state);
            var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
            // A copy of the normal scores would take five times as much.
            var bound = 128 * state.Rank.Positives + (1 << 20);
            Assert.InRange(allocated, 0, bound);
            Assert.InRange(5 * bound, 0, Key * state.Rank.Negatives);
        });

    [Fact]
    public void Keeping_the_state_of_every_one_of_1000_batches_takes_at_most_a_fifth_more_than_the_last()
    {
        const int Batches = 1000;
        var (maps, masks) = Image(1);
        GC.KeepAlive(State(4));
        var before = GC.GetTotalMemory(true);
        var states = new List<RegionState>([RegionState.Empty]);
        for (var i = 0; i < Batches; i++)
            states.Add(Aupro.Metric.Update(states[^1], Batch(maps, masks)));
        var every = GC.GetTotalMemory(true) - before;
        var last = states[^1];
        states.Clear();
        var one = GC.GetTotalMemory(true) - before;
        Assert.Equal((long)Batches * Pixels, last.Rank.Rows);
        Assert.InRange(one, 1, Key * (long)Batches * Pixels * 9 / 8 + Slack);
        Assert.InRange(every, one, one * 6 / 5);
        GC.KeepAlive(last);
    }

    [Fact]
    public void States_of_8_bit_maps_do_not_grow_with_the_number_of_normal_pixels()
    {
        byte[] maps = [.. Enumerable.Range(0, Pixels).Select(i => (byte)(i * 7))];
        byte[] masks = [.. Enumerable.Range(0, Pixels).Select(i => (byte)(i == 0 ? 1 : 0))];
        var before = GC.GetTotalMemory(true);
        var state = RegionState.Empty;
        for (var i = 0; i < 500; i++)
            state = Aupro.Metric.Update(state, MapBatch.Create(maps, masks, new MapShape(1, Side, Side)).Valid());
        var kept = GC.GetTotalMemory(true) - before;
        Assert.Equal(500L * Pixels, state.Rank.Rows);
        // 33 million pixels. What was in use on the way may wait in a pool.
        Assert.InRange(kept, long.MinValue, 2 * Slack + (1 << 20));
        GC.KeepAlive(state);
    }

    private static RegionState State(int images)
    {
        var state = RegionState.Empty;
        for (var seed = 0; seed < images; seed++)
        {
            var (maps, masks) = Image(seed);
            state = Aupro.Metric.Update(state, Batch(maps, masks));
        }
        return state;
    }

    /// <summary>Scores that differ nearly everywhere, and one square of 16 x 16 anomalous pixels.</summary>
    private static (float[] Maps, byte[] Masks) Image(int seed)
    {
        var choices = new Choices(seed);
        return (
            [.. Enumerable.Range(0, Pixels).Select(_ => choices.Below(1 << 30) / (float)(1 << 30))],
            [.. Enumerable.Range(0, Pixels).Select(i => (byte)(i / Side is >= 20 and < 36 && i % Side is >= 30 and < 46 ? 1 : 0))]
        );
    }

    private static MapBatch Batch(float[] maps, byte[] masks) => MapBatch.Create(maps, masks, new MapShape(1, Side, Side)).Valid();

    /// <summary>What results are cut from is kept for each thread, and warm after the first of its results.</summary>
    private static void OnAThreadOfItsOwn(Action work)
    {
        var task = Task.Factory.StartNew(work, TaskCreationOptions.LongRunning);
        task.GetAwaiter().GetResult();
    }

    private static double Answers(RegionState state) =>
        Auroc.Metric.Pixels().Compute(state).ThrowIfFail().Area
        + OptimalF1.Metric.Pixels().Compute(state).ThrowIfFail().F1
        + Aupro.Metric.Compute(state).ThrowIfFail().Area;
}
