using System.Diagnostics;
using FunctionalMetrics.Core;
using FunctionalMetrics.TestSupport;

namespace FunctionalMetrics.Benchmarks;

/// <summary>
/// The image bootstrap of pixels: a table of the images, and replicates from it, on two processors; beside it three replicates of plain resampling, which puts the drawn images together and sorts their
/// pixels anew.
/// </summary>
internal static class Replicates
{
    private const int Images = 100;
    private const int Side = 1024;
    private const int Drawn = 1000;
    private const int Plain = 3;

    public static IEnumerable<Line> Measure(Inputs inputs)
    {
        using var folder = new TemporaryFolder();
        var (maps, masks) = (Path.Combine(folder.Path, "maps.npy"), Path.Combine(folder.Path, "masks.npy"));
        var state = Made(maps, masks);
        Timing.Settle();
        var (before, clock) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        var table = ReplicateTable.Of(state);
        var tabled = Environment.CpuUsage.TotalTime - before;
        var numbers = table.Draw(new(), Drawn);
        var (wall, processor) = (clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
        var peak = Process.GetCurrentProcess().PeakWorkingSet64 / 1e6;
        var area = numbers.Single(number => (number.Level, number.Key) == (Levels.Pixel, "aupro")).Value.ThrowIfFail();
        GC.KeepAlive(state);
        yield return new(
            FormattableString.Invariant(
                $"{Drawn:#,0} replicates of {Images} images of {Side:#,0} x {Side:#,0}: AUROC, AUPR, AP, F1 and AUPRO of both levels, two processors"
            ),
            "40; 1,000 MB",
            "",
            processor,
            "s of processor"
        )
        {
            Peers =
            [
                .. PythonPeers
                    .Of(maps, masks, "replicates", 1_000_000_000)
                    .Select(peer =>
                        peer with
                        {
                            Value = peer.Value * Drawn,
                            Note = FormattableString.Invariant($", {Plain} replicates, scaled to {Drawn:#,0}"),
                        }
                    ),
            ],
            Note = FormattableString.Invariant(
                $"{Spread.Number(wall)} s on the clock; the table {Spread.Number(tabled.TotalSeconds)} s of it; one more replicate without each image; memory of the whole process at its highest {peak:N0} MB, the images' state included; AUPRO {area}"
            ),
        };
    }

    /// <summary>The state of images that are made one by one, and their files.</summary>
    private static ImageState Made(string mapsPath, string masksPath)
    {
        using var maps = NpyStack.Create(mapsPath, "<f4", Images, Side, Side);
        using var masks = NpyStack.Create(masksPath, "|u1", Images, Side, Side);
        var state = ImageState.Empty;
        for (var image = 0; image < Images; image++)
        {
            var made = Workload.Make(1, 22, side: Side, first: image);
            NpyStack.Append(maps, made.Maps);
            NpyStack.Append(masks, made.Masks);
            state = ImageState.State.Update(
                state,
                made.Image(0)
                    .WithImages([new(FormattableString.Invariant($"{image:000}.png"))])
                    .IfFail(faults => throw new InvalidDataException(faults.Head.Message))
            );
        }
        return state;
    }
}
