using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>
/// An image of an <see cref="ImageState"/>. Equality is that of its name, class and score, of the multiset of its normal scores, and of its regions,
/// each a box and a multiset of scores; width does not count.
/// </summary>
internal sealed class KeptImage(string? name, bool isAnomalous, double? score, ImagePixels pixels) : IEquatable<KeptImage>
{
    /// <summary>Its name; null without one.</summary>
    public string? Name => name;

    public bool IsAnomalous => isAnomalous;

    /// <summary>Its score; null without one.</summary>
    public double? Score => score;

    /// <summary>The normal pixels.</summary>
    public Chunk Normal { get; } = pixels.Normal;

    /// <summary>The anomalous pixels, grouped by region.</summary>
    public Chunk Regions { get; } = pixels.Regions;

    /// <summary>The box of each region, ascending.</summary>
    public RegionBox[] Boxes { get; } = pixels.Boxes;

    /// <summary>Whether its share of pixels counts among those of the normal images: it is normal, and all of its pixels are, of which it has some.</summary>
    public bool IsWhollyNormal => !isAnomalous && Boxes.Length == 0 && Normal.Count > 0;

    public KeyBag NormalKeys => KeyBag.Empty.Add(Normal);

    /// <summary>The anomalous pixels, without their regions.</summary>
    public KeyBag AnomalousKeys => KeyBag.Empty.Add(Regions.Ungrouped);

    /// <summary>The pixels of each region, in the order of the boxes.</summary>
    public IEnumerable<Chunk> RegionChunks =>
        Regions.Plain switch
        {
            Chunk<uint> narrow => Parts(narrow),
            var wide => Parts((Chunk<ulong>)wide),
        };

    public bool Equals(KeptImage? other) =>
        other is not null
        && (Name, IsAnomalous, Score) == (other.Name, other.IsAnomalous, other.Score)
        && Boxes.AsSpan().SequenceEqual(other.Boxes)
        && KeyBag.Equal(NormalKeys, other.NormalKeys)
        && RegionChunks
            .Zip(other.RegionChunks, (mine, its) => KeyBag.Equal(KeyBag.Empty.Add(mine), KeyBag.Empty.Add(its)))
            .All(same => same);

    public override bool Equals(object? obj) => Equals(obj as KeptImage);

    public override int GetHashCode() =>
        HashCode.Combine(Name, IsAnomalous, Score, Boxes.Length, KeyBag.Hash(NormalKeys), RegionComparison.Hash(KeyBag.Empty.Add(Regions)));

    private static IEnumerable<Chunk> Parts<TKey>(Chunk<TKey> regions)
        where TKey : unmanaged =>
        regions
            .Parts()
            .Select(part =>
            {
                var (start, length) = part.Keys.GetOffsetAndLength(regions.Count);
                return (Chunk)new Chunk<TKey>(regions.Keys.Slice(start, length), [], [.. part.Counts]);
            });
}
