using FunctionalMetrics.Laws;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core.Tests;

/// <summary>The counts at a threshold that was given are those of a plain count, whichever way the scores were read.</summary>
public class GivenThresholdTests
{
    private static readonly int[] Resolutions = [1, 3, 8, 18, 24];

    [Fact]
    public void Rows_are_counted_the_same_on_every_way() =>
        ForAll.Samples(
            (sample, seed) =>
            {
                var choices = new Choices(seed);
                var lower = choices.Once(2);
                var batches = Batching.Cut<ScoreBatch>(sample, choices).Select(batch => lower ? batch.Negated : batch).ToList();
                var shards = batches.Select(RankState.Of).ToList();
                var whole = shards.Aggregate(RankState.Empty, RankState.Merge);
                foreach (var given in Thresholds(sample, choices))
                {
                    var settings = new EvaluationSettings(LowerIsAnomalous: lower, Threshold: given, PixelThreshold: given + 1);
                    var expected = Plain(sample.Rows, given, lower);
                    Same(expected, LevelNumbers.Of(whole, settings));

                    var anomalous = shards.Select(StateParts.Anomalous).Aggregate(RankState.Empty, RankState.Merge);
                    var at = anomalous.Thresholds([.. settings.CountedAt]);
                    Same(
                        expected,
                        LevelNumbers.Of(shards.Select(shard => shard.NormalAt(at)).Aggregate(anomalous, RankState.Merge), settings)
                    );

                    var least = ExactPasses.OfRows(_ => batches.Select(FinSucc), new(0)).Case is TooLittleMemory little ? little.Least : 1;
                    foreach (var limit in (MemoryLimit[])[MemoryLimit.None, new(least), new(least + 200)])
                        Same(expected, ExactPasses.OfRows(_ => batches.Select(FinSucc), limit, settings).ThrowIfFail());

                    foreach (var bits in Resolutions)
                    {
                        var binned = BoundedRankState.Of(whole, bits);
                        Holds(expected, LevelNumbers.Of(binned, settings), binned, settings.Own(given));
                    }
                }
            },
            100
        );

    [Fact]
    public void Pixels_are_counted_the_same_on_every_way() =>
        ForAll.Samples(
            (sample, seed) =>
            {
                var choices = new Choices(seed);
                var lower = choices.Once(2);
                var batches = Batching.Cut<MapBatch>(sample, choices).Select(batch => lower ? batch.Negated : batch).ToList();
                var shards = batches.Select(RegionState.Of).ToList();
                var whole = shards.Aggregate(RegionState.Empty, RegionState.Merge);
                Row[] pixels =
                [
                    .. sample.Images.SelectMany(image => image.Scores.Zip(image.Mask, (score, label) => new Row(score, label))),
                ];
                foreach (var given in Thresholds(sample, choices))
                {
                    var settings = new EvaluationSettings(LowerIsAnomalous: lower, Threshold: given + 1, PixelThreshold: given);
                    var expected = Plain(pixels, given, lower);
                    Same(expected, LevelNumbers.Of(whole, settings));

                    var anomalous = shards.Select(StateParts.Anomalous).Aggregate(RegionState.Empty, RegionState.Merge);
                    var at = anomalous.Thresholds([.. settings.CountedAt]);
                    Same(
                        expected,
                        LevelNumbers.Of(shards.Select(shard => shard.NormalAt(at)).Aggregate(anomalous, RegionState.Merge), settings)
                    );

                    var least = ExactPasses.OfMaps(_ => batches.Select(FinSucc), new(0)).Case is TooLittleMemory little ? little.Least : 1;
                    foreach (var limit in (MemoryLimit[])[MemoryLimit.None, new(least)])
                        Same(expected, ExactPasses.OfMaps(_ => batches.Select(FinSucc), limit, settings).ThrowIfFail());

                    foreach (var bits in Resolutions)
                    {
                        var binned = BoundedRegionState.Of(whole, bits);
                        Holds(expected, LevelNumbers.Of(binned, settings), binned.Rank, settings.Own(given));
                    }
                }
            },
            50
        );

