using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core.Tests;

/// <summary>8-bit and half-precision scores are kept as values with counts; nothing but memory may show it.</summary>
public class QuantizedKeysTests
{
    public static TheoryData<string, bool> Formats =>
        new()
        {
            { "byte", false },
            { "byte", true },
            { "half", false },
            { "half", true },
            { "small ushort", false },
            { "large ushort", true },
        };

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_state_of_tied_scores_is_the_state_of_the_same_numbers(string format, bool negated)
    {
        var random = new Random(3);
        var (tied, plain) = (RankState.Empty, RankState.Empty);
        var (tiedMaps, plainMaps) = (RegionState.Empty, RegionState.Empty);
        foreach (var side in (int[])[64, 3, 64, 40, 64, 128])
        {
            var labels = new bool[side * side];
            for (var i = 0; i < labels.Length; i++)
                labels[i] = random.Next(20) == 0;
            var (values, numbers) = Draw(format, labels, random);
            tied = RankState.Merge(tied, RankState.Of(Turn(ScoreBatch.Create(values(), labels).Good())));
            plain = RankState.Merge(RankState.Of(Turn(ScoreBatch.Create(numbers, labels).Good())), plain);
            var shape = new MapShape(1, side, side);
            tiedMaps = RegionState.Merge(RegionState.Of(TurnMaps(MapBatch.Create(values(), labels, shape).Good())), tiedMaps);
            plainMaps = RegionState.Merge(plainMaps, RegionState.Of(TurnMaps(MapBatch.Create(numbers, labels, shape).Good())));
        }
        Assert.Equal(plain, tied);
        Assert.Equal(plain.GetHashCode(), tied.GetHashCode());
        Assert.Equal(plainMaps, tiedMaps);
        Assert.Equal(Numbers(plain), Numbers(tied));
        Assert.Equal(Numbers(plainMaps.Rank), Numbers(tiedMaps.Rank));
        Assert.Equal(Aupro.Metric.Compute(plainMaps).Good().Area, Aupro.Metric.Compute(tiedMaps).Good().Area);
        Assert.Equal(plain.Extrema, tied.Extrema);
        Assert.Equal(plain.At([-3, 0, 100, 1e9]), tied.At([-3, 0, 100, 1e9]));

        ScoreBatch Turn(ScoreBatch batch) => negated ? batch.Negated : batch;
        MapBatch TurnMaps(MapBatch batch) => negated ? batch.Negated : batch;
    }

    [Fact]
    public void Tied_scores_take_a_few_keys_for_each_of_their_values_however_many_batches()
    {
        var random = new Random(5);
        var (bytes, halves) = (RankState.Empty, RankState.Empty);
        for (var batch = 0; batch < 60; batch++)
        {
            var raw = new byte[2 * 16384];
            random.NextBytes(raw);
            bytes = RankState.Merge(bytes, RankState.Of(ScoreBatch.Create((byte[])[.. raw.Take(16384)], new bool[16384]).Good()));
            Half[] half = [.. Enumerable.Range(0, 16384).Select(i => (Half)(random.Next(2000) / 1000f))];
            halves = RankState.Merge(halves, RankState.Of(ScoreBatch.Create(half, new bool[16384]).Good()));
        }
        Assert.Equal(60 * 16384, bytes.Negatives);
        Assert.InRange(bytes.NegativeKeys.Keys, 1, QuantizedKeys.Together * 256);
        Assert.InRange(halves.NegativeKeys.Keys, 1, QuantizedKeys.Together * 2000);
    }

    [Fact]
    public void Scores_with_few_ties_stay_as_they_are()
    {
        Half[] distinct = [.. Enumerable.Range(0, 3000).Select(i => BitConverter.UInt16BitsToHalf((ushort)i))];
        var batch = ScoreBatch.Create(distinct, new bool[3000]).Good();
        Assert.Same(batch.NegativeKeys, QuantizedKeys.Compact(batch.NegativeKeys));
    }

    private delegate ScoreValues Values();

    private static (Values Values, float[] Numbers) Draw(string format, bool[] labels, Random random)
    {
        switch (format)
        {
            case "byte":
                byte[] bytes = [.. labels.Select(label => (byte)random.Next(label ? 40 : 0, 200))];
                return (() => bytes, [.. bytes.Select(value => (float)value)]);
            case "half":
                Half[] halves = [.. labels.Select(label => (Half)((random.Next(300) - 100 + (label ? 50 : 0)) / 64f * 1e-5f))];
                return (() => halves, [.. halves.Select(value => (float)value)]);
            default:
                var least = format == "small ushort" ? 0 : 40_001;
                ushort[] words = [.. labels.Select(label => (ushort)(least + 2 * random.Next(label ? 40 : 0, 300)))];
                return (() => words, [.. words.Select(value => (float)value)]);
        }
    }

    private static (double, double, double, double, double, int) Numbers(RankState state) =>
        (
            Auroc.Metric.Compute(state).Good().Area,
            Aupr.Metric.Compute(state).Good().Area,
            AveragePrecision.Metric.Compute(state).Good().Value,
            OptimalF1.Metric.Compute(state).Good().F1,
            AdaptiveThreshold.Metric.Compute(state).Good().Threshold,
            Auroc.Metric.Compute(state).Good().Points.GetHashCode()
        );
}

/// <summary>Values that these tests know to be there.</summary>
internal static class Expected
{
    public static T Good<T>(this LanguageExt.Validation<Fault, T> valid) =>
        valid.Match(value => value, faults => throw new InvalidOperationException(string.Join("; ", faults)));

    public static T Good<T>(this LanguageExt.Fin<T> result) => result.ThrowIfFail();
}
