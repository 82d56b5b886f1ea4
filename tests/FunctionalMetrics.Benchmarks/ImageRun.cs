using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using FunctionalMetrics.Core;

namespace FunctionalMetrics.Benchmarks;

/// <summary>
/// AUPIMO of float32 maps and masks in memory, image by image on as many threads as there are processors, beside the six metrics of pixels of the
/// same maps, in turn; and what the state of the images holds. Prints one JSON line with medians over the repeats.
/// </summary>
internal static class ImageRun
{
    /// <summary>What may be held beside the scores: bytes for each image and for each region.</summary>
    private const long PerImage = 300;
    private const long PerRegion = 100;

    public static Command Command()
    {
        var count = new Option<int>("--count") { Description = "how many images", DefaultValueFactory = _ => 38 };
        var side = new Option<int>("--side") { Description = "their height and width", DefaultValueFactory = _ => Workload.Side };
        var repeat = new Option<int>("--repeat") { Description = "how many runs", DefaultValueFactory = _ => 7 };
        var command = new Command("images", "Measure AUPIMO beside the six metrics of pixels.") { count, side, repeat };
        command.SetAction(parsed => Run(Workload.Make(parsed.GetValue(count), 38, side: parsed.GetValue(side)), parsed.GetValue(repeat)));
        return command;
    }

    private static void Run(MapStack<float> stack, int repeat)
    {
        // First, while no memory waits to be used again.
        var (images, regions, held) = Held(stack);
        PixelResults.Warm();
        var (six, updates, computes, mean) = (new List<double>(), new List<double>(), new List<double>(), 0.0);
        for (var run = 0; run < repeat; run++)
        {
            Timing.Settle();
            var clock = Stopwatch.StartNew();
            PixelResults.Of(stack.Shared());
            six.Add(clock.Elapsed.TotalNanoseconds / stack.Pixels);
            Timing.Settle();
            clock.Restart();
            var state = stack.Shared(ImageState.State);
            updates.Add(clock.Elapsed.TotalNanoseconds / stack.Pixels);
            clock.Restart();
            mean = Aupimo.Metric.Compute(state).Match(found => found.Mean, _ => double.NaN);
            computes.Add(clock.Elapsed.TotalNanoseconds / stack.Pixels);
        }
        var (ours, theirs) = (Spread.Of(updates.Zip(computes, (u, c) => u + c)).Median, Spread.Of(six).Median);
        Console.WriteLine(
            JsonSerializer.Serialize(
                new
                {
                    pixels = stack.Pixels,
                    images,
                    regions,
                    repeat,
                    processors = Environment.ProcessorCount,
                    six_ns_per_pixel = Math.Round(theirs, 2),
                    aupimo_ns_per_pixel = Math.Round(ours, 2),
                    update_ns = Math.Round(Spread.Of(updates).Median, 2),
                    compute_ns = Math.Round(Spread.Of(computes).Median, 2),
                    times_the_six = Math.Round(ours / theirs, 2),
                    held_bytes_per_pixel = Math.Round((double)held / stack.Pixels, 3),
                    beyond_images_and_regions = Math.Round((double)(held - images * PerImage - regions * PerRegion) / stack.Pixels, 3),
                    aupimo = double.IsNaN(mean) ? (double?)null : mean,
                }
            )
        );
    }

    /// <summary>What the state of all images, one after another, holds of the managed heap; what waits in a pool to be used again is none of it.</summary>
    private static (long Images, long Regions, long Bytes) Held(MapStack<float> stack)
    {
        Timing.Settle();
        var before = GC.GetTotalMemory(true);
        var state = Enumerable
            .Range(0, stack.Count)
            .Aggregate(
                ImageState.Empty,
                (state, image) =>
                    ImageState.State.Update(
                        state,
                        stack
                            .Image(image)
                            .WithImages([new($"defect/{image:D3}")])
                            .IfFail(faults => throw new InvalidDataException(faults.Head.Message))
                    )
            );
        var held = GC.GetTotalMemory(true) - before;
        return (state.Count, state.Pixels.Regions, held);
    }
}
