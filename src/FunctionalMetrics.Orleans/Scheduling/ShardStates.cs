using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics.Orleans;

/// <summary>What workers hold of shards, and which part of it they send.</summary>
internal static class ShardStates
{
    /// <summary>A shard as a job holds it: in bins of at most the job's resolution, or as it is.</summary>
    public static EvaluationState Kept(EvaluationState state, JobKind kind, int bits) =>
        kind == JobKind.Bounded ? state.InBins(bits) : state;

    /// <summary>What is gathered of a state: the anomalous scores alone (see <see cref="StateParts"/>), or all.</summary>
    public static EvaluationState Gathered(EvaluationState state, JobKind kind) =>
        kind switch
        {
            JobKind.Numbers => Parts(state, images => images.Anomalous(), pixels => pixels.Anomalous()) with { Notes = state.Notes },
            // Of no shards too.
            JobKind.Bounded => state.InBins(BoundedRankState.MostBits),
            _ => state,
        };

    /// <summary>The normal scores alone, counted at thresholds.</summary>
    public static EvaluationState NormalAt(EvaluationState state, Thresholds at) =>
        Parts(state, images => images.NormalAt(at.Rows), pixels => pixels.NormalAt(at.Pixels));

    /// <summary>Equal for equal states on every machine.</summary>
    public static ulong Checksum(EvaluationState state) =>
        state is EvaluationState.Exact { Kept.IsNone: true } exact
            ? exact.Images.Checksum() * 3 + exact.Pixels.Map(pixels => pixels.Checksum()).IfNone(0)
            // That which stands at the end of encoded bytes.
            : BitConverter.ToUInt64(EvaluationState.Codec.Encode(state).AsSpan(^sizeof(ulong)));

    /// <summary>A job that is not bounded takes no shard that is.</summary>
    private static EvaluationState Parts(EvaluationState state, Func<RankState, RankState> rows, Func<RegionState, RegionState> regions) =>
        state is EvaluationState.Exact(var images, var pixels, var lower)
            ? new EvaluationState.Exact(rows(images), pixels.Map(regions), lower)
            : throw new InvalidOperationException("a shard in bins has no parts");
}

/// <summary>The distinct anomalous scores of all shards and the given thresholds, at which each shard counts its normal ones.</summary>
internal sealed record Thresholds(RankState Rows, RankState Pixels)
{
    /// <param name="anomalous">The anomalous scores of all shards.</param>
    /// <param name="given">Where else to count.</param>
    public static Thresholds Of(EvaluationState.Exact anomalous, double[] given) =>
        new(anomalous.Images.Thresholds(given), anomalous.Pixels.IfNone(RegionState.Empty).Thresholds(given));

    public ThresholdBytes Encode() => new(RankState.Codec.Encode(Rows), RankState.Codec.Encode(Pixels));

    public static Validation<Fault, Thresholds> Decode(ThresholdBytes bytes) =>
        (RankState.Codec.Decode(bytes.Rows ?? []), RankState.Codec.Decode(bytes.Pixels ?? [])).Apply(
            (rows, pixels) => new Thresholds(rows, pixels)
        );
}
