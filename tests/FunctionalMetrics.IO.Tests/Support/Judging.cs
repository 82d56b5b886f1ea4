using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics.IO.Tests;

/// <summary>A plain data set of a test: what its pixels and images are, told by the test itself, and what is read of it.</summary>
internal static class Judging
{
    /// <summary>An image's name, its scores, and for each pixel whether it is anomalous; null where it is left out.</summary>
    public sealed record Image(string Name, double[] Scores, bool?[] Labels);

    /// <summary>Scores that differ from pixel to pixel and from image to image.</summary>
    public static float[] Scores(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(1 << 16) / 256f)];
    }

    /// <summary>All that a data set holds, image by image.</summary>
    public static Image[] Images(this MapDataset data)
    {
        var images = new List<Image>();
        foreach (var part in data.Read())
        {
            var (values, shape) = (part.Batch.Maps.Pixels().Values, (int)part.Batch.Shape.ImagePixels);
            for (var i = 0; i < part.Names.Length; i++)
                images.Add(
                    new(
                        part.Names[i],
                        values[(i * shape)..((i + 1) * shape)],
                        [
                            .. Enumerable
                                .Range(i * shape, shape)
                                .Select(at =>
                                    part.Batch.Marked[at]
                                        ? part.Batch.Mask[at]
                                            ? true
                                            : (bool?)null
                                        : false
                                ),
                        ]
                    )
                );
        }
        return [.. images];
    }

    /// <summary>The notes of a whole data set, as code and count.</summary>
    public static (string Code, long Count)[] Notes(this MapDataset data) => data.Counts().Told();

    public static NoteCounts Counts(this MapDataset data) => NoteCounts.Sum(data.Read().Select(part => part.Notes));

    /// <summary>Without those that tell which masks mark by what.</summary>
    public static (string Code, long Count)[] Told(this NoteCounts counts) =>
        [
            .. counts
                .Notes.Where(note => !note.Code.StartsWith("masks_of_", StringComparison.Ordinal))
                .Select(note => (note.Code, note.Count)),
        ];

    /// <summary>That images are those, in their order.</summary>
    public static void Are(this MapDataset data, params Image[] expected)
    {
        var images = data.Images();
        Assert.Equal(expected.Select(image => image.Name), images.Select(image => image.Name));
        foreach (var (right, image) in expected.Zip(images))
        {
            Assert.Equal(right.Scores, image.Scores);
            Assert.Equal(right.Labels, image.Labels);
        }
    }
}
