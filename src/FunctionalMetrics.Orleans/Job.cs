using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics.Orleans;

/// <summary>
/// A part of the data that is read at once and counted once: whole images, each in one shard. Compared by value; immutable.
/// </summary>
/// <param name="Id">Its name, which no other shard of the job has.</param>
/// <param name="Source">
/// What the workers' <see cref="ShardReader"/> finds it by, such as a path; null for a shard that a producer pushes.
/// </param>
[GenerateSerializer, Immutable]
[Alias("FunctionalMetrics.Shard")]
public sealed record Shard([property: Id(0)] string Id, [property: Id(1)] string? Source);

/// <summary>
/// Reads a shard where a worker runs. An error ends the job, with its sentence as the reason; only a <see cref="ShardDiffers"/> leaves the shard to the
/// other workers.
/// </summary>
/// <param name="source">The shard's <see cref="Shard.Source"/>.</param>
/// <param name="cancel">Looked at while reading.</param>
public delegate Fin<EvaluationState> ShardReader(string source, CancellationToken cancel);

/// <summary>What is brought together.</summary>
public enum JobKind
{
    /// <summary>
    /// Every number: anomalous scores are gathered, normal ones are counted where they lie. Traffic grows with the anomalous scores. The state
    /// that comes out gives every area and optimum of the whole data to the bit, but not each normal score; see
    /// <see cref="Core.StateParts"/>.
    /// </summary>
    Numbers = 0,

    /// <summary>The whole state, with each normal score in it. Traffic grows with the pixels.</summary>
    Whole = 1,

    /// <summary>
    /// Counts in bins, and intervals from them: an <see cref="EvaluationState.Bounded"/>. Traffic is bounded for each shard and for each worker,
    /// whatever the number of pixels.
    /// </summary>
    Bounded = 2,
}

/// <summary>What a job is to do. Compared by what it holds; immutable.</summary>
/// <param name="Shards">The shards, each with an id of its own.</param>
/// <param name="Kind">What is brought together.</param>
/// <param name="CountedAt">The thresholds at which to count beside the anomalous scores, as scores are ranked; see <see cref="EvaluationSettings.CountedAt"/>.</param>
/// <param name="Bits">The resolution of a <see cref="JobKind.Bounded"/> job: 2^bits bins.</param>
[GenerateSerializer, Immutable]
[Alias("FunctionalMetrics.JobPlan")]
public sealed record JobPlan(
    [property: Id(0)] Shard[] Shards,
    [property: Id(1)] JobKind Kind = JobKind.Numbers,
    [property: Id(2)] double[]? CountedAt = null,
    [property: Id(3)] int Bits = BoundedRankState.DefaultBits
)
{
    /// <inheritdoc/>
    public bool Equals(JobPlan? other) =>
        other is not null
        && Kind == other.Kind
        && CountedAt.AsSpan().SequenceEqual(other.CountedAt)
        && Bits == other.Bits
        && Shards.AsSpan().SequenceEqual(other.Shards);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, CountedAt?.Length, Bits, Shards.Length);
}

/// <summary>How far a job is.</summary>
/// <param name="Shards">How many shards it has.</param>
/// <param name="Missing">The ids of those that no worker holds at the moment, because they were not read, not pushed, or lost.</param>
/// <param name="IsComplete">Whether the result is there; it then contains every shard.</param>
/// <param name="Failure">Why the job ended without a result; null while it has not.</param>
[GenerateSerializer, Immutable]
[Alias("FunctionalMetrics.JobProgress")]
public sealed record JobProgress(
    [property: Id(0)] int Shards,
    [property: Id(1)] string[] Missing,
    [property: Id(2)] bool IsComplete,
    [property: Id(3)] string? Failure
);

/// <summary>What came out of a job that is complete.</summary>
/// <param name="State">The state of all shards: an <see cref="EvaluationState.Bounded"/> of a <see cref="JobKind.Bounded"/> job, else exact.</param>
/// <param name="Contains">The ids of the shards in it, each once; all of the job's.</param>
/// <param name="BytesMoved">The bytes of states and thresholds that went from one grain to another for it.</param>
public sealed record JobResult(EvaluationState State, Seq<string> Contains, long BytesMoved);
