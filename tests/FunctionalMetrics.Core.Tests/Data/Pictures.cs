using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Small images of varied shapes, with masks of noise, blobs, everything and nothing.</summary>
internal static class Pictures
{
    public static Gen<ImmutableArray<Image>> ImagesOfOneKind() =>
        from scores in Palettes.Any()
        from shapes in Gen.NonEmptyListOf(Shape()).Select(list => list.Take(2).ToArray())
        from mask in Gen.Elements<Func<int, int, Gen<bool[]>>>(Nothing, Everything, Noise, Noise, Noise, Blob, Blob, Checkerboard)
        from count in Gen.Elements(0, 1, 1, 2, 3, 4, 5)
        from images in Gen.ArrayOf(
            from shape in Gen.Elements(shapes)
            from clean in Gen.Choose(0, 3)
            from bits in clean == 0 ? Nothing(shape.Height, shape.Width) : mask(shape.Height, shape.Width)
            from pixels in Gen.ArrayOf(scores, bits.Length)
            select new Image(shape.Height, shape.Width, [.. pixels], [.. bits]),
            count
        )
        select images.ToImmutableArray();

    /// <summary>Without its last row, its last column, or one anomalous pixel.</summary>
    public static IEnumerable<Image> Smaller(Image image)
    {
        if (image.Height > 1)
            yield return Crop(image, image.Height - 1, image.Width);
        if (image.Width > 1)
            yield return Crop(image, image.Height, image.Width - 1);
        for (var i = 0; i < image.Mask.Length; i++)
            if (image.Mask[i])
                yield return image with
                {
                    Mask = image.Mask.SetItem(i, false),
                };
    }

    private static Image Crop(Image image, int height, int width)
    {
        int[] kept = [.. Enumerable.Range(0, height * width).Select(i => i / width * image.Width + i % width)];
        return new(height, width, [.. kept.Select(i => image.Scores[i])], [.. kept.Select(i => image.Mask[i])]);
    }

    private static Gen<(int Height, int Width)> Shape() =>
        Gen.OneOf(
            Gen.Constant((1, 1)),
            Gen.Choose(2, 12).Select(n => (1, n)),
            Gen.Choose(2, 12).Select(n => (n, 1)),
            from height in Gen.Choose(2, 7)
            from width in Gen.Choose(2, 7)
            select (height, width)
        );

    private static Gen<bool[]> Nothing(int height, int width) => Gen.Constant(new bool[height * width]);

    private static Gen<bool[]> Everything(int height, int width) => Gen.Constant(Enumerable.Repeat(true, height * width).ToArray());

    private static Gen<bool[]> Noise(int height, int width) =>
        from density in Gen.Choose(10, 80)
        from draws in Gen.ArrayOf(Gen.Choose(0, 99), height * width)
        select Array.ConvertAll(draws, draw => draw < density);

    private static Gen<bool[]> Blob(int height, int width) =>
        from top in Gen.Choose(0, height - 1)
        from left in Gen.Choose(0, width - 1)
        from radius in Gen.Choose(0, 3)
        select Draw(height, width, (r, c) => Math.Abs(r - top) + Math.Abs(c - left) <= radius);

    private static Gen<bool[]> Checkerboard(int height, int width) =>
        Gen.Choose(1, 3).Select(step => Draw(height, width, (r, c) => step == 3 ? (r | c) % 2 == 0 : (r + c) % (step + 1) == 0));

    private static bool[] Draw(int height, int width, Func<int, int, bool> anomalous) =>
        [.. Enumerable.Range(0, height * width).Select(i => anomalous(i / width, i % width))];
}
