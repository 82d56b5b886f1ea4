using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// The 8-connected regions of one mask, as runs of pixels: run i covers the flat pixels [Start, End) of one row and belongs to
/// <c>Region[i]</c>. Runs stand in raster order and regions are numbered by their first pixel, as scipy.ndimage.label numbers them (from 0
/// here). Runs of neighbouring rows that touch, corners included, are joined in a union-find whose root is the earliest run.
/// </summary>
internal sealed unsafe class RegionLabels : IDisposable
{
    private Rented<(int Start, int End)> rentedRuns = new(Few);
    private Rented<int> rentedParent = new(Few);
    private int count;

    private const int Few = 4096;

    private RegionLabels() { }

    public ReadOnlySpan<(int Start, int End)> Runs => rentedRuns.Span[..count];

    /// <summary>The region of each run.</summary>
    public ReadOnlySpan<int> Region => rentedParent.Span[..count];

    /// <summary>How many regions there are.</summary>
    public int Count { get; private set; }

    /// <summary>Labels the mask of height x width pixels that starts at a bit of the labels.</summary>
    public static RegionLabels Of(LabelBits mask, int from, int height, int width)
    {
        var labels = new RegionLabels();
        var end = from + height * width;
        var (above, row) = (0, 0);
        while (row < height)
        {
            var begin = labels.count;
            labels.AddRow(mask, from, row * width, width);
            if (labels.count > begin)
            {
                labels.JoinRows(above, begin, row * width, width);
                (above, row) = (begin, row + 1);
                continue;
            }
            // To the next row with a run; it has none above.
            var next = mask.Next(true, from + (row + 1) * width, end);
            (above, row) = (begin, (next - from) / width);
            if (next == end)
                break;
        }
        labels.Number();
        return labels;
    }

    /// <summary>Adds the runs of the row that begins at a pixel, which start and end where a label differs from the one before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddRow(LabelBits mask, int from, int pixel, int width)
    {
        var most = count + (width + 1) / 2;
        if (rentedRuns.Span.Length < most)
        {
            rentedRuns = rentedRuns.Grown(2 * most);
            rentedParent = rentedParent.Grown(2 * most);
        }
        fixed ((int Start, int End)* runs = rentedRuns.Span)
        {
            // Starts and ends take turns, so they are written one after another as they come.
            var first = (int*)(runs + count);
            var at = first;
            var before = 0ul;
            for (var column = 0; column < width; column += 64)
            {
                var word = mask.Word(from + pixel + column, Math.Min(64, width - column));
                for (var changes = word ^ (word << 1 | before); changes != 0; changes &= changes - 1)
                    *at++ = pixel + column + BitOperations.TrailingZeroCount(changes);
                before = word >> 63;
            }
            if ((at - first) % 2 != 0)
                *at++ = pixel + width;
            count += (int)(at - first) / 2;
        }
    }

    /// <summary>
    /// Joins the runs of the last row with those of the row above that they touch: a run belongs to the first of these, and the others are
    /// joined to that.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void JoinRows(int above, int begin, int pixel, int width)
    {
        fixed ((int Start, int End)* runs = rentedRuns.Span)
        fixed (int* parent = rentedParent.Span)
            for (var run = begin; run < count; run++)
            {
                // Shifted one row up, half-open runs touch (corners included) when each starts no later than the other ends. This row's own
                // first run ends after all of the row above and starts after all of it, and so ends both searches.
                int left = runs[run].Start - width,
                    right = Math.Min(runs[run].End - width, pixel - 1);
                while (runs[above].End < left)
                    above++;
                var root = run;
                var touching = above;
                for (; runs[touching].Start <= right; touching++)
                {
                    var other = touching;
                    while (parent[other] != other)
                        other = parent[other] = parent[parent[other]];
                    var earlier = Math.Min(root, other);
                    parent[root] = parent[other] = earlier;
                    root = earlier;
                }
                parent[run] = root;
                above = Math.Max(above, touching - 1);
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Number()
    {
        // A parent stands before its child, so it already holds its region's number when the child is reached.
        var parent = rentedParent.Span[..count];
        for (var run = 0; run < parent.Length; run++)
            parent[run] = parent[run] == run ? Count++ : parent[parent[run]];
    }

    /// <summary>Gives the memory of <see cref="Runs"/> and <see cref="Region"/> back; they must not be read after that.</summary>
    public void Dispose()
    {
        rentedRuns.Dispose();
        rentedParent.Dispose();
    }
}
