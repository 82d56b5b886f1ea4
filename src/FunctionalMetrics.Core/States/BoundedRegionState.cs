using System.Collections.Immutable;
using System.Diagnostics.Contracts;
using FunctionalMetrics.Core.Numerics;
using LanguageExt;

namespace FunctionalMetrics.Core;

/// <summary>
/// A state of bounded size for as many maps as there are: what a <see cref="BoundedRankState"/> holds of the pixels, and for each bin also
/// the weights of its anomalous pixels, 1 / (size of the region) each. Metrics of it are intervals that are certain to hold what a
/// <see cref="RegionState"/> of the same maps gives. A commutative monoid under <see cref="Merge"/>; the unit of its data is the whole image,
/// and states of different resolution merge at the coarser one.
/// <para>
/// Bins are those of <see cref="BoundedRankState"/>; each with rows takes 44 bytes. Weights are fixed-point numbers of 88 fraction bits in
/// 128, enough for 2^40 regions.
/// </para>
/// <para>
/// Equality is that of the resolution, of the number of regions and of what every bin holds; a state without pixels is
/// <see cref="Empty"/>, the identity. Immutable and safe to share between threads.
/// </para>
/// </summary>
public sealed class BoundedRegionState : IEquatable<BoundedRegionState>
{
    private readonly BinnedRows binned;
    private readonly Lazy<HistogramSweeps> sweeps;
    private readonly Lazy<BoundedRankState> rank;

    internal BoundedRegionState(BinnedRows binned, long regions)
    {
        this.binned = binned;
        Regions = regions;
        sweeps = new(() => new(binned.Table));
        rank = new(() => new(binned.Unweighted));
    }

    /// <summary>No images seen.</summary>
    public static BoundedRegionState Empty { get; } = new(BinnedRows.Empty, 0);

    /// <summary>
    /// The states as bytes; <see cref="BinCodec"/> draws the table.
    /// <code>payload := varint R, the number of regions; table with weights</code>
    /// </summary>
    public static StateCodec<BoundedRegionState> Codec { get; } =
        new(
            6,
            "BoundedRegion",
            (to, state) =>
            {
                to.Varint(state.Regions);
                BinCodec.Write(to, state.Table);
            },
            (ref from) =>
            {
                var regions = from.Varint();
                var table = BinCodec.Read(ref from, regions);
                return from.End(() => new BoundedRegionState(new BinnedRows(table), regions));
            }
        );

    private static readonly ImmutableArray<Projection<MapBatch, BoundedRegionState, ScoreBatch, BoundedRankState>> Projections =
    [
        .. Enumerable
            .Range(0, ScoreBins.MostBits + 1)
            .Select(bits => new Projection<MapBatch, BoundedRegionState, ScoreBatch, BoundedRankState>(
                new(Empty, batch => Of(batch, bits), Merge, Codec),
                BoundedRankState.StateAt(bits),
                batch => batch.Pixels,
                state => state.Rank
            )),
    ];

    /// <summary>The kind of state at the usual resolution.</summary>
    public static State<MapBatch, BoundedRegionState> State { get; } = StateAt(BoundedRankState.DefaultBits);

    /// <summary>The kind of state at a resolution; metrics of one resolution share it.</summary>
    /// <param name="bits">The resolution, from 1 to 24; what is outside counts as the nearest.</param>
    public static State<MapBatch, BoundedRegionState> StateAt(int bits) => PixelsAt(ScoreBins.Clamp(bits)).From;

    /// <summary>The way to the pixels as rows, their regions forgotten.</summary>
    internal static Projection<MapBatch, BoundedRegionState, ScoreBatch, BoundedRankState> PixelsAt(int bits) => Projections[bits];

    /// <summary>The resolution: scores fall into 2^bits bins. The finest there is before any image.</summary>
    public int Bits => binned.Bits;

    /// <summary>R, how many regions were seen.</summary>
    public long Regions { get; }

    /// <summary>The same pixels as rows, their regions forgotten; a homomorphism: it commutes with Of, Merge and Empty.</summary>
    public BoundedRankState Rank => rank.Value;

    internal BinTable Table => binned.Table;

    internal HistogramSweeps Sweeps => sweeps.Value;

    /// <summary>The state of one batch: its regions are found here, image by image.</summary>
    /// <param name="batch">The maps and masks.</param>
    /// <param name="bits">The resolution, from 1 to 24; what is outside counts as the nearest.</param>
    public static BoundedRegionState Of(MapBatch batch, int bits = BoundedRankState.DefaultBits) => Of(RegionState.Of(batch), bits);

    /// <summary>The state of the maps of an exact state; a homomorphism: it commutes with Of, Merge and Empty.</summary>
    /// <param name="exact">The maps and masks.</param>
    /// <param name="bits">The resolution, from 1 to 24; what is outside counts as the nearest.</param>
    public static BoundedRegionState Of(RegionState exact, int bits = BoundedRankState.DefaultBits) =>
        new(BinnedRows.Of(exact.NegativeKeys, exact.RegionKeys, bits, true), exact.Regions);

    /// <summary>The state of all images of both, at the coarser resolution of the two.</summary>
    [Pure]
    public static BoundedRegionState Merge(BoundedRegionState left, BoundedRegionState right) =>
        new(BinnedRows.Merge(left.binned, right.binned), left.Regions + right.Regions);

    /// <summary>The same maps at a resolution of fewer bits; a homomorphism. A state cannot become finer.</summary>
    public BoundedRegionState Coarsen(int bits) => bits >= Bits ? this : new(binned.Coarsen(bits), Regions);

    /// <inheritdoc/>
    public bool Equals(BoundedRegionState? other) => other is not null && Regions == other.Regions && Table.Equals(other.Table);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as BoundedRegionState);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Regions, Table.GetHashCode());

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant(
            $"BoundedRegionState({Regions} regions, {Rank.Positives} positives, {Rank.Negatives} negatives, {Bits} bits)"
        );
}
