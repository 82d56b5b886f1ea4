using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Benchmarks;

/// <summary>
/// 8-connected regions of masks of 512 x 512, image by image: ours from bytes over packed bits to runs with their regions, OpenCV's from the
/// same bytes to an image of labels.
/// </summary>
internal static class RegionLabelling
{
    private const int Images = 16;

    public static IEnumerable<Line> Measure(Inputs inputs)
    {
        foreach (var (name, masks) in Masks())
        {
            var pixels = Images * Workload.Side * Workload.Side;
            var share = masks.Sum(label => (long)label) / (double)pixels;
            var ours = Timing.Of(pixels, () => Label(masks), 3 * Timing.Repeats);
            var peer = OpenCvPeer.Labels(masks, Images, Workload.Side, out var theirs);
            if (peer.Value is not null && theirs != Label(masks))
                throw new InvalidOperationException($"{name}: {Label(masks)} regions, and {theirs} of OpenCV");
            yield return new(
                FormattableString.Invariant($"region labelling, 8-connected, {name}, {share:0.0%} anomalous"),
                "OpenCV 2x",
                "4x",
                ours,
                "ns/pixel"
            )
            {
                Peers = [peer],
                Note = FormattableString.Invariant($"{Label(masks) / (double)Images:0.#} regions an image"),
            };
        }
    }

    /// <summary>Few ellipses, smooth blobs, and noise of single pixels, which makes the most regions and runs.</summary>
    public static IEnumerable<(string Name, byte[] Masks)> Masks()
    {
        yield return ("ellipses", Workload.Make(Images, 5).Masks);
        var smooth = Workload.Make(Images, 6).Maps;
        foreach (var share in (double[])[0.1, 0.5])
        {
            var threshold = smooth.Order().ElementAt((int)((1 - share) * smooth.Length));
            yield return ("blobs", Array.ConvertAll(smooth, score => (byte)(score >= threshold ? 1 : 0)));
        }
        var normal = new Workload.Normal(7, 0);
        yield return ("pixel noise", [.. smooth.Select(_ => (byte)(normal.Below(10) < 3 ? 1 : 0))]);
    }

    /// <summary>How many regions there are in all images.</summary>
    private static long Label(byte[] masks)
    {
        const int Pixels = Workload.Side * Workload.Side;
        var regions = 0L;
        for (var at = 0; at < masks.Length; at += Pixels)
        {
            using var labels = RegionLabels.Of(LabelBits.Of(masks.AsSpan(at, Pixels)), 0, Workload.Side, Workload.Side);
            regions += labels.Count;
        }
        return regions;
    }
}