    [Fact]
    public void Precision_has_no_value_where_nothing_is_called_anomalous_and_there_are_no_counts_without_a_threshold()
    {
        var rows = RankState.Of(Batching.Rows([new(0.1, false), new(0.2, true)]));
        var numbers = LevelNumbers.Of(rows, new(Threshold: 0.3));
        Assert.Equal(
            new Undefined("precision", Missing.CalledAnomalous, 2),
            numbers.Find("at_given_threshold.precision").Case is Fin<Interval> none ? none.Case : null
        );
        Assert.Equal(Interval.Known(0), Found(numbers, "f1"));
        Assert.True(LevelNumbers.Of(rows, new(PixelThreshold: 0.3)).Numbers.All(number => number.Place.Object != "at_given_threshold"));
    }

    /// <summary>Both anomalous rows may be below the threshold or above it: no precision, or 1.</summary>
    [Fact]
    public void What_one_order_of_a_bins_scores_leaves_without_a_value_is_what_the_others_give()
    {
        var rows = RankState.Of(Batching.Rows([new(0.1, false), new(0.5, true), new(0.50001, true)]));
        var numbers = LevelNumbers.Of(BoundedRankState.Of(rows, 8), new(Threshold: 0.500005));
        Assert.Equal(new Interval(0, 2), Found(numbers, "tp"));
        Assert.Equal(Interval.Known(1), Found(numbers, "precision"));
        Assert.Equal(Interval.Known(1), Found(LevelNumbers.Of(rows, new(Threshold: 0.500005)), "precision"));
    }

    /// <summary>Scores, what lies just beside them in either width, what no float32 number equals, and what is beyond all.</summary>
    private static IEnumerable<double> Thresholds(Sample sample, Choices choices)
    {
        double[] scores = [.. sample.Scores];
        var one = scores.Length > 0 ? scores[choices.Below(scores.Length)] : 0;
        double[] all =
        [
            one,
            one,
            Math.BitIncrement(one),
            Math.BitDecrement(one),
            MathF.BitIncrement((float)one),
            one / 2,
            0.1,
            0.3,
            0,
            -0.0,
            double.MaxValue,
            double.MinValue,
        ];
        return choices.Shuffle(all.Where(double.IsFinite)).Take(3);
    }

    private static (string Name, double? Value)[] Plain(IEnumerable<Row> rows, double threshold, bool lower)
    {
        var counts = rows.CountBy(row => (row.Label, Called: lower ? row.Score <= threshold : row.Score >= threshold)).ToDictionary();
        double tp = counts.GetValueOrDefault((true, true));
        double fp = counts.GetValueOrDefault((false, true));
        double fn = counts.GetValueOrDefault((true, false));
        double tn = counts.GetValueOrDefault((false, false));
        return
        [
            ("threshold", threshold),
            ("tp", tp),
            ("fp", fp),
            ("fn", fn),
            ("tn", tn),
            ("precision", tp + fp > 0 ? tp / (tp + fp) : null),
            ("recall", tp + fn > 0 ? tp / (tp + fn) : null),
            ("f1", tp + fp + fn > 0 ? 2 * tp / (2 * tp + fp + fn) : null),
            ("fpr", fp + tn > 0 ? fp / (fp + tn) : null),
        ];
    }

    private static void Same((string Name, double? Value)[] expected, LevelNumbers numbers)
    {
        foreach (var (name, value) in expected)
            Assert.Equal((name, value is { } known ? Interval.Known(known) : null), (name, Found(numbers, name)));
        Assert.Equal(expected.Length, numbers.Numbers.Count(number => number.Place.Object == "at_given_threshold"));
    }

    /// <summary>Intervals hold what is there, and are no wider than the bin in which the threshold lies makes them.</summary>
    private static void Holds((string Name, double? Value)[] expected, LevelNumbers numbers, BoundedRankState binned, double ranked)
    {
        var ranges = Enumerable.Range(0, binned.Table.Count).Select(binned.Table.Range);
        if (!ranges.Any(range => range.Lowest < ranked && ranked <= range.Highest))
            Same(expected, numbers);
        foreach (var (name, value) in expected)
            if (value is { } known)
                Assert.True(
                    Found(numbers, name) is { } interval && interval.Contains(known),
                    $"{name}: {known} is not in {Found(numbers, name)}"
                );
    }

    private static Interval? Found(LevelNumbers numbers, string name) =>
        numbers.Find("at_given_threshold." + name).Case is Fin<Interval> { Case: Interval interval } ? interval : null;
}
