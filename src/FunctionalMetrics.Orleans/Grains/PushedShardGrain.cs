using FunctionalMetrics.Core;

namespace FunctionalMetrics.Orleans;

/// <inheritdoc cref="IPushedShardGrain"/>
internal sealed class PushedShardGrain([PersistentState("shard", Storage.Name)] IPersistentState<PushedShard> stored, IGrainFactory grains)
    : Grain,
        IPushedShardGrain
{
    public static string Key(string job, string shard) => $"{job.Length}:{job}{shard}";

    public async Task<Answer<bool>> Push(string job, string shard, byte[] state)
    {
        var decoded = EvaluationState.Codec.Decode(state);
        if (decoded.Case is not EvaluationState read)
            return new(false, $"shard {shard}: {decoded.FailToSeq().Head.Message}");
        var planned = grains.GetGrain<IJobGrain>(job);
        if (await planned.Expects(shard, read is EvaluationState.Bounded) is { Refusal: not null } refused)
            return refused;
        if (stored.State.State is not { } known)
        {
            stored.State = new() { State = state };
            await stored.WriteStateAsync();
        }
        else if (!known.AsSpan().SequenceEqual(state))
            return new(false, $"shard {shard} was pushed before with other content");
        return await planned.Arrived(shard);
    }

    public Task<byte[]?> Read() => Task.FromResult(stored.State.State);

    public Task Renew() => stored.State.State is null ? Task.CompletedTask : stored.WriteStateAsync();

    public async Task Forget()
    {
        await stored.ClearStateAsync();
        DeactivateOnIdle();
    }
}

/// <summary>What is stored of a pushed shard. Equal states have equal bytes, so bytes tell whether a push is the same again.</summary>
[GenerateSerializer]
[Alias("FunctionalMetrics.PushedShard")]
internal sealed class PushedShard
{
    [Id(0)]
    public byte[]? State { get; set; }
}
