using FunctionalMetrics.Core;
using FunctionalMetrics.IO;
using FunctionalMetrics.Orleans;
using LanguageExt;
using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>An evaluation whose files are read by the silos of a cluster; what comes out is what this process would have found.</summary>
internal static class ClusterEvaluation
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);

    /// <param name="choices">What to judge, and on which cluster.</param>
    /// <param name="plan">What is brought together.</param>
    /// <param name="progress">Told of shards that were read.</param>
    /// <param name="cancel">Gives up.</param>
    public static Fin<EvaluationState> Run(EvaluateChoices choices, Plan.OnCluster plan, Progress progress, CancellationToken cancel)
    {
        var settings = choices.Results.Settings with { LowerIsAnomalous = choices.Input.LowerIsAnomalous };
        var kind =
            plan.Bits is not null ? JobKind.Bounded
            : plan.Whole || plan.KeepsImages ? JobKind.Whole
            : JobKind.Numbers;
        return from cluster in choices.Access.Settings(plan.Redis)
            from shards in ShardSource.Cut(choices.Input, choices.VerifyFull, plan.KeepsImages)
            let job = new JobPlan(shards, kind, [.. settings.CountedAt], plan.Bits ?? BoundedRankState.DefaultBits)
            // Of no images nobody could say that there are maps.
            from found in shards.Length == 0
                ? choices.Input.Read(plan.Bits, progress, cancel, plan.KeepsImages)
                : Run(cluster, job, progress, cancel).GetAwaiter().GetResult()
            from alike in found.Notes.MasksDiffer || found.Notes.MasksMix ? MasksDiffer(choices.Input, cancel) : FinSucc(unit)
            select found;
    }

    /// <summary>Shards had masks of 1 and of 255, or of indices and of values. Whoever reads all of them finds one of each.</summary>
    private static Fin<Unit> MasksDiffer(EvaluateInput input, CancellationToken cancel) =>
        input
            .Open(data => FinSucc(toSeq(data.TryRead(cancel)).Find(part => part.IsFail)), _ => Option<Fin<LabelledMaps>>.None)
            .Bind(failed =>
                failed.IfNone(() => Error.New("masks of some shards mean otherwise than those of others; their files have changed"))
            )
            .Map(_ => unit);

    private static async Task<Fin<EvaluationState>> Run(ClusterSettings settings, JobPlan plan, Progress progress, CancellationToken cancel)
    {
        var connected = await MetricCluster.Connect(settings, cancel);
        if (connected.Case is not MetricCluster cluster)
            return connected.Map(_ => EvaluationState.Empty);
        await using (cluster)
        {
            var job = Guid.NewGuid().ToString("N");
            try
            {
                var submitted = await cluster.Submit(job, plan, cancel);
                if (submitted.IsFail)
                    return submitted.Map(_ => EvaluationState.Empty);
                var read = 0;
                foreach (
                    var _ in progress.Over(
                        cluster.Watch(job, cancel).ToBlockingEnumerable(cancel),
                        plan.Shards.Length,
                        "reading shards",
                        Newly
                    )
                ) { }
                return (await cluster.Result(job, cancel)).Map(result => result.State);

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
