using System.Collections.Immutable;
using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics.IO;

/// <summary>
/// Open maps and, unless all is normal, the masks that belong to them; read forward in blocks of whole images. Several masks of an image are united,
/// and pixels that further masks mark are left out.
/// </summary>
internal sealed class ImagePair : IDisposable
{
    private readonly ImageReader maps;
    private readonly ImmutableArray<ImageReader> masks;
    private readonly ImmutableArray<ImageReader> leftOut;

    /// <summary>The size that maps are brought to, if they are.</summary>
    private readonly MapShape? target;
    private int done;
    private int end;

    /// <summary>The anomalous pixels of the block that was read last, and those that are left out; blocks of one size share them.</summary>
    private byte[] labels = [];
    private byte[] left = [];

    private ImagePair(ImageReader maps, ImmutableArray<ImageReader> masks, ImmutableArray<ImageReader> leftOut, MapShape? target) =>
        (this.maps, this.masks, this.leftOut, this.target, end) = (maps, masks, leftOut, target, maps.Shape.Count);

    public int Count => maps.Shape.Count;

    public long ImagePixels => maps.Shape.ImagePixels;

    /// <summary>Whether all are stored as they lie in memory, the maps as numbers of 32 or 64 bits.</summary>
    public bool IsRawStack =>
        maps.IsRaw && !masks.IsEmpty && Masks.All(mask => mask.IsRaw && mask.Shape == maps.Shape) && maps.Type.Size >= sizeof(float);

    /// <summary>The files of which all is held while they are read.</summary>
    public ImmutableArray<string> HeldWhole => [.. Masks.Prepend(maps).Where(file => file.HeldBytes > 0).Select(file => file.Path)];

    public (int Height, int Width) MapSize => (maps.Shape.Height, maps.Shape.Width);

    public (int Height, int Width)? MaskSize => masks.IsEmpty ? null : (masks[0].Shape.Height, masks[0].Shape.Width);

    /// <summary>How many images make a block, of whichever file has the largest.</summary>
    private int BlockImages => Masks.Prepend(maps).Min(file => file.BlockImages);

    /// <summary>What is still held of it while the next files of a folder are read.</summary>
    public long BytesLeft => Masks.Prepend(maps).Where(file => !file.IsReused).Sum(file => file.BytesOf(1));

    /// <summary>How many blocks there are.</summary>
    public int Blocks => (Count + BlockImages - 1) / BlockImages;

    private IEnumerable<ImageReader> Masks => masks.Concat(leftOut);

    /// <param name="mapPath">The maps.</param>
    /// <param name="maskPaths">Their masks, which are united.</param>
    /// <param name="ignorePaths">Masks of what is left out.</param>
    /// <param name="rules">How they are read.</param>
    /// <param name="common">The one size that masks of other images have, where maps without masks are brought to it.</param>
    /// <param name="isOne">Whether each file holds one image.</param>
    public static ImagePair Open(
        string mapPath,
        ImmutableArray<string> maskPaths,
        ImmutableArray<string> ignorePaths,
        MapRules rules,
        MapShape? common = null,
        bool isOne = false
    )
    {
        var opened = new List<ImageReader>();
        try
        {
            var maps = Kept(OpenMaps(mapPath, isOne));
            // A number that the user names is an index of a palette with a colour, which has no values.
            var byIndex = rules.MaskThreshold is not null || rules.IgnoreValue is not null;
            var masks = maskPaths.Select(path => Kept(ImageReader.Open(path, byIndex: byIndex, isOne: isOne))).ToImmutableArray();
            var leftOut = ignorePaths.Select(path => Kept(ImageReader.Open(path, byIndex: true, isOne: isOne))).ToImmutableArray();
            foreach (var mask in masks.Skip(1))
                if (mask.Shape != masks[0].Shape && rules.Resize != Resizing.Masks)
                    throw new InputException(
                        mask.Path,
                        $"is {Size(mask.Shape)}, and {masks[0].Path}, another mask of the image, is {Size(masks[0].Shape)}; --resize-masks brings each to the size of the map"
                    );
            if (common is { } size && masks is [var own, ..] && own.Shape != size)
                throw new InputException(
                    own.Path,
                    $"is {Size(own.Shape)}, and other masks are {Size(size)}: --resize-maps cannot tell the size of maps without masks; --resize-masks can"
                );
            foreach (var mask in masks.Concat(leftOut))
                if (mask.Shape.Count != maps.Shape.Count || mask.Shape != maps.Shape && rules.Resize == Resizing.None)
                    throw new InputException(mapPath, Difference(maps, mask, leftOut.Contains(mask)));
            return new(
                maps,
                masks,
                leftOut,
                rules.Resize != Resizing.Maps ? null
                    : masks is [var first, ..] ? first.Shape
                    : common
            );
        }
        catch
        {
            opened.ForEach(file => file.Dispose());
            throw;
        }

        ImageReader Kept(ImageReader file)
        {
            opened.Add(file);
            return file;
        }
    }

