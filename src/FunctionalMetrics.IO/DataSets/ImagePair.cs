using System.Collections.Immutable;
using FunctionalMetrics.Core;

namespace FunctionalMetrics.IO;

/// <summary>
/// Open maps and, unless all is normal, the masks that belong to them, of the same shape; read forward in blocks of whole images.
/// </summary>
internal sealed class ImagePair : IDisposable
{
    private readonly ImageReader maps;
    private readonly ImageReader? masks;
    private int done;

    private int end;

    /// <summary>Those of the block that was read last; blocks of one size share them.</summary>
    private byte[] labels = [];

    private ImagePair(ImageReader maps, ImageReader? masks) => (this.maps, this.masks, end) = (maps, masks, maps.Shape.Count);

    public int Count => maps.Shape.Count;

    public long ImagePixels => maps.Shape.ImagePixels;

    /// <summary>Whether both are stored as they lie in memory, the maps as numbers of 32 or 64 bits.</summary>
    public bool IsRawStack => maps.IsRaw && masks is { IsRaw: true } && maps.Type.Size >= sizeof(float);

    /// <summary>The file of which all is held while it is read, if one is.</summary>
    public string? HeldWhole =>
        maps.IsHeldWhole ? maps.Path
        : masks is { IsHeldWhole: true } ? masks.Path
        : null;

    public static ImagePair Open(string mapPath, string? maskPath)
    {
        var maps = OpenMaps(mapPath);
        ImageReader? masks = null;
        try
        {
            masks = maskPath is null ? null : ImageReader.Open(maskPath);
            if (masks is not null && masks.Shape != maps.Shape)
                throw new InputException(mapPath, Difference(maps, masks));
            return new(maps, masks);
        }
        catch
        {
            maps.Dispose();
            masks?.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file of scores without masks.</summary>
    public static ImageReader OpenMaps(string path)
    {
        var maps = ImageReader.Open(path, asScores: true);
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
        maps.Skip(first);
        masks?.Skip(first);
        (done, end) = (first, first + count);
    }

    /// <summary>The next block; null after the last.</summary>
    public Block? Next(MaskRule rule)
    {
        if (done == end)
        {
            Finish();
            return null;
        }
        var (first, count) = (done, Math.Min(maps.BlockImages, end - done));
        done += count;
        var shape = maps.Shape with { Count = count };
        var scores = maps.Next(count);
        NextLabels(shape, first, rule);
        var batch = Checked.Take(MapBatch.Create(NumberType.Scores(scores), labels, shape), maps.Path, shape, first, Count);
        var pixels = (int)shape.ImagePixels;
        return new(first, batch, [.. Enumerable.Range(0, count).Select(image => labels.AsSpan(image * pixels, pixels).Contains((byte)1))]);
    }

    /// <summary>
    /// What is left of the images without the rows above their first anomalous pixel and below their last, and without those that have none; such
    /// rows of the maps are not read. No image at all stands for normal ones at the end of a block.
    /// </summary>
    public IEnumerable<AnomalousRows> AnomalousRows(MaskRule rule)
    {
        var (image, pixels) = (maps.Shape with { Count = 1 }, (int)maps.Shape.ImagePixels);
        while (done < end && masks is not null)
        {
            var count = Math.Min(masks.BlockImages, end - done);
            NextLabels(masks.Shape with { Count = count }, done, rule);
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
            var batch = MapBatch.Create(NumberType.Scores(maps.NextRows(rows), here), labels.AsMemory(at + passed, here), shape);
            return new(done, Checked.Take(batch, maps.Path, image, done - 1, Count, passed));
        }
    }

    /// <summary>Consecutive images from <paramref name="First"/> on, and whether each has an anomalous pixel.</summary>
    public sealed record Block(int First, MapBatch Batch, ImmutableArray<bool> Anomalous);

    public void Dispose()
    {
        maps.Dispose();
        masks?.Dispose();
    }

    private void Finish()
    {
        maps.Finish();
        masks?.Finish();
    }

    private void NextLabels(MapShape block, int first, MaskRule rule)
    {
        if (labels.Length != (int)block.Pixels)
            labels = new byte[(int)block.Pixels];
        else
            labels.AsSpan().Clear();
        if (masks is not null)
            rule.Labels(masks.Next(block.Count), labels, block, masks.Path, first, Count);
    }

    private static string Difference(ImageReader maps, ImageReader masks) =>
        maps.Shape.Count == 1 && masks.Shape.Count == 1
            ? $"the map is {Size(maps.Shape)}, its mask {masks.Path} is {Size(masks.Shape)}; resizing would change scores, so both must be of one size"
            : $"the maps have the shape {maps.Shape}, the masks {masks.Path} have {masks.Shape}; (N, H, W) must be the same";

    private static string Size(MapShape shape) => $"{shape.Width}x{shape.Height} ({shape.Height} rows, {shape.Width} columns)";
}
