using System.Runtime.CompilerServices;
using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core.Tests;

public class ArenaTests
{
    private const int Side = 256;

    [Fact]
    public void A_state_keeps_its_scores_while_memory_of_others_is_used_again()
    {
        var kept = Enumerable.Range(0, 3).Select(State).ToArray();
        var numbers = kept.Select(Numbers).ToArray();
        for (var round = 0; round < 4; round++)
        {
            MakeAndForget(round);
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        // What these know was found before; states made of the same scores now must agree with what is still held.
        Assert.Equal(numbers, kept.Select(state => Numbers(RegionState.Merge(state, RegionState.Empty))));
        Assert.Equal(Enumerable.Range(0, 3).Select(State), kept);
    }

    [Fact]
    public void Cuts_of_one_array_do_not_overlap()
    {
        var arena = new Arena<uint>();
        var cuts = Enumerable.Range(0, 200).Select(i => arena.Take(20_000 + i)).ToArray();
        for (var i = 0; i < cuts.Length; i++)
            cuts[i].AsSpan().Fill((uint)i);
        for (var i = 0; i < cuts.Length; i++)
            Assert.False(cuts[i].AsSpan().ContainsAnyExcept((uint)i), $"cut {i}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(5_000_000)]
    public void A_cut_is_as_long_as_asked(int count) => Assert.Equal(count, new Arena<ulong>().Take(count).Count);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakeAndForget(int round)
    {
        for (var i = 0; i < 80; i++)
            GC.KeepAlive(State(1000 * (round + 1) + i));
    }

    private static RegionState State(int seed)
    {
        var random = new Random(seed);
        float[] scores = [.. Enumerable.Range(0, Side * Side).Select(_ => random.NextSingle())];
        bool[] labels = [.. Enumerable.Range(0, Side * Side).Select(i => i % Side < 9 && i / Side % 16 < 5)];
        return RegionState.Of(MapBatch.Create(scores, labels, new MapShape(1, Side, Side)).Good());
    }

    private static (double, double) Numbers(RegionState state) =>
        (Auroc.Metric.Compute(state.Rank).Good().Area, Aupro.Metric.Compute(state).Good().Area);
}