    /// <summary>The shape of a file of one mask.</summary>
    public static MapShape ShapeOf(string path)
    {
        using var masks = ImageReader.Open(path, byIndex: true, isOne: true);
        return masks.Shape;
    }

    /// <summary>Opens a file of scores without masks.</summary>
    public static ImageReader OpenMaps(string path, bool isOne = false)
    {
        var maps = ImageReader.Open(path, asScores: true, isOne: isOne);
        if (maps.Type.HoldsScores)
            return maps;
        maps.Dispose();
        throw new InputException(path, $"holds {maps.Type.Name}; maps are floating-point or whole numbers");
    }

    /// <summary>Passes over all images but these, of which none must have been read.</summary>
    /// <param name="images">The images.</param>
    /// <param name="known">How many images there were when that was decided.</param>
    public void Only(Range images, int known)
    {
        if (Count != known)
            throw new InputException(maps.Path, $"holds {Count} maps now and held {known} before; it must not change while it is read");
        var (first, count) = images.GetOffsetAndLength(known);
        foreach (var file in Masks.Prepend(maps))
            file.Skip(first);
        (done, end) = (first, first + count);
    }

    /// <summary>What reading a block takes, and what it takes once it was read, by the headers of the files.</summary>
    /// <param name="leaves">Whether pixels may be left out.</param>
    public (long Reading, long Read) BlockBytes(bool leaves)
    {
        var count = Math.Min(BlockImages, Count);
        var (stored, pixels) = (count * ImagePixels, count * (target ?? maps.Shape).ImagePixels);
        // Whatever is resized becomes float64 first.
        var (type, resized) = pixels == stored ? (maps.Type, 0) : (NumberType.Float64, NumberType.Float64.Size * (2 * stored + pixels));
        var marks = masks.Select(mask => count * mask.Shape.ImagePixels).DefaultIfEmpty(pixels).Max();
        var labels = (leaves ? 2 : 1) * (marks + (marks == pixels ? 0 : pixels));
        // Masks of several sizes are labelled by themselves and then united.
        var united = masks.All(mask => mask.Shape == masks[0].Shape) ? 0 : 2 * pixels + 2 * masks.Sum(mask => mask.Shape.ImagePixels);
        var others = leftOut.Sum(file =>
            count * file.Shape.ImagePixels + (file.Shape.ImagePixels == maps.Shape.ImagePixels ? 0 : marks + pixels)
        );
        var held = Masks.Prepend(maps).Select(file => file.HeldBytes).ToList();
        return (
            Masks.Prepend(maps).Sum(file => file.BytesOf(count)) + resized + labels + united + others + held.Sum() + held.Max(),
            // A batch keeps the scores, as numbers of as many bits, and packs the labels: anomalous, and with what is left out.
            pixels * type.Size
                + (leaves ? 3 : 1) * pixels / 8
        );
    }

