using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace FunctionalMetrics.IO.Tests;

/// <summary>
/// The textures data set: folders in the layout of MVTec AD, and the same images as stacks. The folder of one is in the repository, and the golden file says
/// what numpy read of the stacks; the other folders and the stacks are read where they lie beside it.
/// </summary>
public class TextureTests
{
    private const string Apart = "there is no ../shared/data/textures beside the repository";

    private static string Brick => Repository.Path("notebooks", "data", "brick");

    [Fact]
    public void The_folder_of_the_repository_holds_pixel_by_pixel_what_numpy_read_of_its_stack()
    {
        var golden = Golden("brick");
        var folder = MapDataset.TryOpen(Brick).Good();
        Holds(golden, folder);
        var twoRoots = MapDataset.TryOpen(Brick, Brick).Good();
        Assert.Equal(folder.Names.ToArray(), twoRoots.Names.ToArray());
        Assert.Equal(Images(folder), Images(twoRoots));
        var anomalous = folder.TryRead().SelectMany(image => image.Good().Anomalous).ToList();
        Assert.Equal(folder.Names.Select(name => !name.StartsWith("good/", StringComparison.Ordinal)), anomalous);
        Assert.Equal(
            golden["scores"]!.AsArray().Select(score => (double)score!),
            folder.TryRead().SelectMany(image => image.Good().Batch.Images.Scores.Sorted().Values).Select(score => (double)score).Order()
        );
    }

    [Trait("Category", "Slow")]
    [SkippableTheory]
    [InlineData("brick")]
    [InlineData("grass")]
    [InlineData("gravel")]
    public void Folders_and_stacks_hold_pixel_by_pixel_what_numpy_read(string texture)
    {
        Skip.If(Places.Textures is null, Apart);
        var root = Path.Combine(Places.Textures!, texture);
        var golden = Golden(texture);
        // the two hold the images in different orders
        Holds(golden, MapDataset.TryOpen(root).Good());
        Holds(golden, MapDataset.TryOpen(root + ".npz:maps", root + ".npz:masks").Good());
    }

    [Fact]
    public void The_good_maps_alone_are_a_source()
    {
        var source = MapSource.TryOpen(Path.Combine(Brick, "anomaly_maps", "good")).Good();
        Assert.Equal(12, source.Count);
        Assert.All(source.TryRead(), maps => Assert.Equal(new Core.MapShape(1, 128, 128), maps.Good().Shape));
        Assert.Equal(32, MapSource.TryOpen(Brick).Good().Count);
    }

    [SkippableFact]
    public void Image_scores_are_read_from_the_archive_of_the_maps()
    {
        Skip.If(Places.Textures is null, Apart);
        var npz = Path.Combine(Places.Textures!, "brick.npz");
        Assert.Equal(32, MapSource.TryOpen(npz + ":maps").Good().Count);
        var stack = MapDataset.TryOpen(npz + ":maps", npz + ":masks").Good();
        var scores = ScoreFile.TryReadImageScores(npz + ":image_scores", stack.Names).Good();
        Assert.Equal(stack.TryRead().SelectMany(block => block.Good().Batch.Images.Scores.Sorted().Values).Order(), scores.Order());
    }

    private static JsonNode Golden(string texture) =>
        JsonNode.Parse(File.ReadAllText(Repository.Path("tests", "golden", "textures.json")))!["cases"]!
            .AsArray()
            .Single(one => (string)one!["name"]! == texture)!;

    private static void Holds(JsonNode golden, MapDataset data)
    {
        Assert.Equal((int)golden["count"]!, data.Count);
        var lines = string.Concat(Images(data).Select(image => image + "\n"));
        Assert.Equal((string)golden["images"]!, Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(lines))));
        Assert.Equal((int)golden["anomalous"]!, data.TryRead().SelectMany(block => block.Good().Anomalous).Count(flag => flag));
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
