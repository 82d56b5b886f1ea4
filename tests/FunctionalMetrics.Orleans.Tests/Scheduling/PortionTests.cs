using System.Collections.Immutable;
using FsCheck.Xunit;

namespace FunctionalMetrics.Orleans.Tests;

/// <summary>Portions count every shard once, or say so.</summary>
public class PortionTests
{
    [Property(MaxTest = 50)]
    public void Merging_portions_in_any_order_gives_the_same_bits(int seed)
    {
        var random = new Random(seed);
        Portion[] portions = [.. Enumerable.Range(0, 5).Select(Of)];
        var expected = portions.Aggregate(Portion.Empty, Merge).Encode();
        for (var order = 0; order < 3; order++)
        {
            random.Shuffle(portions);
            var merged = portions
                .Select(Sent)
                .Aggregate(Portion.Empty, (left, right) => random.Next(2) == 0 ? Merge(left, right) : Merge(right, left));
            Assert.Equal(expected.State.Rows, merged.Encode().State.Rows);
            Assert.Equal(expected.State.Pixels, merged.Encode().State.Pixels);
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
    public void Exact_states_and_counts_in_buckets_do_not_merge() =>
        Assert.Equal("a worker sent a state of another kind than the job's", Checks.Reason(Portion.Merge(Of(0), Bounded(1))));

    [Fact]
    public void Content_that_changed_is_noticed()
    {
        var other = Of(1) with { Shards = ImmutableSortedDictionary<int, ulong>.Empty.Add(1, 5) };
        Assert.Equal(1, Portion.Changed(Merge(Of(0), Of(1)), Merge(Of(0), other)));
        Assert.True(Portion.Changed(Merge(Of(0), Of(1)), Merge(Of(0), Of(1))).IsNone);
        Assert.Equal(Bounded(1).Shards[1], Sent(Bounded(1)).State.Checksum);
        Assert.NotEqual(Bounded(1).State.Checksum, Bounded(2).State.Checksum);
    }

    [Property(MaxTest = 300)]
    public void Bytes_that_no_worker_makes_are_a_refusal_and_no_exception(int seed)
    {
        var random = new Random(seed);
        var sound = (random.Next(2) == 0 ? Of(random.Next(9)) : Bounded(random.Next(9))).Encode();
        var (rows, pixels) = (Damaged(sound.State.Rows), random.Next(2) == 0 ? Damaged(sound.State.Pixels) : sound.State.Pixels);
        Assert.True(Portion.Decode(sound with { State = sound.State with { Rows = rows, Pixels = pixels } }).IsFail);
        Assert.True(Portion.Decode(sound with { Shards = [2, 1], Checksums = [1, 1] }).IsFail);
        Assert.True(Portion.Decode(sound with { Shards = [1, 1], Checksums = [1, 1] }).IsFail);
        Assert.True(Portion.Decode(sound with { Checksums = [] }).IsFail);
        Assert.True(Portion.Decode(sound with { State = new(null!, null!, sound.State.Bounded) }).IsFail);
        Assert.True(Portion.Decode(sound with { State = sound.State with { Bounded = !sound.State.Bounded } }).IsFail);
        Assert.True(Thresholds.Decode(new(rows, pixels, false)).IsFail);

        byte[] Damaged(byte[] bytes)
        {
            byte[] copy = [.. bytes];
            copy[random.Next(copy.Length)] ^= (byte)random.Next(1, 256);
            return random.Next(3) == 0 ? copy[..random.Next(copy.Length)] : copy;
        }
    }

    private static Portion Of(int shard) => Of(shard, Shards.Make(shard));

    private static Portion Bounded(int shard) => Of(shard, BoundedShardState.Of(Shards.Make(shard), 12));

    private static Portion Of(int shard, IShardState state) =>
        new(ImmutableSortedDictionary<int, ulong>.Empty.Add(shard, state.Checksum), state, 0);

    private static Portion Sent(Portion portion) => Portion.Decode(portion.Encode()).ThrowIfFail();

    private static Portion Merge(Portion left, Portion right) => Portion.Merge(left, right).ThrowIfFail();
}
