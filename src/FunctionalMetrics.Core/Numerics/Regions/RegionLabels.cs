using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// The 8-connected regions of one mask, as runs of pixels: run i covers the flat pixels [Start, End) of one row and belongs to
/// <c>Region[i]</c>. Runs stand in raster order and regions are numbered by their first pixel, as scipy.ndimage.label numbers them (from 0
/// here).
/// <para>
/// In noise nearly every branch that looks at a pixel is mispredicted, so there is none for a run but where it joins several: how many runs
/// of the row above it has passed is counted in words of bits. A run takes the label of the first run above that it touches, or a new one; labels
/// that meet are joined in a union-find whose root is the least.
/// </para>
/// </summary>
internal sealed unsafe class RegionLabels : IDisposable
{
    private readonly Scratch<(int Start, int End)> runs;
    private readonly Scratch<int> region;
    private int count;

    /// <summary>Runs are written two at a time, so that a word with one or two needs no branch that tells them apart.</summary>
    private const int Ahead = 2;

    private RegionLabels(int most)
    {
        runs = new(most + Ahead);
        region = new(most + Ahead);
    }

    public ReadOnlySpan<(int Start, int End)> Runs => runs.Span[..count];

    /// <summary>The region of each run.</summary>
    public ReadOnlySpan<int> Region => region.Span[..count];

    /// <summary>How many regions there are.</summary>
    public int Count { get; private set; }

    /// <summary>Labels the mask of height x width pixels that starts at a bit of the labels.</summary>
    public static RegionLabels Of(LabelBits mask, int from, int height, int width)
    {
        var end = from + height * width;
        var first = mask.Next(true, from, end);
        if (first == end)
            return new(0);
        var row = (first - from) / width;
        // The end of a row cuts a run in two.
        var labels = new RegionLabels(mask.MostRuns(first, end) + height - row);
        labels.Find(mask, from, row, height, width);
        return labels;
    }

    /// <summary>Finds and joins the runs, row by row from the first that has one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Find(LabelBits mask, int from, int row, int height, int width)
    {
        var words = (width + 63) / 64;
        using var rentedChanges = Scratch<Changes>.Zeros(words);
        using var rentedLast = new Scratch<int>((width + 1) / 2 + Ahead);
        using var rentedParent = new Scratch<int>(region.Span.Length);
        fixed ((int Start, int End)* run = runs.Span)
        fixed (int* label = region.Span)
        fixed (int* parent = rentedParent.Span)
        fixed (Changes* changes = rentedChanges.Span)
        fixed (int* last = rentedLast.Span)
        {
            var (above, labels) = (0, 0);
            while (row < height)
            {
                var (begin, pixel) = (count, row * width);
                Read(mask, from + pixel, width, changes);
                count += Place(&changes->Starts, words, &run[begin].Start, label + begin, pixel, above);
                if (count == begin)
                {
                    // To the next row with a run; it has none above, for those of the row before this one end here.
                    above = begin;
                    row = (mask.Next(true, from + pixel + width, from + height * width) - from) / width;
                    continue;
                }
                var ends = Place(&changes->Ends, words, &run[begin].End, last, pixel, above);
                if (begin + ends < count)
                    (run[count - 1].End, last[ends]) = (pixel + width, begin);
                labels = Join(label, begin, count, last, parent, labels);
                (above, row) = (begin, row + 1);
            }
            Count = Number(parent, labels);
            for (var i = 0; i < count; i++)
                label[i] = parent[label[i]];
        }
    }

    /// <summary>Where runs of a row start and end, in 64 pixels, and the same of the row above.</summary>
    private struct Changes
    {
        public ulong Starts;
        public ulong Ends;

        /// <summary>One pixel past the ends: a run that starts here or later no longer touches the one above.</summary>
        public ulong PastAbove;

        /// <summary>A run that ends here or later touches the one above, unless it starts past it.</summary>
        public ulong StartsAbove;
    }

