using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics.Orleans.Tests;

/// <summary>Silos of this process, with nothing installed.</summary>
public class InProcessTests
{
    [Trait("Category", "Slow")]
    [Theory]
    [InlineData(1, 7)]
    [InlineData(3, 60)]
    public async Task A_job_gives_the_bits_of_one_process_whatever_the_number_of_silos(int silos, int count)
    {
        await using var cluster = await Start(silos);
        var shards = Shards.Named(count);
        var whole = Shards.Whole(shards);
        // One that scores equal, and one that no float32 number does.
        var settings = new EvaluationSettings(
            Threshold: ((EvaluationState.Exact)whole).Images.Extrema.Range.IfNone((0, 0)).Max,
            PixelThreshold: 0.3
        );
        Ok(await cluster.Submit("numbers", new(shards, CountedAt: [.. settings.CountedAt])));
        Ok(await cluster.Submit("whole", new([.. shards.Reverse()], JobKind.Whole)));
        var numbers = (await cluster.Result("numbers")).ThrowIfFail();
        Assert.Equal(Shards.Numbers(whole, settings), Shards.Numbers(numbers.State, settings));
        Assert.Equal(shards.Select(shard => shard.Id), numbers.Contains);
        Assert.Equal(whole, (await cluster.Result("whole")).ThrowIfFail().State);
        Assert.Equal(
            new JobProgress(count, [], true, null) with
            {
                Missing = [],
            },
            (await cluster.Progress("numbers")).ThrowIfFail() with
            {
                Missing = [],
            },
            Same
        );
    }

    /// <summary>Nothing is drawn at random, so with <c>FMETRICS_LONG=1</c> nothing of that size is missed. A shard is as many rows of each class on each score as its source says.</summary>
    [Fact, Trait("Category", "Slow")]
    public async Task Multisets_of_six_rows_on_three_scores_give_the_bits_of_one_process()
    {
        await using var cluster = (await MetricCluster.InProcess((source, _) => RowsOf(source), 2)).ThrowIfFail();
        foreach (var counts in SmallWorld.OneIn(64))
        {
            var part = SmallWorld.Half(counts);
            Shard[] shards = [new("part", Source(part)), new("rest", Source(SmallWorld.Without(counts, part)))];
            var whole = RowsOf(Source(counts)).ThrowIfFail();
            foreach (var kind in Enum.GetValues<JobKind>())
            {
                var job = $"{Source(counts)} {kind}";
                Ok(await cluster.Submit(job, new(shards, kind, Bits: 3)));
                var found = (await cluster.Result(job)).ThrowIfFail().State;
                Assert.Equal(Shards.Numbers(kind is JobKind.Bounded ? whole.InBins(3) : whole), Shards.Numbers(found));
                Ok(await cluster.Forget(job));
            }
        }

        static string Source(int[] counts) => string.Join(',', counts);

        static Fin<EvaluationState> RowsOf(string source)
        {
            var (scores, labels) = SmallWorld.Rows([.. source.Split(',').Select(int.Parse)]);
            return ScoreBatch
                .Create(scores, labels)
                .Match(batch => EvaluationState.Of(new(batch)), faults => throw new InvalidOperationException($"{faults}"));
        }
    }

    [Fact]
    public async Task A_whole_state_has_the_images_that_its_shards_keep()
    {
        await using var cluster = (
            await MetricCluster.InProcess((source, _) => Shards.Make(int.Parse(source), keepsImages: true), 3)
        ).ThrowIfFail();
        var shards = Shards.Named(20);
        var whole = shards
            .Select(shard => Shards.Make(int.Parse(shard.Source!), keepsImages: true))
            .Aggregate(EvaluationState.Empty, EvaluationState.Merge);
        Assert.Equal(60, ((EvaluationState.Exact)whole).Kept.Map(images => images.Count).IfNone(0));
        Ok(await cluster.Submit("images", new([.. shards.Reverse()], JobKind.Whole)));
        var found = (await cluster.Result("images")).ThrowIfFail().State;
        Assert.Equal(whole, found);
        Assert.True(EvaluationState.Codec.Encode(whole).AsSpan().SequenceEqual(EvaluationState.Codec.Encode(found)));
    }

