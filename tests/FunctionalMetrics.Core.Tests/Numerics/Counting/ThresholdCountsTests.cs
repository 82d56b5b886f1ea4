using System.Collections.Concurrent;
using FunctionalMetrics.Core.Numerics;
using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>The counting kernel against its plain definition, on thresholds and keys that its cells like least.</summary>
public class ThresholdCountsTests
{
    public static TheoryData<string> Distributions => [.. ScoreShapes.All.Keys];

    [Theory, MemberData(nameof(Distributions))]
    public void Counts_are_those_of_the_plain_definition(string distribution)
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var choices = new Choices(seed);
            var count = new[] { 1, 2, 3, 7, 8, 9, 63, 64, 65, 1000, 5000 }[choices.Below(11)];
            double[] scores = [.. Enumerable.Range(0, count).Select(i => ScoreShapes.All[distribution](i, choices))];
            var strangers = Enumerable.Range(0, choices.Below(2000)).Select(i => ScoreShapes.All[ScoreShapes.Any(choices)](i, choices));
            var relatives = Enumerable.Range(1, choices.Below(2000)).Select(i => ScoreShapes.All[distribution](i, choices));
            double[] keys = [.. scores.Take(choices.Below(count + 1)), .. strangers, .. relatives, double.MaxValue, double.MinValue, 0];
            Check([.. scores.Select(ScoreKey.Of).Distinct().Order()], [.. keys.Select(ScoreKey.Of)], choices);
            Check([.. scores.Select(Narrow).Distinct().Order()], [.. keys.Select(Narrow)], choices);
            CheckWidened([.. scores.Select(ScoreKey.Of).Distinct().Order()], [.. keys.Select(Narrow)], choices);
        }
    }

    [Theory, MemberData(nameof(Distributions)), Trait("Category", "Slow")]
    public void Many_thresholds_are_cut_into_sections_that_count_the_same(string distribution)
    {
        var choices = new Choices(7);
        double[] scores = [.. Enumerable.Range(0, 400_000).Select(i => ScoreShapes.All[distribution](i, choices))];
        // Uniform ones beside them, so that there are many whatever the distribution, some sections crowded and others empty.
        var spread = Enumerable.Range(0, 270_000).Select(i => i / 1024.0);
        double[] all = [.. scores, .. spread, double.MaxValue, double.MinValue];
        Check([.. all.Select(ScoreKey.Of).Distinct().Order()], [.. scores.Take(100_000).Select(ScoreKey.Of)], choices);
        Check([.. all.Select(Narrow).Distinct().Order()], [.. scores.Skip(200_000).Append(0.5).Select(Narrow)], choices);
        CheckWidened([.. all.Select(ScoreKey.Of).Distinct().Order()], [.. scores.Skip(300_000).Append(0.5).Select(Narrow)], choices);
    }

    [Fact, Trait("Category", "Slow")]
    public void Counts_that_go_on_are_the_same_whether_thresholds_are_many_or_few()
    {
        var random = new Random(5);
        uint[] keys = [.. Enumerable.Range(0, 1_500_000).Select(_ => ScoreKey.Of(random.NextSingle()))];
        foreach (var count in new[] { 1, 30_000, 300_000 })
        {
            uint[] thresholds = [.. keys[^count..].Distinct().Order()];
            foreach (var threads in new[] { 1, 3 })
            {
                using var running = new ThresholdCounts.Accumulator<uint>(thresholds, keys.Length, threads);
                var parts = new ConcurrentQueue<uint[]>(keys.Chunk(70_001));
                // The last thread has nothing to do.
                Parallel.For(
                    0,
                    Math.Max(1, threads - 1),
                    thread =>
                    {
                        while (parts.TryDequeue(out var part))
                            running.Add(part, thread);
                    }
                );
                var counts = new long[GapCounts.Slots(thresholds.Length)];
                // In pieces, from any first threshold on.
                for (var first = 0; first < thresholds.Length; first += 10_007)
                    running.AddTo(new GapCounts(counts).Part(first..Math.Min(first + 10_007, thresholds.Length)), first);
                Assert.Equal(Plain(keys, thresholds), counts);
            }
        }
    }

    [Fact]
    public void Sections_with_the_most_room_are_emptied_before_they_overflow()
    {
        // Three keys in four go to one section, and there are so many that sections have all the room they may have.
        var random = new Random(6);
        uint[] thresholds = [.. Enumerable.Range(0, 300_000).Select(i => ScoreKey.Of(i / 300_000f)).Distinct().Order()];
        uint[] keys = [.. Enumerable.Range(0, 300_001).Select(i => ScoreKey.Of(random.NextSingle() * (i % 4 == 0 ? 1 : 0.001f)))];
        const int times = 230;
        var chunk = new Chunk<uint>(keys);
        var bag = Enumerable.Repeat(chunk, times).Aggregate(KeyBag.Empty, (bag, part) => bag.Add(part));
        var counts = new long[GapCounts.Slots(thresholds.Length)];
        ThresholdCounts.Count<uint>(bag, thresholds, new(counts), 1);
        Assert.Equal(Plain(keys, thresholds).Select(count => times * count), counts);
    }

    [Fact]
    public void All_keys_above_all_below_and_all_at_the_only_threshold()
    {
        foreach (var length in Enumerable.Range(0, 70).Append(1000))
        {
            Assert.Equal([0, 0, length], Of(1f, 2f, length));
            Assert.Equal([length, 0, 0], Of(1f, -2f, length));
            Assert.Equal([0, length, 0], Of(1f, 1f, length));
            Assert.Equal([length, 0, 0], Of(float.MaxValue, float.MinValue, length));
            Assert.Equal([0, 0, length], Of(float.MinValue, float.MaxValue, length));
        }

        static long[] Of(float threshold, float key, int length) =>
            ThresholdCounts
                .Count<uint>(KeyBag.Empty.Add(new Chunk<uint>([.. Enumerable.Repeat(ScoreKey.Of(key), length)])), [ScoreKey.Of(threshold)])
                .ToArray();
    }

    [Fact]
    public void Without_thresholds_all_keys_fall_between()
    {
        var bag = KeyBag.Empty.Add(new Chunk<uint>([1, 2, 3])).Add(new Chunk<ulong>([4]));
        Assert.Equal([4], ThresholdCounts.Count<ulong>(bag, []).ToArray());
    }

    [Fact]
    public void The_plain_definition_counts_by_hand() => Assert.Equal([2, 1, 0, 3, 1], Plain<uint>([1, 2, 5, 7, 7, 7, 9], [5, 7]));

    private static long[] Plain<TKey>(ReadOnlySpan<TKey> keys, ReadOnlySpan<TKey> thresholds)
        where TKey : unmanaged, IComparable<TKey> => ThresholdCounts.Plain(keys, thresholds).ToArray();

    private static void Check<TKey>(TKey[] thresholds, TKey[] keys, Choices choices)
        where TKey : unmanaged, IComparable<TKey>
    {
        var bag = choices.Cut(keys).Aggregate(KeyBag.Empty, (bag, part) => bag.Add(new Chunk<TKey>([.. part])));
        Assert.Equal(Plain(keys, thresholds), ThresholdCounts.Count<TKey>(bag, thresholds).ToArray());
    }

    private static void CheckWidened(ulong[] thresholds, uint[] keys, Choices choices)
    {
        var bag = choices
            .Cut(keys)
            .Aggregate(
                KeyBag.Empty,
                (bag, part) => bag.Add(choices.Once(2) ? new Chunk<uint>([.. part]) : new Chunk<ulong>([.. part.Select(ScoreKey.Widen)]))
            );
        Assert.Equal(Plain([.. keys.Select(ScoreKey.Widen)], thresholds), ThresholdCounts.Count<ulong>(bag, thresholds).ToArray());
    }

    private static uint Narrow(double score) => ScoreKey.Of(Math.Clamp((float)score, float.MinValue, float.MaxValue));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Any_number_of_threads_counts_the_same(int threads)
    {
        var random = new Random(threads);
        uint[] keys = [.. Enumerable.Range(0, 3 << 18).Select(_ => ScoreKey.Of(random.NextSingle()))];
        var bag = KeyBag.Empty.Add(new Chunk<uint>(keys[..700_001])).Add(new Chunk<uint>(keys[700_001..]));
        foreach (var count in new[] { 100, 50_000, 300_000 })
        {
            uint[] thresholds = [.. keys[..count].Distinct().Order()];
            var counts = new long[GapCounts.Slots(thresholds.Length)];
            ThresholdCounts.Count<uint>(bag, thresholds, new(counts), threads);
            Assert.Equal(Plain(keys, thresholds), counts);
        }
    }
}
