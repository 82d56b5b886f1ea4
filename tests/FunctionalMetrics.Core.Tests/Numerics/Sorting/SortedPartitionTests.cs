using FunctionalMetrics.Core.Numerics;
using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Keys sorted part by part, against the framework's sort of all of them.</summary>
public class SortedPartitionTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(1000, 3)]
    [InlineData(300_001, 20)]
    public void The_parts_one_after_another_are_all_keys_in_ascending_order(int length, int chunks)
    {
        var choices = new Choices(length);
        float[] scores = [.. Enumerable.Range(0, length).Select(i => choices.Below(1000) / (float)(1 + choices.Below(1 + i)) - 0.25f)];
        var narrow = Bag(scores, chunks, part => new Chunk<uint>(Array.ConvertAll(part, ScoreKey.Of)));
        var mixed = Bag(
            scores,
            chunks,
            part =>
                choices.Once(2)
                    ? new Chunk<uint>(Array.ConvertAll(part, ScoreKey.Of))
                    : new Chunk<ulong>(Array.ConvertAll(part, score => ScoreKey.Of((double)score)))
        );
        Assert.Equal([.. scores.Select(ScoreKey.Of).Order()], Sorted<uint>(narrow));
        Assert.Equal([.. scores.Select(score => ScoreKey.Of((double)score)).Order()], Sorted<ulong>(mixed));
    }

    private static TKey[] Sorted<TKey>(KeyBag bag)
        where TKey : unmanaged
    {
        using var parts = new SortedPartition<TKey>(bag);
        var sorted = new List<TKey>();
        for (var part = 0; part < parts.Count; part++)
            sorted.AddRange(parts[part]);
        return [.. sorted];
    }

    private static KeyBag Bag(float[] scores, int chunks, Func<float[], Chunk> chunk) =>
        scores.Chunk(Math.Max(1, scores.Length / chunks)).Aggregate(KeyBag.Empty, (bag, part) => bag.Add(chunk(part)));
}
