using FunctionalMetrics.Core;

namespace FunctionalMetrics;

/// <summary>
/// How many scores of each class lie between evenly spaced edges, from the lowest score to the highest. A bin holds its lower edge and not
/// its upper one, but for the last, which holds both.
/// </summary>
internal sealed record Histogram(double[] Edges, long[] Normal, long[] Anomalous)
{
    public int Bins => Normal.Length;

    /// <summary>The same histogram of the scores with their sign changed.</summary>
    public Histogram Mirrored => new([.. Edges.Reverse().Select(edge => 0 - edge)], [.. Normal.Reverse()], [.. Anomalous.Reverse()]);

    /// <summary>Bins by Rice's rule, 2 n^(1/3), between 10 and 60. Constant scores get a range around them.</summary>
    public static Histogram Of(RankState state)
    {
        var (min, max) = state.Extrema.Range.Map(range => range.Min < range.Max ? range : Around(range.Min)).IfNone((0, 1));
        var bins = Math.Clamp((int)Math.Ceiling(2 * Math.Cbrt(state.Rows)), 10, 60);
        var edges = Even(min, max, bins + 1);
        var reached = state.At(edges.AsSpan(0, bins));
        return new(edges, Steps([.. reached.Select(at => at.FalsePositives)]), Steps([.. reached.Select(at => at.TruePositives)]));
    }

    /// <summary>Values from the first to the last, both included, evenly spaced and ascending; computed in halves, so no range is too wide.</summary>
    public static double[] Even(double first, double last, int count)
    {
        var step = last / 2 / (count - 1) - first / 2 / (count - 1);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(i =>
                    i == 0 ? first
                    : i == count - 1 ? last
                    : Math.Clamp(2 * (first / 2 + i * step), first, last)
                ),
        ];
    }

    private static (double Min, double Max) Around(double score)
    {
        var half = score == 0 ? 0.5 : Math.Abs(score) / 2;
        return (Math.Max(score - half, double.MinValue), Math.Min(score + half, double.MaxValue));
    }

    /// <summary>From how many lie at or above each edge, how many lie between one and the next.</summary>
    private static long[] Steps(long[] reached) => [.. reached.Select((count, i) => count - (i + 1 < reached.Length ? reached[i + 1] : 0))];
}
