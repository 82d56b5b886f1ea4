using System.Diagnostics.Contracts;
using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>
/// The scores of the normal pixels, and for each 8-connected region of anomalous pixels the scores of its pixels: all that every pixel-level
/// metric needs, AUPRO included. A commutative monoid under <see cref="Merge"/>; the unit of its data is the whole image.
/// <para>
/// Equality is that of the multiset of normal scores and of the multiset of regions, each a multiset of scores; order, batches and width do
/// not count. <see cref="Empty"/> is the identity and the state before any image. Immutable and safe to share between threads.
/// </para>
/// </summary>
public sealed class RegionState : IEquatable<RegionState>
{
    private readonly KeyBag negatives;
    private readonly KeyBag regions;
    private readonly Lazy<ThresholdSweep> sweep;
    private readonly Lazy<RankState> rank;

    internal RegionState(KeyBag negatives, KeyBag regions, long regionCount)
    {
        this.negatives = negatives;
        this.regions = regions;
        Regions = regionCount;
        sweep = new(() => ThresholdSweep.OfRegions(negatives, regions));
        rank = new(() => new(negatives, regions, new(() => sweep.Value.OfRows)));
    }

    /// <summary>No images seen.</summary>
    public static RegionState Empty { get; } = new(KeyBag.Empty, KeyBag.Empty, 0);

    /// <summary>
    /// The states as bytes; <see cref="KeyCodec"/> draws what bags and regions are.
    /// <code>payload := bag of the normal scores, regions</code>
    /// </summary>
    public static StateCodec<RegionState> Codec { get; } =
        new(
            2,
            "Region",
            Write,
            (ref from) =>
            {
                var state = Read(ref from);
                return from.End(() => state);
            }
        );

    /// <summary>The kind of state, which metrics of regions name.</summary>
    public static State<MapBatch, RegionState> State { get; } = new(Empty, Of, Merge, Codec);

    /// <summary>The way to the pixels as rows, their regions forgotten.</summary>
    public static Projection<MapBatch, RegionState, ScoreBatch, RankState> Pixels { get; } =
        new(State, RankState.State, batch => batch.Pixels, state => state.Rank);

    /// <summary>R, how many regions were seen.</summary>
    public long Regions { get; }

    /// <summary>The same pixels as rows, their regions forgotten; a homomorphism: it commutes with Of, Merge and Empty.</summary>
    public RankState Rank => rank.Value;

    internal KeyBag NegativeKeys => negatives;

    /// <summary>The anomalous pixels, grouped by region.</summary>
    internal KeyBag RegionKeys => regions;

    /// <summary>Counts and region weights at each distinct anomalous score; <see cref="Rank"/> uses the same counts.</summary>
    internal ThresholdSweep Sweep => sweep.Value;

    /// <summary>The state of one batch: its regions are found here, image by image.</summary>
    public static RegionState Of(MapBatch batch)
    {
        var grouped = RegionKernels.Group(batch);
        return new(KeyBag.Empty.Add(QuantizedKeys.Compact(batch.NegativeKeys)), KeyBag.Empty.Add(grouped), grouped.Groups.Length);
    }

    /// <summary>The state of all images of both.</summary>
    [Pure]
    public static RegionState Merge(RegionState left, RegionState right) =>
        left.IsEmpty ? right
        : right.IsEmpty ? left
        : new(left.negatives.Join(right.negatives), left.regions.Join(right.regions), left.Regions + right.Regions);

    internal static void Write(PayloadWriter to, RegionState state)
    {
        KeyCodec.WriteBag(to, state.NegativeKeys);
        KeyCodec.WriteRegions(to, state.RegionKeys);
    }

    /// <summary>What was written; without meaning where something was wrong.</summary>
    internal static RegionState Read(ref PayloadReader from)
    {
        var (negatives, (regions, count)) = (KeyCodec.ReadBag(ref from), KeyCodec.ReadRegions(ref from));
        return new(negatives, regions, count);
    }

    private bool IsEmpty => negatives.Count == 0 && regions.Count == 0;

    /// <inheritdoc/>
    public bool Equals(RegionState? other) =>
        other is not null
        && Regions == other.Regions
        && KeyBag.Equal(negatives, other.negatives)
        && RegionComparison.Equal(regions, other.regions);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RegionState);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(KeyBag.Hash(negatives), RegionComparison.Hash(regions));

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"RegionState({Regions} regions, {regions.Count} positives, {negatives.Count} negatives)");
}
