using FunctionalMetrics.Laws;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Reading the data several times in little memory gives every number that one pass over everything gives, to the bit.</summary>
public class ExactPassesTests
{
    private static readonly MemoryLimit Plenty = new(long.MaxValue / 2);

    /// <summary>Rows of the fullest bin and so many bytes more: from one bin at a time to several.</summary>
    private static readonly long[] Spare = [0, 200, 1000, 20_000, 2_000_000];

    [Fact]
    public void Rows_in_many_bands_give_the_same_bits_as_one_pass() =>
        ForAll.Samples((sample, seed) => CheckRows(Batching.Cut<ScoreBatch>(sample, new Choices(seed))), 120);

    [Fact, Trait("Category", "Slow")]
    public void Maps_in_many_bands_give_the_same_bits_as_one_pass() =>
        ForAll.Samples((sample, seed) => CheckMaps(Batching.Cut<MapBatch>(sample, new Choices(seed))), 120);

    [Theory, Trait("Category", "Slow")]
    [InlineData("single")]
    [InlineData("double")]
    [InlineData("mixed")]
    [InlineData("half")]
    [InlineData("byte")]
    [InlineData("word")]
    [InlineData("tied")]
    public void Many_scores_of_any_format_need_many_bands_and_give_the_same_bits(string format)
    {
        var random = new Random(42);
        var shape = new MapShape(4, 140, 130);
        var batches = Enumerable
            .Range(0, 4)
            .Select(part =>
            {
                var (scores, masks) = (new double[(int)shape.Pixels], new bool[(int)shape.Pixels]);
                for (var i = 0; i < scores.Length; i++)
                {
                    masks[i] = (i / 7 + i / 130 / 5 * 3) % 11 == 0 || i % 1009 == 0;
                    scores[i] = Math.Clamp(random.NextDouble() * 0.7 + (masks[i] ? 0.3 : 0), 0.01, 0.9);
                }
                return Batch(format == "mixed" ? (part == 0 ? "single" : "double") : format, scores, masks, shape);
            })
            .ToList();
        CheckMaps(batches);
        CheckRows([.. batches.Select(batch => batch.Pixels)]);
    }

    /// <summary>Counts are added up some ten thousand slots at a time, and keys that came with counts beside them.</summary>
    [Fact, Trait("Category", "Slow")]
    public void More_thresholds_than_are_counted_together_give_the_same_bits_as_one_pass()
    {
        var random = new Random(21);
        float[] scores = [.. Enumerable.Range(0, 120_000).Select(_ => random.NextSingle())];
        Half[] tied = [.. Enumerable.Range(0, 40_000).Select(_ => (Half)random.NextSingle())];
        CheckRows([
            ScoreBatch.Create(scores, [.. scores.Select((_, i) => i % 2 == 0)]).Valid(),
            ScoreBatch.Create(tied, [.. tied.Select((_, i) => i % 100 == 0)]).Valid(),
        ]);
    }

    [Fact]
    public void As_many_passes_are_made_as_the_limit_needs_and_each_is_named()
    {
        var random = new Random(1);
        double[] scores = [.. Enumerable.Range(0, 20_000).Select(_ => random.NextDouble())];
        var batch = ScoreBatch.Create(scores, scores.Select((_, i) => i % 3 == 0).ToArray()).Valid();
        var least = LeastFor([batch]);
        Assert.Equal([(1, 0), (2, 2)], Passes(long.MaxValue / 2));
        Assert.Equal([(1, 2), (2, 2)], Passes(MemoryLimit.None.Bytes));
        var few = Passes(least + 20_000);
        var many = Passes(least);
        Assert.True(few.Count > 3 && many.Count > 2 * few.Count, $"{few.Count} and {many.Count} passes");
        Assert.Equal(Enumerable.Range(1, many.Count), many.Select(pass => pass.Number));
        Assert.Equal(many.Skip(1).Select(_ => many.Count), many.Skip(1).Select(pass => pass.Of));

        List<(int Number, int Of)> Passes(long bytes)
        {
            var seen = new List<(int, int)>();
            ExactPasses
                .OfRows(
                    pass =>
                    {
                        seen.Add((pass.Number, pass.Of));
                        return [batch];
                    },
                    new(bytes)
                )
                .ThrowIfFail();
            return seen;
        }
    }

