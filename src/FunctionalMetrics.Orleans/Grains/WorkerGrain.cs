using System.Collections.Immutable;
using FunctionalMetrics.Core;
using LanguageExt;
using Orleans.Concurrency;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Orleans;

/// <summary>
/// Holds each shard's state under the shard's index, so that a shard that comes twice is kept once and a merge takes exactly those that it is
/// asked for. What it holds lives in memory: when its silo dies, the next activation begins with nothing, and says so.
/// </summary>
[Reentrant]
[WorkerPlacement]
[CollectionAgeLimit(Hours = 24)]
internal sealed class WorkerGrain(ProcessorPool pool, IGrainFactory grains) : Grain, IWorkerGrain
{
    private readonly CancellationTokenSource gone = new();
    private readonly Dictionary<int, (EvaluationState State, ulong Checksum)> held = [];

    private int Index => (int)this.GetPrimaryKeyLong(out _);

    private string Job
    {
        get
        {
            _ = this.GetPrimaryKeyLong(out var job);
            return job!;
        }
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancel) => gone.CancelAsync();

    public async Task<Answer<bool>> Read(int index, Shard shard, JobKind kind, int bits)
    {
        if (held.ContainsKey(index))
            return new(true, null);
        var read = shard.Source is { } source
            ? await pool.Run(() => Some(Kept(pool.Reader(source, gone.Token))), gone.Token)
            : await ReadPushed(shard, Kept);
        return Answer<bool>.Of(read.Match(state => state.Bind(found => Hold(index, shard, found)), () => false));

        Fin<(EvaluationState, ulong)> Kept(Fin<EvaluationState> found) =>
            found.Map(state => ShardStates.Kept(state, kind, bits)).Map(state => (state, ShardStates.Checksum(state)));
    }

    public Task<int[]> Held() => Task.FromResult<int[]>([.. held.Keys.Order()]);

    public Task<Answer<PortionBytes>> Gather(int[] holders, int workers, JobKind kind) =>
        Merge(
            Own(holders, state => ShardStates.Gathered(state, kind)),
            [.. ReductionTree.Children(Index, workers).Select(child => Worker(child).Gather(holders, workers, kind))],
            0
        );

    public async Task<Answer<PortionBytes>> Count(int[] holders, int workers, ThresholdBytes thresholds)
    {
        var children = ReductionTree.Children(Index, workers).Select(child => Worker(child).Count(holders, workers, thresholds)).ToList();
        var decoded = Thresholds.Decode(thresholds);
        return decoded.Case is Thresholds at
            ? await Merge(Own(holders, state => ShardStates.NormalAt(state, at)), children, children.Count * thresholds.Length)
            : new(null, $"thresholds that cannot be read: {decoded.FailToSeq().Head.Message}");
    }

    public Task Release()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private IWorkerGrain Worker(int index) => grains.GetGrain<IWorkerGrain>(index, Job, null);

    /// <summary>
    /// The shards that it holds of those that it is to answer for, in as many pieces as can be worked on at once. A ready state is merged
    /// before it is projected, so that each piece is one pass.
    /// </summary>
    private async Task<Portion> Own(int[] holders, Func<EvaluationState, EvaluationState> project)
    {
        var mine = held.Where(shard => shard.Key < holders.Length && holders[shard.Key] == Index).ToList();
        var pieces = await Task.WhenAll(
            mine.Chunk(Math.Max(1, (mine.Count + ProcessorPool.Width - 1) / ProcessorPool.Width))
                .Select(piece => pool.Run(() => project(Merged(piece.Select(shard => shard.Value.State))), gone.Token))
        );
        var state = pieces.Length == 0 ? project(EvaluationState.Empty) : Merged(pieces);
        return new(mine.ToImmutableSortedDictionary(shard => shard.Key, shard => shard.Value.Checksum), state, 0);

        static EvaluationState Merged(IEnumerable<EvaluationState> states) =>
            states.Aggregate(EvaluationState.Empty, EvaluationState.Merge);
    }

    private async Task<Answer<PortionBytes>> Merge(Task<Portion> own, IReadOnlyCollection<Task<Answer<PortionBytes>>> children, long sent)
    {
        var answers = await Task.WhenAll(children);
        var portion = await own;
        return await pool.Run(
            () =>
                Answer<PortionBytes>.Of(
                    answers
                        .Fold(
                            FinSucc(portion with { Moved = sent }),
                            (merged, answer) =>
                                from before in merged
                                from bytes in answer.ToFin()
                                from below in Portion.Decode(bytes)
                                from both in Portion.Merge(before, below)
                                select both
                        )
                        .Bind(merged => merged.Encode())
                ),
            gone.Token
        );
    }

    private Fin<bool> Hold(int index, Shard shard, (EvaluationState State, ulong Checksum) found) =>
        held.TryAdd(index, found) || held[index].Checksum == found.Checksum
            ? true
            : new ClusterError($"shard {shard.Id} changed while it was read");

    private async Task<Option<Fin<(EvaluationState, ulong)>>> ReadPushed(
        Shard shard,
        Func<Fin<EvaluationState>, Fin<(EvaluationState, ulong)>> kept
    ) =>
        await grains.GetGrain<IPushedShardGrain>(PushedShardGrain.Key(Job, shard.Id)).Read() is { } bytes
            ? await pool.Run(() => Some(kept(Decode(shard, bytes))), gone.Token)
            : None;

    private static Fin<EvaluationState> Decode(Shard shard, byte[] bytes) =>
        EvaluationState.Codec.Decode(bytes).Match(FinSucc, faults => new ClusterError($"shard {shard.Id}: {faults.Head.Message}"));
}
