using LanguageExt;

namespace FunctionalMetrics.Orleans.Tests;

/// <summary>
/// Real processes and a real Redis. With FMETRICS_LONG=1 every silo is killed at five seeds; otherwise at one. Most of the time goes into waiting
/// for silos that are dead, so the classes below run beside each other.
/// </summary>
[Trait("Category", "Slow")]
public abstract class FaultTests
{
    protected const int Count = 60;
    protected const int Delay = 150;

    protected static readonly Shard[] Planned = Shards.Named(Count);

    private static readonly Lazy<string> Expected = new(() => Shards.Numbers(Shards.Whole(Planned)));

    /// <summary>Kills one silo of three after the other, each under a job of its own; another takes the place of each.</summary>
    protected static async Task Each(int delay, Func<MetricCluster, string, int, Action, Task> job)
    {
        using var redis = RedisProcess.Start();
        using var silos = await SiloProcesses.Start(redis, 3, delay);
        await using var cluster = (await MetricCluster.Connect(silos.Settings)).ThrowIfFail();
        foreach (var victim in Enumerable.Range(0, 3))
        {
            await job(cluster, $"job-{victim}", victim, () => silos.Kill(victim));
            if (victim < 2)
                await silos.Add(1);
        }
    }

    protected static async Task Reached(MetricCluster cluster, string job, int held)
    {
        await foreach (var seen in cluster.Watch(job))
            if (Count - seen.ThrowIfFail().Missing.Length >= held)
                return;
    }

    protected static void Same(Fin<JobResult> outcome)
    {
        var result = outcome.ThrowIfFail();
        Assert.Equal(Planned.Select(shard => shard.Id), result.Contains);
        Assert.Equal(Expected.Value, Shards.Numbers(result.State));
    }
}

public sealed class KillTests : FaultTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, Environment.GetEnvironmentVariable("FMETRICS_LONG") == "1" ? 5 : 1)];

    [SkippableTheory]
    [MemberData(nameof(Seeds))]
    public Task Any_of_three_silos_may_be_killed_in_the_middle(int seed) =>
        Each(
            Delay,
            async (cluster, job, victim, kill) =>
            {
                (await cluster.Submit(job, new(Planned))).ThrowIfFail();
                await Reached(cluster, job, new Random(10 * victim + seed).Next(1, Count));
                kill();
                Same(await cluster.Result(job));
            }
        );
}

public sealed class QuietKillTests : FaultTests
{
    [SkippableFact]
    public Task A_silo_that_dies_when_nothing_is_read_is_missed_when_states_are_merged() =>
        Each(
            1,
            async (cluster, job, _, kill) =>
            {
                (await cluster.Submit(job, new([.. Planned.SkipLast(1), Planned[^1] with { Source = null }]))).ThrowIfFail();
                await Reached(cluster, job, Count - 1);
                kill();
                (await cluster.Push(job, Planned[^1].Id, Shards.Make(Count - 1))).ThrowIfFail();
                Same(await cluster.Result(job));
            }
        );
}

public sealed class RestartTests : FaultTests
{
    [SkippableFact]
    public async Task A_job_and_what_was_pushed_survive_the_end_of_all_silos_and_of_Redis()
    {
        using var redis = RedisProcess.Start();
        using var silos = await SiloProcesses.Start(redis, 2, Delay);
        await using var cluster = (await MetricCluster.Connect(silos.Settings)).ThrowIfFail();
        Shard[] planned = [.. Planned.Select((shard, index) => index % 10 == 0 ? shard with { Source = null } : shard)];
        (await cluster.Submit("job", new(planned))).ThrowIfFail();
        foreach (var index in Enumerable.Range(0, Count).Where(index => index % 10 == 0))
            (await cluster.Push("job", $"s{index}", Shards.Make(index))).ThrowIfFail();
        await Reached(cluster, "job", 20);
        silos.KillAll();
        await redis.Restart(TimeSpan.FromSeconds(1));
        await silos.Add(2);
        Same(await cluster.Result("job"));
        silos.KillAll();
        await silos.Add(1);
        Same(await cluster.Result("job"));
    }

    [SkippableFact]
    public async Task Redis_may_restart_in_the_middle()
    {
        using var redis = RedisProcess.Start();
        using var silos = await SiloProcesses.Start(redis, 2, Delay);
        await using var cluster = (await MetricCluster.Connect(silos.Settings)).ThrowIfFail();
        (await cluster.Submit("job", new(Planned))).ThrowIfFail();
        await Reached(cluster, "job", 15);
        await redis.Restart(TimeSpan.FromSeconds(2));
        Same(await cluster.Result("job"));
    }

    [SkippableFact]
    public async Task A_Redis_that_forgets_everything_costs_the_job_and_never_its_correctness()
    {
        using var redis = RedisProcess.Start(persists: false);
        using var silos = await SiloProcesses.Start(redis, 2, Delay);
        await using var cluster = (await MetricCluster.Connect(silos.Settings with { Patience = TimeSpan.FromSeconds(15) })).ThrowIfFail();
        (await cluster.Submit("job", new(Planned))).ThrowIfFail();
        await Reached(cluster, "job", 15);
        await redis.Restart(TimeSpan.FromSeconds(1));
        var result = await cluster.Result("job");
        if (result.IsSucc)
            Same(result);
        else
            Assert.Matches("no job called job|is not complete|has not answered for|cannot be stored", Checks.Reason(result));
    }
}
