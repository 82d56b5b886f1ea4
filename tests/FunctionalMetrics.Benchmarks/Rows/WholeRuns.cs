using System.Text.Json;
using FunctionalMetrics.Core;

namespace FunctionalMetrics.Benchmarks;

/// <summary>Whole runs at pixel level, from maps and masks in memory to all numbers; checking the batches is part of the update.</summary>
internal static class WholeRuns
{
    private const string What = "AUROC, AUPR, AP, F1, threshold and AUPRO, one thread";

    public static IEnumerable<Line> OneThread(Inputs inputs)
    {
        var small = inputs.Small;
        var exact = PixelResults.Of(small.State());
        var histogram = HistogramPeer.Of(small.Maps, small.Masks);
        var timed = Whole(small, "6", "2.5");
        yield return timed with
        {
            Peers =
            [
                .. PythonPeers.Of(inputs.Maps, inputs.Masks, "sklearn", small.Pixels),
                MlNetPeer.Auc(small.Maps, small.Masks),
                histogram,
                .. Limits.Of(small.Maps),
            ],
            Note = FormattableString.Invariant(
                $"{timed.Note}; {small.Masks.Average(label => (double)label):0.00%} anomalous, AUROC {exact.Auroc:R}, AUPRO {exact.Aupro:R}"
            ),
        };
        if (inputs.HasLarge)
            yield return Whole(inputs.Large, "6", "2.5");
    }

    public static IEnumerable<Line> TwoThreads(Inputs inputs)
    {
        yield return Threads(inputs, "small", inputs.Small);
        if (inputs.HasLarge)
            yield return Threads(inputs, "large", inputs.Large);
    }

    public static IEnumerable<Line> Again(Inputs inputs)
    {
        var small = inputs.Small;
        var rows = Math.Clamp((small.Count - 1) * small.Height / 100, 1, small.Height);
        // The rows of pixels together that are most anomalous of all, and those that are least.
        var starts = Enumerable.Range(0, small.Count * small.Height).Where(row => row % small.Height <= small.Height - rows);
        var byAnomalous = starts.OrderBy(Anomalous).ToArray();
        yield return Again(small, byAnomalous[^1], rows, Anomalous(byAnomalous[^1]));
        yield return Again(small, byAnomalous[0], rows, Anomalous(byAnomalous[0]));

        long Anomalous(int row) => small.Masks.AsSpan(row * small.Width, rows * small.Width).Count((byte)1);
    }

    /// <summary>The image with the rows of pixels that are added is held out at first.</summary>
    private static Line Again(MapStack<float> stack, int row, int rows, long anomalous)
    {
        var image = row / stack.Height;
        var extra = stack.Batch(row * stack.Width, rows);
        var (first, second) = (new List<double>(), new List<double>());
        for (var run = 0; run <= Timing.Repeats; run++)
        {
            var state = RegionState.Merge(stack.State(0, image), stack.State(image + 1, stack.Count));
            var once = Timing.Once(1e6, state, held => PixelResults.Of(held));
            var more = Aupro.Metric.Update(state, extra);
            var again = Timing.Once(1e6, more, held => PixelResults.Of(held));
            if (run > 0)
                (first, second) = ([.. first, once], [.. second, again]);
        }
        return new(
            FormattableString.Invariant(
                $"compute again after one more batch of 1%, {(double)anomalous / (rows * stack.Width):0.0%} of it anomalous, relative to the first compute"
            ),
            "1",
            "0.1",
            Spread.Of(first.Zip(second, (a, b) => b / a)),
            "of the first"
        )
        {
            Note = $"first {Spread.Of(first)} ms, again {Spread.Of(second)} ms, {Millions(stack.Pixels)}",
        };
    }

    /// <summary>Update and compute of everything.</summary>
    public static Line Whole<T>(MapStack<T> stack, string asked, string aim)
        where T : unmanaged
    {
        var cold = Timing.Once(stack.Pixels, stack, maps => PixelResults.Of(maps.State()));
        var whole = Timing.OfPixels(stack.Pixels, () => PixelResults.Of(stack.State()));
        var update = Timing.Of(stack.Pixels, () => GC.KeepAlive(stack.State()));
        return new($"{What}, {Millions(stack.Pixels)}", asked, aim, whole, "ns/pixel")
        {
            Note = $"update alone {update}; first run of the process {Spread.Number(cold)}",
        };
    }

    /// <summary>A whole run of a stack, which is named, on as many threads as this process has processors.</summary>
    public static Timed Run(string name, Inputs inputs)
    {
        var stack =
            name == "small" ? inputs.Small
            : name == "large" ? inputs.Large
            : Growth.Stacks.TryGetValue(name, out var made) ? made()
            : throw new ArgumentException($"there is no stack {name}; there are small, large, {string.Join(", ", Growth.Stacks.Keys)}");
        var time = Timing.OfPixels(stack.Pixels, () => PixelResults.Of(stack.Shared()));
        return new(stack.Pixels, time.Median, PixelResults.Of(stack.Shared()));
    }

    /// <summary>The same in a process of its own.</summary>
    public static Timed InChild(string name, Inputs inputs, int processors = 1) =>
        JsonSerializer.Deserialize<Timed>(Child.Output(["time", name, .. inputs.Arguments], processors))!;

    /// <param name="Pixels">How many there are.</param>
    /// <param name="Nanoseconds">The median of some runs, for each pixel.</param>
    /// <param name="Results">The same in all of them.</param>
    public sealed record Timed(long Pixels, double Nanoseconds, PixelResults Results);

    private static Line Threads(Inputs inputs, string name, MapStack<float> stack)
    {
        var runs = Timing.ByTurns(
            [
                () => [InChild(name, inputs)],
                () => [InChild(name, inputs, 2)],
                () => Task.WhenAll(Task.Run(() => InChild(name, inputs)), Task.Run(() => InChild(name, inputs))).Result,
            ],
            3
        );
        var expected = runs[0][0][0].Results;
        foreach (var run in runs.SelectMany(turns => turns).SelectMany(together => together))
            run.Results.MustBe(expected, "two whole runs");
        // Those that ran together did as much as so many runs after each other.
        double[][] times = [.. runs.Select(turns => turns.Select(all => all.Average(one => one.Nanoseconds) / all.Length).ToArray())];
        return new(
            $"the same on two threads, {Millions(stack.Pixels)}",
            "1.8",
            "1.95",
            Spread.Of(times[0].Zip(times[1], (one, two) => one / two)),
            "times as fast as one"
        )
        {
            Note =
                $"{Spread.Of(times[0])} and {Spread.Of(times[1])} ns/pixel, all numbers the same bits; two processes of one thread side by side, "
                + $"which share nothing but the machine, {Spread.Of(times[0].Zip(times[2], (one, apart) => one / apart))} times",
        };
    }

    public static string Millions(long pixels) => FormattableString.Invariant($"{pixels / 1e6:0.#}M pixels");
}
