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

    /// <summary>Writes a stack in the MVTec AD layout, four images of it as one; gives the files, as many maps as masks.</summary>
    public static string[] Write(string root, MapStack<float> stack, int side)
    {
        var (files, count) = (new List<string>(), stack.Pixels / (side * side));
        for (var image = 0; image < count; image++)
        {
            var labels = stack.Masks.AsSpan(image * side * side, side * side);
            using var map = new Mat(side, side, MatType.CV_32FC1);
            using var mask = new Mat(side, side, MatType.CV_8UC1);
            stack.Maps.AsSpan(image * side * side, side * side).CopyTo(map.AsSpan<float>());
            for (var i = 0; i < labels.Length; i++)
                mask.AsSpan<byte>()[i] = labels[i] == 0 ? (byte)0 : (byte)255;
            foreach (
                var (level, extension, pixels) in ((string, string, Mat)[])[("anomaly_maps", "tiff", map), ("ground_truth", "png", mask)]
            )
            {
                var folder = Directory.CreateDirectory(Path.Combine(root, level, "defect"));
                files.Add(Path.Combine(folder.FullName, FormattableString.Invariant($"{image:000}.{extension}")));
                Cv2.ImWrite(files[^1], pixels);
            }
        }
        return [.. files];
    }

    /// <summary>Reads files one after the other and forgets them.</summary>
    public static void Read(string[] files)
    {
        Cv2.SetNumThreads(1);
        foreach (var file in files)
            Cv2.ImRead(file, ImreadModes.Unchanged).Dispose();
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
