using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics.IO;

/// <summary>
/// What the intervals of an evaluation in bounded memory are computed from: the bounded states of the images (or of rows), and of the pixels
/// where there were maps. Compared by value; immutable and safe to share between threads. <see cref="IEvaluationState"/> draws its bytes.
/// </summary>
/// <param name="Images">The scores of the images, or of rows, by class and bucket.</param>
/// <param name="Pixels">The pixels with the weights of their regions, where there were maps.</param>
/// <param name="LowerIsAnomalous">Whether both hold negated scores, since low ones are the anomalous ones.</param>
public sealed record BoundedEvaluationState(BoundedRankState Images, Option<BoundedRegionState> Pixels, bool LowerIsAnomalous)
    : IEvaluationState
{
    /// <inheritdoc/>
    public bool HasMaps => Pixels.IsSome;

    /// <inheritdoc/>
    public long Rows => Math.Max(Images.Rows, Pixels.Map(pixels => pixels.Rank.Rows).IfNone(0));

    /// <summary>The resolution: the coarser one of the two states.</summary>
    public int Bits => Math.Min(Images.Bits, Pixels.Map(pixels => pixels.Bits).IfNone(Images.Bits));

    /// <inheritdoc/>
    public byte[] Encode() =>
        EvaluationBytes.Encode(true, LowerIsAnomalous, StateCodec.BoundedRank.Encode(Images), Pixels.Map(StateCodec.BoundedRegion.Encode));

    /// <summary>The evaluation of the same data in buckets; a bounded one of fewer bits stays as it is.</summary>
    internal static BoundedEvaluationState Of(IEvaluationState state, int bits) =>
        state is EvaluationState exact
            ? new(
                BoundedRankState.Of(exact.Images, bits),
                exact.Pixels.Map(pixels => BoundedRegionState.Of(pixels, bits)),
                exact.LowerIsAnomalous
            )
            : (BoundedEvaluationState)state;

    /// <summary>The evaluation of the data of both, which are of one kind and one direction, at the coarser resolution.</summary>
    internal static BoundedEvaluationState Merge(BoundedEvaluationState left, BoundedEvaluationState right) =>
        new(
            BoundedRankState.Merge(left.Images, right.Images),
            from a in left.Pixels
            from b in right.Pixels
            select BoundedRegionState.Merge(a, b),
            left.LowerIsAnomalous
        );
}
