using System.Collections.Immutable;
using FunctionalMetrics.Core.Numerics;
using FunctionalMetrics.Laws;
using LanguageExt;

namespace FunctionalMetrics.Core.Tests;

/// <summary>A replicate from the table is the metric of the repeated images, bit for bit.</summary>
public class ReplicateTableTests
{
    private static readonly EvaluationSettings Settings = new(FprLimit: 0.25, Threshold: 0.5, PixelThreshold: 1)
    {
        Asked = AskedNumber
            .ParseAll(
                "aupro@1,aupro@0.01,fpr95,tpr@fpr=0.3,fpr@tpr=0.5,pauroc@0.5,logauroc@0.2:0.7,eer,recall@precision=0.6,precision@recall=0.5,precision@n=3,mcc,aupr-in,aupimo@0.05:0.1,aupimo@0.02:0.6"
            )
            .IfFail(error => throw new InvalidOperationException(error.Message)),
    };

    [Fact]
    public void Any_multiplicities_give_the_numbers_of_the_repeated_images() =>
        ForAll.Samples((sample, seed) => CheckRepeated(ImageState(sample, seed), new(seed)));

    [Fact]
    public void Multiplicities_of_1_give_the_numbers_of_the_images() =>
        ForAll.Samples(
            (sample, seed) =>
            {
                var state = ImageState(sample, seed);
                Check(state, ReplicateTable.Of(state), [.. Enumerable.Repeat(1, state.Count)]);
            },
            60
        );

    [Fact]
    public void Tied_scores_of_8_bits_and_both_widths_at_once_do_too() =>
        ForAll.Samples(
            (_, seed) =>
            {
                var random = new Random(seed);
                var shape = new MapShape(4, 60, 60);
                byte[] scores = [.. Enumerable.Range(0, (int)shape.Pixels).Select(_ => (byte)random.Next(40))];
                bool[] masks = [.. scores.Select((_, i) => i < 7200 && i / 13 % 9 == 0)];
                var few = Core.ImageState.Of(MapBatch.Create(scores, masks, shape).Valid());
                CheckRepeated(few, random);
                var wide = Core.ImageState.Of(MapBatch.Create(Array.ConvertAll(scores, score => score / 7.0), masks, shape).Valid());
                CheckRepeated(Core.ImageState.Merge(few, wide), random);
            },
            3
        );

    [Fact]
    public void Thresholds_of_several_blocks_do_too()
    {
        var random = new Random(7);
        var shape = new MapShape(6, 150, 150);
        float[] scores = [.. Enumerable.Range(0, (int)shape.Pixels).Select(_ => random.NextSingle())];
        bool[] masks = [.. scores.Select((_, i) => i / 22500 % 2 == 0 && i / 17 % 4 == 0)];
        var state = Core.ImageState.Of(MapBatch.Create(scores, masks, shape).Valid());
        Assert.True(state.Pixels.Sweep.Count > 3 * SparseGaps.Block);
        for (var round = 0; round < 3; round++)
            CheckRepeated(state, random);
    }

    [Fact]
    public void Rows_without_images_are_each_one_of_its_own() =>
        ForAll.Samples(
            (sample, seed) =>
            {
                var rows = sample.Rows.OrderBy(row => row.Label).ThenBy(row => row.Score).ToList();
                var times = Times(rows.Count, new(seed));
                var expected = LevelNumbers.Of(RankOf(rows.SelectMany((row, i) => Enumerable.Repeat(row, times[i]))), Settings);
                foreach (var (level, key, value) in ReplicateTable.Of(RankOf(sample.Rows)).Of(times, Settings))
                    AssertSame(Expected([expected], level, key), value, key);
            },
            60
        );

    /// <summary>What is found above and below a row, put together, is what a sweep without it finds.</summary>
    [Fact]
    public void Without_a_row_the_numbers_are_those_of_the_others() =>
        ForAll.Samples(
            (sample, _) =>
            {
                var table = ReplicateTable.Of(RankOf(sample.Rows));
                CheckLeftOut(table, [.. Enumerable.Range(0, sample.Rows.Count())]);
            },
            100
        );

    [Fact]
    public void Without_an_image_they_are_too() =>
        ForAll.Samples(
            (sample, seed) =>
            {
                var state = ImageState(sample, seed);
                var places = state.Ordered.Index().ToLookup(image => image.Item.IsAnomalous, image => image.Index);
                CheckLeftOut(ReplicateTable.Of(state), [.. places[false], .. places[true]]);
            },
            40
        );

