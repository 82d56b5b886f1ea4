using FunctionalMetrics.Core;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.IO;

/// <summary>
/// What the exact numbers of an evaluation are computed from: the state of the images (or of rows), and that of the pixels where there were
/// maps. Parameters such as the limit of the false positive rate are no part of it. Compared by value; immutable and safe to share between
/// threads. <see cref="IEvaluationState"/> draws its bytes.
/// </summary>
/// <param name="Images">The scores of the images, or of rows, by class.</param>
/// <param name="Pixels">The pixels with their regions, where there were maps.</param>
/// <param name="LowerIsAnomalous">Whether both hold negated scores, since low ones are the anomalous ones.</param>
public sealed record EvaluationState(RankState Images, Option<RegionState> Pixels, bool LowerIsAnomalous) : IEvaluationState
{
    /// <summary>No images seen, and no maps.</summary>
    public static EvaluationState Empty { get; } = new(RankState.Empty, None, false);

    /// <inheritdoc/>
    public bool HasMaps => Pixels.IsSome;

    /// <inheritdoc/>
    public long Rows => Math.Max(Images.Rows, Pixels.Map(pixels => pixels.Rank.Rows).IfNone(0));

    /// <inheritdoc/>
    public byte[] Encode() =>
        EvaluationBytes.Encode(false, LowerIsAnomalous, StateCodec.Rank.Encode(Images), Pixels.Map(StateCodec.Region.Encode));

    /// <summary>Total: what is no exact evaluation is a fault, as for <see cref="StateCodec{TState}.Decode"/>.</summary>
    public static Validation<Fault, EvaluationState> Decode(ReadOnlySpan<byte> bytes) =>
        EvaluationBytes
            .Decode(bytes)
            .Bind(state =>
                state is EvaluationState exact
                    ? Success<Fault, EvaluationState>(exact)
                    : Fail<Fault, EvaluationState>(new Fault.OtherFamily(StateFamily.BoundedRank, StateFamily.Rank))
            );

    /// <summary>The evaluation of the data of both, which are of one kind and one direction.</summary>
    internal static EvaluationState Merge(EvaluationState left, EvaluationState right) =>
        new(
            RankState.Merge(left.Images, right.Images),
            from a in left.Pixels
            from b in right.Pixels
            select RegionState.Merge(a, b),
            left.LowerIsAnomalous
        );
}