    /// <summary>As many rows of each class as before, and so many passes that each kind of pass meets the change.</summary>
    [Theory]
    [InlineData("scores")]
    [InlineData("labels")]
    [InlineData("one score")]
    [InlineData("float64")]
    [InlineData("more rows")]
    [InlineData("half")]
    public void Data_that_changes_in_any_later_pass_is_noticed(string change)
    {
        var random = new Random(11);
        float[] scores = [.. Enumerable.Range(0, 6000).Select(_ => random.NextSingle())];
        bool[] labels = [.. scores.Select((_, i) => i % 3 == 0)];
        var before = ScoreBatch.Create(scores, labels).Valid();
        var after = (
            change switch
            {
                "scores" => ScoreBatch.Create(scores.Select((x, i) => labels[i] ? x : 1 - x).ToArray(), labels),
                "labels" => ScoreBatch.Create(scores, [.. labels.Skip(1).Append(labels[0])]),
                "one score" => ScoreBatch.Create(scores.Select((x, i) => i == 1 ? MathF.BitIncrement(x) : x).ToArray(), labels),
                "float64" => ScoreBatch.Create(scores.Select(x => (double)x).ToArray(), labels),
                "more rows" => ScoreBatch.Create(scores.Append(0.5f).ToArray(), [.. labels, false]),
                _ => ScoreBatch.Create(scores.Select(x => (Half)x).ToArray(), labels),
            }
        ).Valid();
        foreach (var bytes in (long[])[LeastFor([before]), Plenty.Bytes])
        {
            var count = PassesOf(before, bytes);
            for (var at = 2; at <= Math.Min(count, 9); at++)
                Assert.Equal(new ChangedData(), ExactPasses.OfRows(pass => [pass.Number == at ? after : before], new(bytes)).Case);
        }
        // Without a limit normal rows are taken from one pass alone: where no other changed, the numbers are those of what was read last.
        var unlimited = ExactPasses.OfRows(pass => [pass.Number == 2 ? after : before], MemoryLimit.None);
        if (change is "scores" or "one score" or "more rows")
            SameNumbers(RankState.Of(after), unlimited.ThrowIfFail());
        else
            Assert.Equal(new ChangedData(), unlimited.Case);
    }

    /// <summary>The same scores are anomalous, and the same number of regions; but in regions of other sizes they weigh otherwise.</summary>
    [Fact]
    public void Regions_that_change_between_two_passes_are_noticed()
    {
        float[] scores = [0.5f, 0.1f, 0.5f, 0.1f, 0.5f, 0.5f, 0.1f, 0.1f];
        var shape = new MapShape(1, 1, 8);
        var before = MapBatch.Create(scores, [true, false, true, false, true, true, false, false], shape).Valid();
        float[] others = [0.5f, 0.5f, 0.5f, 0.1f, 0.5f, 0.1f, 0.1f, 0.1f];
        var after = MapBatch.Create(others, [true, true, true, false, true, false, false, false], shape).Valid();
        ExactPasses.OfMaps(_ => [before], MemoryLimit.None).ThrowIfFail();
        Assert.Equal(new ChangedData(), ExactPasses.OfMaps(pass => [pass.AnomalousOnly ? before : after], MemoryLimit.None).Case);
    }

    [Fact]
    public void The_first_of_two_passes_needs_no_normal_rows()
    {
        ForAll.Samples(
            (sample, seed) =>
            {
                var batches = Batching.Cut<ScoreBatch>(sample, new Choices(seed));
                var state = batches.Select(RankState.Of).Aggregate(RankState.Empty, RankState.Merge);
                var numbers = ExactPasses.OfRows(
                    pass =>
                        batches.Select(batch =>
                            FinSucc(pass.AnomalousOnly ? new ScoreBatch(ScoreBatch.Empty.NegativeKeys, batch.PositiveKeys) : batch)
                        ),
                    MemoryLimit.None
                );
                SameNumbers(state, numbers.ThrowIfFail());
            },
            120
        );
    }