    [Fact]
    public void Without_a_row_of_many_they_are_too()
    {
        var random = new Random(2);
        var rows = Enumerable.Range(0, 400).Select(i => new Row(Math.Round(random.NextDouble() * 150 + i % 3 * 20), i % 3 == 2));
        CheckLeftOut(ReplicateTable.Of(RankOf(rows)), [.. Enumerable.Range(0, 400)]);
    }

    [Fact]
    public void Sums_of_64_bits_are_those_of_32() =>
        ForAll.Samples(
            (sample, seed) =>
            {
                var table = UnitCounts.Of(
                    [.. ImageState(sample, seed).Ordered.Select(image => new ResampledUnit(image.Normal, image.Regions))],
                    true
                );
                int[][] times = [.. Enumerable.Range(0, 5).Select(i => Times(table.Count, new(seed + i)))];
                var reduction = LargestF1.Reduction;
                Assert.Equal(
                    ReplicateSweep.Of<uint>(table, times, [reduction]).Select(found => found.Of(reduction)),
                    ReplicateSweep.Of<ulong>(table, times, [reduction]).Select(found => found.Of(reduction))
                );
            },
            30
        );

    [Fact]
    public void The_same_seed_draws_the_same_images_in_any_order_of_them_and_on_any_part()
    {
        var random = new Random(3);
        var images = Enumerable.Range(0, 11).Select(i => Single($"{i}.png", i % 3 == 0, random)).ToList();
        var whole = images.Aggregate(Core.ImageState.Merge);
        var turned = images.AsEnumerable().Reverse().Aggregate(Core.ImageState.Merge);
        var (one, other) = (ReplicateTable.Of(whole), ReplicateTable.Of(turned));
        var drawn = one.Draw(Settings, 150, 5);
        Assert.True(drawn.SequenceEqual(other.Draw(Settings, 150, 5)));
        Assert.False(drawn.SequenceEqual(one.Draw(Settings, 150, 6)));
        Assert.Equal((7, 4), (one.Normal, one.Anomalous));
        Assert.True(one.Names.SequenceEqual(other.Names));
        // The first replicates do not depend on how many there are.
        Assert.True(drawn[0].Replicates.Take(40).SequenceEqual(one.Draw(Settings, 40, 5)[0].Replicates));
        // Left out: the numbers of the state without the image.
        var area = drawn.Single(number => (number.Level, number.Key) == (Levels.Pixel, "auroc"));
        var ordered = images.OrderBy(image => image.Images.Single().Name, StringComparer.Ordinal).ToList();
        foreach (var (stratum, isAnomalous) in area.LeftOut.Zip([false, true]))
            Assert.True(
                ordered
                    .Where(image => image.Images.Single().IsAnomalous == isAnomalous)
                    .Select(image =>
                        Auroc
                            .Metric.Compute(ordered.Where(kept => kept != image).Aggregate(Core.ImageState.Merge).Pixels.Rank)
                            .Map(roc => roc.Area)
                    )
                    .SequenceEqual(stratum)
            );
    }

    /// <summary>SplitMix64 of a program of its own: see draws.py.</summary>
    [Fact]
    public void Draws_are_those_of_their_definition()
    {
        int[] drawn = [.. Draw(0, 0, 0), .. Draw(1, 2, 1), .. Draw(ulong.MaxValue, 1999, 0)];
        Assert.Equal([849, 902, 435, 676, 924, 17, 519, 382, 312, 204, 338, 206, 193, 728, 87, 547, 83, 155], drawn);

        static IEnumerable<int> Draw(ulong seed, ulong replicate, ulong stratum)
        {
            var draws = new Draws(seed, replicate, stratum);
            return [.. Enumerable.Range(0, 6).Select(_ => draws.Below(1000))];
        }
    }

    [Fact]
    public void Categories_are_drawn_apart_from_strata_numbered_across_them()
    {
        bool[] isAnomalous = [false, true, false, true, true];
        var drawn = Resample.Of(isAnomalous, 3).Drawn(9, 2);
        var times = new int[5];
        foreach (var (units, stratum) in new[] { (new[] { 0, 2 }, 6UL), (new[] { 1, 3, 4 }, 7UL) })
        {
            var draws = new Draws(9, 2, stratum);
            foreach (var _ in units)
                times[units[draws.Below(units.Length)]]++;
        }
        Assert.Equal(times, drawn);
        Assert.Equal(Resample.Of(isAnomalous).Drawn(9, 2), Resample.Of(isAnomalous, 0).Drawn(9, 2));
    }

