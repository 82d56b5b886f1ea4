using System.Diagnostics;
using System.Globalization;
using FunctionalMetrics.Orleans;
using FunctionalMetrics.Orleans.Tests;
using StackExchange.Redis;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>Silos as a user starts them: who may join, where they listen, and how they end.</summary>
public sealed class SiloTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<Process> started = [];

    public void Dispose()
    {
        foreach (var process in started)
        {
            process.Kill();
            process.Dispose();
        }
        folder.Dispose();
    }

    [SkippableTheory, Trait("Category", "Slow")]
    [InlineData("-INT")]
    [InlineData("-TERM")]
    public async Task A_silo_whose_Redis_is_gone_ends_soon_and_says_what_it_could_not_do(string signal)
    {
        using var redis = RedisProcess.Start();
        var silo = await Ready(redis);
        redis.Stop();
        Send(signal, silo);
        Assert.True(silo.WaitForExit(20_000));
        Assert.Equal(130, silo.ExitCode);
        Assert.Matches(
            @"^fmetrics: the silo on 127\.0\.0\.1:\d+ ended without leaving its cluster in 4 s: Redis does not answer[^\n]*\n$",
            await silo.StandardError.ReadToEndAsync()
        );
    }

    [SkippableFact, Trait("Category", "Slow")]
    public async Task A_Redis_that_wants_another_password_is_told_from_one_that_is_not_there()
    {
        using var redis = RedisProcess.Start();
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Address + ",allowAdmin=true");
        await connection.GetServers()[0].ConfigSetAsync("requirepass", "another");
        Fmetrics
            .Run("silo", "--redis", redis.Address)
            .IsRefusal($"the Redis server at {redis.Address} does not take the password in FMETRICS_REDIS_PASSWORD");
    }

    [Trait("Category", "Slow")]
    [SkippableFact]
    public async Task A_silo_listens_on_loopback_alone()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "listening sockets are looked up in /proc");
        using var redis = RedisProcess.Start();
        var heard = Listening(await Ready(redis));
        Assert.Equal(2, heard.Count);
        Assert.All(heard, address => Assert.StartsWith("0100007F:", address, StringComparison.Ordinal));
    }

    [SkippableFact, Trait("Category", "Slow")]
    public async Task Where_a_certificate_is_configured_whoever_shows_none_or_a_stranger_s_is_refused()
    {
        using var redis = RedisProcess.Start();
        using var certificates = new Certificates();
        using var ours = certificates.Authority("ours");
        using var theirs = certificates.Authority("theirs");
        string[] known = Shown(certificates.Signed(ours, "ours", "known"));
        string[] foreign = Shown(certificates.Signed(theirs, "ours", "foreign"));
        await Task.WhenAll(Ready(redis, known), Ready(redis, known));
        string[] evaluate =
        [
            "evaluate",
            Fmetrics.Brick,
            "--cluster",
            $"redis://{redis.Address}",
            "--json",
            folder.File("numbers.json"),
            "--quiet",
        ];
        string[] silo = ["silo", "--redis", redis.Address];
        var refused = await Task.WhenAll(
            new[] { evaluate, [.. evaluate, .. foreign], silo, [.. silo, .. foreign] }.Select(args =>
                Task.Run(() => Fmetrics.Spawn(folder.Path, "C", args))
            )
        );
        refused[0].IsRefusal("no silo of the cluster 'fmetrics' answers");
        refused[1].IsRefusal("no silo of the cluster 'fmetrics' answers");
        refused[2].IsRefusal("the silo cannot start");
        refused[3].IsRefusal("the silo cannot start");
        Assert.Empty(folder.Names);
        var welcome = Fmetrics.Spawn(folder.Path, "C", [.. evaluate, .. known]);
        Assert.Equal((0, ""), (welcome.ExitCode, welcome.Error));
        Assert.Equal(["numbers.json"], folder.Names);
    }

    private static void Send(string signal, Process process)
    {
        using var kill = Process.Start("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private static string[] Shown(TlsFiles tls) => ["--certificate", tls.Certificate, "--authority", tls.Authority];

    private async Task<Process> Ready(RedisProcess redis, params string[] more)
    {
        var silo = Fmetrics.Start(folder.Path, ["silo", "--redis", redis.Address, .. more]);
        lock (started)
            started.Add(silo);
        Assert.StartsWith("ready on 127.0.0.1:", await silo.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
        return silo;
    }

    /// <summary>The addresses that a process listens on, as /proc writes them: 0100007F is 127.0.0.1.</summary>
    private static List<string> Listening(Process process)
    {
        var sockets = Directory
            .EnumerateFiles($"/proc/{process.Id}/fd")
            .Select(file => new FileInfo(file).LinkTarget ?? "")
            .Where(target => target.StartsWith("socket:[", StringComparison.Ordinal))
            .Select(target => target[8..^1])
            .ToHashSet();
        const string Listen = "0A";
        return
        [
            .. new[] { "tcp", "tcp6" }
                .SelectMany(table => File.ReadLines($"/proc/{process.Id}/net/{table}").Skip(1))
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(columns => columns[3] == Listen && sockets.Contains(columns[9]))
                .Select(columns => columns[1]),
        ];
    }
}