    /// <summary>The next block; null after the last.</summary>
    public Block? Next(PixelRule rule)
    {
        if (done == end)
        {
            Finish();
            return null;
        }
        var (first, count) = (done, Math.Min(BlockImages, end - done));
        done += count;
        var shape = maps.Shape with { Count = count };
        var scores = maps.Next(count);
        var notes = NoteCounts.Of(NoteKind.Map, count);
        ImmutableArray<Interval?>? asStored = null;
        if (target is { } size && (size with { Count = count }) != shape)
        {
            var wide = NumberType.Wide(scores);
            if (Array.FindIndex(wide, score => !double.IsFinite(score)) is >= 0 and var bad)
                throw new InputException(
                    maps.Path,
                    FormattableString.Invariant($"{Checked.Place("map", shape, bad, first, Count)} is {wide[bad]}; scores must be finite")
                );
            asStored = [.. wide.Chunk((int)shape.ImagePixels).Select(image => (Interval?)new Interval(image.Min(), image.Max()))];
            var other = size with { Count = count };
            (scores, shape) = (Resize.Bilinear(wide, shape, other), other);
            notes = NoteCounts.Merge(notes, NoteCounts.Of(NoteKind.ResizedMap, count));
        }
        if (Masks.Any(mask => mask.Shape with { Count = count } != shape))
            notes = NoteCounts.Merge(notes, NoteCounts.Of(NoteKind.ResizedMask, count));
        var marked = NextLabels(shape, first, rule);
        var batch = Checked.Take(Batch(NumberType.Scores(scores), labels, left, shape), maps.Path, shape, first, Count);
        var pixels = (int)shape.ImagePixels;
        var ranges = asStored ?? batch.ImageRanges;
        return new(
            first,
            batch,
            marked,
            [.. Enumerable.Range(0, count).Select(image => left.Length == 0 ? 0 : left.AsSpan(image * pixels, pixels).Count((byte)1))],
            NoteCounts.Sum([
                notes,
                rule.Taken(),
                NoteCounts.Of(NoteKind.IgnoredPixel, left.AsSpan().Count((byte)1)),
                NoteCounts.Of(
                    NoteKind.LostDefect,
                    Enumerable.Range(0, count).Count(image => marked[image] && !labels.AsSpan(image * pixels, pixels).Contains((byte)1))
                ),
                NoteCounts.Of(NoteKind.SpansOne, ranges.Count(range => range is { Lower: 0, Upper: 1 })),
                NoteCounts.Of(NoteKind.Spans255, ranges.Count(range => range is { Lower: 0, Upper: 255 })),
            ])
        );
    }

    /// <summary>
    /// What is left of the images without the rows above their first anomalous pixel and below their last, and without those that have none; such
    /// rows of the maps are not read. No image at all stands for normal ones at the end of a block.
    /// </summary>
    public IEnumerable<AnomalousRows> AnomalousRows(PixelRule rule)
    {
        var (image, pixels) = (maps.Shape with { Count = 1 }, (int)maps.Shape.ImagePixels);
        while (done < end && !masks.IsEmpty)
        {
            var count = Math.Min(BlockImages, end - done);
            NextLabels(maps.Shape with { Count = count }, done, rule);
            var given = done;
            for (var at = 0; at < labels.Length; at += pixels)
            {
                done++;
                var (first, last) = (labels.AsSpan(at, pixels).IndexOf((byte)1), labels.AsSpan(at, pixels).LastIndexOf((byte)1));
                if (last < 0)
                {
                    maps.Skip(1);
                    continue;
                }
                yield return Rows(at, (first / image.Width)..(last / image.Width + 1));
                given = done;
            }
            if (given < done)
                yield return new(done, Checked.Take(MapBatch.Create([], new byte[0], image with { Count = 0 }), maps.Path));
        }
        Finish();

        AnomalousRows Rows(int at, Range rows)
        {
            var shape = image with { Height = rows.End.Value - rows.Start.Value };
            var (passed, here) = (rows.Start.Value * image.Width, (int)shape.ImagePixels);
            var batch = Batch(
                NumberType.Scores(maps.NextRows(rows), here),
                labels.AsMemory(at + passed, here),
                left.Length == 0 ? default : left.AsMemory(at + passed, here),
                shape
            );
            return new(done, Checked.Take(batch, maps.Path, image, done - 1, Count, passed));
        }
    }

    /// <summary>
    /// Consecutive images from <paramref name="First"/> on, whether the mask of each has an anomalous pixel, how many pixels of each are left out, and
    /// what was decided of them.
    /// </summary>
    public sealed record Block(int First, MapBatch Batch, ImmutableArray<bool> Marked, ImmutableArray<int> LeftOut, NoteCounts Notes);

    public void Dispose()
    {
        foreach (var file in Masks.Prepend(maps))
            file.Dispose();
    }

    private static Validation<Fault, MapBatch> Batch(
        ScoreValues scores,
        ReadOnlyMemory<byte> labels,
        ReadOnlyMemory<byte> left,
        MapShape shape
    ) => left.IsEmpty ? MapBatch.Create(scores, labels, shape) : MapBatch.Create(scores, labels, left, shape);

    private void Finish()
    {
        foreach (var file in Masks.Prepend(maps))
            file.Finish();
    }

