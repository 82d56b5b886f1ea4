using LanguageExt;
using StackExchange.Redis;

namespace FunctionalMetrics.Orleans.Tests;

/// <summary>What a client leaves in Redis is gone some time after the last one asked for it, and not before.</summary>
public sealed class ExpiryTests
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(4);

    [SkippableFact, Trait("Category", "Slow")]
    public async Task A_job_that_nobody_asks_for_is_gone_and_one_that_is_asked_for_stays()
    {
        using var redis = RedisProcess.Start(false);
        var settings = ClusterSettings.Parse(redis.Address).ThrowIfFail() with { ClusterId = "expiry", Kept = Kept };
        await using var silo = (await SiloHost.Start(settings, Shards.Read)).ThrowIfFail();
        await using var client = (await MetricCluster.Connect(settings)).ThrowIfFail();
        // a shard is pushed and the other is not, so that both jobs stay open
        foreach (var job in (string[])["asked", "left"])
        {
            (await client.Submit(job, new([new("a", null), new("b", null)]))).ThrowIfFail();
            (await client.Push(job, "a", Shards.Make(1))).ThrowIfFail();
        }
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Address);
        Assert.Equal(2, Stored("left"));
        while (Stored("left") > 0)
        {
            (await client.Progress("asked")).ThrowIfFail();
            await Task.Delay(200);
        }
        for (var more = 0; more < 30; more++)
        {
            (await client.Progress("asked")).ThrowIfFail();
            await Task.Delay(200);
        }
        Assert.Equal(2, Stored("asked"));
        (await client.Push("asked", "b", Shards.Make(2))).ThrowIfFail();
        Assert.Equal(2, (await client.Result("asked")).ThrowIfFail().Contains.Count);

        int Stored(string job) => connection.GetServers()[0].Keys(pattern: $"*{job}*").Count();
    }
}