    /// <summary>Moves the row that was read before to the row above, and reads the next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Read(LabelBits mask, int from, int width, Changes* row)
    {
        var (shift, before, past) = (from & 63, 0ul, 0ul);
        fixed (ulong* words = &mask.Words[from >> 6])
            for (int left = width, i = 0; left > 0; left -= 64, i++)
            {
                var word = words[i] >> shift;
                if (shift > 0 && shift + left > 64)
                    word |= words[i + 1] << 64 - shift;
                if (left < 64)
                    word &= (1ul << left) - 1;
                var shifted = word << 1 | before;
                before = word >> 63;
                row[i].StartsAbove = row[i].Starts;
                row[i].PastAbove = row[i].Ends << 1 | past;
                past = row[i].Ends >> 63;
                row[i].Starts = word & ~shifted;
                row[i].Ends = shifted & ~word;
            }
    }

    /// <summary>
    /// Writes the pixel of each start, or of each end, into every second place, and how many of its fellows two fields further, which are those of
    /// the row above, stand no later. Returns how many there were.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Place(ulong* changes, int words, int* pixels, int* passed, int pixel, int above)
    {
        nint count = 0;
        for (var word = 0; word < words; word++, changes += sizeof(Changes) / sizeof(ulong), pixel += 64)
        {
            var (left, fellows) = (changes[0], changes[2]);
            var at = count;
            count += BitOperations.PopCount(left);
            for (; left != 0; at += Ahead)
            {
                pixels[2 * at] = pixel + BitOperations.TrailingZeroCount(left);
                passed[at] = above + BitOperations.PopCount(fellows & (left ^ (left - 1)));
                left &= left - 1;
                pixels[2 * at + 2] = pixel + BitOperations.TrailingZeroCount(left);
                passed[at + 1] = above + BitOperations.PopCount(fellows & (left ^ (left - 1)));
                left &= left - 1;
            }
            above += BitOperations.PopCount(fellows);
        }
        return (int)count;
    }

    /// <summary>
    /// Labels the runs from <paramref name="begin"/> to <paramref name="end"/>, which touch the runs from label[run] up to
    /// last[run - begin] of the row above. Returns how many labels there are now.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Join(int* label, int begin, int end, int* last, int* parent, int labels)
    {
        var joins = 0;
        for (var run = begin; run < end; run++)
        {
            var first = label[run];
            var touched = last[run - begin] - first;
            // All bits where nothing is touched.
            var fresh = touched - 1 >> 31;
            parent[labels] = labels;
            label[run] = label[first] + (labels - label[first] & fresh);
            labels -= fresh;
            last[joins] = first;
            joins += 1 - touched >>> 31;
            if (touched > 2)
                for (var next = first + 2; next < first + touched; next++)
                    Join(parent, label[next - 1], label[next]);
        }
        for (var join = 0; join < joins; join++)
            Join(parent, label[last[join]], label[last[join] + 1]);
        return labels;
    }

    /// <summary>Rem's union: both paths are walked to where they meet, and each step hangs the later label under the earlier path.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Join(int* parent, int left, int right)
    {
        while (parent[left] != parent[right])
        {
            if (parent[left] < parent[right])
                (left, right) = (right, left);
            var up = parent[left];
            parent[left] = parent[right];
            if (up == left)
                break;
            left = up;
        }
    }

    /// <summary>Turns the parent of each label into its region; returns how many there are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Number(int* parent, int labels)
    {
        // A parent stands before its child, so it already holds its region when the child is reached; a root takes the next one.
        var regions = 0;
        for (var label = 0; label < labels; label++)
        {
            var root = (parent[label] ^ label) - 1 >> 31;
            var region = parent[parent[label]];
            parent[label] = region + (regions - region & root);
            regions -= root;
        }
        return regions;
    }

    /// <summary>Gives the memory of <see cref="Runs"/> and <see cref="Region"/> back; they must not be read after that.</summary>
    public void Dispose()
    {
        runs.Dispose();
        region.Dispose();
    }
}
