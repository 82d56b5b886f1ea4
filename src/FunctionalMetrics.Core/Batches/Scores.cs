using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// A batch of n scores without labels, checked when made: all are finite. Immutable and safe to share between threads. It is a bag: the order
/// of its rows is not kept.
/// </summary>
public sealed class Scores
{
    internal Scores(params Chunk[] chunks) => Chunks = [.. chunks.Select(chunk => chunk.Plain)];

    /// <summary>The batch of no scores.</summary>
    public static Scores Empty { get; } = new();

    /// <summary>How many scores the batch holds.</summary>
    public long Count => Chunks.Sum(chunk => chunk.Rows);

    /// <summary>The same scores with the sign changed, for detectors whose low scores are anomalous.</summary>
    public Scores Negated => new([.. Chunks.Select(chunk => chunk.Negated)]);

    internal Chunk[] Chunks { get; }

    /// <summary>Checks and copies n scores. Fails with <see cref="Fault.NotFinite"/>.</summary>
    public static Validation<Fault, Scores> Create(ScoreValues scores) =>
        KeyKernels.Keys(scores, out var keys) ? Success<Fault, Scores>(new(keys)) : Fail<Fault, Scores>(Checks.NotFinite("scores", scores));
}
