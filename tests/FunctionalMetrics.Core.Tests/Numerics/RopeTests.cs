using FunctionalMetrics.Core.Numerics;
using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Ropes keep every key and every group, in few chunks, and never change.</summary>
public class RopeTests
{
    [Fact]
    public void A_rope_of_any_parts_holds_every_key_once()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var choices = new Choices(seed);
            ulong[] keys = [.. Enumerable.Range(0, choices.Below(30_000)).Select(i => ScoreKey.Of((double)i))];
            var ropes = choices.Cut(keys).Select(part => Rope.Empty.Add(new Chunk<ulong>([.. part]))).ToArray();
            var whole = Trees.Merge(ropes, new MonoidOf<Rope>(Rope.Empty, (a, b) => a.Join(b), (a, b) => a.Count == b.Count), choices);
            Assert.Equal(keys.Length, whole.Count);
            Assert.Equal(keys, whole.ToArray<ulong>().Order());
        }
    }

    [Fact]
    public void Many_small_chunks_become_few()
    {
        var rope = Enumerable.Range(0, 100_000).Aggregate(Rope.Empty, (bag, i) => bag.Add(new Chunk<uint>([(uint)i])));
        Assert.InRange(rope.Chunks.Count(), 1, 100);
        Assert.Equal(100_000, rope.Count);
    }

    [Fact]
    public void Groups_survive_joining_and_negating()
    {
        var rope = Enumerable
            .Range(1, 50)
            .Aggregate(Rope.Empty, (bag, i) => bag.Add(new Chunk<uint>([.. Enumerable.Repeat((uint)i, i)], [i])));
        foreach (var chunk in rope.Chunks)
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
    public void Adding_to_a_rope_leaves_it_as_it_was()
    {
        var old = Rope.Empty.Add(new Chunk<uint>([1, 2]));
        var (first, second) = (old.Add(new Chunk<uint>([3])), old.Add(new Chunk<ulong>([ScoreKey.Of(1.0)])));
        Assert.Equal([1u, 2u], old.ToArray<uint>().Order());
        Assert.Equal([1u, 2u, 3u], first.ToArray<uint>().Order());
        Assert.Equal((false, false, true), (old.IsWide, first.IsWide, second.IsWide));
    }
}
