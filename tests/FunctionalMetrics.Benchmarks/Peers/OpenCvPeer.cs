using OpenCvSharp;

namespace FunctionalMetrics.Benchmarks;

/// <summary>OpenCV's connectedComponents, on one thread and with its own choice of algorithm.</summary>
internal static class OpenCvPeer
{
    public static Peer Labels(byte[] masks, int images, int side, out long regions)
    {
        regions = 0;
        try
        {
            Cv2.SetNumThreads(1);
            using var labels = new Mat();
            Mat[] inputs = [.. Enumerable.Range(0, images).Select(image => Input(masks.AsSpan(image * side * side, side * side), side))];
            var time = Timing.Of(masks.Length, () => Label(inputs, labels), 3 * Timing.Repeats);
            regions = Label(inputs, labels);
            foreach (var input in inputs)
                input.Dispose();
            return new("OpenCV", time);
        }
        catch (Exception missing) when (missing is DllNotFoundException or TypeInitializationException)
        {
            return Peer.Missing("OpenCV");
        }
    }

    private static Mat Input(ReadOnlySpan<byte> mask, int side)
    {
        var input = new Mat(side, side, MatType.CV_8UC1);
        mask.CopyTo(input.AsSpan<byte>());
        return input;
    }

    /// <summary>The regions of all images; OpenCV counts the background as one more.</summary>
    private static long Label(Mat[] inputs, Mat labels) =>
        inputs.Sum(input => (long)Cv2.ConnectedComponents(input, labels, PixelConnectivity.Connectivity8, MatType.CV_32S) - 1);
}