    [Fact]
    public void The_first_of_two_passes_needs_no_rows_of_maps_above_and_below_the_anomalous_pixels()
    {
        var random = new Random(8);
        var shape = new MapShape(1, 40, 30);
        for (var repeat = 0; repeat < 30; repeat++)
        {
            float[] scores = [.. Enumerable.Range(0, 1200).Select(_ => MathF.Round(random.NextSingle(), 2))];
            bool[] masks = [.. scores.Select((_, i) => i / 30 is > 9 and < 25 && random.Next(3) == 0)];
            var whole = MapBatch.Create(scores, masks, shape).Valid();
            var part = MapBatch.Create(scores[300..750], masks[300..750], shape with { Height = 15 }).Valid();
            var state = RegionState.Of(whole);
            var numbers = ExactPasses.OfMaps(pass => [pass.AnomalousOnly ? part : whole], MemoryLimit.None).ThrowIfFail();
            SameNumbers(state, numbers);
        }
    }

    private static int PassesOf(ScoreBatch batch, long bytes)
    {
        var passes = 0;
        ExactPasses
            .OfRows(
                pass =>
                {
                    passes = pass.Number;
                    return [batch];
                },
                new(bytes)
            )
            .ThrowIfFail();
        return passes;
    }

    [Fact]
    public void Data_without_an_anomalous_row_is_read_once_in_limited_memory()
    {
        var batch = ScoreBatch.Create(new[] { 0.1, 0.7 }, new[] { false, false }).Valid();
        var passes = 0;
        SameNumbers(
            RankState.Of(batch),
            ExactPasses.OfRows(_ => [.. Enumerable.Repeat(batch, 1).TakeWhile(_ => ++passes > 0)], Plenty).ThrowIfFail()
        );
        Assert.Equal(1, passes);
    }

    /// <summary>One batch in a thousand is enough, and the rest of the data is not read.</summary>
    [Fact]
    public void A_batch_that_changed_ends_the_pass()
    {
        float[] scores = [0.1f, MathF.BitIncrement(0.1f), 0.3f];
        var narrow = ScoreBatch.Create(scores, [false, true, true]).Valid();
        var wide = ScoreBatch.Create(scores.Select(x => (double)x).ToArray(), [false, true, true]).Valid();
        var read = 0;
        Assert.Equal(new ChangedData(), ExactPasses.OfRows(pass => Read(pass.Number == 1 ? narrow : wide), Plenty).Case);
        Assert.InRange(read, 1000, 1100);

        // Without a limit normal rows that are wider than anomalous ones need a table of bins: all is read again, and again.
        read = 0;
        var state = Enumerable.Repeat(RankState.Of(wide), 1000).Aggregate(RankState.Merge);
        SameNumbers(state, ExactPasses.OfRows(pass => Read(pass.AnomalousOnly ? narrow : wide), MemoryLimit.None).ThrowIfFail());
        Assert.InRange(read, 3000, 3100);

        IEnumerable<Fin<ScoreBatch>> Read(ScoreBatch batch)
        {
            for (var i = 0; i < 1000; i++, read++)
                yield return batch;
        }
    }

    [Fact]
    public void What_a_reader_throws_leaves_as_it_is_in_each_pass()
    {
        var batch = ScoreBatch.Create(new[] { 0.1, 0.2, 0.3 }, new[] { false, true, true }).Valid();
        foreach (var at in (int[])[1, 2])
            Assert.Throws<OperationCanceledException>(() => ExactPasses.OfRows(pass => Read(pass.Number == at), MemoryLimit.None));

        IEnumerable<Fin<ScoreBatch>> Read(bool ends)
        {
            yield return batch;
            if (ends)
                throw new OperationCanceledException();
        }
    }

    [Fact]
    public void Batches_that_grow_wide_in_the_middle_begin_again()
    {
        var narrow = ScoreBatch.Create(new[] { 0.1f, 0.2f, 0.3f }, new[] { false, true, true }).Valid();
        var wide = ScoreBatch.Create(new[] { 0.15, 0.25, 0.1 }, new[] { false, true, true }).Valid();
        var passes = new List<Pass>();
        var numbers = ExactPasses.OfRows(
            pass =>
            {
                passes.Add(pass);
                return [narrow, wide];
            },
            MemoryLimit.None
        );
        SameNumbers(RankState.Merge(RankState.Of(narrow), RankState.Of(wide)), numbers.ThrowIfFail());
        Assert.Equal([1, 1], passes.Take(2).Select(pass => pass.Number));
    }

