using System.Net;
using System.Net.Sockets;
using LanguageExt;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Persistence;
using Orleans.Serialization;
using Orleans.Storage;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Orleans;

/// <summary>A silo: a process that reads shards and merges states for whoever submits jobs to its cluster.</summary>
public sealed class SiloHost : IAsyncDisposable
{
    private readonly IHost host;
    private readonly FatalErrorHandler fatalErrors;

    private SiloHost(IHost host, FatalErrorHandler fatalErrors, IPEndPoint address) =>
        (this.host, this.fatalErrors, Address) = (host, fatalErrors, address);

    /// <summary>Where the silo listens for other silos.</summary>
    public IPEndPoint Address { get; }

    /// <summary>Done when the silo cannot go on, with the reason: the other silos have declared it dead.</summary>
    public Task<ClusterError> Ended => fatalErrors.Ended;

    /// <summary>Where it listens for clients.</summary>
    internal IPEndPoint Gateway => new(Address.Address, host.Services.GetRequiredService<ILocalSiloDetails>().GatewayAddress.Endpoint.Port);

    internal IClusterClient Client => host.Services.GetRequiredService<IClusterClient>();

    /// <summary>Starts a silo of a cluster that is found through Redis; it is ready when this gives it.</summary>
    /// <param name="settings">The cluster.</param>
    /// <param name="reader">How this silo reads shards.</param>
    /// <param name="cancel">Gives up the start.</param>
    public static async Task<Fin<SiloHost>> Start(ClusterSettings settings, ShardReader reader, CancellationToken cancel = default)
    {
        var tls = settings
            .Tls.Map(files => files.Open().Map(Some))
            .IfNone(FinSucc(Option<Action<global::Orleans.Connections.Security.TlsOptions>>.None));
        var ready = from valid in settings.Checked() from reached in RedisServer.Check(settings) from opened in tls select opened;
        return ready.Case is Option<Action<global::Orleans.Connections.Security.TlsOptions>> secured
            ? await Start(
                settings.Listen,
                reader,
                new(settings.Patience) { Kept = settings.Kept },
                (silo, _) =>
                {
                    secured.Iter(options => silo.UseTls(options));
                    silo.Configure<ClusterOptions>(options => options.ClusterId = options.ServiceId = settings.ClusterId);
                    silo.UseRedisClustering(options => options.ConfigurationOptions = settings.RedisOptions);
                    silo.AddRedisGrainStorage(
                        Storage.Name,
                        options =>
                            options.Configure<Serializer>(
                                (redis, serializer) =>
                                {
                                    redis.ConfigurationOptions = settings.RedisOptions;
                                    redis.GrainStorageSerializer = new OrleansGrainStorageSerializer(serializer);
                                    redis.DeleteStateOnClear = true;
                                    redis.EntryExpiry = settings.Kept;
                                }
                            )
                    );
                },
                cancel
            )
            : ready.Map(_ => default(SiloHost)!);
    }

    /// <summary>Starts a silo of this process alone, or one more beside the first.</summary>
    internal static Task<Fin<SiloHost>> StartLocal(ShardReader reader, string cluster, Option<IPEndPoint> first, TimeSpan patience) =>
        Start(
            IPAddress.Loopback,
            reader,
            new(patience),
            (silo, ports) =>
            {
                silo.UseLocalhostClustering(ports.Silo, ports.Gateway, first.IfNoneUnsafe(() => null), cluster, cluster);
                silo.AddMemoryGrainStorage(Storage.Name);
            },
            default
        );

    /// <summary>
    /// Leaves the cluster and ends. Without a Redis server that answers nobody can be told: a failure then, in bounded time, and the others
    /// find out by themselves.
    /// </summary>
    /// <param name="within">How long it may take.</param>
    public async Task<Fin<Unit>> Leave(TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within);
        var left = host.StopAsync(limit.Token);
        await Task.WhenAny(left, Task.Delay(within, CancellationToken.None));
        return left.IsCompletedSuccessfully && !limit.IsCancellationRequested
            ? unit
            : new ClusterError(
                FormattableString.Invariant(
                    $"the silo on {Address} ended without leaving its cluster in {within.TotalSeconds:0} s: Redis does not answer, or work did not stop"
                )
            );
    }

    /// <summary>Leaves the cluster and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }

    private static async Task<Fin<SiloHost>> Start(
        IPAddress listen,
        ShardReader reader,
        ClusterTimes times,
        Action<ISiloBuilder, (int Silo, int Gateway)> join,
        CancellationToken cancel
    )
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        // What goes wrong for a while is expected here, and what does not pass reaches the caller as a value.
        builder.Logging.AddFilter((_, level) => level >= LogLevel.Critical).AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        var fatalErrors = new FatalErrorHandler();
        var ports = (Silo: FreePort(listen), Gateway: FreePort(listen));
        builder.UseOrleans(silo =>
        {
            join(silo, ports);
            silo.ConfigureEndpoints(listen, ports.Silo, ports.Gateway);
            Membership.Configure(silo);
            silo.Services.AddSingleton(reader).AddSingleton(times).AddSingleton<ProcessorPool>();
            silo.Services.AddSingleton<IFatalErrorHandler>(fatalErrors);
            silo.Services.AddPlacementDirector<WorkerPlacement, WorkerPlacementDirector>();
        });
        var host = builder.Build();
        try
        {
            var starting = host.StartAsync(cancel);
            if (await Task.WhenAny(starting, fatalErrors.Ended) == fatalErrors.Ended)
                return new ClusterError($"the silo cannot start: {(await fatalErrors.Ended).Message}");
            await starting;
            return new SiloHost(host, fatalErrors, new(listen, ports.Silo));
        }
        catch (Exception e) when (TransientErrors.MayPass(e) && !cancel.IsCancellationRequested)
        {
            host.Dispose();
            return new ClusterError($"the silo cannot start: {TransientErrors.Short(e)}");
        }
    }

    private static int FreePort(IPAddress address)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