    [Fact]
    public void Images_of_other_names_are_other_content()
    {
        var kept = (EvaluationState.Exact)Shards.Make(1, keepsImages: true);
        Assert.NotEqual(ShardStates.Checksum(kept), ShardStates.Checksum(kept with { Kept = Option<ImageState>.None }));
        Assert.NotEqual(ShardStates.Checksum(kept), ShardStates.Checksum(Shards.Make(1, keepsImages: true, prefix: "other")));
        Assert.Equal(ShardStates.Checksum(kept), ShardStates.Checksum(Shards.Make(1, keepsImages: true)));
    }

    [Fact]
    public void A_state_that_no_message_carries_is_refused()
    {
        var portion = Portion.Empty with { State = Shards.Make(1) };
        var length = EvaluationState.Codec.Encode(portion.State).Length;
        Assert.Equal(length, portion.Encode(length).ThrowIfFail().State.Length);
        Assert.Contains(
            $"takes {length:N0} bytes, and a cluster carries {length - 1:N0} at most",
            portion.Encode(length - 1).Match(_ => "", why => why.Message)
        );
    }

    [Fact]
    public async Task A_shard_that_is_pushed_twice_and_out_of_order_counts_once()
    {
        await using var cluster = await Start(2);
        Shard[] shards = [.. Enumerable.Range(0, 12).Select(index => new Shard($"p{index}", index % 3 == 0 ? $"{index}" : null))];
        Ok(await cluster.Submit("job", new(shards)));
        int[] pushed = [.. Enumerable.Range(0, 12).Where(index => index % 3 != 0)];
        int[] order = [.. pushed.Reverse(), .. pushed.Order().Take(5), .. pushed];
        foreach (var index in order.SkipLast(pushed.Length + 5).SkipLast(1))
            Ok(await cluster.Push("job", $"p{index}", Shards.Make(index)));
        var waiting = (
            await cluster.Watch("job").FirstAsync(seen => seen.Map(progress => progress.Missing.Length == 1).IfFail(true))
        ).ThrowIfFail();
        Assert.Equal(["p1"], waiting.Missing);
        Assert.False(waiting.IsComplete);
        await Task.WhenAll(order.Select(async index => Ok(await cluster.Push("job", $"p{index}", Shards.Make(index)))));
        var result = (await cluster.Result("job")).ThrowIfFail();
        Assert.Equal(Shards.Numbers(Shards.Whole(Shards.Named(12))), Shards.Numbers(result.State));
        Assert.Equal(12, result.Contains.Count);
        Refused(await cluster.Push("job", "p1", Shards.Make(99)), "shard p1 was pushed before with other content");
        Refused(await cluster.Push("job", "p0", Shards.Make(0)), "no shard called p0 that is pushed");
        Refused(await cluster.Push("other", "p0", Shards.Make(0)), "there is no job called other");
    }

    [Fact]
    public async Task Counts_in_bins_are_those_of_one_process_whoever_made_them()
    {
        await using var cluster = await Start(3);
        Shard[] shards = [.. Enumerable.Range(0, 20).Select(index => new Shard($"s{index}", index < 18 ? $"{index}" : null))];
        var whole = Shards.Whole(Shards.Named(20)).InBins(12);
        Ok(await cluster.Submit("job", new(shards, JobKind.Bounded, Bits: 12)));
        Ok(await cluster.Push("job", "s18", Shards.Make(18)));
        Ok(await cluster.Push("job", "s19", Shards.Make(19).InBins(16)));
        var result = (await cluster.Result("job")).ThrowIfFail();
        Assert.Equal((whole, 12), (result.State, ((EvaluationState.Bounded)result.State).Bits));
        Assert.Equal(shards.Select(shard => shard.Id), result.Contains);
        Refused(await cluster.Push("job", "s19", Shards.Make(19)), "shard s19 was pushed before with other content");
        Refused(await cluster.Submit("fine", new(shards, JobKind.Bounded, Bits: 25)), "a resolution is from 1 to 24 bits");
        Ok(await cluster.Submit("coarse", new([new("p", null)], JobKind.Bounded, Bits: 12)));
        Ok(await cluster.Push("coarse", "p", Shards.Make(1).InBins(16)));
        Assert.Equal(Shards.Make(1).InBins(12), (await cluster.Result("coarse")).ThrowIfFail().State);
        Ok(await cluster.Submit("exact", new([new("p", null)])));
        Refused(await cluster.Push("exact", "p", Shards.Make(1).InBins(18)), "job exact is exact; shard p is in bins");
        Ok(await cluster.Push("exact", "p", Shards.Make(1)));
        Assert.Equal(Shards.Numbers(Shards.Make(1)), Shards.Numbers((await cluster.Result("exact")).ThrowIfFail().State));
    }

