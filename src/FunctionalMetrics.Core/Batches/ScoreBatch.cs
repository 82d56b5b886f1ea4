using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// A batch of n scores with n labels, checked when made: scores are finite, labels are 0 or 1 (1 = anomalous), and there are as many of one
/// as of the other. Immutable and safe to share between threads. It is a bag of rows: their order is not kept.
/// </summary>
public sealed class ScoreBatch
{
    internal ScoreBatch(Chunk negatives, Chunk positives) => (NegativeKeys, PositiveKeys) = (negatives, positives);

    /// <summary>The batch of no rows.</summary>
    public static ScoreBatch Empty { get; } = new(new Chunk<uint>([]), new Chunk<uint>([]));

    /// <summary>How many rows the batch holds.</summary>
    public long Count => Negatives + Positives;

    /// <summary>How many rows are labelled normal (0).</summary>
    public long Negatives => NegativeKeys.Rows;

    /// <summary>How many rows are labelled anomalous (1).</summary>
    public long Positives => PositiveKeys.Rows;

    /// <summary>The scores without their labels.</summary>
    public Scores Scores => new(NegativeKeys, PositiveKeys);

    /// <summary>The same rows with the sign of every score changed, for detectors whose low scores are anomalous.</summary>
    public ScoreBatch Negated => new(NegativeKeys.Negated, PositiveKeys.Negated);

    internal Chunk NegativeKeys { get; }

    internal Chunk PositiveKeys { get; }

    /// <summary>
    /// Checks and copies n scores and n labels. Fails with <see cref="Fault.NotFinite"/>, <see cref="Fault.NotALabel"/> and
    /// <see cref="Fault.LengthsDiffer"/>, all that apply.
    /// </summary>
    public static Validation<Fault, ScoreBatch> Create(ScoreValues scores, LabelValues labels)
    {
        var bits = LabelBits.Of(labels.Bytes);
        var faults = bits.AreBinary ? default : Checks.Labels("labels", labels);
        if (scores.Count != labels.Count)
            faults = new Fault.LengthsDiffer(scores.Count, labels.Count).Cons(Checks.NotFinite("scores", scores) + faults);
        else if (!KeyKernels.Split(scores, bits, out var negatives, out var positives))
            faults = Checks.NotFinite("scores", scores) + faults;
        else if (faults.IsEmpty)
            return Success<Fault, ScoreBatch>(new(negatives, positives));
        return Fail<Fault, ScoreBatch>(faults);
    }
}
