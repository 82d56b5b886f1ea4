using System.Runtime.InteropServices;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// The 8-connected regions of one mask, as runs of pixels: run i covers the flat pixels [Start, End) of one row and belongs to
/// <c>Region[i]</c>. Runs stand in raster order and regions are numbered by their first pixel, as scipy.ndimage.label numbers them (from 0
/// here). Runs of neighbouring rows that touch, corners included, are joined in a union-find whose root is the earliest run.
/// </summary>
internal sealed class RegionLabels
{
    private readonly List<(int Start, int End)> runs = [];
    private readonly List<int> parent = [];

    private RegionLabels() { }

    public ReadOnlySpan<(int Start, int End)> Runs => CollectionsMarshal.AsSpan(runs);

    /// <summary>The region of each run.</summary>
    public ReadOnlySpan<int> Region => CollectionsMarshal.AsSpan(parent);

    /// <summary>How many regions there are.</summary>
    public int Count { get; private set; }

    /// <summary>Labels the mask of height x width pixels that starts at a bit of the labels.</summary>
    public static RegionLabels Of(LabelBits mask, int from, int height, int width)
    {
        var labels = new RegionLabels();
        var end = from + height * width;
        var (row, begin, above, aboveEnd) = (-1, 0, 0, 0);
        for (var at = mask.Next(true, from, end); at < end; )
        {
            var runRow = (at - from) / width;
            var rowEnd = from + (runRow + 1) * width;
            var stop = mask.Next(false, at, rowEnd);
            if (runRow != row)
            {
                (above, aboveEnd) = runRow == row + 1 ? (begin, labels.runs.Count) : (0, 0);
                (row, begin) = (runRow, labels.runs.Count);
            }
            above = labels.Add(at - from, stop - from, above, aboveEnd, width);
            at = mask.Next(true, stop, end);
        }
        labels.Number();
        return labels;
    }

    /// <summary>Adds a run and joins it with the runs of the row above that it touches; gives where the next run starts to look.</summary>
    private int Add(int start, int end, int above, int aboveEnd, int width)
    {
        var run = runs.Count;
        runs.Add((start, end));
        parent.Add(run);
        // Shifted one row up, half-open runs touch (corners included) when each starts no later than the other ends.
        var (left, right) = (start - width, end - width);
        while (above < aboveEnd && runs[above].End < left)
            above++;
        var touching = above;
        for (; touching < aboveEnd && runs[touching].Start <= right; touching++)
            Join(touching, run);
        return Math.Max(above, touching - 1);
    }

    private void Join(int a, int b)
    {
        (a, b) = (Root(a), Root(b));
        parent[Math.Max(a, b)] = Math.Min(a, b);
    }

    private int Root(int run)
    {
        while (parent[run] != run)
            run = parent[run] = parent[parent[run]];
        return run;
    }

    private void Number()
    {
        // A parent stands before its child, so it already holds its region's number when the child is reached.
        for (var run = 0; run < parent.Count; run++)
            parent[run] = parent[run] == run ? Count++ : parent[parent[run]];
    }
}
