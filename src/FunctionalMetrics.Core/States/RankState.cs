using System.Diagnostics.Contracts;
using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// The scores of each class: all that AUROC, AUPR, average precision and F1 need. A commutative monoid under <see cref="Merge"/>.
/// <para>
/// Equality is that of the two multisets of numbers; neither order, batches nor width (float32 or float64) counts. <see cref="Empty"/> is the
/// identity and the state before any row. Immutable and safe to share between threads: older states share memory with newer ones and keep
/// their answers.
/// </para>
/// <para>
/// Rows are counted in 64 bits (to merge states of more is an <see cref="OverflowException"/>), but scores that are sorted stand in one array: above
/// 2^31 anomalous ones a metric is <see cref="TooManyScores"/>, and a curve's full points need fewer than 2^31 of both classes, equality of each (tied
/// 8-bit and half-precision scores count once each).
/// </para>
/// </summary>
public sealed class RankState : IEquatable<RankState>
{
    private readonly Lazy<ThresholdSweep> sweep;

    internal RankState(KeyBag negatives, KeyBag positives)
        : this(negatives, positives, new(() => ThresholdSweep.Of(negatives, positives))) { }

    internal RankState(KeyBag negatives, KeyBag positives, Lazy<ThresholdSweep> sweep)
    {
        (NegativeKeys, PositiveKeys, this.sweep) = (negatives, positives, sweep);
        Rows = checked(negatives.Count + positives.Count);
    }

    /// <summary>No rows seen.</summary>
    public static RankState Empty { get; } = new(KeyBag.Empty, KeyBag.Empty);

    /// <summary>
    /// The states as bytes; <see cref="KeyCodec"/> draws what a bag is.
    /// <code>payload := bag of the normal scores, bag of the anomalous scores</code>
    /// </summary>
    public static StateCodec<RankState> Codec { get; } =
        new(
            1,
            "Rank",
            (to, state) =>
            {
                KeyCodec.WriteBag(to, state.NegativeKeys);
                KeyCodec.WriteBag(to, state.PositiveKeys);
            },
            (ref from) =>
            {
                var (negatives, positives) = (KeyCodec.ReadBag(ref from), KeyCodec.ReadBag(ref from));
                return from.End(() => new RankState(negatives, positives));
            }
        );

    /// <summary>The kind of state, which metrics of ranked rows name.</summary>
    public static State<ScoreBatch, RankState> State { get; } = new(Empty, Of, Merge, Codec);

    /// <summary>How many rows were seen.</summary>
    public long Rows { get; }

    /// <summary>P, how many rows were labelled anomalous.</summary>
    public long Positives => PositiveKeys.Count;

    /// <summary>N, how many rows were labelled normal.</summary>
    public long Negatives => NegativeKeys.Count;

    /// <summary>The smallest and the largest score seen; a homomorphism: it commutes with Of, Merge and Empty.</summary>
    public ExtremaState Extrema => ExtremaState.Of(new Scores([.. PositiveKeys.Chunks, .. NegativeKeys.Chunks]));

    internal KeyBag NegativeKeys { get; }

    internal KeyBag PositiveKeys { get; }

    /// <summary>Counts at each distinct anomalous score; made when first asked for, then shared by all metrics of this state.</summary>
    internal ThresholdSweep Sweep => sweep.Value;

    /// <summary>Counts at each distinct score of either class; made anew whenever they are asked for.</summary>
    internal AllPoints Points => AllPoints.Of(NegativeKeys, PositiveKeys);

    /// <summary>Why a metric has no value here: the first of what it needs that is missing, or more than can be sorted.</summary>
    internal Option<MetricError> Refusal(string metric, Needs needs, long regions = 0) =>
        needs.Refusal(metric, Positives, Negatives, regions)
        | (PositiveKeys.Keys > System.Array.MaxLength ? Some<MetricError>(new TooManyScores(metric, PositiveKeys.Keys)) : None);

    /// <summary>The state of one batch; it shares the batch's memory, or keeps tied 8-bit and half-precision scores as values with counts.</summary>
    [Pure]
    public static RankState Of(ScoreBatch batch) =>
        new(KeyBag.Empty.Add(QuantizedKeys.Compact(batch.NegativeKeys)), KeyBag.Empty.Add(QuantizedKeys.Compact(batch.PositiveKeys)));

    /// <summary>The state of all rows of both.</summary>
    [Pure]
    public static RankState Merge(RankState left, RankState right) =>
        left.Rows == 0 ? right
        : right.Rows == 0 ? left
        : new(left.NegativeKeys.Join(right.NegativeKeys), left.PositiveKeys.Join(right.PositiveKeys));

    /// <summary>tp, fp, fn and tn when scores of at least the threshold are called anomalous.</summary>
    public ConfusionMatrix At(double threshold)
    {
        var (tp, fp) = (KeyBag.CountAtLeast(PositiveKeys, threshold), KeyBag.CountAtLeast(NegativeKeys, threshold));
        return new(tp, fp, Positives - tp, Negatives - fp);
    }

    /// <summary>The same at many thresholds, in one pass over the scores and in the order of the thresholds.</summary>
    public ConfusionMatrix[] At(ReadOnlySpan<double> thresholds)
    {
        var (tp, fp) = (KeyBag.CountAtLeast(PositiveKeys, thresholds), KeyBag.CountAtLeast(NegativeKeys, thresholds));
        return [.. tp.Zip(fp, (found, called) => new ConfusionMatrix(found, called, Positives - found, Negatives - called))];
    }

    /// <summary>The same rows with the classes swapped and the scores negated, so that what is normal is what is looked for.</summary>
    internal RankState Twin => new(Swapped(PositiveKeys), Swapped(NegativeKeys));

    private static KeyBag Swapped(KeyBag keys) => keys.Chunks.Aggregate(KeyBag.Empty, (bag, chunk) => bag.Add(chunk.Ungrouped.Negated));

    /// <summary>A point with its threshold, and the counts there.</summary>
    internal SweepPoint Located(SweepPoint point)
    {
        if (point.NormalRow == 0)
            return point;
        var (score, _) = NormalRows
            .Find([point.NormalRow], NegativeKeys.IsWide, thresholds => KeyBag.CountAtLeast(NegativeKeys, thresholds))
            .IfFail([])[0];
        return new(score, At(score));
    }

    /// <inheritdoc/>
    public bool Equals(RankState? other) =>
        other is not null && KeyBag.Equal(PositiveKeys, other.PositiveKeys) && KeyBag.Equal(NegativeKeys, other.NegativeKeys);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RankState);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(KeyBag.Hash(PositiveKeys), KeyBag.Hash(NegativeKeys));

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"RankState({Positives} positives, {Negatives} negatives)");
}
