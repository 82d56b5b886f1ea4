using FunctionalMetrics.IO;
using FunctionalMetrics.Orleans;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>An evaluation whose files are read by the silos of a cluster; what comes out is what this process would have found.</summary>
internal static class ClusterEvaluation
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);

    public static Fin<EvaluationState> Run(
        ClusterSettings settings,
        EvaluateInput input,
        JobKind kind,
        double defaultThreshold,
        Progress progress,
        CancellationToken cancel
    ) =>
        from shards in ShardSource.Cut(input)
        let plan = new JobPlan(shards, kind, new Settings(0, 0, input.LowerIsAnomalous).Own(defaultThreshold))
        from result in Run(settings, plan, progress, cancel).GetAwaiter().GetResult()
        select new EvaluationState(result.State.Rows, input.Scores.IsSome ? None : Some(result.State.Pixels), input.LowerIsAnomalous);

    private static async Task<Fin<JobResult>> Run(ClusterSettings settings, JobPlan plan, Progress progress, CancellationToken cancel)
    {
        var connected = await MetricCluster.Connect(settings, cancel);
        if (connected.Case is not MetricCluster cluster)
            return connected.Map(_ => default(JobResult)!);
        await using (cluster)
        {
            var job = Guid.NewGuid().ToString("N");
            try
            {
                var submitted = await cluster.Submit(job, plan, cancel);
                if (submitted.IsFail)
                    return submitted.Map(_ => default(JobResult)!);
                var read = 0;
                foreach (
                    var _ in progress.Over(
                        cluster.Watch(job, cancel).ToBlockingEnumerable(cancel),
                        plan.Shards.Length,
                        "reading shards",
                        Newly
                    )
                ) { }
                return await cluster.Result(job, cancel);

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
