using System.Diagnostics.Contracts;
using FunctionalMetrics.Core.Numerics;
using LanguageExt;

namespace FunctionalMetrics.Core;

/// <summary>
/// The images of map batches, each by itself: its name, class and score, the scores of its normal pixels, and its regions with their boxes. All that
/// <see cref="RegionState"/> holds of the same maps, and which image each pixel is of: what tables of images and regions and AUPIMO need. A
/// commutative monoid under <see cref="Merge"/>; the unit of its data is the whole image.
/// <para>
/// Equality is that of the multiset of images, each a name, a class, a score, a multiset of normal scores and regions with their boxes; order, batches
/// and width do not count. Two images of one name are both kept. <see cref="Empty"/> is the identity and the state before any image. Immutable and
/// safe to share between threads.
/// </para>
/// <para>
/// Beside 4 bytes a float32 pixel (8 a float64 one) it takes less than 300 bytes an image and 100 a region. Pixels are cut from arrays of 16 MB, of which
/// the last is held whole: of 10 million float32 pixels that is 1 byte a pixel more, of 100 million 0.1.
/// </para>
/// </summary>
public sealed class ImageState : IEquatable<ImageState>
{
    private readonly Node? front;
    private readonly Lazy<RegionState> pixels;
    private readonly Lazy<RankState> scores;

    private ImageState(Node? front)
    {
        this.front = front;
        pixels = new(() => ToRegions(Images));
        scores = new(() => ToRanks(Images));
    }

    /// <summary>The state of some images, in whatever order.</summary>
    internal ImageState(KeptImage[] images)
        : this(images.Length == 0 ? null : new Node(images, null, images.Length)) { }

    /// <summary>No images seen.</summary>
    public static ImageState Empty { get; } = new([]);

    /// <summary>
    /// The states as bytes; <see cref="ImageCodec"/> draws what an image is.
    /// <code>payload := varint n, the number of images; n images, ascending by name, those without one first; those of one name by their bytes</code>
    /// </summary>
    public static StateCodec<ImageState> Codec { get; } = new(7, "Image", ImageCodec.Write, ImageCodec.Read);

    /// <summary>The kind of state, which metrics of images name.</summary>
    public static State<MapBatch, ImageState> State { get; } = new(Empty, Of, Merge, Codec);

    /// <summary>The way to the pixels with their regions, the images forgotten.</summary>
    public static Projection<MapBatch, ImageState, MapBatch, RegionState> ToPixels { get; } =
        new(State, RegionState.State, batch => batch, state => state.Pixels);

    /// <summary>The way to a row for each image, the pixels forgotten.</summary>
    public static Projection<MapBatch, ImageState, ScoreBatch, RankState> ToScores { get; } =
        new(State, RankState.State, batch => batch.Images, state => state.Scores);

    /// <summary>How many images were seen.</summary>
    public int Count => front?.All ?? 0;

    /// <summary>How many images of a class were seen.</summary>
    public int CountOf(bool isAnomalous) => Images.Count(image => image.IsAnomalous == isAnomalous);

    /// <summary>The same pixels and regions, the images forgotten; a homomorphism: it commutes with Of, Merge and Empty.</summary>
    public RegionState Pixels => pixels.Value;

    /// <summary>A row for each image that has a score, its pixels forgotten; a homomorphism: it commutes with Of, Merge and Empty.</summary>
    public RankState Scores => scores.Value;

    /// <summary>The images, in an order that means nothing.</summary>
    internal IEnumerable<KeptImage> Images
    {
        get
        {
            for (var node = front; node is not null; node = node.Rest)
                foreach (var image in node.Images)
                    yield return image;
        }
    }

    /// <summary>The images in the one order that equal states share: by name, those without one first, and those of one name by their bytes.</summary>
    internal KeptImage[] Ordered => ImageCodec.Order(Images);

    /// <summary>The state of one batch: its images share the memory of the batch, but for quantized scores.</summary>
    public static ImageState Of(MapBatch batch)
    {
        var (facts, scores, labels) = (batch.ImageFacts, batch.ImageScores, batch.ImageLabels);
        return new([
            .. RegionKernels
                .Images(batch)
                .Select(
                    (image, i) => new KeptImage(facts[i].Name.MatchUnsafe(name => name, () => null), labels[i], scores[i] + 0.0, image)
                ),
        ]);
    }

    /// <summary>The state of all images of both.</summary>
    [Pure]
    public static ImageState Merge(ImageState left, ImageState right)
    {
        var (large, few) = left.Count >= right.Count ? (left, right) : (right, left);
        if (few.front is null)
            return large;
        var joined = large.front!;
        for (var node = few.front; node is not null; node = node.Rest)
            joined = Node.Add(joined, node.Images);
        return new(joined);
    }

    /// <inheritdoc/>
    public bool Equals(ImageState? other)
    {
        if (other is null || Count != other.Count || Pixels.Regions != other.Pixels.Regions)
            return ReferenceEquals(this, other);
        var left = Images.CountBy(image => image).ToDictionary();
        foreach (var image in other.Images)
            if (left.TryGetValue(image, out var count) && count > 0)
                left[image] = count - 1;
            else
                return false;
        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ImageState);

    /// <inheritdoc/>
    public override int GetHashCode() => Images.Aggregate(Count, (sum, image) => unchecked(sum + image.GetHashCode()));

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"ImageState({Count} images, {Images.Sum(image => image.Boxes.Length)} regions)");

    private static RegionState ToRegions(IEnumerable<KeptImage> images)
    {
        var (negatives, regions, count) = (KeyBag.Empty, KeyBag.Empty, 0L);
        foreach (var image in images)
            (negatives, regions, count) = (negatives.Add(image.Normal), regions.Add(image.Regions), count + image.Boxes.Length);
        return new(negatives, regions, count);
    }

    private static RankState ToRanks(IEnumerable<KeptImage> images)
    {
        var scores = images
            .Where(image => image.Score is not null)
            .ToLookup(image => image.IsAnomalous, image => ScoreKey.Of(image.Score!.Value));
        return new(Bag(false), Bag(true));

        KeyBag Bag(bool label) => KeyBag.Empty.Add(new Chunk<ulong>([.. scores[label]]));
    }

    /// <summary>
    /// A list of arrays of images that older and newer states share. As in <see cref="KeyBag"/>, an array in front that is no longer than the new one joins
    /// it, so a reference is copied a logarithmic number of times.
    /// </summary>
    private sealed record Node(KeptImage[] Images, Node? Rest, int All)
    {
        public static Node Add(Node? rest, KeptImage[] images)
        {
            for (; rest is not null && rest.Images.Length <= images.Length; rest = rest.Rest)
                images = [.. rest.Images, .. images];
            return new(images, rest, (rest?.All ?? 0) + images.Length);
        }
    }
}
