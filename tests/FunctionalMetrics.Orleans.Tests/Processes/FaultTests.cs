using LanguageExt;

namespace FunctionalMetrics.Orleans.Tests;

/// <summary>
/// Real processes and a real Redis. With FMETRICS_LONG=1 every silo is killed at five seeds; otherwise at one.
/// </summary>
[Trait("Category", "Slow")]
public class FaultTests
{
    private const int Count = 60;
    private const int Delay = 150;

    private static readonly Shard[] Planned = Shards.Named(Count);

    private static readonly Lazy<string> Expected = new(() => Shards.Numbers(Shards.Whole(Planned)));

    public static TheoryData<int, int> Kills
    {
        get
        {
            var kills = new TheoryData<int, int>();
            var seeds = Environment.GetEnvironmentVariable("FMETRICS_LONG") == "1" ? 5 : 1;
            foreach (var victim in Enumerable.Range(0, 3))
            foreach (var seed in Enumerable.Range(1, seeds))
                kills.Add(victim, 10 * victim + seed);
            return kills;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Kills))]
    public async Task Any_of_three_silos_may_be_killed_in_the_middle(int victim, int seed)
    {
        using var redis = RedisProcess.Start();
        using var silos = await SiloProcesses.Start(redis, 3, Delay);
        await using var cluster = (await MetricCluster.Connect(silos.Settings)).ThrowIfFail();
        (await cluster.Submit("job", new(Planned))).ThrowIfFail();
        await Reached(cluster, new Random(seed).Next(1, Count));
        silos.Kill(victim);
        Same(await cluster.Result("job"));
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_silo_that_dies_when_nothing_is_read_is_missed_when_states_are_merged(int victim)
    {
        using var redis = RedisProcess.Start();
        using var silos = await SiloProcesses.Start(redis, 3, 1);
        await using var cluster = (await MetricCluster.Connect(silos.Settings)).ThrowIfFail();
        (await cluster.Submit("job", new([.. Planned.SkipLast(1), Planned[^1] with { Source = null }]))).ThrowIfFail();
        await Reached(cluster, Count - 1);
        silos.Kill(victim);
        (await cluster.Push("job", Planned[^1].Id, Shards.Make(Count - 1))).ThrowIfFail();
        Same(await cluster.Result("job"));
    }

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
        await Reached(cluster, 20);
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
        await Reached(cluster, 15);
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
        await Reached(cluster, 15);
        await redis.Restart(TimeSpan.FromSeconds(1));
        var result = await cluster.Result("job");
        if (result.IsSucc)
            Same(result);
        else
            Assert.Matches("no job called job|has not answered for|cannot be stored", Checks.Reason(result));
    }

    private static async Task Reached(MetricCluster cluster, int held)
    {
        await foreach (var seen in cluster.Watch("job"))
            if (Count - seen.ThrowIfFail().Missing.Length >= held)
                return;
    }

    private static void Same(Fin<JobResult> outcome)
    {
        var result = outcome.ThrowIfFail();
        Assert.Equal(Planned.Select(shard => shard.Id), result.Contains);
        Assert.Equal(Expected.Value, Shards.Numbers(result.State));
    }
}
