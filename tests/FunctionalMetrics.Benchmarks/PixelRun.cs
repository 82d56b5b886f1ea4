using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;

namespace FunctionalMetrics.Benchmarks;

/// <summary>
/// Whole runs at pixel level: from float32 maps and masks in memory, image by image, to AUROC, AUPR, average precision, optimal F1, the
/// adaptive threshold and AUPRO, on as many threads as there are processors. Prints one JSON line with medians over the repeats. Checking the
/// batches is part of the update. The peak is that of the process's resident memory over what it was with the input loaded, in the first run.
/// </summary>
internal static class PixelRun
{
    public static Command Command()
    {
        var maps = new Option<string>("--maps") { Description = "float32 maps of shape (N, H, W), .npy", Required = true };
        var masks = new Option<string>("--masks") { Description = "uint8 masks of the same shape, .npy", Required = true };
        var repeat = new Option<int>("--repeat") { Description = "how many runs", DefaultValueFactory = _ => 7 };
        var command = new Command("pixel", "Measure update + compute of all pixel-level metrics.") { maps, masks, repeat };
        command.SetAction(parsed => Run(new(parsed.GetValue(maps)!, parsed.GetValue(masks)!, null, null), parsed.GetValue(repeat)));
        return command;
    }

    private static void Run(Inputs inputs, int repeat)
    {
        var stack = inputs.Small;
        PixelResults.Warm();
        var before = Peak();
        var (updates, computes) = (new List<double>(), new List<double>());
        var (peak, last) = (0L, default(PixelResults));
        for (var run = 0; run < repeat; run++)
        {
            Timing.Settle();
            var clock = Stopwatch.StartNew();
            var state = stack.Shared();
            updates.Add(clock.Elapsed.TotalNanoseconds / stack.Pixels);
            clock.Restart();
            last = PixelResults.Of(state);
            computes.Add(clock.Elapsed.TotalNanoseconds / stack.Pixels);
            peak = run == 0 ? Peak() - before : peak;
        }
        Console.WriteLine(
            JsonSerializer.Serialize(
                new
                {
                    pixels = stack.Pixels,
                    repeat,
                    processors = Environment.ProcessorCount,
                    ns_per_pixel = Math.Round(Spread.Of(updates.Zip(computes, (u, c) => u + c)).Median, 2),
                    update_ns = Math.Round(Spread.Of(updates).Median, 2),
                    compute_ns = Math.Round(Spread.Of(computes).Median, 2),
                    peak_bytes_per_pixel = Math.Round((double)peak / stack.Pixels, 2),
                    auroc = last.Auroc,
                    aupr = last.Aupr,
                    average_precision = last.AveragePrecision,
                    optimal_f1 = last.OptimalF1,
                    adaptive_threshold = last.AdaptiveThreshold,
                    aupro = last.Aupro,
                }
            )
        );
    }

    private static long Peak()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
