using FunctionalMetrics.Core.Numerics;
using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>The counting kernel against its plain definition, on thresholds and keys that its buckets like least.</summary>
public class ThresholdCountsTests
{
    public static TheoryData<string> Distributions => [.. Shapes.Keys];

    /// <summary>Thresholds as scores, by number.</summary>
    private static readonly Dictionary<string, Func<int, Choices, double>> Shapes = new()
    {
        ["uniform"] = (_, choices) => choices.Below(1 << 30) / (double)(1 << 30),
        ["few values"] = (_, choices) => choices.Below(5),
        ["exponential spacing, 1e-300 to 1e300"] = (_, choices) => Math.ScaleB(1 + choices.Below(1000) / 1000.0, choices.Below(1990) - 995),
        ["exponential spacing in float32"] = (_, choices) => Math.ScaleB(1 + choices.Below(1000) / 1024.0, choices.Below(240) - 120),
        ["exponential spacing of both signs"] = (_, choices) => (choices.Once(2) ? -1 : 1) * Math.ScaleB(1, choices.Below(2000) - 1000),
        ["two clusters"] = (_, choices) => (choices.Once(2) ? 0.1 : 0.9) + choices.Below(10_000) * 1e-9,
        ["two clusters of neighbours"] = (_, choices) => Neighbour(choices.Once(2) ? -1e30f : 1e30f, choices.Below(2000)),
        ["clustered at both ends of float32"] = (_, choices) =>
            Neighbour(choices.Once(2) ? float.MinValue : float.MaxValue, -choices.Below(2000)),
        ["clustered at both ends of float64"] = (_, choices) =>
            BitConverter.Int64BitsToDouble(
                BitConverter.DoubleToInt64Bits(choices.Once(2) ? double.MinValue : double.MaxValue) - choices.Below(2000)
            ),
        ["neighbours of one number"] = (_, choices) => Neighbour(0.7f, choices.Below(3000)),
        ["one far from all others"] = (i, choices) => i == 0 ? 1e30 : choices.Below(100_000) / 100_000.0,
        ["subnormals"] = (_, choices) => (choices.Below(5000) - 2500) * double.Epsilon,
        ["subnormals of float32"] = (_, choices) => (double)((choices.Below(5000) - 2500) * float.Epsilon),
        ["around zero"] = (_, choices) => (choices.Below(2001) - 1000) / 1000.0,
    };

    [Theory, MemberData(nameof(Distributions))]
    public void Counts_are_those_of_the_plain_definition(string distribution)
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var choices = new Choices(seed);
            var count = new[] { 1, 2, 3, 7, 8, 9, 63, 64, 65, 1000, 5000 }[choices.Below(11)];
            double[] scores = [.. Enumerable.Range(0, count).Select(i => Shapes[distribution](i, choices))];
            var strangers = Enumerable.Range(0, choices.Below(2000)).Select(i => Shapes[Any(choices)](i, choices));
            var relatives = Enumerable.Range(1, choices.Below(2000)).Select(i => Shapes[distribution](i, choices));
            double[] keys = [.. scores.Take(choices.Below(count + 1)), .. strangers, .. relatives, double.MaxValue, double.MinValue, 0];
            Check([.. scores.Select(ScoreKey.Of).Distinct().Order()], [.. keys.Select(ScoreKey.Of)], choices);
            Check([.. scores.Select(Narrow).Distinct().Order()], [.. keys.Select(Narrow)], choices);
            CheckWidened([.. scores.Select(ScoreKey.Of).Distinct().Order()], [.. keys.Select(Narrow)], choices);
        }
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
            ThresholdCounts.Count(
                Rope.Empty.Add(new Chunk<uint>([.. Enumerable.Repeat(ScoreKey.Of(key), length)])),
                new[] { ScoreKey.Of(threshold) }
            );
    }

    [Fact]
    public void Without_thresholds_all_keys_fall_between()
    {
        var rope = Rope.Empty.Add(new Chunk<uint>([1, 2, 3])).Add(new Chunk<ulong>([4]));
        Assert.Equal([4], ThresholdCounts.Count<ulong>(rope, []));
    }

    [Fact]
    public void The_plain_definition_counts_by_hand() =>
        Assert.Equal([2, 1, 0, 3, 1], ThresholdCounts.Plain<uint>([1, 2, 5, 7, 7, 7, 9], [5, 7]));

    private static void Check<TKey>(TKey[] thresholds, TKey[] keys, Choices choices)
        where TKey : unmanaged, IComparable<TKey>
    {
        var rope = choices.Cut(keys).Aggregate(Rope.Empty, (bag, part) => bag.Add(new Chunk<TKey>([.. part])));
        Assert.Equal(ThresholdCounts.Plain(keys, thresholds), ThresholdCounts.Count(rope, thresholds));
    }

    private static void CheckWidened(ulong[] thresholds, uint[] keys, Choices choices)
    {
        var rope = choices
            .Cut(keys)
            .Aggregate(
                Rope.Empty,
                (bag, part) => bag.Add(choices.Once(2) ? new Chunk<uint>([.. part]) : new Chunk<ulong>([.. part.Select(ScoreKey.Widen)]))
            );
        Assert.Equal(ThresholdCounts.Plain(keys.Select(ScoreKey.Widen), thresholds), ThresholdCounts.Count(rope, thresholds));
    }

    private static string Any(Choices choices) => Shapes.Keys.ElementAt(choices.Below(Shapes.Count));

    private static uint Narrow(double score) => ScoreKey.Of(Math.Clamp((float)score, float.MinValue, float.MaxValue));

    private static double Neighbour(float score, int steps) =>
        BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(score) + steps);
}
