using LanguageExt;
using static FunctionalMetrics.Core.Tests.PassChecks;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Data that is not the same in each pass is noticed, and what goes wrong in a pass ends it.</summary>
public class ChangedDataTests
{
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
}
