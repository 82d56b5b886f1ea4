using System.CommandLine;

namespace FunctionalMetrics.Benchmarks;

/// <summary>
/// Writes a stack of maps and one of masks that need not fit into memory: the workload of the benchmarks with as many images as asked for,
/// made in parts. 3815 images are 10^9 pixels: 4 GB of maps and 1 GB of masks.
/// </summary>
internal static class StackCommand
{
    private const int Part = 32;

    public static Command Command()
    {
        var folder = new Argument<string>("DIR") { Description = "where maps.npy and masks.npy are written" };
        var images = new Option<int>("--images") { Description = "images of 512 x 512", DefaultValueFactory = _ => 3815 };
        var seed = new Option<int>("--seed") { Description = "the same seed gives the same files", DefaultValueFactory = _ => 7 };
        var command = new Command("stack", "Write maps and masks of any number of images.") { folder, images, seed };
        command.SetAction(parsed => Write(parsed.GetValue(folder)!, parsed.GetValue(images), parsed.GetValue(seed)));
        return command;
    }

    private static void Write(string folder, int images, int seed)
    {
        Directory.CreateDirectory(folder);
        using var maps = NpyStack.Create(Path.Combine(folder, "maps.npy"), "<f4", images, Workload.Side, Workload.Side);
        using var masks = NpyStack.Create(Path.Combine(folder, "masks.npy"), "|u1", images, Workload.Side, Workload.Side);
        for (var first = 0; first < images; first += Part)
        {
            var part = Workload.Make(Math.Min(Part, images - first), seed, first: first);
            NpyStack.Append(maps, part.Maps);
            NpyStack.Append(masks, part.Masks);
        }
    }
}
