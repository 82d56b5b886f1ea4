namespace FunctionalMetrics.Core.Tests;

/// <summary>8-connected components by spreading from each unlabelled pixel, numbered from 1 by their first pixel.</summary>
internal static class FloodFill
{
    public static int[] Label(bool[] mask, int height, int width)
    {
        var labels = new int[mask.Length];
        var count = 0;
        for (var start = 0; start < mask.Length; start++)
        {
            if (!mask[start] || labels[start] > 0)
                continue;
            labels[start] = ++count;
            var reached = new Queue<int>([start]);
            while (reached.TryDequeue(out var pixel))
                foreach (var next in Neighbours(pixel, height, width).Where(next => mask[next] && labels[next] == 0))
                {
                    labels[next] = count;
                    reached.Enqueue(next);
                }
        }
        return labels;
    }

    private static IEnumerable<int> Neighbours(int pixel, int height, int width) =>
        from r in Enumerable.Range(pixel / width - 1, 3)
        from c in Enumerable.Range(pixel % width - 1, 3)
        where r >= 0 && r < height && c >= 0 && c < width
        select r * width + c;
}
