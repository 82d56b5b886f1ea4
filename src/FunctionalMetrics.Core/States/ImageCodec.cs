using System.Text;
using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>
/// Images as bytes; <see cref="KeyCodec"/> draws what a bag is.
/// <code>
///  image  := u8 flags: bit 0, it has a name; bit 1, it is anomalous; bit 2, it has a score; the others are 0, or refused
///            varint length and UTF-8 of the name, if there is one
///            64-bit key of the score (8 bytes), if there is one
///            bag of the normal scores
///            varint R, the number of regions; R regions, ascending by their boxes
///  region := varint top, left, height and width of the box; bag of the scores
/// </code>
/// A region of h x w has from max(h, w) to h w pixels.
/// </summary>
internal static class ImageCodec
{
    private const int HasName = 1;
    private const int IsAnomalous = 2;
    private const int HasScore = 4;

    /// <summary>An image of no pixels has its flags, two numbers for each of two kinds of keys, and the number of regions.</summary>
    private const int LeastLength = 6;

    public static void Write(PayloadWriter to, ImageState state)
    {
        to.Varint(state.Count);
        foreach (var (_, bytes) in Order(state.Images.Select(image => (image, Bytes(image)))))
            to.Bytes(bytes);
    }

    public static LanguageExt.Validation<Fault, ImageState> Read(ref PayloadReader from)
    {
        var count = from.Varint();
        from.Require(count <= from.Left / LeastLength, "there are too few bytes for the images that were announced");
        var images = new KeptImage[from.Ok ? count : 0];
        var rows = 0L;
        ReadOnlySpan<byte> before = [];
        for (var i = 0; i < images.Length && from.Ok; i++)
        {
            var left = from.Left;
            images[i] = ReadImage(ref from, ref rows);
            if (!from.Ok)
                break;
            var bytes = from.Since(left);
            from.Require(i == 0 || Compare(images[i - 1], before, images[i], bytes) <= 0, "the images are not in order");
            from.Require(rows <= Envelope.MaxRows, "there are more than 2^53 rows");
            before = bytes;
        }
        return from.End(() => new ImageState(images));
    }

    /// <summary>Images by name, those without one first, and those of one name by their bytes.</summary>
    public static KeptImage[] Order(IEnumerable<KeptImage> images)
    {
        KeptImage[] ordered = [.. images.OrderBy(image => image.Name, Comparer<string?>.Create(CompareNames))];
        for (int start = 0, end; start < ordered.Length; start = end)
        {
            for (end = start + 1; end < ordered.Length && ordered[end].Name == ordered[start].Name; )
                end++;
            if (end - start > 1)
                Order(ordered[start..end].Select(image => (image, Bytes(image))))
                    .Select(pair => pair.Image)
                    .ToArray()
                    .CopyTo(ordered, start);
        }
        return ordered;
    }

    private static IEnumerable<(KeptImage Image, byte[] Bytes)> Order(IEnumerable<(KeptImage Image, byte[] Bytes)> images) =>
        images.Order(Comparer<(KeptImage Image, byte[] Bytes)>.Create((a, b) => Compare(a.Image, a.Bytes, b.Image, b.Bytes)));

    private static int Compare(KeptImage a, ReadOnlySpan<byte> bytesOfA, KeptImage b, ReadOnlySpan<byte> bytesOfB) =>
        CompareNames(a.Name, b.Name) is not 0 and var order ? order : bytesOfA.SequenceCompareTo(bytesOfB);

    /// <summary>The order of UTF-16 units; none comes first.</summary>
    private static int CompareNames(string? a, string? b) => string.CompareOrdinal(a, b);

    private static byte[] Bytes(KeptImage image)
    {
        var to = new PayloadWriter();
        to.Byte((image.Name is null ? 0 : HasName) | (image.IsAnomalous ? IsAnomalous : 0) | (image.Score is null ? 0 : HasScore));
        if (image.Name is { } name)
        {
            var text = Encoding.UTF8.GetBytes(name);
            to.Varint(text.Length);
            to.Bytes(text);
        }
        if (image.Score is { } score)
            to.Fixed(ScoreKey.Of(score), sizeof(ulong));
        KeyCodec.WriteBag(to, image.NormalKeys);
        to.Varint(image.Boxes.Length);
        foreach (var (box, region) in image.Boxes.Zip(image.RegionChunks))
        {
            foreach (var number in (ReadOnlySpan<int>)[box.Top, box.Left, box.Height, box.Width])
                to.Varint(number);
            KeyCodec.WriteBag(to, KeyBag.Empty.Add(region));
        }
        return to.Written.ToArray();
    }