    [Fact]
    public void Bins_of_one_score_need_one_pass_however_many_rows_they_hold()
    {
        byte[] scores = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i % 251))];
        var batch = ScoreBatch.Create(scores, scores.Select((_, i) => i % 2 == 0).ToArray()).Valid();
        var passes = 0;
        var read = (Pass _) =>
        {
            passes++;
            return (IEnumerable<Fin<ScoreBatch>>)[batch];
        };
        ExactPasses.OfRows(read, new(LeastFor([batch]))).ThrowIfFail();
        // The limit was asked for in a run of its own.
        Assert.Equal(1, passes);
    }

    [Fact]
    public void What_the_reader_takes_is_part_of_the_limit()
    {
        var batch = ScoreBatch.Create(new[] { 0.1, 0.2, 0.3 }, new[] { false, true, true }).Valid();
        var alone = LeastFor([batch]);
        Assert.Equal(alone + 1000 + 2 * 3 * 24, Least(ExactPasses.OfRows(_ => [batch], new(0, 1000, 24))));
    }

    [Fact]
    public void A_failed_read_ends_it_and_data_that_changes_is_noticed()
    {
        var batch = ScoreBatch.Create(new[] { 0.1, 0.1000001, 0.10000011 }, new[] { false, true, true }).Valid();
        var fewer = ScoreBatch.Create(new[] { 0.1000001, 0.10000011 }, new[] { true, true }).Valid();
        var broken = new OutOfRange("broken", 1, "nothing");
        foreach (var bytes in (long[])[LeastFor([batch, batch]), Plenty.Bytes, MemoryLimit.None.Bytes])
        foreach (var at in (int[])[1, 2])
            Assert.Equal(broken, ExactPasses.OfRows(pass => [batch, pass.Number == at ? broken : batch], new(bytes)).Case);
        Assert.Equal(new ChangedData(), ExactPasses.OfRows(pass => [pass.Number == 1 ? batch : fewer], Plenty).Case);

        // In two passes only the normal rows are read again; here there are four.
        var random = new Random(3);
        double[] scores = [.. Enumerable.Range(0, 20_000).Select(_ => random.NextDouble())];
        bool[] labels = [.. scores.Select((_, i) => i % 3 == 0)];
        var many = ScoreBatch.Create(scores, labels).Valid();
        scores[3] = 7;
        var other = ScoreBatch.Create(scores, labels).Valid();
        Assert.Equal(
            new ChangedData(),
            ExactPasses.OfRows(pass => [pass.Number == 1 ? many : other], new(LeastFor([many]) + 200_000)).Case
        );
    }

    private static void CheckRows(IReadOnlyList<ScoreBatch> batches)
    {
        var state = batches.Select(RankState.Of).Aggregate(RankState.Empty, RankState.Merge);
        foreach (var bytes in Limits(LeastFor(batches)))
        foreach (var otherwise in (double[])[0.5, 0.1])
        {
            var settings = new EvaluationSettings(DefaultThreshold: otherwise);
            SameNumbers(state, ExactPasses.OfRows(_ => batches.Select(FinSucc), new(bytes), settings).ThrowIfFail(), settings);
        }
    }

    private static void CheckMaps(IReadOnlyList<MapBatch> batches)
    {
        var state = batches.Select(RegionState.Of).Aggregate(RegionState.Empty, RegionState.Merge);
        var least = Least(ExactPasses.OfMaps(_ => batches.Select(FinSucc), new(0)));
        foreach (var bytes in Limits(least))
        foreach (var fprLimit in (double[])[0.01, 0.3, 1, 2])
        {
            var settings = new EvaluationSettings(fprLimit);
            SameNumbers(state, ExactPasses.OfMaps(_ => batches.Select(FinSucc), new(bytes), settings).ThrowIfFail(), settings);
        }
        if (least > 0)
            Assert.Equal(new TooLittleMemory(least - 1, least), ExactPasses.OfMaps(_ => batches.Select(FinSucc), new(least - 1)).Case);
    }

    private static void SameNumbers(RegionState state, LevelNumbers numbers, EvaluationSettings? settings = null)
    {
        Same(LevelNumbers.Of(state, settings ?? new()), numbers);
        SameBits(Aupro.UpTo((settings ?? new()).FprLimit).Compute(state).Map(pro => pro.Area), numbers, "aupro");
        SameNumbers(state.Rank, numbers with { Level = LevelNumbers.Image, Numbers = [.. numbers.Numbers.Where(OfRows)] }, settings);

        static bool OfRows(LevelNumber number) => number.Key is not ("aupro" or "fpr_limit" or "regions");
    }

    /// <summary>All numbers of a level are those of the state, and these are those of its metrics.</summary>
    private static void SameNumbers(RankState state, LevelNumbers numbers, EvaluationSettings? settings = null)
    {
        Same(LevelNumbers.Of(state, settings ?? new()), numbers);
        SameBits(Auroc.Metric.Compute(state).Map(roc => roc.Area), numbers, "auroc");
        SameBits(Aupr.Metric.Compute(state).Map(curve => curve.Area), numbers, "aupr");
        SameBits(AveragePrecision.Metric.Compute(state).Map(result => result.Value), numbers, "average_precision");
        SameBits(OptimalF1.Metric.Compute(state).Map(result => result.F1), numbers, "optimal_f1");
        var threshold = AdaptiveThreshold.WithDefault((settings ?? new()).DefaultThreshold).Compute(state).ThrowIfFail();
        SameBits(threshold.Threshold, numbers, "adaptive_threshold");
        SameBits(threshold.Counts.Precision, numbers, "at_threshold.precision");
        foreach (
            var (key, count) in (ReadOnlySpan<(string, double)>)
                [
                    ("rows", state.Rows),
                    ("positives", state.Positives),
                    ("adaptive_threshold_is_default", threshold.IsDefault ? 1 : 0),
                    ("at_threshold.tp", threshold.Counts.TruePositives),
                    ("at_threshold.fp", threshold.Counts.FalsePositives),
                    ("at_threshold.fn", threshold.Counts.FalseNegatives),
                    ("at_threshold.tn", threshold.Counts.TrueNegatives),
                ]
        )
            SameBits(count, numbers, key);
        SameBits(MinMax.Metric.Compute(state.Extrema).Map(range => range.Min), numbers, "min");
        SameBits(MinMax.Metric.Compute(state.Extrema).Map(range => range.Max), numbers, "max");
    }

    private static void Same(LevelNumbers expected, LevelNumbers actual)
    {
        Assert.Equal((expected.Level, expected.IsBounded), (actual.Level, actual.IsBounded));
        Assert.Equal(expected.Numbers.Select(Text), actual.Numbers.Select(Text));

        static string Text(LevelNumber number) =>
            FormattableString.Invariant($"{number.Key} {number.Title} {number.Kind} ")
            + number.Value.Match(value => $"{Bits(value.Lower)} {Bits(value.Upper)}", error => error.Message);

        static string Bits(double value) => BitConverter.DoubleToInt64Bits(value).ToString("x", null);
    }

    private static void SameBits(Fin<double> expected, LevelNumbers numbers, string key)
    {
        var actual = numbers.Find(key).IfNone(() => throw new KeyNotFoundException(key)).Map(value => value.Lower);
        Assert.Equal(expected.Match(_ => "", error => error.Message), actual.Match(_ => "", error => error.Message));
        Tests.Same.Bits(expected.IfFail(0), actual.IfFail(0));
    }

    private static IEnumerable<long> Limits(long least) => [.. Spare.Select(spare => least + spare), Plenty.Bytes, MemoryLimit.None.Bytes];

    private static long LeastFor(IReadOnlyList<ScoreBatch> batches) => Least(ExactPasses.OfRows(_ => batches.Select(FinSucc), new(0)));

    private static long Least<T>(Fin<T> refused) => Assert.IsType<TooLittleMemory>(refused.Case).Least;

    private static MapBatch Batch(string format, double[] scores, bool[] masks, MapShape shape) =>
        (
            format switch
            {
                "single" => MapBatch.Create(System.Array.ConvertAll(scores, score => (float)score), masks, shape),
                "half" => MapBatch.Create(System.Array.ConvertAll(scores, score => (Half)score), masks, shape),
                "byte" => MapBatch.Create(System.Array.ConvertAll(scores, score => (byte)(255 * score)), masks, shape),
                "word" => MapBatch.Create(System.Array.ConvertAll(scores, score => (ushort)(65535 * score)), masks, shape),
                "tied" => MapBatch.Create(System.Array.ConvertAll(scores, score => (float)Math.Round(score, 3)), masks, shape),
                _ => MapBatch.Create(scores, masks, shape),
            }
        ).Valid();
}
