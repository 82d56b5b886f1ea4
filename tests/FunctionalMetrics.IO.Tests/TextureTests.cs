namespace FunctionalMetrics.IO.Tests;

/// <summary>The textures data set beside the repository: folders in the layout of MVTec AD, and the same images as stacks.</summary>
public class TextureTests
{
    [Trait("Category", "Slow")]
    [SkippableTheory]
    [InlineData("brick")]
    [InlineData("grass")]
    [InlineData("gravel")]
    public void A_folder_holds_pixel_by_pixel_what_its_stack_holds(string texture)
    {
        Skip.If(Places.Textures is null, "there is no ../shared/data/textures beside the repository");
        var root = Path.Combine(Places.Textures!, texture);
        var npz = root + ".npz";
        var folder = MapDataset.TryOpen(root).Good();
        var stack = MapDataset.TryOpen(npz + ":maps", npz + ":masks").Good();
        var twoRoots = MapDataset.TryOpen(root, root).Good();
        Assert.Equal(32, folder.Count);
        Assert.Equal(32, stack.Count);
        Assert.Equal(folder.Names.ToArray(), twoRoots.Names.ToArray());
        // the two hold the images in different orders
        Assert.Equal(Images(stack), Images(folder));
        Assert.Equal(Images(folder), Images(twoRoots));
        var anomalous = folder.TryRead().SelectMany(image => image.Good().Anomalous).ToList();
        Assert.Equal(folder.Names.Select(name => !name.StartsWith("good/", StringComparison.Ordinal)), anomalous);
        Assert.Equal(20, stack.TryRead().SelectMany(block => block.Good().Anomalous).Count(flag => flag));
    }

    [SkippableFact]
    public void The_good_maps_alone_are_a_source()
    {
        Skip.If(Places.Textures is null, "there is no ../shared/data/textures beside the repository");
        var source = MapSource.TryOpen(Path.Combine(Places.Textures!, "brick", "anomaly_maps", "good")).Good();
        Assert.Equal(12, source.Count);
        Assert.All(source.TryRead(), maps => Assert.Equal(new Core.MapShape(1, 128, 128), maps.Good().Shape));
        Assert.Equal(32, MapSource.TryOpen(Path.Combine(Places.Textures!, "brick")).Good().Count);
        Assert.Equal(32, MapSource.TryOpen(Path.Combine(Places.Textures!, "brick.npz:maps")).Good().Count);
    }

    [SkippableFact]
    public void Image_scores_are_read_from_the_same_archive()
    {
        Skip.If(Places.Textures is null, "there is no ../shared/data/textures beside the repository");
        var npz = Path.Combine(Places.Textures!, "brick.npz");
        var stack = MapDataset.TryOpen(npz + ":maps", npz + ":masks").Good();
        var scores = ScoreFile.TryReadImageScores(npz + ":image_scores", stack.Names).Good();
        Assert.Equal(stack.TryRead().SelectMany(block => block.Good().Batch.Images.Scores.Sorted().Values).Order(), scores.Order());
    }

    /// <summary>Every image as its maps' bits and its mask, in an order that depends on them alone.</summary>
    private static List<string> Images(MapDataset data)
    {
        var images = new List<string>();
        foreach (var part in data.TryRead().Select(part => part.Good()))
        {
            var (pixels, mask) = (part.Batch.Maps.Pixels(), part.Batch.MaskPixels());
            Assert.True(pixels.Narrow);
            var size = (int)part.Batch.Shape.ImagePixels;
            for (var image = 0; image < part.Batch.Shape.Count; image++)
                images.Add(
                    Convert.ToHexString([
                        .. pixels.Values.Skip(image * size).Take(size).SelectMany(BitConverter.GetBytes),
                        .. mask.Skip(image * size).Take(size).Select(flag => flag ? (byte)1 : (byte)0),
                    ])
                );
        }
        return [.. images.Order(StringComparer.Ordinal)];
    }
}
