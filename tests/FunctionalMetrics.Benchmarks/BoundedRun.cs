using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using FunctionalMetrics.Core;

namespace FunctionalMetrics.Benchmarks;

/// <summary>
/// A pixel state of bounded size of float32 maps and masks in memory, image by image, on one thread: what it takes and what it leaves open.
/// Prints one JSON line with medians over the repeats. The update is that of batches that are checked already; checking is measured beside it.
/// The state's memory is what the process grows by while it is held, the last rows that are not yet in bins included.
/// </summary>
internal static class BoundedRun
{
    public static Command Command()
    {
        var maps = new Option<string>("--maps") { Description = "float32 maps of shape (N, H, W), .npy", Required = true };
        var masks = new Option<string>("--masks") { Description = "uint8 masks of the same shape, .npy", Required = true };
        var bits = new Option<int>("--bits") { Description = "2^bits bins", DefaultValueFactory = _ => BoundedRankState.DefaultBits };
        var repeat = new Option<int>("--repeat") { Description = "how many runs", DefaultValueFactory = _ => 7 };
        var command = new Command("bounded", "Measure a pixel state of bounded size.") { maps, masks, bits, repeat };
        command.SetAction(parsed =>
            Run(new(parsed.GetValue(maps)!, parsed.GetValue(masks)!, null, null), parsed.GetValue(bits), parsed.GetValue(repeat))
        );
        return command;
    }

    private static void Run(Inputs inputs, int bits, int repeat)
    {
        var stack = inputs.Small;
        var metric = Aupro.Bounded(bits);
        State(stack, metric);
        var (checks, updates, computes) = (new List<double>(), new List<double>(), new List<double>());
        var pixels = (double)stack.Pixels;
        var state = metric.Empty;
        for (var run = 0; run < repeat; run++)
        {
            state = metric.Empty;
            Timing.Settle();
            var (check, update) = (0.0, 0.0);
            for (var image = 0; image < stack.Count; image++)
            {
                var clock = Stopwatch.StartNew();
                var batch = stack.Image(image);
                check += clock.Elapsed.TotalNanoseconds;
                clock.Restart();
                state = metric.Update(state, batch);
                update += clock.Elapsed.TotalNanoseconds;
            }
            var end = Stopwatch.StartNew();
            var occupied = state.Rank.Occupied;
            update += end.Elapsed.TotalNanoseconds;
            checks.Add(check / pixels);
            updates.Add(update / pixels);
            end.Restart();
            _ = (Auroc.Bounded(bits).Pixels().Compute(state), metric.Compute(state));
            _ = (Aupr.Bounded(bits).Pixels().Compute(state), AveragePrecision.Bounded(bits).Pixels().Compute(state));
            _ = OptimalF1.Bounded(bits).Pixels().Compute(state);
            computes.Add(end.Elapsed.TotalNanoseconds / pixels);
        }
        var auroc = Auroc.Bounded(bits).Pixels().Compute(state).ThrowIfFail();
        var bytes = BoundedRegionState.Codec.Encode(state).Length;
        state = metric.Empty;
        var held = Memory.Of(() => State(stack, metric));
        Console.WriteLine(
            JsonSerializer.Serialize(
                new
                {
                    pixels = stack.Pixels,
                    bits,
                    repeat,
                    update_ns = Math.Round(Spread.Of(updates).Median, 2),
                    check_ns = Math.Round(Spread.Of(checks).Median, 2),
                    compute_ns = Math.Round(Spread.Of(computes).Median, 2),
                    state_mib = Math.Round(held / 1048576.0, 2),
                    encoded_bytes = bytes,
                    auroc_lower = auroc.Lower,
                    auroc_upper = auroc.Upper,
                    auroc_width = auroc.Upper - auroc.Lower,
                }
            )
        );
    }

    private static BoundedRegionState State(MapStack<float> stack, Metric<MapBatch, BoundedRegionState, ProBounds> metric) =>
        Enumerable.Range(0, stack.Count).Aggregate(metric.Empty, (state, image) => metric.Update(state, stack.Image(image)));
}
