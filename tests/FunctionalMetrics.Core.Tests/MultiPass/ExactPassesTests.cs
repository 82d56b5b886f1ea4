using FunctionalMetrics.Laws;
using LanguageExt;
using static FunctionalMetrics.Core.Tests.PassChecks;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Reading the data several times in little memory gives every number that one pass over everything gives, to the bit.</summary>
public class ExactPassesTests
{
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

    private static IEnumerable<long> Limits(long least) => [.. Spare.Select(spare => least + spare), Plenty.Bytes, MemoryLimit.None.Bytes];

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