    [Fact]
    public async Task What_cannot_be_read_ends_the_job_with_the_reader_s_sentence()
    {
        await using var cluster = await Start(1);
        Ok(await cluster.Submit("job", new([.. Shards.Named(5), new("bad", "nowhere.npy")])));
        Refused(await cluster.Result("job"), "nowhere.npy: does not exist");
        Assert.Equal("nowhere.npy: does not exist", (await cluster.Progress("job")).ThrowIfFail().Failure);
    }

    [Fact]
    public async Task A_reader_that_breaks_ends_the_job_as_a_bug()
    {
        await using var cluster = (await MetricCluster.InProcess((_, _) => throw new InvalidOperationException("broken"))).ThrowIfFail();
        Ok(await cluster.Submit("job", new(Shards.Named(2))));
        Refused(await cluster.Result("job"), "broken");
    }

    [Fact]
    public async Task Jobs_are_told_apart_by_their_id_and_forgotten_when_told()
    {
        await using var cluster = await Start(1);
        Ok(await cluster.Submit("job", new(Shards.Named(3))));
        Ok(await cluster.Submit("job", new(Shards.Named(3))));
        Refused(await cluster.Submit("job", new(Shards.Named(4))), "there is another job called job");
        Refused(await cluster.Submit("twice", new([new("a", "1"), new("a", "2")])), "two shards are called a");
        Refused(await cluster.Result("none"), "there is no job called none");
        Ok(await cluster.Forget("job"));
        Refused(await cluster.Progress("job"), "there is no job called job");
        Ok(await cluster.Submit("job", new([])));
        var empty = (await cluster.Result("job")).ThrowIfFail();
        Assert.Equal((EvaluationState.Empty, 0), (empty.State, empty.Contains.Count));
    }

    [Fact]
    public async Task Traffic_grows_with_the_anomalous_scores_and_not_with_the_pixels()
    {
        await using var cluster = await Start(3);
        var (plain, tenfold) = (Shards.Named(30), Shards.Named(30).Select(shard => shard with { Source = shard.Source + "x10" }).ToArray());
        Ok(await cluster.Submit("plain", new(plain)));
        Ok(await cluster.Submit("tenfold", new(tenfold)));
        Ok(await cluster.Submit("whole", new(tenfold, JobKind.Whole)));
        var (few, many, all) = (await Moved("plain"), await Moved("tenfold"), await Moved("whole"));
        Assert.True(many < 2 * few, $"{few} bytes, and {many} with ten times the normal pixels");
        Assert.True(all > 2 * many, $"{many} bytes for the numbers, and {all} for the whole state");

        async Task<long> Moved(string job) => (await cluster.Result(job)).ThrowIfFail().BytesMoved;
    }

    [Fact]
    public async Task Traffic_of_bins_is_bounded_for_each_worker_whatever_the_pixels()
    {
        await using var cluster = await Start(3);
        const int Bits = 6;
        var most = BoundedBytes(Shards.Whole(Shards.Named(30)));
        Ok(await cluster.Submit("few", new(Shards.Named(30), JobKind.Bounded, Bits: Bits)));
        Shard[] tenfold = [.. Shards.Named(30).Select(shard => shard with { Source = shard.Source + "x10" })];
        Ok(await cluster.Submit("many", new(tenfold, JobKind.Bounded, Bits: Bits)));
        foreach (var job in (string[])["few", "many"])
        {
            var moved = (await cluster.Result(job)).ThrowIfFail().BytesMoved;
            Assert.True(moved <= 3 * 1.5 * most, $"{moved} bytes from three workers whose states have at most some {most} each");
        }

        static long BoundedBytes(EvaluationState exact) => EvaluationState.Codec.Encode(exact.InBins(Bits)).Length;
    }

    private static async Task<MetricCluster> Start(int silos) => (await MetricCluster.InProcess(Shards.Read, silos)).ThrowIfFail();

    private static bool Same(JobProgress a, JobProgress b) =>
        a.Shards == b.Shards && a.IsComplete == b.IsComplete && a.Failure == b.Failure && a.Missing.SequenceEqual(b.Missing);

    private static void Ok<T>(Fin<T> outcome) => outcome.ThrowIfFail();

    private static void Refused<T>(Fin<T> outcome, string reason) =>
        Assert.Contains(reason, Checks.Reason(outcome), StringComparison.Ordinal);
}
