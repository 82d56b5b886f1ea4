using FunctionalMetrics.Core;

namespace FunctionalMetrics.IO;

/// <summary>Images of another size, by pixel centres.</summary>
internal static class Resize
{
    /// <summary>Labels of the nearest pixels: that of index floor((i + 1/2) from / to).</summary>
    /// <param name="labels">The labels of some images.</param>
    /// <param name="from">Their shape.</param>
    /// <param name="to">The shape that they come to, of as many images.</param>
    public static byte[] Nearest(byte[] labels, MapShape from, MapShape to)
    {
        if (labels.Length == 0 || from == to)
            return labels;
        var (resized, columns) = (new byte[(int)to.Pixels], Indices(from.Width, to.Width));
        var (rows, at) = (Indices(from.Height, to.Height), 0);
        for (var image = 0; image < to.Count; image++)
            foreach (var row in rows)
            {
                var source = labels.AsSpan((int)(image * from.ImagePixels) + row * from.Width, from.Width);
                foreach (var column in columns)
                    resized[at++] = source[column];
            }
        return resized;
    }

    /// <summary>
    /// Scores between the pixels: bilinear, without antialiasing, edges held, in float64; between two equal scores
    /// lies the same one. It is what <c>interpolate(align_corners=False)</c> of PyTorch
    /// and INTER_LINEAR of OpenCV give.
    /// </summary>
    /// <param name="scores">The scores of some images.</param>
    /// <param name="from">Their shape.</param>
    /// <param name="to">The shape that they come to, of as many images.</param>
    public static double[] Bilinear(double[] scores, MapShape from, MapShape to)
    {
        var (resized, columns, rows) = (new double[(int)to.Pixels], Between(from.Width, to.Width), Between(from.Height, to.Height));
        var (upper, lower, at) = (new double[to.Width], new double[to.Width], 0);
        for (var image = 0; image < to.Count; image++)
        {
            var (first, done) = ((int)(image * from.ImagePixels), (-1, -1));
            foreach (var (above, below, share) in rows)
            {
                // Many rows lie between the same two.
                if (done != (above, below))
                {
                    Row(above, upper);
                    Row(below, lower);
                    done = (above, below);
                }
                for (var i = 0; i < upper.Length; i++)
                    resized[at++] = upper[i] + share * (lower[i] - upper[i]);
            }

            void Row(int row, double[] line)
            {
                var source = scores.AsSpan(first + row * from.Width, from.Width);
                for (var i = 0; i < line.Length; i++)
                    line[i] = source[columns[i].Before] + columns[i].Share * (source[columns[i].After] - source[columns[i].Before]);
            }
        }
        return resized;
    }

    private static int[] Indices(int from, int to) => [.. Enumerable.Range(0, to).Select(i => (int)((2L * i + 1) * from / (2L * to)))];

    private static (int Before, int After, double Share)[] Between(int from, int to) =>
        [
            .. Enumerable
                .Range(0, to)
                .Select(i =>
                {
                    var place = Math.Clamp((i + 0.5) * from / to - 0.5, 0, from - 1);
                    var before = (int)place;
                    return (before, Math.Min(before + 1, from - 1), place - before);
                }),
        ];
}