    /// <summary>
    /// The labels of the next masks, in the shape of the maps' block; gives for each image whether its mask, as it is stored, has an anomalous pixel.
    /// </summary>
    private ImmutableArray<bool> NextLabels(MapShape block, int first, PixelRule rule)
    {
        var further = leftOut.Select(Marks).ToList();
        // Masks of one size are united as they are stored, others once each has the map's size.
        if (masks.All(mask => mask.Shape == masks[0].Shape))
            return United(masks, masks.IsEmpty ? block : masks[0].Shape with { Count = block.Count });
        var (all, none, marked) = (new byte[(int)block.Pixels], new byte[(int)block.Pixels], new bool[block.Count]);
        foreach (var alike in masks.GroupBy(mask => mask.Shape))
        {
            marked = [.. marked.Zip(United([.. alike], alike.Key with { Count = block.Count }), (one, other) => one || other)];
            Unite(all, labels);
            Unite(none, left);
        }
        Remove(all, none);
        (labels, left) = (all, rule.Masks.Ignores || !leftOut.IsEmpty ? none : []);
        return [.. marked];

        (byte[] Marks, MapShape Shape) Marks(ImageReader mask)
        {
            var shape = mask.Shape with { Count = block.Count };
            var marks = new byte[(int)shape.Pixels];
            rule.LeftOut.Labels(mask.Next(block.Count), marks, [], shape, mask, first);
            return (marks, shape);
        }

        ImmutableArray<bool> United(ImmutableArray<ImageReader> alike, MapShape shape)
        {
            var leaves = rule.Masks.Ignores || !leftOut.IsEmpty;
            (labels, left) = (Cleared(labels, (int)shape.Pixels), leaves ? Cleared(left, (int)shape.Pixels) : []);
            foreach (var mask in alike)
                rule.Masks.Labels(mask.Next(block.Count), labels, left, shape, mask, first);
            var (near, nearLeft) = (Resize.Nearest(labels, shape, block), Resize.Nearest(left, shape, block));
            foreach (var (marks, own) in further)
            {
                Unite(left, Resize.Nearest(marks, own, shape));
                if (nearLeft != left)
                    Unite(nearLeft, Resize.Nearest(marks, own, block));
            }
            Remove(labels, left);
            if (near != labels)
                Remove(near, nearLeft);
            var (stored, pixels) = (labels, (int)shape.ImagePixels);
            (labels, left) = (near, nearLeft);
            return [.. Enumerable.Range(0, block.Count).Select(image => stored.AsSpan(image * pixels, pixels).Contains((byte)1))];
        }
    }

    private static void Unite(byte[] marks, byte[] more)
    {
        for (var i = 0; i < more.Length; i++)
            marks[i] |= more[i];
    }

    private static void Remove(byte[] marks, byte[] others)
    {
        for (var i = 0; i < others.Length; i++)
            marks[i] &= (byte)~others[i];
    }

    private static byte[] Cleared(byte[] bytes, int count)
    {
        if (bytes.Length != count)
            return new byte[count];
        bytes.AsSpan().Clear();
        return bytes;
    }

    private static string Difference(ImageReader maps, ImageReader masks, bool ignores) =>
        maps.Shape.Count == masks.Shape.Count
            ? (
                maps.Shape.Count == 1
                    ? $"the map is {Size(maps.Shape)}, its {Kind(ignores)} {masks.Path} is {Size(masks.Shape)}"
                    : $"the maps are {Size(maps.Shape)}, the {Kind(ignores)}s {masks.Path} are {Size(masks.Shape)}"
            ) + "; --resize-masks brings masks to the size of maps (nearest pixel), --resize-maps maps to the size of masks (bilinear)"
            : $"the maps have the shape {maps.Shape}, the {Kind(ignores)}s {masks.Path} have {masks.Shape}; (N, H, W) must be the same";

    private static string Kind(bool ignores) => ignores ? "ignore mask" : "mask";

    private static string Size(MapShape shape) => $"{shape.Width}x{shape.Height} ({shape.Height} rows, {shape.Width} columns)";
}

/// <summary>How masks become labels in one reading of a data set, and how those of what is left out do.</summary>
internal sealed class PixelRule(MapRules rules)
{
    public MaskRule Masks { get; } = new(rules.MaskThreshold, rules.IgnoreValue);

    /// <summary>What is above 0 is left out: a number that masks of all types hold is the least.</summary>
    public MaskRule LeftOut { get; } = new((double)Half.Epsilon, null) { NamesNumbers = false };

    public NoteCounts Taken() => Masks.Taken();
}
