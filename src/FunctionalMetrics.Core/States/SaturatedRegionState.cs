using System.Diagnostics.Contracts;
using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>
/// The scores of the pixels outside all defects, and for each defect as many of its highest scores as its saturation area: all that the saturated
/// per-region overlap needs, since a defect whose A highest pixels are found is found in whole. A commutative monoid under <see cref="Merge"/>.
/// <para>
/// Equality is that of the multiset of normal scores, of the multiset of defects, each a multiset of scores, and of the number of their pixels; order,
/// batches and width do not count.
/// <see cref="Empty"/> is the identity and the state before any image. Immutable and safe to share between threads.
/// </para>
/// </summary>
public sealed class SaturatedRegionState : IEquatable<SaturatedRegionState>
{
    private SaturatedRegionState(RegionState counted, long defectPixels) => (Counted, DefectPixels) = (counted, defectPixels);

    /// <summary>No images seen.</summary>
    public static SaturatedRegionState Empty { get; } = new(RegionState.Empty, 0);

    /// <summary>
    /// The states as bytes; <see cref="KeyCodec"/> draws what bags and regions are. A defect is a region of as many pixels as its saturation area.
    /// <code>payload := varint, how many pixels defects cover; bag of the normal scores; regions</code>
    /// </summary>
    public static StateCodec<SaturatedRegionState> Codec { get; } =
        new(
            12,
            "SaturatedRegion",
            (to, state) =>
            {
                to.Varint(state.DefectPixels);
                RegionState.Write(to, state.Counted);
            },
            (ref from) =>
            {
                var (pixels, counted) = (from.Varint(), RegionState.Read(ref from));
                if (from.Ok)
                    from.Require(
                        counted.Regions == 0 ? pixels == 0 : pixels >= counted.RegionKeys.Chunks.Max(Largest),
                        "defects cover fewer pixels than one of them, or are none"
                    );
                return from.End(() => new SaturatedRegionState(counted, pixels));
            }
        );

    /// <summary>The kind of state, which metrics of defects name.</summary>
    public static State<DefectBatch, SaturatedRegionState> State { get; } = new(Empty, Of, Merge, Codec);

    /// <summary>How many defects were seen.</summary>
    public long Defects => Counted.Regions;

    /// <summary>How many pixels defects cover; one of several defects counts once.</summary>
    public long DefectPixels { get; }

    /// <summary>How many pixels outside all defects were seen.</summary>
    public long NormalPixels => Counted.NegativeKeys.Count;

    /// <summary>Each defect as a region of as many pixels as its saturation area: PRO of these is sPRO.</summary>
    internal RegionState Counted { get; }

    /// <summary>The state of one batch.</summary>
    [Pure]
    public static SaturatedRegionState Of(DefectBatch batch) =>
        new(
            new(
                KeyBag.Empty.Add(QuantizedKeys.Compact(batch.NegativeKeys)),
                KeyBag.Empty.Add(DefectKernels.Counted(batch)),
                batch.Defects.Count
            ),
            batch.Mask.Positives
        );

    /// <summary>The state of all images of both.</summary>
    [Pure]
    public static SaturatedRegionState Merge(SaturatedRegionState left, SaturatedRegionState right) =>
        new(RegionState.Merge(left.Counted, right.Counted), left.DefectPixels + right.DefectPixels);

    /// <summary>How many rows the largest group stands for.</summary>
    private static long Largest(Chunk chunk) => chunk.Parts().Max(part => part.Rows);

    /// <inheritdoc/>
    public bool Equals(SaturatedRegionState? other) =>
        other is not null && DefectPixels == other.DefectPixels && Counted.Equals(other.Counted);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SaturatedRegionState);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(DefectPixels, Counted);

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"SaturatedRegionState({Defects} defects, {NormalPixels} normal pixels)");
}