    [Fact]
    public void Every_image_is_drawn_as_often_as_any_other()
    {
        var resample = Resample.Of([false, true, false, true, false, false, false]);
        var sums = new int[7];
        for (var replicate = 0; replicate < 20000; replicate++)
        {
            var times = resample.Drawn(9, replicate);
            Assert.Equal(2, times[1] + times[3]);
            Assert.Equal(5, times.Sum() - times[1] - times[3]);
            for (var i = 0; i < 7; i++)
                sums[i] += times[i];
        }
        // Each is binomial with mean 20,000 and a deviation of at most 127: five of them.
        Assert.All(sums, sum => Assert.InRange(sum, 20000 - 630, 20000 + 630));
    }

    private static void CheckRepeated(ImageState state, Random random) =>
        Check(state, ReplicateTable.Of(state), Times(state.Count, random));

    private static void Check(ImageState state, ReplicateTable table, int[] times)
    {
        var repeated = new ImageState([.. state.Ordered.SelectMany((image, i) => Enumerable.Repeat(image, times[i]))]);
        LevelNumbers[] expected = [LevelNumbers.Of(repeated.Scores, Settings), LevelNumbers.Of(repeated, Settings)];
        var found = table.Of(times, Settings);
        Assert.NotEmpty(found);
        foreach (var (level, key, value) in found)
            AssertSame(Expected(expected, level, key), value, key);
    }

    /// <param name="table">The table.</param>
    /// <param name="units">Its units, the normal ones first.</param>
    private static void CheckLeftOut(ReplicateTable table, int[] units)
    {
        var drawn = table.Draw(Settings, 1);
        for (var i = 0; i < units.Length; i++)
        {
            int[] times = [.. Enumerable.Range(0, units.Length).Select(unit => unit == units[i] ? 0 : 1)];
            var expected = table.Of(times, Settings).ToDictionary(number => (number.Level, number.Key), number => number.Value);
            foreach (var number in drawn)
                AssertSame(
                    expected[(number.Level, number.Key)],
                    number.LeftOut.SelectMany(stratum => stratum).ElementAt(i),
                    $"{number.Level} {number.Key} without {units[i]}"
                );
        }
    }

    private static void AssertSame(Fin<double> expected, Fin<double> found, string key) =>
        Assert.True(expected.Equals(found), $"{key}: {found}, not {expected}");

    private static Fin<double> Expected(IEnumerable<LevelNumbers> levels, string level, string key)
    {
        var numbers = levels.Single(one => one.Level == level);
        var value = key.StartsWith("metrics.", StringComparison.Ordinal)
            ? numbers.Asked.FirstOrDefault(asked => "metrics." + asked.Name == key) is { } asked
                ? asked.Value
                : new NotResampled(key["metrics.".Length..])
            : numbers.Find(key).IfNone(new NotResampled(key));
        return value.Map(known => known.Lower);
    }

    private static int[] Times(int count, Random random) => [.. Enumerable.Range(0, count).Select(_ => random.Next(4) * random.Next(2))];

    private static RankState RankOf(IEnumerable<Row> rows)
    {
        var all = rows.ToList();
        return RankState.Of(ScoreBatch.Create([.. all.Select(row => row.Score)], [.. all.Select(row => row.Label)]).Valid());
    }

    private static ImageState Single(string name, bool isAnomalous, Random random)
    {
        var shape = new MapShape(1, 9, 8);
        double[] scores = [.. Enumerable.Range(0, 72).Select(_ => Math.Round(random.NextDouble() * 30))];
        bool[] mask = [.. scores.Select((_, i) => isAnomalous && i % 8 < 3 && i / 8 % 4 < 2)];
        return Core.ImageState.Of(
            MapBatch.Create(scores, mask, shape).Bind(batch => batch.WithImages([new ImageFacts(name, isAnomalous, default)])).Valid()
        );
    }

    /// <summary>Images with names, some with classes and scores that their maps do not say.</summary>
    private static ImageState ImageState(Sample sample, int seed)
    {
        var choices = new Choices(seed);
        return sample
            .Images.Select((image, i) => (Image: image, Number: i))
            .GroupBy(one => (one.Image.Height, one.Image.Width))
            .SelectMany(stack => choices.Cut(choices.Shuffle(stack)).Where(part => part.Count > 0))
            .Select(part =>
                Core.ImageState.Of(
                    Batching
                        .Images([.. part.Select(one => one.Image)])
                        .WithImages([
                            .. part.Select(one => new ImageFacts(
                                $"{one.Number}.png",
                                one.Number % 3 == 0 ? one.Number % 2 == 0 : default(Option<bool>),
                                one.Number % 4 == 0 ? one.Number / 8.0 : default(Option<double>)
                            )),
                        ])
                        .Valid()
                )
            )
            .Aggregate(Core.ImageState.Empty, Core.ImageState.Merge);
    }
}
