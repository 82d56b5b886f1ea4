using FunctionalMetrics.Core.Numerics;
using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Bags keep every key and every group, in few chunks, and never change.</summary>
public class KeyBagTests
{
    [Fact]
    public void A_bag_of_any_parts_holds_every_key_once()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var choices = new Choices(seed);
            ulong[] keys = [.. Enumerable.Range(0, choices.Below(30_000)).Select(i => ScoreKey.Of((double)i))];
            var bags = choices.Cut(keys).Select(part => KeyBag.Empty.Add(new Chunk<ulong>([.. part]))).ToArray();
            var whole = Trees.Merge(bags, new MonoidOf<KeyBag>(KeyBag.Empty, (a, b) => a.Join(b), (a, b) => a.Count == b.Count), choices);
            Assert.Equal(keys.Length, whole.Count);
            Assert.Equal(keys, whole.ToArray<ulong>().Order());
        }
    }

    [Fact]
    public void Many_small_chunks_become_few()
    {
        var bag = Enumerable.Range(0, 100_000).Aggregate(KeyBag.Empty, (bag, i) => bag.Add(new Chunk<uint>([(uint)i])));
        Assert.InRange(bag.Chunks.Count(), 1, 100);
        Assert.Equal(100_000, bag.Count);
    }

    [Fact]
    public void Groups_survive_joining_and_negating()
    {
        var bag = Enumerable
            .Range(1, 50)
            .Aggregate(KeyBag.Empty, (bag, i) => bag.Add(new Chunk<uint>([.. Enumerable.Repeat((uint)i, i)], [i])));
        foreach (var chunk in bag.Chunks)
        {
            Assert.Equal(chunk.Count, chunk.Groups.Sum());
            Assert.Equal(chunk.Groups, chunk.Negated.Groups);
            var at = 0;
            foreach (var size in chunk.Groups)
            {
                Assert.All(((Chunk<uint>)chunk).Keys[at..(at + size)], key => Assert.Equal((uint)size, key));
                at += size;
            }
        }
    }

    [Fact]
    public void What_two_bags_do_not_share_is_what_sets_them_apart()
    {
        var small = 0;
        for (var seed = 0; seed < 200; seed++)
        {
            var choices = new Choices(seed);
            var next = 0;
            var old = Grown(KeyBag.Empty, choices.Below(30));
            var more = Grown(KeyBag.Empty, choices.Below(5));
            var all = choices.Once(2) ? old.Join(more) : Grown(old, choices.Below(5));
            var (here, there) = all.Apart(old, long.MaxValue) ?? throw new InvalidOperationException();
            ulong[] expected = [.. all.ToArray<ulong>().Except(here.ToArray<ulong>()).Order()];
            Assert.Equal(expected, old.ToArray<ulong>().Except(there.ToArray<ulong>()).Order());
            var apart = here.Count + there.Count;
            small += apart < all.Count / 2 ? 1 : 0;
            Assert.Equal(apart == 0, all.Apart(old, 0) is not null);
            Assert.NotNull(all.Apart(old, apart));
            Assert.Null(apart == 0 ? null : all.Apart(old, apart - 1));

            KeyBag Grown(KeyBag bag, int chunks)
            {
                for (; chunks > 0; chunks--)
                    bag = bag.Add(
                        new Chunk<ulong>([.. Enumerable.Range(next, choices.Below(500)).Select(i => ScoreKey.Of((double)next++))])
                    );
                return bag;
            }
        }
        Assert.InRange(small, 100, 200);
    }

    [Fact]
    public void Adding_to_a_bag_leaves_it_as_it_was()
    {
        var old = KeyBag.Empty.Add(new Chunk<uint>([1, 2]));
        var (first, second) = (old.Add(new Chunk<uint>([3])), old.Add(new Chunk<ulong>([ScoreKey.Of(1.0)])));
        Assert.Equal([1u, 2u], old.ToArray<uint>().Order());
        Assert.Equal([1u, 2u, 3u], first.ToArray<uint>().Order());
        Assert.Equal((false, false, true), (old.IsWide, first.IsWide, second.IsWide));
    }
}
