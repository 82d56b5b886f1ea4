using System.Collections.Immutable;
using FsCheck.Xunit;
using FunctionalMetrics.Core;

namespace FunctionalMetrics.Orleans.Tests;

/// <summary>Portions count every shard once, or say so.</summary>
public class PortionTests
{
    [Property(MaxTest = 50)]
    public void Merging_portions_in_any_order_gives_the_same_bits(int seed)
    {
        var random = new Random(seed);
        Portion[] portions = [.. Enumerable.Range(0, 5).Select(Of)];
        var expected = portions.Aggregate(Portion.Empty, Merge).Encode().ThrowIfFail();
        for (var order = 0; order < 3; order++)
        {
            random.Shuffle(portions);
            var merged = portions
                .Select(Sent)
                .Aggregate(Portion.Empty, (left, right) => random.Next(2) == 0 ? Merge(left, right) : Merge(right, left));
            Assert.Equal(expected.State, merged.Encode().ThrowIfFail().State);
            Assert.Equal([0, 1, 2, 3, 4], merged.Shards.Keys);
        }
    }

    [Fact]
    public void A_shard_in_both_is_refused() =>
        Assert.Equal(
            "shard 1 came from two workers and would count twice",
            Checks.Reason(Portion.Merge(Merge(Of(0), Of(1)), Merge(Of(1), Of(2))))
        );

    [Fact]
    public void Content_that_changed_is_noticed()
    {
        var other = Of(1) with { Shards = ImmutableSortedDictionary<int, ulong>.Empty.Add(1, 5) };
        Assert.Equal(1, Portion.Changed(Merge(Of(0), Of(1)), Merge(Of(0), other)));
        Assert.True(Portion.Changed(Merge(Of(0), Of(1)), Merge(Of(0), Of(1))).IsNone);
        Assert.Equal(Bounded(1).Shards[1], ShardStates.Checksum(Sent(Bounded(1)).State));
        Assert.NotEqual(ShardStates.Checksum(Bounded(1).State), ShardStates.Checksum(Bounded(2).State));
        Assert.Equal(Of(1).Shards[1], ShardStates.Checksum(Sent(Of(1)).State));
    }

    [Property(MaxTest = 300)]
    public void Bytes_that_no_worker_makes_are_a_refusal_and_no_exception(int seed)
    {
        var random = new Random(seed);
        var sound = (random.Next(2) == 0 ? Of(random.Next(9)) : Bounded(random.Next(9))).Encode().ThrowIfFail();
        Assert.True(Portion.Decode(sound with { State = Damaged(sound.State) }).IsFail);
        Assert.True(Portion.Decode(sound with { Shards = [2, 1], Checksums = [1, 1] }).IsFail);
        Assert.True(Portion.Decode(sound with { Shards = [1, 1], Checksums = [1, 1] }).IsFail);
        Assert.True(Portion.Decode(sound with { Checksums = [] }).IsFail);
        Assert.True(Portion.Decode(sound with { State = null! }).IsFail);
        var (rows, pixels) = Thresholds.Of((EvaluationState.Exact)Shards.Make(random.Next(9)), [0.5]).Encode();
        Assert.True(Thresholds.Decode(new(Damaged(rows), random.Next(2) == 0 ? Damaged(pixels) : pixels)).IsFail);
        Assert.True(Thresholds.Decode(new(null!, null!)).IsFail);

        byte[] Damaged(byte[] bytes)
        {
            byte[] copy = [.. bytes];
            copy[random.Next(copy.Length)] ^= (byte)random.Next(1, 256);
            return random.Next(3) == 0 ? copy[..random.Next(copy.Length)] : copy;
        }
    }

    private static Portion Of(int shard) => Of(shard, Shards.Make(shard));

    private static Portion Bounded(int shard) => Of(shard, Shards.Make(shard).InBins(12));

    private static Portion Of(int shard, EvaluationState state) =>
        new(ImmutableSortedDictionary<int, ulong>.Empty.Add(shard, ShardStates.Checksum(state)), state, 0);

    private static Portion Sent(Portion portion) => Portion.Decode(portion.Encode().ThrowIfFail()).ThrowIfFail();

    private static Portion Merge(Portion left, Portion right) => Portion.Merge(left, right).ThrowIfFail();
}
