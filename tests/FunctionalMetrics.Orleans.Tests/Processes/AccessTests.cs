using System.Net;
using System.Net.NetworkInformation;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Orleans.Tests;

/// <summary>Who may join a cluster, and who hears it.</summary>
public sealed class AccessTests : IDisposable
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(3);

    private readonly Certificates certificates = new();

    public void Dispose() => certificates.Dispose();

    [Fact, Trait("Category", "Slow")]
    public async Task A_client_of_another_cluster_is_refused_at_the_silo_itself()
    {
        await using var silo = (await SiloHost.StartLocal(Shards.Read, "ours", None, Short)).ThrowIfFail();
        await using var ours = (await At(silo, "ours", None)).ThrowIfFail();
        (await ours.Submit("job", new(Shards.Named(2)))).ThrowIfFail();
        Assert.Contains("no silo of the cluster 'theirs'", Checks.Reason(await At(silo, "theirs", None)), StringComparison.Ordinal);
    }

    [SkippableFact, Trait("Category", "Slow")]
    public async Task A_silo_of_another_cluster_is_refused_at_the_silo_itself()
    {
        using var redis = RedisProcess.Start();
        using var silos = await SiloProcesses.Start(redis, 1, 0);
        // Told of the other silo by its address alone, it would take that one for its first.
        var theirs = SiloHost.StartLocal(Shards.Read, "theirs", silos.Addresses[0], Short);
        Assert.NotSame(theirs, await Task.WhenAny(theirs, Task.Delay(TimeSpan.FromSeconds(20))));
        await using var cluster = (await MetricCluster.Connect(silos.Settings)).ThrowIfFail();
        (await cluster.Submit("job", new(Shards.Named(9)))).ThrowIfFail();
        Assert.Equal(9, (await cluster.Result("job")).ThrowIfFail().Contains.Count);
    }

    [SkippableFact, Trait("Category", "Slow")]
    public async Task With_a_certificate_configured_only_those_whom_the_authority_signed_come_in()
    {
        using var redis = RedisProcess.Start();
        var (authority, stranger) = (certificates.Authority("ca"), certificates.Authority("other"));
        var settings = ClusterSettings.Parse($"redis://{redis.Address}").ThrowIfFail() with
        {
            ClusterId = "tls",
            Patience = Short,
            Tls = certificates.Signed(authority, "ca", "silo"),
        };
        await using var silo = (await SiloHost.Start(settings, Shards.Read)).ThrowIfFail();
        await using var second = (await SiloHost.Start(settings, Shards.Read)).ThrowIfFail();
        await using (
            var client = (await MetricCluster.Connect(settings with { Tls = certificates.Signed(authority, "ca", "client") })).ThrowIfFail()
        )
        {
            (await client.Submit("job", new(Shards.Named(9)))).ThrowIfFail();
            Assert.Equal(Shards.Numbers(Shards.Whole(Shards.Named(9))), Shards.Numbers((await client.Result("job")).ThrowIfFail().State));
        }
        Assert.Contains("no silo", Checks.Reason(await MetricCluster.Connect(settings with { Tls = None })), StringComparison.Ordinal);
        var foreign = certificates.Signed(stranger, "ca", "foreign");
        Assert.Contains("no silo", Checks.Reason(await MetricCluster.Connect(settings with { Tls = foreign })), StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<Exception>(() => Greet(silo.Gateway, []));
        await Assert.ThrowsAnyAsync<Exception>(() => Greet(silo.Address, []));
    }

    [Trait("Category", "Slow")]
    [SkippableFact]
    public async Task A_silo_listens_on_loopback_unless_told_and_beyond_it_only_with_a_certificate()
    {
        using var redis = RedisProcess.Start();
        var settings = ClusterSettings.Parse(redis.Address).ThrowIfFail();
        await using var silo = (await SiloHost.Start(settings, Shards.Read)).ThrowIfFail();
        int[] ports = [silo.Address.Port, silo.Gateway.Port];
        var heard = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(place => ports.Contains(place.Port)).ToList();
        Assert.Equal(2, heard.Count);
        Assert.All(heard, place => Assert.Equal(IPAddress.Loopback, place.Address));
        Assert.Contains(
            "only with a certificate",
            Checks.Reason(await SiloHost.Start(settings with { Listen = IPAddress.Parse("192.0.2.1") }, Shards.Read)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_certificate_counts_only_when_the_authority_signed_it_and_while_it_is_valid()
    {
        using var ours = certificates.Authority("ca");
        using var theirs = certificates.Authority("other");
        Assert.True(TlsFiles.IsSigned(Certificates.Issue(ours, "good", DateTimeOffset.UtcNow.AddDays(1)), ours));
        Assert.False(TlsFiles.IsSigned(Certificates.Issue(theirs, "foreign", DateTimeOffset.UtcNow.AddDays(1)), ours));
        Assert.False(TlsFiles.IsSigned(Certificates.Issue(ours, "late", DateTimeOffset.UtcNow.AddHours(-1)), ours));
    }

    private static Task<Fin<MetricCluster>> At(SiloHost silo, string cluster, Option<TlsFiles> tls) =>
        MetricCluster.Connect(
            new ClusterSettings(silo.Address)
            {
                ClusterId = cluster,
                Patience = Short,
                Tls = tls,
            },
            client => client.UseStaticClustering(silo.Gateway),
            default
        );

    /// <summary>A TLS client that believes any server but shows no certificate.</summary>
    private static async Task Greet(IPEndPoint place, X509Certificate2Collection own)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(place);
        await using var secure = new SslStream(client.GetStream(), false, (_, _, _, _) => true);
        await secure.AuthenticateAsClientAsync("silo", own, false).WaitAsync(TimeSpan.FromSeconds(10));
        // TLS 1.3 tells the client at its first read that it was refused.
        if (await secure.ReadAsync(new byte[1]).AsTask().WaitAsync(TimeSpan.FromSeconds(10)) == 0)
            throw new IOException("closed");
    }
}
