using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using FunctionalMetrics.Core;

namespace FunctionalMetrics.Benchmarks;

/// <summary>
/// Whole runs at pixel level: from float32 maps and masks in memory, image by image, to AUROC, AUPR, average precision, optimal F1 and AUPRO,
/// on one thread. Prints one JSON line with medians over the repeats. Checking the batches is part of the update. The peak is that of the
/// process's resident memory over what it was with the input loaded, in the first run.
/// </summary>
internal static class PixelRun
{
    public static Command Command()
    {
        var maps = new Option<string>("--maps") { Description = "float32 maps of shape (N, H, W), .npy", Required = true };
        var masks = new Option<string>("--masks") { Description = "uint8 masks of the same shape, .npy", Required = true };
        var repeat = new Option<int>("--repeat") { Description = "how many runs", DefaultValueFactory = _ => 7 };
        var command = new Command("pixel", "Measure update + compute of all pixel-level metrics.") { maps, masks, repeat };
        command.SetAction(parsed => Run(parsed.GetValue(maps)!, parsed.GetValue(masks)!, parsed.GetValue(repeat)));
        return command;
    }

    private static int Run(string mapsPath, string masksPath, int repeat)
    {
        var (maps, count, height, width) = NpyStack.Read<float>(mapsPath, "<f4");
        var (masks, _, _, _) = NpyStack.Read<byte>(masksPath, "|u1");
        var shape = new MapShape(1, height, width);
        Warm();
        var before = Resident();
        var (updates, computes) = (new List<double>(), new List<double>());
        var (peak, last) = (0L, default(Results));
        for (var run = 0; run < repeat; run++)
        {
            var clock = Stopwatch.StartNew();
            var state = Update(maps, masks, count, shape);
            updates.Add(clock.Elapsed.TotalNanoseconds / maps.Length);
            clock.Restart();
            last = Compute(state);
            computes.Add(clock.Elapsed.TotalNanoseconds / maps.Length);
            peak = run == 0 ? Resident() - before : peak;
        }
        Console.WriteLine(
            JsonSerializer.Serialize(
                new
                {
                    pixels = maps.Length,
                    repeat,
                    ns_per_pixel = Math.Round(Median(updates.Zip(computes, (u, c) => u + c)), 2),
                    update_ns = Math.Round(Median(updates), 2),
                    compute_ns = Math.Round(Median(computes), 2),
                    peak_bytes_per_pixel = Math.Round((double)peak / maps.Length, 2),
                    auroc = last.Auroc,
                    aupr = last.Aupr,
                    average_precision = last.AveragePrecision,
                    optimal_f1 = last.OptimalF1,
                    aupro = last.Aupro,
                }
            )
        );
        return 0;
    }

    private readonly record struct Results(double Auroc, double Aupr, double AveragePrecision, double OptimalF1, double Aupro);

    internal static RegionState Update(float[] maps, byte[] masks, int count, MapShape shape)
    {
        var (state, pixels) = (RegionState.Empty, (int)shape.ImagePixels);
        for (var image = 0; image < count; image++)
        {
            var batch = MapBatch.Create(
                (ReadOnlySpan<float>)maps.AsSpan(image * pixels, pixels),
                (ReadOnlySpan<byte>)masks.AsSpan(image * pixels, pixels),
                shape
            );
            state = Aupro.Metric.Update(state, batch.IfFail(faults => throw new InvalidDataException(faults.Head.Message)));
        }
        return state;
    }

    private static Results Compute(RegionState state) =>
        new(
            Auroc.Metric.Pixels().Compute(state).ThrowIfFail().Area,
            Aupr.Metric.Pixels().Compute(state).ThrowIfFail().Area,
            AveragePrecision.Metric.Pixels().Compute(state).ThrowIfFail().Value,
            OptimalF1.Metric.Pixels().Compute(state).ThrowIfFail().F1,
            Aupro.Metric.Compute(state).ThrowIfFail().Area
        );

    /// <summary>Compiles everything once on a little data, so that the compiler's own memory is not counted.</summary>
    private static void Warm()
    {
        var random = new Random(1);
        for (var i = 0; i < 40; i++)
        {
            var maps = Enumerable.Range(0, 4096).Select(_ => random.NextSingle()).ToArray();
            var masks = maps.Select(score => (byte)(random.NextSingle() < score / 4 ? 1 : 0)).ToArray();
            Compute(Update(maps, masks, 1, new(1, 64, 64)));
        }
        GC.Collect();
    }

    private static long Resident()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    internal static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
