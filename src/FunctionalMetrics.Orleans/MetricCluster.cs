using System.Runtime.CompilerServices;
using FunctionalMetrics.Core;
using LanguageExt;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Orleans;

/// <summary>
/// A cluster as seen by whoever submits jobs:
/// <code>
/// await using var cluster = (await MetricCluster.InProcess(reader)).ThrowIfFail();              // nothing to install
/// // or:               (await MetricCluster.Connect(settings)).ThrowIfFail();                   // silos found through Redis
/// await cluster.Submit("brick", new([new("a", "/data/a"), new("b", Source: null)]));            // b is pushed by a producer
/// await cluster.Push("brick", "b", EvaluationState.Of(new(images, maps)));                      // as often as you like: it counts once
/// Fin&lt;JobResult&gt; result = await cluster.Result("brick");                                        // waits until it is complete
/// Fin&lt;ImmutableArray&lt;LevelNumbers&gt;&gt; numbers = result.Map(job => job.State.Numbers());
/// </code>
/// The result is that of one process, to the bit, whatever dies on the way; or there is none, and a reason. Safe to share between threads.
/// </summary>
public sealed class MetricCluster : IAsyncDisposable
{
    /// <summary>A cluster that is there answers sooner; one that was never there need not be waited for as long as one that was.</summary>
    private static readonly TimeSpan FirstAnswer = TimeSpan.FromSeconds(15);

    private readonly IClusterClient client;
    private readonly TimeSpan patience;
    private readonly Func<ValueTask> end;

    private MetricCluster(IClusterClient client, TimeSpan patience, Func<ValueTask> end) =>
        (this.client, this.patience, this.end) = (client, patience, end);

    /// <summary>Starts silos in this process, which find each other without anything else. What they store ends with them.</summary>
    /// <param name="reader">How shards are read.</param>
    /// <param name="silos">How many silos, 1 or more.</param>
    /// <param name="patience">How long nothing but errors is borne; two minutes unless given.</param>
    public static async Task<Fin<MetricCluster>> InProcess(ShardReader reader, int silos = 1, TimeSpan? patience = null)
    {
        var (cluster, wait, started) = ($"local-{Guid.NewGuid():N}", patience ?? TimeSpan.FromMinutes(2), new List<SiloHost>());
        for (var index = 0; index < silos; index++)
        {
            var silo = await SiloHost.StartLocal(reader, cluster, started.HeadOrNone().Map(first => first.Address), wait);
            if (silo.Case is not SiloHost running)
            {
                await Stop();
                return silo.Map(_ => default(MetricCluster)!);
            }
            started.Add(running);
        }
        return new MetricCluster(started[0].Client, wait, Stop);

        async ValueTask Stop()
        {
            // The first one is where the others find each other, so it goes last.
            foreach (var silo in Enumerable.Reverse(started))
                await silo.DisposeAsync();
        }
    }

    /// <summary>Connects to a cluster whose silos are found through Redis.</summary>
    /// <param name="settings">The cluster.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<Fin<MetricCluster>> Connect(ClusterSettings settings, CancellationToken cancel = default)
    {
        var reached = settings.Named().Bind(RedisServer.Check);
        return reached.IsFail
            ? reached.Map(_ => default(MetricCluster)!)
            : await Connect(
                settings,
                client => client.UseRedisClustering(options => options.ConfigurationOptions = settings.RedisOptions),
                cancel
            );
    }

    internal static async Task<Fin<MetricCluster>> Connect(ClusterSettings settings, Action<IClientBuilder> find, CancellationToken cancel)
    {
        var tls = settings.Tls.Map(files => files.Open()).Sequence();
        if (tls.Case is not Option<Action<global::Orleans.Connections.Security.TlsOptions>> secured)
            return tls.Map(_ => default(MetricCluster)!);
        var transient = new TransientErrors(settings.Patience < FirstAnswer ? settings.Patience : FirstAnswer);
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.UseOrleansClient(client =>
        {
            find(client);
            secured.Iter(options => client.UseTls(options));
            client.Configure<ClusterOptions>(options => options.ClusterId = options.ServiceId = settings.ClusterId);
            Membership.Configure(client);
            client.UseConnectionRetryFilter(
                async (e, stop) =>
                {
                    if (!TransientErrors.MayPass(e) || transient.Add(e).IsSome)
                        return false;
                    await Task.Delay(TimeSpan.FromSeconds(0.5), stop);
                    return true;
                }
            );
        });
        var host = builder.Build();
        try
        {
            await host.StartAsync(cancel);
            return new MetricCluster(
                host.Services.GetRequiredService<IClusterClient>(),
                settings.Patience,
                async () =>
                {
                    await host.StopAsync();
                    host.Dispose();
                }
            );
        }
        catch (Exception e) when (TransientErrors.MayPass(e) && !cancel.IsCancellationRequested)
        {
            host.Dispose();
            return new ClusterError(
                $"no silo of the cluster '{settings.ClusterId}' answers at {RedisServer.Name(settings)}: {TransientErrors.Short(e)}"
            );
        }
    }

