using FunctionalMetrics.IO;
using FunctionalMetrics.Orleans;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>An evaluation whose files are read by the silos of a cluster; what comes out is what this process would have found.</summary>
internal static class ClusterEvaluation
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);

    /// <param name="settings">The cluster.</param>
    /// <param name="input">What to judge.</param>
    /// <param name="bits">In how many buckets to count, 2^bits; exactly where it is none.</param>
    /// <param name="whole">Whether each normal score is needed where it is exact.</param>
    /// <param name="defaultThreshold">The threshold when no row is anomalous, in the user's own scores.</param>
    /// <param name="progress">Told of shards that were read.</param>
    /// <param name="cancel">Gives up.</param>
    public static Fin<IEvaluationState> Run(
        ClusterSettings settings,
        EvaluateInput input,
        Option<int> bits,
        bool whole,
        double defaultThreshold,
        Progress progress,
        CancellationToken cancel
    )
    {
        var lower = input.LowerIsAnomalous;
        return ShardSource
            .Cut(input)
            .Map(shards => new JobPlan(shards, whole ? JobKind.Whole : JobKind.Numbers, new Settings(0, 0, lower).Own(defaultThreshold)))
            .Bind(plan =>
                bits.Match(
                    resolution =>
                        Run(plan with { Kind = JobKind.Bounded, Bits = resolution }, (cluster, job) => cluster.BoundedResult(job, cancel))
                            .Map(IEvaluationState (state) => new BoundedEvaluationState(state.Rows, Maps(state.Pixels), lower)),
                    () =>
                        Run(plan, (cluster, job) => cluster.Result(job, cancel))
                            .Map(IEvaluationState (state) => new EvaluationState(state.Rows, Maps(state.Pixels), lower))
                )
            );

        Fin<TState> Run<TState>(JobPlan plan, Func<MetricCluster, string, Task<Fin<JobResult<TState>>>> result) =>
            ClusterEvaluation.Run(settings, plan, result, progress, cancel).GetAwaiter().GetResult().Map(job => job.State);

        Option<TPixels> Maps<TPixels>(TPixels pixels) => input.Scores.IsSome ? None : Some(pixels);
    }

    private static async Task<Fin<JobResult<TState>>> Run<TState>(
        ClusterSettings settings,
        JobPlan plan,
        Func<MetricCluster, string, Task<Fin<JobResult<TState>>>> result,
        Progress progress,
        CancellationToken cancel
    )
    {
        var connected = await MetricCluster.Connect(settings, cancel);
        if (connected.Case is not MetricCluster cluster)
            return connected.Map(_ => default(JobResult<TState>)!);
        await using (cluster)
        {
            var job = Guid.NewGuid().ToString("N");
            try
            {
                var submitted = await cluster.Submit(job, plan, cancel);
                if (submitted.IsFail)
                    return submitted.Map(_ => default(JobResult<TState>)!);
                var read = 0;
                foreach (
                    var _ in progress.Over(
                        cluster.Watch(job, cancel).ToBlockingEnumerable(cancel),
                        plan.Shards.Length,
                        "reading shards",
                        Newly
                    )
                ) { }
                return await result(cluster, job);

                int Newly(Fin<JobProgress> seen)
                {
                    var before = read;
                    read = seen.Map(now => now.Shards - now.Missing.Length).IfFail(before);
                    return read - before;
                }
            }
            finally
            {
                // Nobody else knows of this job. Where the cluster is gone, so is what it would forget.
                using var soon = new CancellationTokenSource(Farewell);
                try
                {
                    await cluster.Forget(job, soon.Token);
                }
                catch (OperationCanceledException) { }
            }
        }
    }
}
