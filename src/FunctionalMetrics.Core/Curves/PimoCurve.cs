using FunctionalMetrics.Core.Numerics;
using LanguageExt;

namespace FunctionalMetrics.Core;

/// <summary>
/// The per-image overlap of one image: the share of its anomalous pixels found, over the shared false positive rate, which is the mean over the normal
/// images of each one's own share of pixels that reach the threshold. Immutable and safe to share between threads; equal when name, area and image
/// are.
/// </summary>
[Curve]
public sealed record PimoCurve
{
    private readonly PimoScores scores;
    private readonly KeptImage image;
    private readonly Lazy<CurvePoints> points;

    internal PimoCurve(PimoScores scores, KeptImage image, double area)
    {
        (this.scores, this.image, Area) = (scores, image, area);
        points = new(() => scores.Points(image));
    }

    /// <summary>The name of the image, where it has one.</summary>
    public Option<string> Name => image.Name;

    /// <summary>AUPIMO of the image, in [0, 1].</summary>
    [Headline]
    public double Area { get; }

    /// <summary>
    /// One point (shared fpr, share of the image's anomalous pixels, threshold) for each distinct score of all images in descending order, ties taken
    /// together, up to (1, 1). Sorts every score of all images when first asked for.
    /// </summary>
    public CurvePoints Points => points.Value;

    /// <summary>
    /// The same polyline, over the logarithm of the rate, from the scores of the image's anomalous pixels alone: at most two vertices for each distinct
    /// one, and the points of the smallest rate above 0 and of 1. Sorts the scores of the normal images when first asked for.
    /// </summary>
    public CurvePoints Outline => scores.Outline(image);

    internal KeptImage Image => image;

    /// <inheritdoc/>
    public bool Equals(PimoCurve? other) => other is not null && Area.Equals(other.Area) && image.Equals(other.image);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Area);

    /// <summary>The name and the area; the points would cost a sort.</summary>
    public override string ToString() => FormattableString.Invariant($"PIMO curve of {image.Name ?? "an image"}, area {Area}");
}

/// <summary>What the PIMO curves of images share: each is made when one of them is first asked for.</summary>
internal sealed class PimoScores(KeptImage[] images, IReadOnlyList<Chunk> normal)
{
    private readonly Lazy<SharedRates> rates = new(() => SharedRates.Of(normal, 1));

    private readonly Lazy<ulong[]> distinct = new(() =>
        DistinctKeys<ulong>
            .Of(
                images
                    .SelectMany(image => (Chunk[])[image.Normal, image.Regions])
                    .Aggregate(KeyBag.Empty, (bag, chunk) => bag.Add(chunk.Ungrouped))
            )
            .Keys
    );

    public CurvePoints Points(KeptImage image)
    {
        var own = Own(image);
        return Build(distinct.Value.Reverse().Select(score => Point(score, own, true)));
    }

    public CurvePoints Outline(KeptImage image)
    {
        var own = Own(image);
        var last = ScoreKey.Score(Math.Min(own.Keys[0], rates.Value.Keys[0]));
        var scores = own.Keys.Append(rates.Value.Keys[^1]).Distinct().OrderDescending();
        return Build([.. scores.SelectMany(Vertices), (1, 1, last)]);

        IEnumerable<(double X, double Y, double Threshold)> Vertices(ulong score)
        {
            var (above, at) = (Point(score, own, false), Point(score, own, true));
            return (above.X, above.Y) == (at.X, at.Y) ? [at] : [above, at];
        }
    }

    /// <summary>The distinct anomalous scores of an image, ascending, and how many pixels reach each.</summary>
    private static (ulong[] Keys, long[] Reaching) Own(KeptImage image)
    {
        var own = DistinctKeys<ulong>.Of(image.AnomalousKeys);
        var reaching = new long[own.Keys.Length];
        for (var i = reaching.Length - 1; i >= 0; i--)
            reaching[i] = own.CountAt(i) + (i + 1 < reaching.Length ? reaching[i + 1] : 0);
        return (own.Keys, reaching);
    }

    /// <summary>The point of the pixels that reach a score, or lie above it.</summary>
    private (double X, double Y, double Threshold) Point(ulong score, (ulong[] Keys, long[] Reaching) own, bool at)
    {
        var (normal, found) = (From(rates.Value.Keys, score, at), From(own.Keys, score, at));
        return (
            rates.Value.Rate(rates.Value.Above(normal)),
            Ratio.Round(found < own.Reaching.Length ? own.Reaching[found] : 0, own.Reaching[0]),
            ScoreKey.Score(score)
        );
    }

    /// <summary>How many of the ascending keys do not reach a score, or are not above it.</summary>
    private static int From(ReadOnlySpan<ulong> keys, ulong score, bool at) =>
        keys.BinarySearch(score) is var found && found < 0 ? ~found
        : at ? found
        : found + 1;

    private static CurvePoints Build(IEnumerable<(double X, double Y, double Threshold)> points)
    {
        var all = points.ToList();
        return CurvePoints.Build(all.Count, i => all[i]);
    }
}
