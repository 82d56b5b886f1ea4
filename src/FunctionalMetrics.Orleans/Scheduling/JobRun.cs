using System.Diagnostics;
using FunctionalMetrics.Core;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Orleans;

/// <summary>
/// Drives the workers of one job: has every shard read, asks for the merged state, looks which shards are in it, and has those read again
/// that are missing. Everything in it runs one step at a time, on the scheduler of the grain that starts it.
/// </summary>
/// <param name="plan">What to do.</param>
/// <param name="worker">The workers by index.</param>
/// <param name="workers">How many there are.</param>
/// <param name="times">How long to wait.</param>
internal sealed class JobRun(JobPlan plan, Func<int, IWorkerGrain> worker, int workers, ClusterTimes times)
{
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly TransientErrors transient = new(times.Patience);
    private Schedule schedule = Schedule.Of(plan.Shards.Length, []);
    private Option<Fin<Portion>> outcome;
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool inDoubt;

    /// <summary>The shards that nobody holds.</summary>
    public IEnumerable<int> Missing => schedule.Missing;

    private double Now => clock.Elapsed.TotalSeconds;

    /// <summary>A shard can be read.</summary>
    public void Ready(int shard) => Change(schedule.Ready(shard));

    /// <summary>The state of all shards, or why there is none.</summary>
    /// <param name="withdraw">Told of a pushed shard that is not stored any more.</param>
    /// <param name="cancel">Ends everything.</param>
    public async Task<Fin<Portion>> Run(Func<int, Task> withdraw, CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var lanes = Enumerable
            .Range(0, workers * ProcessorPool.Width)
            .Select(lane => Serve(lane % workers, lane < workers, withdraw, over.Token));
        _ = lanes.ToList();
        try
        {
            while (outcome.IsNone)
                if (inDoubt)
                    await Try(AskWorkers, over.Token);
                else if (schedule.IsComplete)
                    await Try(Reduce, over.Token);
                else
                    await Task.WhenAny(changed.Task, Task.Delay(times.Look, over.Token)).Unwrap();
            return (Fin<Portion>)outcome;
        }
        finally
        {
            await over.CancelAsync();
        }
    }

    /// <summary>One shard after another at one worker, until all is over.</summary>
    private async Task Serve(int index, bool takesStragglers, Func<int, Task> withdraw, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            var wake = changed.Task;
            var (next, shard) = schedule.Start(index, Now, takesStragglers);
            schedule = next;
            if (shard.Case is int at)
                await Try(() => Read(index, at, withdraw), over, () => Change(schedule.Fail(index, at)));
            else
                await Task.WhenAny(wake, Task.Delay(times.Look));
        }
    }

    private async Task Read(int index, int shard, Func<int, Task> withdraw)
    {
        var answered = await worker(index).Read(shard, plan.Shards[shard], plan.Kind, plan.Bits);
        if (answered is { IsHere: true, Refusal: { } why })
        {
            transient.Over();
            Change(schedule.Refuse(index, shard));
            if (schedule.Refusals(shard) == workers)
                End(new ClusterError($"shard {plan.Shards[shard].Id}: {why}"));
            return;
        }
        var answer = answered.ToFin();
        if (answer.Case is true)
        {
            transient.Over();
            Change(schedule.Finish(index, shard, Now));
        }
        else if (answer.Case is false)
        {
            Change(schedule.Unready(shard));
            await withdraw(shard);
        }
        else
            End(answer.Map(_ => Portion.Empty));
    }

    /// <summary>Asks for the merged state; it is the outcome when all shards are in it, and so is a refusal.</summary>
    private async Task Reduce()
    {
        int[] holders = [.. schedule.Holders];
        var gathered = (await worker(0).Gather(holders, workers, plan.Kind)).ToFin().Bind(Portion.Decode);
        if (gathered.Case is not Portion { State: EvaluationState.Exact anomalous } first || plan.Kind != JobKind.Numbers)
        {
            EndIfComplete(gathered);
            return;
        }
        if (IsIncomplete(first))
            return;
        var thresholds = await Task.Run(() => Thresholds.Of(anomalous, plan.CountedAt ?? [EvaluationSettings.UsualThreshold]).Encode());
        var counted = (await worker(0).Count(holders, workers, thresholds)).ToFin().Bind(Portion.Decode);
        EndIfComplete(
            from second in counted
            from same in Portion.Changed(first, second).Case is int index
                ? FinFail<Unit>(new ClusterError($"shard {plan.Shards[index].Id} changed while the job ran"))
                : unit
            select second with
            {
                State = EvaluationState.Merge(first.State, second.State),
                Moved = first.Moved + second.Moved + thresholds.Length,
            }
        );
    }

    private void EndIfComplete(Fin<Portion> merged)
    {
        if (merged.Case is not Portion portion || !IsIncomplete(portion))
            End(merged);
    }

    /// <summary>Whether shards were lost since they were read; the workers are asked then, and what is lost is read again.</summary>
    private bool IsIncomplete(Portion portion) => inDoubt |= portion.Shards.Count < plan.Shards.Length;

    private async Task AskWorkers()
    {
        inDoubt = false;
        var held = await Task.WhenAll(Enumerable.Range(0, workers).Select(index => worker(index).Held()));
        Change(
            held.Select((shards, index) => (shards, index))
                .Fold(schedule, (next, known) => next.Holds(known.index, known.shards.ToHashSet()))
        );
    }

    /// <summary>A step that may fail, for a while. After a failure it is in doubt who holds what.</summary>
    private async Task Try(Func<Task> step, CancellationToken over, Action? failed = null)
    {
        try
        {
            await step();
        }
        catch (Exception e) when (!over.IsCancellationRequested)
        {
            failed?.Invoke();
            inDoubt = true;
            // Nobody awaits the lanes: an exception that is not expected has to end the job where it can be seen.
            (TransientErrors.MayPass(e) ? transient.Add(e) : Some(TransientErrors.Unexpected(e))).IfSome(reason => End(reason));
            await Task.Delay(times.Pause, over);
        }
    }

    private void End(Fin<Portion> how)
    {
        outcome = Some(how);
        Wake();
    }

    private void Change(Schedule next)
    {
        if (ReferenceEquals(next, schedule))
            return;
        schedule = next;
        Wake();
    }

    private void Wake()
    {
        var before = changed;
        changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        before.TrySetResult();
    }
}
