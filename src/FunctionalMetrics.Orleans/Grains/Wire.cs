using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Orleans;

/// <summary><see cref="Thresholds"/> on their way.</summary>
[GenerateSerializer, Immutable]
[Alias("FunctionalMetrics.ThresholdBytes")]
internal readonly record struct ThresholdBytes([property: Id(0)] byte[] Rows, [property: Id(1)] byte[] Pixels)
{
    public long Length => (Rows?.LongLength ?? 0) + (Pixels?.LongLength ?? 0);
}

/// <summary>A <see cref="Portion"/> on its way.</summary>
[GenerateSerializer, Immutable]
[Alias("FunctionalMetrics.PortionBytes")]
internal sealed record PortionBytes(
    [property: Id(0)] int[] Shards,
    [property: Id(1)] ulong[] Checksums,
    [property: Id(2)] byte[] State,
    [property: Id(3)] long Moved
);

/// <summary>What came out of a job, and the ids of the shards in it.</summary>
[GenerateSerializer, Immutable]
[Alias("FunctionalMetrics.ResultBytes")]
internal sealed record ResultBytes([property: Id(0)] string[] Contains, [property: Id(1)] PortionBytes Portion);

/// <summary>
/// A value, or a refusal that trying again does not change. What may go better the next time (a silo that died, a message that was lost)
/// is an exception instead.
/// </summary>
/// <param name="Value">The value, where there is one.</param>
/// <param name="Refusal">The refusal, where there is one.</param>
/// <param name="IsHere">Whether it is refused here alone.</param>
[GenerateSerializer, Immutable]
[Alias("FunctionalMetrics.Answer`1")]
internal sealed record Answer<T>([property: Id(0)] T? Value, [property: Id(1)] string? Refusal, [property: Id(2)] bool IsHere = false)
{
    public static Answer<T> Of(Fin<T> outcome) =>
        outcome.Match(value => new Answer<T>(value, null), error => new Answer<T>(default, error.Message, error is ShardDiffers));

    public Fin<T> ToFin() => Refusal is { } reason ? FinFail<T>(new ClusterError(reason)) : FinSucc(Value!);
}