    private static KeptImage ReadImage(ref PayloadReader from, ref long rows)
    {
        var flags = from.Byte();
        from.Require(flags <= (HasName | IsAnomalous | HasScore), "flags are set that only a newer version of this library knows");
        var name = (flags & HasName) > 0 ? ReadName(ref from) : null;
        var score = (flags & HasScore) > 0 ? ReadScore(ref from) : (double?)null;
        var normal = KeyCodec.ReadBag(ref from);
        var count = from.Varint();
        from.Require(count <= from.Left, "there are too few bytes for the regions that were announced");
        var (boxes, regions) = (new RegionBox[from.Ok ? count : 0], new KeyBag[from.Ok ? count : 0]);
        rows += normal.Count;
        for (var i = 0; i < boxes.Length && from.Ok; i++)
        {
            (boxes[i], regions[i]) = (ReadBox(ref from), KeyCodec.ReadBag(ref from));
            var (box, size) = (boxes[i], regions[i].Count);
            from.Require(i == 0 || boxes[i - 1] < box, "the regions are not in order");
            from.Require(
                size >= Math.Max(box.Height, box.Width) && size <= (long)box.Height * box.Width,
                "a region has a box that does not fit its pixels"
            );
            rows += size;
        }
        return new(name, (flags & IsAnomalous) > 0, score, from.Ok ? new(One(normal), Grouped(regions), boxes) : default);
    }

    private static string ReadName(ref PayloadReader from)
    {
        var bytes = from.Bytes((int)Math.Min(from.Varint(), int.MaxValue));
        var name = Encoding.UTF8.GetString(bytes);
        from.Require(Encoding.UTF8.GetBytes(name).AsSpan().SequenceEqual(bytes), "a name is no text");
        return name;
    }

    private static double ReadScore(ref PayloadReader from)
    {
        var key = from.Fixed(sizeof(ulong));
        from.Require(KeyBlocks.IsFinite<ulong>(key), KeyBlocks.NotFinite);
        return ScoreKey.Score(key);
    }

    private static RegionBox ReadBox(ref PayloadReader from)
    {
        var (top, left, height, width) = (from.Varint(), from.Varint(), from.Varint(), from.Varint());
        from.Require(
            height > 0 && width > 0 && top + height <= int.MaxValue && left + width <= int.MaxValue,
            "a region has a box that no image holds"
        );
        return from.Ok ? new((int)top, (int)left, (int)(top + height), (int)(left + width)) : default;
    }

    /// <summary>All keys of a bag in one chunk.</summary>
    private static Chunk One(KeyBag bag) =>
        bag.IsWide ? new Chunk<ulong>(bag.ToArray<ulong>(), [], bag.Counts()) : new Chunk<uint>(bag.ToArray<uint>(), [], bag.Counts());

    private static Chunk Grouped(KeyBag[] regions)
    {
        if (regions.Length == 0)
            return ImagePixels.NoRegions;
        var areCounted = regions.Any(region => region.IsCounted);
        long[] counts =
        [
            .. regions.SelectMany(region =>
                !areCounted ? []
                : region.IsCounted ? region.Counts()
                : Ones(region.Keys)
            ),
        ];
        int[] groups = [.. regions.Select(region => (int)region.Keys)];
        return regions.Any(region => region.IsWide)
            ? new Chunk<ulong>([.. regions.SelectMany(region => region.ToArray<ulong>())], groups, counts)
            : new Chunk<uint>([.. regions.SelectMany(region => region.ToArray<uint>())], groups, counts);
    }

    private static long[] Ones(long count)
    {
        var ones = new long[count];
        ones.AsSpan().Fill(1);
        return ones;
    }
}
