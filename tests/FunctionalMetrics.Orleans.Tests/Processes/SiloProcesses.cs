using System.Diagnostics;
using System.Net;

namespace FunctionalMetrics.Orleans.Tests;

/// <summary>Silos as processes of their own, found through Redis under a cluster id that nobody else has.</summary>
internal sealed class SiloProcesses : IDisposable
{
    private readonly RedisProcess redis;
    private readonly string[] work;
    private readonly List<Process> silos = [];

    private SiloProcesses(RedisProcess redis, string[] work) => (this.redis, this.work) = (redis, work);

    public ClusterSettings Settings =>
        ClusterSettings.Parse(redis.Address).ThrowIfFail() with
        {
            ClusterId = Id,
            Patience = TimeSpan.FromSeconds(60),
        };

    /// <summary>Where each one listens for other silos.</summary>
    public List<IPEndPoint> Addresses { get; } = [];

    private string Id { get; } = $"test-{Guid.NewGuid():N}";

    /// <summary>Starts silos that take so many milliseconds for a shard.</summary>
    public static Task<SiloProcesses> Start(RedisProcess redis, int count, int delay) => Start(redis, count, $"{delay}");

    /// <summary>Starts silos that are told so what to read.</summary>
    public static async Task<SiloProcesses> Start(RedisProcess redis, int count, params string[] work)
    {
        var silos = new SiloProcesses(redis, work);
        await silos.Add(count);
        return silos;
    }

    public async Task Add(int count) => silos.AddRange(await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Run())));

    public void Kill(int index)
    {
        silos[index].Kill();
        silos[index].WaitForExit();
    }

    public void KillAll()
    {
        foreach (var silo in silos)
        {
            silo.Kill();
            silo.WaitForExit();
            silo.Dispose();
        }
        silos.Clear();
    }

    public void Dispose() => KillAll();

    private async Task<Process> Run()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(SiloProcesses).Assembly.Location, redis.Address, Id, .. work])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        var silo = Process.Start(start)!;
        var line = await silo.StandardOutput.ReadLineAsync();
        Assert.StartsWith("ready on 127.0.0.1:", line, StringComparison.Ordinal);
        lock (Addresses)
            Addresses.Add(IPEndPoint.Parse(line!["ready on ".Length..]));
        return silo;
    }
}
