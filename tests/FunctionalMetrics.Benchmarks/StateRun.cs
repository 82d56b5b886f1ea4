using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using FunctionalMetrics.Core;

namespace FunctionalMetrics.Benchmarks;

/// <summary>The pixel state of float32 maps and masks as bytes and back, on one thread. Prints one JSON line with medians over the repeats.</summary>
internal static class StateRun
{
    public static Command Command()
    {
        var maps = new Option<string>("--maps") { Description = "float32 maps of shape (N, H, W), .npy", Required = true };
        var masks = new Option<string>("--masks") { Description = "uint8 masks of the same shape, .npy", Required = true };
        var repeat = new Option<int>("--repeat") { Description = "how many runs", DefaultValueFactory = _ => 7 };
        var command = new Command("state", "Measure encoding and decoding of a pixel state.") { maps, masks, repeat };
        command.SetAction(parsed => Run(parsed.GetValue(maps)!, parsed.GetValue(masks)!, parsed.GetValue(repeat)));
        return command;
    }

    private static int Run(string mapsPath, string masksPath, int repeat)
    {
        var stack = new Inputs(mapsPath, masksPath, null, null).Small;
        var state = stack.State();
        var (encodes, decodes, bytes) = (new List<double>(), new List<double>(), Array.Empty<byte>());
        var same = true;
        for (var run = 0; run < repeat; run++)
        {
            var clock = Stopwatch.StartNew();
            bytes = RegionState.Codec.Encode(state);
            encodes.Add(clock.Elapsed.TotalNanoseconds / stack.Pixels);
            clock.Restart();
            var decoded = RegionState.Codec.Decode(bytes);
            decodes.Add(clock.Elapsed.TotalNanoseconds / stack.Pixels);
            same &= decoded.Exists(other => other.Equals(state));
        }
        Console.WriteLine(
            JsonSerializer.Serialize(
                new
                {
                    pixels = stack.Pixels,
                    repeat,
                    bytes_per_pixel = Math.Round((double)bytes.Length / stack.Pixels, 4),
                    encode_ns = Math.Round(Spread.Of(encodes).Median, 2),
                    decode_ns = Math.Round(Spread.Of(decodes).Median, 2),
                    same,
                }
            )
        );
        return same ? 0 : 1;
    }
}