    /// <summary>Begins a job. Submitting the same plan again is the same job; another plan under its id is refused.</summary>
    /// <param name="job">The job's id.</param>
    /// <param name="plan">What it is to do.</param>
    /// <param name="cancel">Stops waiting for an answer.</param>
    public Task<Fin<Unit>> Submit(string job, JobPlan plan, CancellationToken cancel = default) =>
        Ask(() => Job(job).Submit(plan), _ => unit, cancel);

    /// <summary>
    /// Gives a job a shard that it was planned with and that has no source. It is stored when this is done, and counts once however often it
    /// is pushed; other content under its id is refused. A <see cref="JobKind.Bounded"/> job takes shards in bins too, so that a producer sends as
    /// much for each shard however large it is; other jobs refuse them.
    /// </summary>
    /// <param name="job">The job's id.</param>
    /// <param name="shard">The shard's id.</param>
    /// <param name="state">The shard.</param>
    /// <param name="cancel">Stops waiting for an answer.</param>
    public Task<Fin<Unit>> Push(string job, string shard, EvaluationState state, CancellationToken cancel = default)
    {
        var bytes = EvaluationState.Codec.Encode(state);
        return Ask(() => client.GetGrain<IPushedShardGrain>(PushedShardGrain.Key(job, shard)).Push(job, shard, bytes), _ => unit, cancel);
    }

    /// <summary>How far a job is, and which shards are missing.</summary>
    /// <param name="job">The job's id.</param>
    /// <param name="cancel">Stops waiting for an answer.</param>
    public Task<Fin<JobProgress>> Progress(string job, CancellationToken cancel = default) =>
        Ask(() => Job(job).Progress(), progress => progress, cancel);

    /// <summary>How far a job is, again and again until it has ended. Ends with a failure when the cluster does not answer.</summary>
    /// <param name="job">The job's id.</param>
    /// <param name="cancel">Ends the watching.</param>
    public async IAsyncEnumerable<Fin<JobProgress>> Watch(string job, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        while (true)
        {
            var seen = await Progress(job, cancel);
            yield return seen;
            if (HasEnded(seen))
                yield break;
            await Task.Delay(TimeSpan.FromSeconds(0.2), cancel);
        }
    }

    /// <summary>Waits until a job has ended, and gives what came out: of all its shards, or why there is nothing.</summary>
    /// <param name="job">The job's id.</param>
    /// <param name="cancel">Stops waiting.</param>
    public async Task<Fin<JobResult>> Result(string job, CancellationToken cancel = default)
    {
        while (true)
        {
            await foreach (var seen in Watch(job, cancel))
                if (seen.IsFail)
                    return seen.Map(_ => default(JobResult)!);
            var result =
                from bytes in await Ask(() => Job(job).Result(), bytes => bytes, cancel)
                from portion in Portion.Decode(bytes.Portion)
                select new JobResult(portion.State, toSeq(bytes.Contains), portion.Moved);
            // What was complete can be lost before it is asked for, and is then done again.
            if (result.IsSucc || HasEnded(await Progress(job, cancel)))
                return result;
        }
    }

    private static bool HasEnded(Fin<JobProgress> seen) =>
        seen.Map(progress => progress.IsComplete || progress.Failure is not null).IfFail(true);

    /// <summary>Ends a job and removes all that is stored of it.</summary>
    /// <param name="job">The job's id.</param>
    /// <param name="cancel">Stops waiting for an answer.</param>
    public Task<Fin<Unit>> Forget(string job, CancellationToken cancel = default) =>
        Ask(
            async () =>
            {
                await Job(job).Forget();
                return new Answer<bool>(true, null);
            },
            _ => unit,
            cancel
        );

    /// <summary>Ends the connection; silos of this process end with it.</summary>
    public ValueTask DisposeAsync() => end();

    private IJobGrain Job(string id) => client.GetGrain<IJobGrain>(id);

    /// <summary>All calls may be made again: the cluster does nothing twice.</summary>
    private async Task<Fin<B>> Ask<A, B>(Func<Task<Answer<A>>> call, Func<A, B> present, CancellationToken cancel)
    {
        var transient = new TransientErrors(patience);
        while (true)
            try
            {
                return (await call().WaitAsync(cancel)).ToFin().Map(present);
            }
            catch (Exception e) when (TransientErrors.MayPass(e) && !cancel.IsCancellationRequested)
            {
                if (transient.Add(e).Case is ClusterError reason)
                    return reason;
                await Task.Delay(TimeSpan.FromSeconds(0.5), cancel);
            }
    }
}
