using System.Diagnostics;
using FunctionalMetrics.Core;
using LanguageExt;
using Orleans.Concurrency;
using Orleans.Storage;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Orleans;

/// <summary>
/// Keeps a job: its plan, which pushed shards are stored, and how it ended. Who holds what is asked of the workers and not stored, so a job
/// goes on after any restart as soon as somebody asks for it.
/// </summary>
[Reentrant]
[CollectionAgeLimit(Hours = 24)]
internal sealed class JobGrain(
    [PersistentState("job", Storage.Name)] IPersistentState<StoredJob> stored,
    IGrainFactory grains,
    ClusterTimes times
) : Grain, IJobGrain
{
    /// <summary>What is stored is renewed so often in the time that it is kept.</summary>
    private const int Renewals = 4;

    private readonly CancellationTokenSource over = new();

    /// <summary>One write at a time: the second of two would be refused as that of another activation.</summary>
    private readonly SemaphoreSlim turn = new(1);
    private long written = Stopwatch.GetTimestamp();
    private Option<JobRun> run;

    private StoredJob State => stored.State;

    private string Id => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancel)
    {
        if (State.Plan is { } plan)
            Begin(plan);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancel) => over.CancelAsync();

    public async Task<Answer<bool>> Submit(JobPlan plan)
    {
        if (State.Plan is { } known)
            return known.Equals(plan) ? new(true, null) : new(false, $"there is another job called {Id}");
        if (plan.Shards.GroupBy(shard => shard.Id).FirstOrDefault(same => same.Count() > 1) is { } twice)
            return new(false, $"two shards are called {twice.Key}");
        if (plan is { Kind: JobKind.Bounded, Bits: < 1 or > BoundedRankState.MostBits })
            return new(false, $"there are no 2^{plan.Bits} bins; a resolution is from 1 to {BoundedRankState.MostBits} bits");
        var silos = await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true);
        State.Plan = plan;
        // Twice as many as shards: what one refuses, another may read.
        State.Workers = Math.Clamp(2 * plan.Shards.Length, 1, silos.Count);
        await Write();
        Begin(plan);
        return new(true, null);
    }

    public Task<Answer<bool>> Expects(string shard, bool bounded) =>
        Task.FromResult<Answer<bool>>(
            State.Plan is not { } plan ? new(false, NoJob)
            : Pushed(plan, shard) < 0 ? new(false, $"job {Id} has no shard called {shard} that is pushed")
            : bounded && plan.Kind != JobKind.Bounded ? new(false, $"job {Id} is exact; shard {shard} is in bins")
            : new(true, null)
        );

    public async Task<Answer<bool>> Arrived(string shard)
    {
        if (State.Plan is not { } plan)
            return new(false, NoJob);
        var index = Pushed(plan, shard);
        if (State.Pushed.Add(index))
            await Write();
        run.Iter(going => going.Ready(index));
        return new(true, null);
    }

    public async Task<Answer<JobProgress>> Progress()
    {
        await Renew();
        return Now();
    }

    private Answer<JobProgress> Now() =>
        State.Plan is { } plan
            ? new(
                new(
                    plan.Shards.Length,
                    State.Result is null ? [.. run.Bind(going => going.Missing).Select(index => plan.Shards[index].Id)] : [],
                    State.Result is not null,
                    State.Failure
                ),
                null
            )
            : new(null, NoJob);

    public Task<Answer<ResultBytes>> Result() =>
        Task.FromResult(
            State is { Plan: { } plan, Result: { } result }
                ? new Answer<ResultBytes>(new([.. result.Shards.Select(index => plan.Shards[index].Id)], result), null)
                : new(null, State.Failure ?? $"job {Id} is not complete")
        );

    public async Task Forget()
    {
        await over.CancelAsync();
        if (State.Plan is { } plan)
            await Task.WhenAll([Release(), .. State.Pushed.Select(index => Pushed(plan, index).Forget())]);
        await stored.ClearStateAsync();
        DeactivateOnIdle();
    }

    private string NoJob => $"there is no job called {Id}";

    private void Begin(JobPlan plan)
    {
        if (State.Result is not null || State.Failure is not null)
            return;
        var going = new JobRun(plan, Worker, State.Workers, times);
        for (var index = 0; index < plan.Shards.Length; index++)
            if (plan.Shards[index].Source is not null || State.Pushed.Contains(index))
                going.Ready(index);
        run = going;
        Finish(going).Ignore();
    }

    private async Task Finish(JobRun going)
    {
        var outcome = await going.Run(Withdraw, over.Token);
        outcome.Bind(portion => portion.Encode()).Match(result => State.Result = result, error => State.Failure = error.Message);
        await Store();
        await Release();
    }

    private async Task Withdraw(int index)
    {
        State.Pushed.Remove(index);
        await Write();
    }

    /// <summary>Stores how the job ended. Where that cannot be done for long, it is a failure that this activation tells while it lasts.</summary>
    private async Task Store()
    {
        var transient = new TransientErrors(times.Patience);
        while (true)
            try
            {
                await Write();
                return;
            }
            catch (InconsistentStateException)
            {
                // An earlier try may have been stored without an answer, or another activation is ahead: what is stored counts.
                await stored.ReadStateAsync(over.Token);
                if (State.Result is not null || State.Failure is not null)
                    return;
                DeactivateOnIdle();
                return;
            }
            catch (Exception e) when (TransientErrors.MayPass(e) && !over.IsCancellationRequested)
            {
                if (transient.Add(e).Case is ClusterError reason)
                {
                    (State.Result, State.Failure) = (null, "the result cannot be stored: " + reason.Message);
                    return;
                }
                await Task.Delay(times.Pause, over.Token);
            }
    }

    private async Task Write()
    {
        await turn.WaitAsync(over.Token);
        try
        {
            await stored.WriteStateAsync(over.Token);
            written = Stopwatch.GetTimestamp();
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Somebody asks for the job: all of it is stored for as long again. Where that fails, the next one who asks tries again.</summary>
    private async Task Renew()
    {
        if (State.Plan is not { } plan || times.Kept is not { } kept || Stopwatch.GetElapsedTime(written) < kept / Renewals)
            return;
        written = Stopwatch.GetTimestamp();
        try
        {
            await Task.WhenAll([Write(), .. State.Pushed.Select(index => Pushed(plan, index).Renew())]);
        }
        catch (Exception e) when (TransientErrors.MayPass(e))
        {
            written = Stopwatch.GetTimestamp() - (long)(kept.TotalSeconds / Renewals * Stopwatch.Frequency);
        }
    }

    private Task Release() => Task.WhenAll(Enumerable.Range(0, State.Workers).Select(index => Worker(index).Release()));

    private IWorkerGrain Worker(int index) => grains.GetGrain<IWorkerGrain>(index, Id, null);

    /// <summary>The index of a shard that is pushed; below 0 when the job has none of this id.</summary>
    private static int Pushed(JobPlan plan, string shard) =>
        System.Array.FindIndex(plan.Shards, known => known.Id == shard && known.Source is null);

    private IPushedShardGrain Pushed(JobPlan plan, int index) =>
        grains.GetGrain<IPushedShardGrain>(PushedShardGrain.Key(Id, plan.Shards[index].Id));
}

/// <summary>What is stored of a job.</summary>
[GenerateSerializer]
[Alias("FunctionalMetrics.StoredJob")]
internal sealed class StoredJob
{
    [Id(0)]
    public JobPlan? Plan { get; set; }

    /// <summary>How many workers it was spread over.</summary>
    [Id(1)]
    public int Workers { get; set; }

    /// <summary>The indices of the pushed shards that are stored.</summary>
    [Id(2)]
    public System.Collections.Generic.HashSet<int> Pushed { get; set; } = [];

    [Id(3)]
    public PortionBytes? Result { get; set; }

    [Id(4)]
    public string? Failure { get; set; }
}
